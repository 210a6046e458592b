import { once } from 'node:events'
import { existsSync, openSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { join } from 'node:path'
import test from 'ava'
import { callUntilRefused, command, open, plainAllow, post, sample } from '../serve/_http.ts'
import { makeRules, runToEnd, startService, startWith, takenPort, writeRule } from './_service.ts'

const noLinks = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    reject: { code: 5001, message: No links }
`

const rules = { 'names.yaml': noLinks }

async function answerTo(url: string, nickName: string): Promise<{ errCode: number }> {
  return (await post(`${url}/${command}`, { ...sample, nickName })).json() as Promise<{ errCode: number }>
}

async function statusOf(admin: string): Promise<Record<string, unknown>> {
  return (await fetch(`${admin}/status`)).json() as Promise<Record<string, unknown>>
}

test('an edit decides the next call, a broken edit changes nothing, and fixing it recovers', async t => {
  const dir = await makeRules(t, rules)
  const { webhooks, admin, log } = await startService(t, dir)
  t.is(await (await post(`${webhooks}/${command}`, sample)).text(), plainAllow)
  t.is((await answerTo(webhooks, 'http://x')).errCode, 5001)

  await writeRule(dir, 'names.yaml', noLinks.replace('5001', '5002'))
  const changed = { files: { changed: ['names.yaml'] }, changes: { changed: ['no-links'] } }
  t.like(await log.until('rules loaded'), { ok: true, ...changed })
  t.is((await answerTo(webhooks, 'http://x')).errCode, 5002)

  await writeRule(dir, 'names.yaml', noLinks.replace('when:', 'wehn:'))
  const [line] = (await log.until('rules not loaded; the previous rules stay in force')).diagnostics as string[]
  t.regex(String(line), /^names\.yaml:4:5 error unknown-key /)
  t.is((await answerTo(webhooks, 'http://x')).errCode, 5002)
  t.like(await statusOf(admin), {
    rules: { total: 1, enforce: 1, shadow: 0, disabled: 0 },
    lastReload: { ok: false, diagnostics: { 0: { file: 'names.yaml', line: 4, column: 5, code: 'unknown-key' } } },
  })

  await writeRule(dir, 'names.yaml', noLinks.replace('5001', '5003'))
  await log.until('rules loaded')
  t.is((await answerTo(webhooks, 'http://x')).errCode, 5003)
  t.like(await statusOf(admin), { lastReload: { ok: true } })
})

/** On a busy machine the thread may take longer to start than a dry run may: the next one finds it there. */
async function statusOfDryRun(admin: string, body: object): Promise<number> {
  for (let left = 5; ; left--) {
    const { status } = await post(`${admin}/dry-run/${command}`, body)
    if (status !== 503 || left === 0) return status
  }
}

test('a rule file that an editor leaves empty drops no rules, unless that is allowed', async t => {
  const dir = await makeRules(t, { ...rules, 'others.yaml': noLinks.replaceAll('no-links', 'others') })
  const { webhooks, admin, log } = await startService(t, dir)
  writeFileSync(join(dir, 'names.yaml'), '')
  const { diagnostics } = await log.until('rules not loaded; the previous rules stay in force')
  t.regex(String(diagnostics), /^names\.yaml:1:1 error emptied /)
  t.is((await answerTo(webhooks, 'http://x')).errCode, 5001)
  t.like(await statusOf(admin), {
    rules: { total: 2 },
    lastReload: { ok: false, diagnostics: { 0: { file: 'names.yaml', code: 'emptied' } } },
  })
  // Rules that are only tried replace none.
  const files = { 'names.yaml': '', 'others.yaml': noLinks }
  t.is(await statusOfDryRun(admin, { payload: sample, files }), 200)
  await writeRule(dir, 'names.yaml', 'rules: []\n')
  await log.until('rules loaded')
  t.like(await statusOf(admin), { rules: { total: 1 }, lastReload: { ok: true } })
})

test('a dry run evaluates the rules in force, and those in the request', async t => {
  const { admin, log } = await startService(t, await makeRules(t, rules))
  const path = `${admin}/dry-run/${command}`
  const payload = { ...sample, nickName: 'http://x' }
  // On a busy machine, starting the thread for dry runs may take longer than the first of them may.
  while ((await post(path, { payload })).status === 503);
  const decision = { kind: 'reject', code: 5001, rule: 'no-links' }
  t.like(await (await post(path, { payload })).json(), { decision, engine: undefined })
  const engine = { 0: { rule: 'no-links', fires: true, conditions: { group: 'all' } } }
  t.like(await (await post(path, { payload, engine: true })).json(), { decision, engine })
  const files = { 'names.yaml': noLinks.replace('5001', '5004') }
  t.like(await (await post(path, { payload, files })).json(), { decision: { code: 5004 }, reply: { errCode: 5004 } })
  const broken = await post(path, { payload, files: { 'names.yaml': noLinks.replace('when:', 'wehn:') } })
  t.is(broken.status, 422)
  t.like(await broken.json(), { diagnostics: { 0: { file: 'names.yaml', line: 4, column: 5, code: 'unknown-key' } } })
  t.false(log.lines.some(({ msg }) => msg === 'decision'))
})

test('stopping under fifty clients loses no request and exits 0', async t => {
  const { webhooks, child, exited, log } = await startService(t, await makeRules(t, rules))
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  t.teardown(() => agent.destroy())
  const port = Number(new URL(webhooks).port)
  const clients = Array.from({ length: 50 }, () => callUntilRefused(agent, port))
  await log.until('decision')
  child.kill('SIGTERM')
  const outcomes = await Promise.all(clients)
  t.deepEqual(new Set(outcomes.map(({ last }) => last)), new Set(['ECONNREFUSED']))
  t.deepEqual(new Set(outcomes.flatMap(({ bodies }) => [...bodies])), new Set([plainAllow]))
  t.is(await exited, 0)
  const decided = log.lines.filter(({ msg }) => msg === 'decision')
  t.is(
    decided.length,
    outcomes.reduce((sum, { answers }) => sum + answers, 0),
  )
  t.is(log.lines.at(-1)?.msg, 'stopped')
})

test('a second signal ends it at once', async t => {
  const { webhooks, child, exited, log } = await startService(t, await makeRules(t, rules))
  // A request that is still coming keeps it from ending by itself meanwhile.
  const { socket, received } = await open(Number(new URL(webhooks).port))
  received.catch(() => 'broken off with the service')
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'data')
  socket.write(`POST /${command} HTTP/1.1\r\nHost: localhost\r\n`)
  child.kill('SIGTERM')
  await log.until('stopping')
  child.kill('SIGTERM')
  t.is(await exited, 'SIGTERM')
})

test('SIGHUP reloads', async t => {
  const { child, log } = await startService(t, await makeRules(t, rules))
  child.kill('SIGHUP')
  t.like(await log.until('rules unchanged'), { ok: true })
})

test('rules that do not load are shown, and it does not start', async t => {
  const dir = await makeRules(t, { 'names.yaml': noLinks.replace('when:', 'wehn:') })
  const { code, err, out } = await runToEnd(t, ['serve', '--rules', dir, '--port', '0', '--admin-port', '0'])
  t.is(code, 2)
  t.regex(err, /names\.yaml:4:5 {2}error {2}unknown-key/)
  t.regex(err, /\^\^\^\^/)
  t.is(out, '')
})

test('a folder without rules is served only with --allow-empty', async t => {
  const dir = await makeRules(t, {})
  const { code, err } = await runToEnd(t, ['serve', '--rules', dir, '--port', '0', '--admin-port', '0'])
  t.is(code, 2)
  t.regex(err, /rule/)
  const { webhooks } = await startService(t, dir, '--allow-empty')
  t.is((await fetch(`${webhooks}/readyz`)).status, 200)
  t.is(await (await post(`${webhooks}/${command}`, sample)).text(), plainAllow)
})

test('a port that is taken is named', async t => {
  const taken = await takenPort(t)
  const dir = await makeRules(t, rules)
  const { code, err } = await runToEnd(t, ['serve', '--rules', dir, '--port', '0', '--admin-port', taken])
  t.is(code, 2)
  t.is(err, `Cannot listen on 127.0.0.1:${taken}: the address is already in use\n`)
})

test('settings can come from variables, and a misspelt one is named', async t => {
  const env = { HOOKWARDEN_PORT: 'x', HOOKWARDEN_ADMIN_HOST: '0.0.0.0', HOOKWARDEN_DEADLIN_MS: '5' }
  const { code, err } = await runToEnd(t, ['serve'], env)
  t.is(code, 2)
  t.regex(err, /HOOKWARDEN_DEADLIN_MS; did you mean HOOKWARDEN_DEADLINE_MS\?/)
  t.regex(err, /HOOKWARDEN_PORT must be a whole number from 0 to 65535, not "x"/)
  t.regex(err, /HOOKWARDEN_ADMIN_HOST must be a loopback address/)
})

test('a log that cannot be written stops nobody', async t => {
  // A device that is always full is to be had on Linux only.
  if (!existsSync('/dev/full')) return t.pass()
  const { url, child, exited, err } = await startWith(t, await makeRules(t, rules), openSync('/dev/full', 'w'))
  for (const name of ['http://x', 'http://y']) t.is((await answerTo(url, name)).errCode, 5001)
  child.kill('SIGTERM')
  t.is(await exited, 0)
  t.regex(await err, /^The log cannot be written: ENOSPC.*\n\d+ log lines could not be written\n$/)
})
