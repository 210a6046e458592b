import test from 'ava'
import type { FailureRecord, ReloadRecord } from '../../src/serve/observer.ts'
import { recordEvents } from '../../src/serve/record-events.ts'

const failure: FailureRecord = {
  listener: 'webhooks',
  requestId: 'r-1',
  peer: '127.0.0.1',
  operationId: undefined,
  callback: 'beforeAddFriend',
  status: 503,
  problem: '',
  cause: new RangeError('what a user wrote'),
  isLate: false,
  answer: { decision: 'reject', code: 9999 },
  tookMs: 1,
}

/** The events that are told, and how to end an interval. */
function events() {
  const told: [string, object][] = []
  const ends: (() => void)[] = []
  const observer = recordEvents(
    (event, data) => told.push([event, data]),
    run => ends.push(run),
  )
  const endInterval = () => {
    for (const run of ends.splice(0)) run()
  }
  return { observer, told, endInterval }
}

test('a failure is an event without what the error says', t => {
  const { observer, told } = events()
  observer.failed?.(failure)
  t.is(told[0]?.[0], 'failed')
  t.like(told[0]?.[1], { request: 'r-1', status: 503, error: 'RangeError', decision: 'reject', code: 9999 })
  t.false(JSON.stringify(told).includes('what a user wrote'))
})

test('whoever floods the service with bad requests does not flood the record', t => {
  const { observer, told, endInterval } = events()
  for (let count = 0; count < 1000; count++)
    observer.failed?.({ ...failure, status: 400, problem: 'The body is not valid JSON' })
  observer.failed?.({ ...failure, listener: 'admin' })
  t.is(told.length, 100)
  endInterval()
  t.deepEqual(told.at(-1), ['failed', { leftOut: 900 }])
})

test('reloads, pauses and rollbacks are events', t => {
  const { observer, told } = events()
  const set = (version: string) => ({ version }) as never
  const at = '2026-12-01T15:00:00.000Z'
  const loaded = { at, files: [], diagnostics: [] }
  const before = { ruleSet: set('a'), files: [] }
  void observer.reloaded?.({ loaded: { ...loaded, ok: true, ruleSet: set('b'), isNew: true }, before } as ReloadRecord)
  void observer.reloaded?.({ loaded: { ...loaded, ok: true, ruleSet: set('b'), isNew: false }, before } as ReloadRecord)
  void observer.reloaded?.({ loaded: { ...loaded, ok: false, error: new Error('gone') }, before })
  observer.paused?.({ kind: 'paused', at, since: at, rule: 'no-links', who: 'ann', why: 'too strict', until: at })
  observer.paused?.({ kind: 'resumed', at, rule: 'no-links', because: 'over' })
  const line = { v: 1, at, version: 'a', before: 'b', who: 'ann', why: 'a mistake', sentences: [] } as const
  observer.cameInForce?.({ ...line, source: 'rollback' })
  observer.cameInForce?.({ ...line, source: 'file' })
  t.deepEqual(told, [
    ['reloaded', { rules: 'b', before: 'a' }],
    ['reload failed', { errors: 0, reason: 'gone' }],
    ['paused', { rule: 'no-links', since: at, who: 'ann', why: 'too strict', until: at }],
    ['resumed', { rule: 'no-links', because: 'over' }],
    ['rolled back', { rules: 'a', before: 'b', who: 'ann', why: 'a mistake' }],
  ])
})
