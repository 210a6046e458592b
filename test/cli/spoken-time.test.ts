import test from 'ava'
import { UsageError } from '../../src/cli/io.ts'
import { readSpokenTime, type SpokenOptions } from '../../src/cli/spoken-time.ts'
import { readZone, type Zone } from '../../src/language/clock.ts'

/** A Tuesday, 20:30 in Shanghai. */
const now = Date.parse('2026-12-01T12:30:00Z')
const options: SpokenOptions = { now, zone: readZone('Asia/Shanghai') as Zone, option: '--since' }

const means = test.macro((t, others: Partial<SpokenOptions>, expected: string) => {
  const [text = ''] = t.title.split(' (')
  t.is(new Date(readSpokenTime(text, { ...options, ...others })).toISOString(), expected)
})

test('2026-12-01 10:00', means, {}, '2026-12-01T02:00:00.000Z')
test('2026-12-01T10:00:30', means, {}, '2026-12-01T02:00:30.000Z')
test('2026-12-01', means, {}, '2026-11-30T16:00:00.000Z')
test('2026-12-01 (as an end)', means, { isEnd: true }, '2026-12-01T15:59:59.999Z')
test('2026-12-01T10:00Z', means, {}, '2026-12-01T10:00:00.000Z')
test('2026-12-01 10:00 +01:00', means, {}, '2026-12-01T09:00:00.000Z')
test('yesterday 10:00', means, {}, '2026-11-30T02:00:00.000Z')
test('Yesterday at 10', means, {}, '2026-11-30T02:00:00.000Z')
test('yesterday', means, {}, '2026-11-29T16:00:00.000Z')
test('yesterday (as an end)', means, { isEnd: true }, '2026-11-30T15:59:59.999Z')
test('today', means, {}, '2026-11-30T16:00:00.000Z')
test('monday 9:15', means, {}, '2026-11-30T01:15:00.000Z')
test('tuesday', means, {}, '2026-11-30T16:00:00.000Z')
test('last tuesday', means, {}, '2026-11-23T16:00:00.000Z')
test('10:00', means, {}, '2026-12-01T02:00:00.000Z')
test('2 hours ago', means, {}, '2026-12-01T10:30:00.000Z')
test('an hour ago', means, {}, '2026-12-01T11:30:00.000Z')
test('7 days', means, {}, '2026-11-24T12:30:00.000Z')
test('30 days (to come)', means, { isFuture: true }, '2026-12-31T12:30:00.000Z')
test('tomorrow', means, { isFuture: true }, '2026-12-01T16:00:00.000Z')
test('now', means, {}, '2026-12-01T12:30:00.000Z')

const asks = test.macro((t, expected: string) => {
  const { message } = t.throws(() => readSpokenTime(t.title, options), { instanceOf: UsageError })
  t.is(message, `--since must be a time, not "${t.title}". ${expected}`)
})

const example = 'Write it like "2026-12-01 10:00", "yesterday 10:00" or "2 hours ago"'
test('2h', asks, 'Write "2 hours ago"')
test('1 min ago', asks, 'Write "1 minute ago"')
test('1 December 2026 10:00', asks, 'Write "2026-12-01 10:00"')
test('2026-02-30', asks, example)
test('yesterday 25:00', asks, example)
test('10', asks, example)
test('soon', asks, example)
