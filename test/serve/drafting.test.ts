import { Writable } from 'node:stream'
import test, { type ExecutionContext } from 'ava'
import { pino } from 'pino'
import type { Callback } from '../../src/callbacks/callback.ts'
import { findCallback } from '../../src/callbacks/catalogue.ts'
import type { DecisionRecord } from '../../src/decide/decision.ts'
import { Busyness } from '../../src/serve/busyness.ts'
import type { DraftStatus } from '../../src/serve/draft-status.ts'
import type { DraftThreadDeps } from '../../src/serve/draft-thread.ts'
import { Drafting } from '../../src/serve/drafting.ts'
import { threadScript } from '../../src/thread-script.ts'
import { makeRules } from '../e2e/_service.ts'
import { until } from '../state/_until.ts'
import { configOf } from './_http.ts'

const callback = findCallback('beforeSetGroupMemberInfo') as Callback

const noAdmins = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-admins
    when: { nickName: { contains: admin } }
    reject: 5002
`

type Setup = { draft: string; script?: URL; busyness?: Busyness; thread?: Pick<DraftThreadDeps, 'queue' | 'waits'> }

function start(
  t: ExecutionContext,
  { draft, script = threadScript('./serve/draft-worker'), thread = {}, busyness }: Setup,
) {
  const lines: Record<string, unknown>[] = []
  const events: [string, object][] = []
  const sums: object[] = []
  const out = new Writable({
    write: (chunk, _, done) => {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const drafting = new Drafting(configOf({ draft }), {
    log: pino(out),
    script,
    paused: () => [],
    record: { event: (...event) => events.push(event), line: () => {}, draftSum: sum => sums.push(sum) },
    thread,
    ...(busyness && { busyness }),
  })
  drafting.start()
  t.teardown(() => drafting.end(0))
  let made = 0
  const decide = (nickName: string) => {
    made += 1
    const body = { groupID: 'g', userID: 'u', nickName, faceURL: null, roleLevel: null, ex: null }
    const record: DecisionRecord = {
      ...{ requestId: `d${made}`, operationId: '', version: 'v', at: Date.now(), tookMs: 1 },
      call: { callback, values: new Map() },
      received: { text: JSON.stringify(body), body },
      decision: { kind: 'allow', rewrites: new Map(), matches: [], changes: [] },
    }
    drafting.observer.decided?.(record)
  }
  return { drafting, decide, lines, events, sums, status: () => drafting.status as DraftStatus }
}

function shedOf({ shed }: DraftStatus): number {
  return Object.values(shed).reduce((sum, calls) => sum + calls, 0)
}

test('what does not fit waits for nothing, and every call is decided or shed by reason', async t => {
  const draft = await makeRules(t, { 'a.yaml': noAdmins })
  const { decide, status, drafting, sums, lines, events } = start(t, { draft, thread: { queue: { mostCalls: 10 } } })
  await until(() => status().version !== null)
  for (let call = 0; call < 100; call++) decide(call % 2 === 0 ? 'admin' : 'Ann')
  t.is(status().shed['queue full'], 90)
  t.is(status().waiting, 10)
  await until(() => status().waiting === 0)
  t.is(status().decided, 10)
  t.deepEqual(status().byRule, [{ rule: 'no-admins', 'newly refused': 5 }])
  await drafting.end(performance.now() + 60_000)
  const [sum] = sums
  t.like(sum, { decided: 10, shed: { 'queue full': 90 }, differences: { 'newly refused': 5 } })
  t.deepEqual(events.at(-1), ['draft shed', { rules: status().version, shed: { 'queue full': 90 } }])
  t.is(lines.filter(({ msg }) => msg === 'the draft decides otherwise').length, 5)
  t.like(
    lines.find(({ msg }) => msg === 'calls not decided by the draft'),
    { shed: { 'queue full': 90 } },
  )
})

test('where a draft counts, calls that were shed make its counts too low, which the status says', async t => {
  const often = noAdmins.replace('admin }', 'admin }, how often: { same: userID, in: 1 day, more than: 3 }')
  const draft = await makeRules(t, { 'a.yaml': often })
  const { decide, status } = start(t, { draft, thread: { queue: { mostCalls: 2 } } })
  await until(() => status().version !== null)
  t.is(status().note, undefined)
  for (let call = 0; call < 3; call++) decide('admin')
  t.is(status().note, 'Counts of the draft are lower bounds: 1 call shed')
})

function scriptOf(code: string): URL {
  return new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'\n${code}`)}`,
  )
}

test('a thread that fails is replaced ever later, and what it had is counted', async t => {
  const draft = await makeRules(t, { 'a.yaml': noAdmins })
  const script = scriptOf("parentPort.on('message', () => { throw new Error('broken') })")
  const waits = { leastMs: 1, mostMs: 4, silentMs: 600_000 }
  const { decide, drafting, status, lines, events } = start(t, {
    draft,
    script,
    thread: { waits, queue: { collectMs: 1 } },
  })
  let calls = 0
  await until(() => {
    decide('Ann')
    calls += 1
    return status().failures >= 4
  })
  await drafting.end(0)
  t.is(shedOf(status()), calls)
  t.is(status().lastError, 'broken')
  t.deepEqual(events[0], ['draft failed', { reason: 'broken' }])
  const waited = lines.filter(({ msg }) => msg === 'the thread of the draft ended').map(({ againInMs }) => againInMs)
  t.deepEqual(waited.slice(0, 4), [1, 2, 4, 4])
})

test('a thread that is stuck in one call is ended', async t => {
  const draft = await makeRules(t, { 'a.yaml': noAdmins })
  const script = scriptOf("parentPort.on('message', () => { for (;;); })")
  const waits = { leastMs: 600_000, mostMs: 600_000, silentMs: 40 }
  const { decide, status } = start(t, { draft, script, thread: { waits, queue: { collectMs: 1 } } })
  decide('Ann')
  await until(() => status().failures === 1)
  t.regex(String(status().lastError), /at work on one call/)
  t.is(status().shed.failed, 1)
  decide('Ann')
  t.is(status().shed.failed, 2)
})

test('at the end, what cannot be decided in time is shed as well', async t => {
  const draft = await makeRules(t, { 'a.yaml': noAdmins })
  const script = scriptOf("parentPort.on('message', () => {})")
  const { decide, drafting, status } = start(t, { draft, script })
  for (let call = 0; call < 5; call++) decide('Ann')
  await drafting.end(performance.now() + 20)
  decide('Ann')
  t.deepEqual([status().waiting, status().decided, status().shed.stopping], [0, 0, 6])
})

test('while the service is busy, the draft decides nothing, and that is counted', async t => {
  const draft = await makeRules(t, { 'a.yaml': noAdmins })
  const busyness = new Busyness(() => 1)
  const { decide, status } = start(t, { draft, busyness })
  await until(() => status().version !== null)
  for (let call = 0; call < 100; call++) busyness.count()
  busyness.look()
  decide('Ann')
  t.is(status().shed.busy, 1)
  busyness.look()
  decide('Ann')
  await until(() => status().decided === 1)
})
