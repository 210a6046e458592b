import test, { type ExecutionContext } from 'ava'
import { envelope, event, refusal, stateFolder, writeSegments } from '../record/_state.ts'
import { run } from './_run.ts'

const now = () => new Date('2026-12-01T12:00:00Z')
const ask = (args: readonly string[]) => run(['timeline', '--zone', 'UTC', ...args], '', { now })
const minute = (text: string) => Date.parse(`2026-12-01T${text}Z`)
const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at))

/** A steady morning, in which a flood comes at 10:20, and nothing from 10:40 to 10:45. */
async function incident(t: ExecutionContext) {
  const [first, second] = [await stateFolder(t), await stateFolder(t)]
  const calls = times(120, at => minute('09:00') + at * 60_000)
    .filter(at => at < minute('10:40') || at >= minute('10:45'))
    .flatMap(at => times(30, each => envelope(at + each)))
  const flood = times(200, each =>
    refusal(minute('10:20') + each * 500, 'flood', { users: [each % 4 === 0 ? `u-${each}` : 'u-7'] }),
  )
  await writeSegments(
    first,
    [...calls, ...flood].sort((a, b) => a.at - b.at),
  )
  const events = [
    event(minute('10:15'), 'reloaded', { version: 'bbbb' }),
    ...times(8, each => event(minute('10:41') + each, 'failed', { status: 500 })),
  ]
  await writeSegments(second, events, { instance: 'two', as: 'open' })
  return ['--records', first, second]
}

test('events, spikes and silences are told in order', async t => {
  const { code, out } = await ask([...(await incident(t)), '--since', '10:00', '--until', '11:00'])
  t.is(code, 0)
  t.is(
    out,
    `2026-12-01 10:15:00  one: reloaded (version bbbb)
2026-12-01 10:20:00  150 calls in 1 minute, usually 30
2026-12-01 10:20:00  flood matched 200 times in 2 minutes, usually 0, 150 of them by u-7
2026-12-01 10:40:00  no calls for 5 minutes, in which 150 are usual
2026-12-01 10:41:00  one: failed (status 500)
2026-12-01 10:41:00  one: failed (status 500)
2026-12-01 10:41:00  one: failed (status 500)
2026-12-01 10:41:00  one: failed (status 500)
2026-12-01 10:41:00  one: failed (status 500), and 3 more times

Covers one, two: 2026-12-01 10:00–11:00 (UTC)
`,
  )
})

test('JSON has the same', async t => {
  const { out } = await ask([...(await incident(t)), '--since', '10:00', '--until', '11:00', '--json'])
  const { events, spikes, covers } = JSON.parse(out)
  t.is(events.length, 9)
  t.deepEqual(spikes[0].from, '2026-12-01T10:20:00.000Z')
  t.is(covers.instances.length, 2)
})

test('a quiet time says so', async t => {
  const dir = await stateFolder(t)
  await writeSegments(dir, [envelope(minute('11:30'))])
  t.is((await ask(['--state', dir])).out, 'Nothing stands out\n\nCovers one: 2026-12-01 11:00–12:00 (UTC)\n')
})

test('the start of a record is no spike, and hours that are not on record are no silence', async t => {
  const dir = await stateFolder(t)
  await writeSegments(
    dir,
    times(60 * 30, at => envelope(minute('10:00') + at * 2000)),
  )
  const { out } = await ask(['--state', dir, '--since', '09:30'])
  t.regex(out, /^Nothing stands out\n/, out)
})
