import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { run } from '../cli/_run.ts'
import { command, post, sample } from '../serve/_http.ts'
import { makeRules, runToEnd, startService, writeRule } from './_service.ts'

const ofLinks = 'when: { nickName: { contains: "://" } }'
const names = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    ${ofLinks}
    reject: { code: 5001, message: No links }
  - rule: three-names
    when: { nickName: present, how often: { same: [userID], in: 1 hour, more than: 3, counting: all } }
    reject: { code: 5002, message: Three names an hour }
`
const link = { ...sample, nickName: 'http://x' }
const why = ['--why', 'refuses honest names']

async function codeOf(url: string, payload: object = link): Promise<number> {
  const { errCode } = (await (await post(`${url}/${command}`, payload)).json()) as { errCode: number }
  return errCode
}

async function serving(t: ExecutionContext, files: Record<string, string> = { 'names.yaml': names }) {
  const dir = await makeRules(t, files)
  const state = join(dir, '.hookwarden')
  const service = await startService(t, dir, '--state', state)
  const pauses = async () => ((await (await fetch(`${service.admin}/status`)).json()) as { pauses: unknown }).pauses
  return { dir, state, pauses, ...service }
}

/** Calls that go on until they are stopped; all their codes in order. */
function callingOn(url: string) {
  const codes: number[] = []
  let isOver = false
  const one = async (client: number) => {
    for (let at = 0; !isOver; at++) codes.push(await codeOf(url, { ...link, userID: `u-${client}-${at}` }))
  }
  const clients = Promise.all(Array.from({ length: 8 }, (_, client) => one(client)))
  return {
    codes,
    end: async () => {
      isOver = true
      await clients
    },
  }
}

test('a rule is paused and resumed while calls go on, and every call is answered', async t => {
  const { state, webhooks, log, pauses } = await serving(t)
  const calls = callingOn(webhooks)
  const paused = await run(['pause', 'no-links', '--for', '2 hours', ...why, '--state', state])
  t.regex(paused.out, /^no-links is paused until \d{4}-.* by .*: refuses honest names \(http:.*\)\n$/)
  t.is(await codeOf(webhooks), 0)
  t.like(await log.until('rule paused'), { rule: 'no-links', why: 'refuses honest names' })
  t.like(await pauses(), [{ rule: 'no-links', why: 'refuses honest names' }])
  const answered = calls.codes.length
  t.regex((await run(['resume', 'no-links', '--state', state])).out, /^no-links is enforced again/)
  t.is(await codeOf(webhooks), 5001)
  t.like(await log.until('rule resumed'), { rule: 'no-links', because: 'asked' })
  await calls.end()
  t.true(answered > 0)
  t.deepEqual(new Set(calls.codes), new Set([5001, 0]))
  t.deepEqual(await pauses(), [])
})

test('what a paused rule counts goes on', async t => {
  const { state, webhooks } = await serving(t)
  const call = () => codeOf(webhooks, { ...sample, userID: 'u-9' })
  t.deepEqual([await call(), await call()], [0, 0])
  await run(['pause', 'three-names', ...why, '--state', state])
  t.deepEqual([await call(), await call()], [0, 0])
  await run(['resume', 'three-names', '--state', state])
  t.is(await call(), 5002)
})

test('a pause outlasts a crash and a broken edit, and is shown until the files agree', async t => {
  const { dir, state, child, exited } = await serving(t)
  await run(['pause', 'no-links', ...why, '--state', state])
  child.kill('SIGKILL')
  await exited
  const again = await startService(t, dir, '--state', state)
  t.is(await codeOf(again.webhooks), 0)
  await writeRule(dir, 'names.yaml', names.replace('when:', 'wehn:'))
  await again.log.until('rules not loaded; the previous rules stay in force')
  t.is(await codeOf(again.webhooks), 0)
  await writeRule(dir, 'names.yaml', names.replace('No links', 'No links please'))
  await again.log.until('rules loaded')
  t.is(await codeOf(again.webhooks), 0)

  const at = ['--rules', dir, '--state', state]
  const checked = await run(['check', '--strict', ...at])
  t.regex(
    checked.out,
    /names\.yaml:3:11 {2}warning {2}paused {2}The rule "no-links" is paused since .*: refuses honest/,
  )
  t.regex((await run(['list', ...at])).out, /no-links .*\(paused since .*: refuses honest names\)/)
  t.regex((await run(['explain', ...at])).out, /no-links\n(?: {2}.*\n)+ {2}In shadow for now: paused since/)

  await writeRule(dir, 'names.yaml', names.replace(ofLinks, `${ofLinks}\n    mode: shadow`))
  t.like(await again.log.until('rule resumed'), { rule: 'no-links', because: 'rules' })
  t.is(readFileSync(join(state, 'pauses.json'), 'utf8'), '[]\n')
  t.is(await codeOf(again.webhooks, { ...link, userID: 'u-8' }), 0)
})

test('without a service the file says what is paused, and one that runs reads it', async t => {
  const { dir, state, child, exited, webhooks, log } = await serving(t)
  const pause = { rule: 'no-links', since: '2026-01-01T00:00:00Z', why: 'by hand', who: 'ann' }
  writeFileSync(join(state, 'pauses.json'), JSON.stringify([pause]))
  t.like(await log.until('rule paused'), { rule: 'no-links', who: 'ann' })
  t.is(await codeOf(webhooks), 0)
  const until = new Date(Date.now() + 1000).toISOString()
  writeFileSync(join(state, 'pauses.json'), JSON.stringify([{ ...pause, until }]))
  t.like(await log.until('rule resumed'), { rule: 'no-links', because: 'over' })
  t.is(await codeOf(webhooks), 5001)
  child.kill('SIGTERM')
  await exited
  t.false(existsSync(join(state, 'admin.json')))
  const at = ['--rules', dir, '--state', state]
  const { out, code } = await runToEnd(t, ['pause', 'no-links', ...why, ...at])
  t.is(code, 0)
  t.regex(out, /no service runs there/)
  const again = await startService(t, dir, '--state', state)
  t.is(await codeOf(again.webhooks), 0)
})

test('a rule that cannot be paused is named, with what was meant', async t => {
  const { dir, state, child, exited } = await serving(t)
  const at = ['--rules', dir, '--state', state]
  const ask = async (...args: string[]) => run([...args, ...at])
  const wrong = await ask('pause', 'no-link', ...why)
  t.is(wrong.code, 2)
  t.regex(wrong.err, /There is no rule "no-link"\. Did you mean "no-links"\? Rules: no-links, three-names/)
  t.regex((await ask('resume', 'no-links')).err, /The rule "no-links" is not paused\. Paused: none/)
  t.regex((await ask('pause', 'no-links', '--for', '2h', ...why)).err, /not "2h"\. Write --for "2 hours"/)
  t.regex((await ask('pause', 'no-links')).err, /--why/)
  const peer = await ask('pause', 'no-links', ...why, '--peers', 'http://127.0.0.1:1')
  t.regex(peer.out, /^no-links is paused .*\nhttp:\/\/127\.0\.0\.1:1: No service answers there\n$/)
  t.is(peer.code, 1)
  child.kill('SIGTERM')
  await exited
  t.regex((await ask('pause', 'no-link', ...why)).err, /Did you mean "no-links"/)
})

test('a pause holds though it cannot be kept', async t => {
  const { state, webhooks, log } = await serving(t, { 'names.yaml': names.replace(/ {2}- rule: three[\s\S]*/, '') })
  // A folder in its place cannot be replaced, whoever tries.
  await writeRule(state, 'pauses.json/taken', '')
  const { out } = await run(['pause', 'no-links', ...why, '--state', state])
  t.regex(out, /only until that process ends: Cannot use .*pauses\.json/)
  await log.until('rule paused')
  t.is(await codeOf(webhooks), 0)
})
