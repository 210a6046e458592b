import test from 'ava'
import { eventSentence } from '../../src/cli/event-sentence.ts'
import { readZone } from '../../src/language/clock.ts'
import { event } from '../record/_state.ts'

const zone = readZone('UTC') as NonNullable<ReturnType<typeof readZone>>

const says = test.macro({
  exec: (t, name: string, data: Record<string, unknown>, sentence: string) =>
    t.is(eventSentence({ ...event('2026-12-01T10:00:00Z', name, data), v: 1, kind: 'event' }, zone), sentence),
  title: (_, __, ___, sentence) => `an event is said as "${sentence}"`,
})

const since = '2026-12-01T10:00:00.000Z'
const paused = { rule: 'no-spam', since, who: 'ann@ops', why: 'refuses honest names' }

test(says, 'started', { app: '0.2.0' }, 'the service started, hookwarden 0.2.0')
test(says, 'stopped', {}, 'the service stopped')
test(says, 'paused', paused, 'no-spam was paused by ann@ops: refuses honest names')
test(
  says,
  'paused',
  { ...paused, until: '2026-12-01T12:00:00.000Z' },
  'no-spam was paused until 2026-12-01 12:00 by ann@ops: refuses honest names',
)
test(says, 'paused', { ...paused, from: 'edge-1' }, 'no-spam was paused by ann@ops on edge-1: refuses honest names')
test(says, 'resumed', { rule: 'no-spam', because: 'asked', who: 'ann@ops' }, 'no-spam was resumed by ann@ops')
test(says, 'resumed', { rule: 'no-spam', because: 'over' }, 'no-spam was resumed, since the time was over')
test(
  says,
  'reloaded',
  { rules: 'aaaaaaaabbbbbbbb', before: 'ccccccccdddddddd' },
  'new rules came into force, aaaaaaaa instead of cccccccc',
)
test(
  says,
  'rolled back',
  { rules: 'aaaaaaaabbbbbbbb', before: null, who: 'ann', why: 'too strict' },
  'the rules were rolled back by ann, aaaaaaaa: too strict',
)
test(says, 'dropped', { dropped: { full: 40, failed: 0, late: 2 } }, '42 decisions are not on record: full 40, late 2')
test(
  says,
  'failed',
  { callback: 'beforeAddFriend', status: 503, decision: 'reject', code: 9999 },
  'a call of beforeAddFriend failed and was refused with 9999 (status 503)',
)
test(says, 'reload failed', { errors: 2 }, 'reload failed (errors 2)')
test(says, 'of another version', { size: 3, of: ['a'] }, 'of another version (size 3, of ["a"])')
test(says, 'paused', { since }, `paused (since ${since})`)
