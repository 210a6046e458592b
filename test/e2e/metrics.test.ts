import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { post } from '../serve/_http.ts'
import { makeRules, startService, writeRule } from './_service.ts'

const rules = `callback: beforeAddFriend
rules:
  - { rule: no-links, when: { reqMsg: { contains: "://" } }, reject: 5601 }
`

async function call(url: string, reqMsg: string): Promise<void> {
  const body = { fromUserID: 'u-1', toUserID: 'u-2', reqMsg, ex: '' }
  await (await post(`${url}/callbackBeforeAddFriendCommand`, body)).text()
}

async function scrape(admin: string): Promise<string> {
  const response = await fetch(new URL('/metrics', admin))
  return response.text()
}

test('a running service exports what it decided, and shows no secret of its configuration', async t => {
  const dir = await makeRules(t, { 'friends.yaml': rules })
  const { webhooks, admin } = await startService(
    t,
    dir,
    '--state',
    join(dir, '.state'),
    '--prefix',
    '/not-to-be-guessed',
  )
  const url = `${webhooks}/not-to-be-guessed`
  for (const reqMsg of ['hi', 'see http://a.test', 'hello']) await call(url, reqMsg)
  const body = await scrape(admin)
  const says = (line: string) => t.true(body.split('\n').includes(line), `${line}\n${body}`)
  says('hookwarden_decisions_total{callback="beforeAddFriend",outcome="allow"} 2')
  says('hookwarden_decisions_total{callback="beforeAddFriend",outcome="reject"} 1')
  says('hookwarden_rule_matches_total{rule="no-links",mode="enforce"} 1')
  says('hookwarden_decision_seconds_count 3')
  says('hookwarden_rules{mode="enforce"} 1')
  says('hookwarden_rules_last_reload_successful 1')
  t.regex(body, /^hookwarden_connections\{listener="webhooks"\} [1-9]/m)
  t.notRegex(body, /not-to-be-guessed/)
})

const hasPrometheus = (() => {
  try {
    execFileSync('prometheus', ['--version'], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
})()

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** A Prometheus that scrapes a service each second. */
async function startPrometheus(t: ExecutionContext, admin: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  const port = await freePort()
  const config = {
    global: { scrape_interval: '1s' },
    scrape_configs: [{ job_name: 'hookwarden', static_configs: [{ targets: [new URL(admin).host] }] }],
  }
  await writeFile(join(dir, 'prometheus.yml'), JSON.stringify(config))
  const args = ['--config.file=prometheus.yml', '--storage.tsdb.path=data', `--web.listen-address=127.0.0.1:${port}`]
  const child: ChildProcess = spawn('prometheus', args, { cwd: dir, stdio: 'ignore' })
  const exited = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGKILL')
    await exited
    await rm(dir, { recursive: true })
  })
  return `http://127.0.0.1:${port}`
}

/** Asks until there is an answer that is wanted. */
async function untilAnswer(
  ask: () => Promise<string | undefined>,
  isWanted: (value: string) => boolean,
): Promise<string> {
  for (;;) {
    const value = await ask().catch(() => undefined)
    if (value !== undefined && isWanted(value)) return value
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

test('a real Prometheus scrapes the service, and sees a reload fail', async t => {
  if (!hasPrometheus) {
    t.log('skipped: no Prometheus here (Debian: prometheus)')
    return t.pass()
  }
  const dir = await makeRules(t, { 'friends.yaml': rules })
  const { webhooks, admin } = await startService(t, dir, '--state', join(dir, '.state'))
  await call(webhooks, 'see http://a.test')
  const prometheus = await startPrometheus(t, admin)
  const ask = async (query: string) => {
    const answer = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`)
    const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } }
    return data.result[0]?.value[1]
  }
  const query = 'hookwarden_rule_matches_total{rule="no-links",mode="enforce"}'
  t.is(
    await untilAnswer(
      () => ask(query),
      value => value === '1',
    ),
    '1',
  )
  t.is(
    await untilAnswer(
      () => ask('up{job="hookwarden"}'),
      value => value === '1',
    ),
    '1',
  )
  await writeRule(dir, 'friends.yaml', rules.replace('reject:', 'rejekt:'))
  t.is(
    await untilAnswer(
      () => ask('hookwarden_rules_last_reload_successful'),
      value => value === '0',
    ),
    '0',
  )
})
