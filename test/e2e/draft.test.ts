import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import type { RecordedDraft, RecordedDraftSum } from '../../src/record/draft-line.ts'
import { type RecordedEvent, readLine } from '../../src/record/record-line.ts'
import type { DraftStatus } from '../../src/serve/draft-status.ts'
import { requestsOf } from '../callbacks/_requests.ts'
import { run } from '../cli/_run.ts'
import { command, post, sample } from '../serve/_http.ts'
import { linesOnRecord } from '../state/_recorder.ts'
import { until } from '../state/_until.ts'
import { makeRules, runToEnd, startService, writeRule } from './_service.ts'

const inForce = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    reject: { code: 5001, message: No links }
  - rule: no-spam
    when: { nickName: { contains: spam } }
    reject: 5003
`

const draftRules = `callback: beforeSetGroupMemberInfo
rules:
  - rule: tidy
    when: { nickName: { ends with: "!" } }
    rewrite: { nickName: { replace: { text: "!", with: "" } } }
  - rule: no-admins
    when: { nickName: { contains: admin } }
    reject: { code: 5002, message: No admins }
  - rule: no-spam-at-all
    when: { nickName: { contains: spam } }
    reject: 5004
`

async function drafted(t: ExecutionContext, draftFiles: Record<string, string>, ...args: string[]) {
  const rules = await makeRules(t, { 'names.yaml': inForce })
  const draft = await makeRules(t, draftFiles)
  const state = join(rules, '.hookwarden')
  const service = await startService(t, rules, '--draft', draft, ...args)
  const status = () => draftOf(service.admin)
  const decided = (calls: number) => until(async () => (await status())?.decided === calls)
  const rename = async (nickName: string, userID = 'u-1') => {
    const response = await post(`${service.webhooks}/${command}`, { ...sample, userID, nickName })
    return String(response.headers.get('x-request-id'))
  }
  return { ...service, rules, draft, state, status, decided, rename }
}

async function draftOf(admin: string): Promise<DraftStatus> {
  return ((await (await fetch(`${admin}/status`)).json()) as { draft: DraftStatus }).draft
}

async function onRecord(state: string) {
  const lines = (await linesOnRecord(state)).map(line => readLine(line))
  return {
    differing: lines.filter((line): line is RecordedDraft => line?.kind === 'draft'),
    sums: lines.filter((line): line is RecordedDraftSum => line?.kind === 'draft sum'),
    events: lines.filter((line): line is RecordedEvent => line?.kind === 'event'),
  }
}

test('what a draft decides otherwise is in the status, the log and the record, and commands tell it', async t => {
  const masks = await makeRules(t, { 'masks.conf': 'all callbacks: { every group: hash, nickName: drop }' })
  const service = await drafted(
    t,
    { 'names.yaml': draftRules },
    ...['--record', '--instance', 'im-1', '--record-masks', join(masks, 'masks.conf')],
  )
  const { rename, status, decided, state, child, exited, log, webhooks } = service
  await log.until('draft loaded')
  const ids: string[] = []
  for (const name of ['Ann', 'admin', 'a://b', 'spam', 'Ann!']) ids.push(await rename(name))
  await decided(5)
  const { version, byRule, differences } = await status()
  t.deepEqual(differences, {
    'newly refused': 1,
    'no longer refused': 1,
    'other code': 1,
    'other message': 0,
    'rewritten otherwise': 1,
  })
  t.deepEqual(new Set(byRule.map(({ rule }) => rule)), new Set(['no-admins', 'no-links', 'no-spam-at-all', 'tidy']))
  const answer = await post(`${webhooks}/${command}`, { ...sample, nickName: 'admin' })
  t.is(((await answer.json()) as { nextCode: number }).nextCode, 0, 'the draft has no effect')
  await decided(6)
  child.kill('SIGTERM')
  t.is(await exited, 0)

  const logged = log.lines.filter(({ msg }) => msg === 'the draft decides otherwise')
  t.like(logged[0], { requestId: ids[1], version, difference: 'newly refused', rule: 'no-admins', code: 5002 })

  const { differing, sums, events } = await onRecord(state)
  t.deepEqual(
    differing.slice(0, 4).map(({ id, difference, by }) => [id, difference, by]),
    [
      [ids[1], 'newly refused', 'no-admins'],
      [ids[2], 'no longer refused', 'no-links'],
      [ids[3], 'other code', 'no-spam-at-all'],
      [ids[4], 'rewritten otherwise', 'tidy'],
    ],
  )
  t.like(differing[0], { rules: version, users: ['u-1'], answered: { decision: 'allow' } })
  t.regex(String(differing[0]?.groups[0]), /^h-/)
  t.notRegex(JSON.stringify(differing), /"(?:Ann!?|admin|spam|a:\/\/b)"/, 'no text of a call')
  t.deepEqual(
    sums.map(({ rules, decided, shed }) => [rules, decided, shed]),
    [[version, 6, {}]],
  )
  t.deepEqual(
    events.map(({ event }) => event),
    ['started', 'draft loaded', 'stopped'],
  )
  t.true(readdirSync(join(state, 'rules')).includes(`${version}.json.gz`))

  const ask = (...args: string[]) => run([...args, '--state', state, '--zone', 'UTC'], '', { now: () => new Date() })
  const listed = await ask('log', '--draft')
  t.regex(
    listed.out,
    /u-1 in h-\S+ {2}beforeSetGroupMemberInfo {2}let through; the draft would refuse it with 5002 by no-admins/,
  )
  t.regex(listed.out, /refused with 5001 by no-links; the draft would let it through/)
  t.regex(listed.out, /refused with 5003 by no-spam; the draft would refuse it with 5004 by no-spam-at-all/)
  t.regex(listed.out, /let through; the draft would rewrite nickName otherwise, by tidy/)
  t.regex(listed.out, new RegExp(`5 calls decided otherwise\nDraft ${version} decided 6 calls\n`))
  t.regex((await ask('log', '--draft', '--rule', 'tidy')).out, /1 call decided otherwise/)
  t.regex((await ask('log', '--draft', '--user', 'u-9')).out, /No call decided otherwise found/)
  t.regex((await ask('log')).out, /6 decisions/)
  t.regex((await ask('log', ids[1] as string)).out, /draft {5}the draft would refuse it with 5002 by no-admins/)
  const stats = (await ask('stats')).out
  t.regex(stats, new RegExp(`Draft ${version} decided 6 calls\n.*refused.*\n\\(all rules\\) +2 +1 +1 +0 +1\n`))
  t.notRegex(stats, /not written by hookwarden/)
})

test('a draft of the same rules decides nothing otherwise, also while a rule is paused', async t => {
  const { rename, decided, status, log, admin, state } = await drafted(t, { 'names.yaml': inForce })
  await log.until('draft loaded')
  for (const name of ['Ann', 'a://b', 'spam']) await rename(name)
  await decided(3)
  const body = JSON.stringify({ rule: 'no-links', why: 'test', who: 'me' })
  await fetch(`${admin}/pause`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  for (const name of ['Ann', 'a://b', 'spam']) await rename(name)
  await decided(6)
  t.deepEqual((await status()).byRule, [])
  t.false(existsSync(join(state, 'record')))
})

test('the shipped rules as their own draft decide real requests of all callbacks as the service does', async t => {
  const state = await makeRules(t, {})
  const { webhooks, admin, log } = await startService(t, 'rules', '--draft', 'rules', '--state', state)
  await log.until('draft loaded')
  let sent = 0
  for (const callback of callbacks) {
    for (const { path, headers, body } of requestsOf(callback)) {
      await fetch(webhooks + path, { method: 'POST', headers, body })
      sent += 1
    }
  }
  await until(async () => (await draftOf(admin)).waiting === 0)
  const { decided, shed, byRule, failures } = await draftOf(admin)
  // On a busy machine the service may have had no time for it.
  t.is(decided + shed.busy, sent)
  t.deepEqual([byRule, failures, shed.deadline, shed.failed], [[], 0, 0, 0])
})

test('a draft loads when it changes; a broken one is told, and the one before stays', async t => {
  const { rename, decided, status, log, draft, state, child, exited } = await drafted(
    t,
    { 'names.yaml': 'rules: 7' },
    '--record',
  )
  await log.until('draft not loaded')
  await rename('admin')
  await until(async () => (await status()).shed['no draft'] === 1)
  await writeRule(draft, 'names.yaml', draftRules)
  await log.until('draft loaded')
  const { version, shed, lastReload } = await status()
  t.is(shed['no draft'], 0, 'what is counted starts over')
  t.is(lastReload?.ok, true)
  await rename('admin')
  await decided(1)
  await writeRule(draft, 'names.yaml', 'rules: 8')
  await log.until('draft not loaded; the previous draft stays')
  t.like(await status(), { version, lastReload: { ok: false } })
  await rename('admin')
  await decided(2)
  child.kill('SIGTERM')
  t.is(await exited, 0)
  const { sums, events, differing } = await onRecord(state)
  t.deepEqual(
    sums.map(({ rules, decided, shed }) => [rules, decided, shed]),
    [
      [null, 0, { 'no draft': 1 }],
      [version, 2, {}],
    ],
  )
  t.is(differing.length, 2)
  t.deepEqual(
    events.map(({ event }) => event),
    ['started', 'draft not loaded', 'draft loaded', 'draft not loaded', 'draft shed', 'stopped'],
  )
  const { out } = await run(['stats', '--state', state, '--zone', 'UTC'], '', { now: () => new Date() })
  t.regex(out, /A draft that does not load decided 0 calls, and not 1 \(no draft 1\)/)
})

test('a draft counts for itself, by what it would have answered', async t => {
  const often = `callback: beforeSetGroupMemberInfo
rules:
  - rule: twice-a-day
    when: { nickName: present, how often: { same: userID, in: 1 day, more than: 2 } }
    reject: 5005
`
  const { rename, decided, status, log } = await drafted(t, { 'names.yaml': often })
  await log.until('draft loaded')
  // What is refused in force counts for the draft, which lets it through.
  for (const name of ['Ann', 'a://b', 'Ann', 'Ann']) await rename(name)
  await rename('Ann', 'u-2')
  await decided(5)
  t.deepEqual((await status()).byRule, [
    { rule: 'twice-a-day', 'newly refused': 2 },
    { rule: 'no-links', 'no longer refused': 1 },
  ])
})

test('a folder that is not there, or is none, ends the start with a sentence', async t => {
  const rules = await makeRules(t, { 'names.yaml': inForce })
  for (const [name, problem] of [
    ['missing', /^--draft must be a rules folder\. Cannot read \S+missing: it does not exist\n$/],
    ['names.yaml', /^--draft must be a rules folder\. Cannot read \S+names\.yaml: it is not a folder\n$/],
  ] as const) {
    const { code, err } = await runToEnd(t, ['serve', '--rules', rules, '--draft', join(rules, name), '--port', '0'])
    t.is(code, 2)
    t.regex(err, problem)
  }
})
