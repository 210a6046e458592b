import { Cluster, Redis } from 'ioredis'
import { readCountsUrl } from '../../src/state/counts-url.ts'
import type { RulePause } from '../../src/state/pauses.ts'
import { RedisLink } from '../../src/state/redis-link.ts'
import { mostRules, SharedPauses } from '../../src/state/shared-pauses.ts'
import { startServer, withServer } from './_redis.ts'
import { until } from './_until.ts'

type Context = Parameters<typeof startServer>[0]

const day = 86_400_000

const pause = (rule: string, differs: Partial<RulePause> = {}): RulePause => ({
  rule,
  since: '2026-12-01T10:00:00.000Z',
  why: 'because',
  who: 'ann@one',
  ...differs,
})

/** Instances that share a store; each has its own clock, and its pauses follow what it learns. */
async function sharing(t: Context, url: string) {
  const read = readCountsUrl(url)
  if (read === undefined) throw new Error(url)
  const link = new RedisLink({ Redis, Cluster }, { ...read, waitMs: 5000 })
  t.teardown(() => link.close())
  await until(() => link.isReady)
  return (instance: string, now: () => number) => {
    const shared = new SharedPauses({ link, instance, now, known: new Map() })
    let pauses: readonly RulePause[] = []
    return {
      shared,
      names: () => pauses.map(({ rule }) => rule).sort(),
      change: (next: (before: readonly RulePause[]) => readonly RulePause[]) => {
        pauses = next(pauses)
        shared.note(pauses, { at: now(), who: '' })
      },
      meet: async () => {
        const met = await shared.exchange(pauses)
        pauses = met.pauses
        return [...met.changes.keys()]
      },
    }
  }
}

withServer('whoever has seen a change makes a newer one, whatever the clocks say', async t => {
  const { url } = await startServer(t)
  const open = await sharing(t, url)
  const [ahead, right] = [open('ahead', () => Date.now() + 3_600_000), open('right', Date.now)]
  ahead.change(() => [pause('a')])
  await ahead.meet()
  t.deepEqual(await right.meet(), ['a'])
  right.change(() => [])
  await right.meet()
  t.deepEqual(await ahead.meet(), ['a'])
  t.deepEqual(ahead.names(), [])
  t.deepEqual(await right.meet(), [])
})

withServer('of two changes that did not know of each other the newer one wins, on both sides', async t => {
  const { url } = await startServer(t)
  const open = await sharing(t, url)
  const [one, two] = [open('one', () => 1_000_000_000_000 + 30 * day), open('two', Date.now)]
  for (const each of [one, two]) each.change(() => [pause('a'), pause('b')])
  await two.meet()
  two.change(all => all.filter(({ rule }) => rule !== 'a'))
  await two.meet()
  await one.meet()
  t.deepEqual([one.names(), two.names()], [['b'], ['b']])
})

withServer('an end of a pause that came with it is no change', async t => {
  const { url } = await startServer(t)
  const open = await sharing(t, url)
  let now = Date.now()
  const one = open('one', () => now)
  one.change(() => [pause('a', { until: new Date(now + 1000).toISOString() })])
  await one.meet()
  now += 2000
  one.change(() => [])
  t.deepEqual(await one.meet(), [])
  const two = open('two', () => now)
  await two.meet()
  t.deepEqual(two.names(), [])
  now += 2 * day
  await two.meet()
  t.is(two.shared.known.size, 0)
})

withServer('the store has room for so many rules, and says of a pause that it has none', async t => {
  const { url, admin } = await startServer(t)
  const open = await sharing(t, url)
  const [one, two] = [open('one', Date.now), open('two', Date.now)]
  const many = Array.from({ length: mostRules }, (_, at) => pause(`r-${at}`))
  one.change(() => many)
  await one.meet()
  await two.meet()
  t.is(two.names().length, mostRules)
  two.change(all => [...all, pause('more')])
  await two.meet()
  t.true(two.shared.isRefused('more'))
  // The end of another pause makes room, as the end is all that goes.
  one.change(all => all.filter(({ rule }) => rule !== 'r-7'))
  await one.meet()
  await two.meet()
  t.false(two.shared.isRefused('more'))
  t.false(two.names().includes('r-7'))
  await one.meet()
  t.true(one.names().includes('more'))
  t.is(await admin.hlen('{hw:pauses}'), mostRules + 1)
  for (const { shared } of [one, two]) t.true(shared.known.size <= mostRules + 1)
  // Nobody asks any more than once when there is nothing new.
  t.deepEqual([await one.meet(), await two.meet()], [[], []])
  t.true((await admin.pttl('{hw:pauses}')) > 31 * day)
})

withServer('what nobody here understands stays in the store, and is not taken over', async t => {
  const { url, admin } = await startServer(t)
  const open = await sharing(t, url)
  const one = open('one', Date.now)
  const foreign = { 'r:new': 'v9 of a newer program', 'r:odd': '1 0 0 {"at":1,"from":2}', 'r:not': '5 0 0 {' }
  await admin.hset('{hw:pauses}', foreign)
  one.change(() => [pause('a'), pause('new')])
  t.deepEqual(await one.meet(), [])
  t.deepEqual(one.names(), ['a', 'new'])
  const all = await admin.hgetall('{hw:pauses}')
  t.like(all, foreign)
  t.regex(String(all['r:a']), /^\d+ 0 0 \{.*"who":"ann@one"/)
})
