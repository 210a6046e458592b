import type { ExecutionContext } from 'ava'
import { freePort } from '../e2e/_service.ts'
import { kill, startServer, withServer } from './_redis.ts'
import { askOnce, counterOf, done, judge, newCall, nowhere, open, questionOf } from './_stores.ts'
import { until } from './_until.ts'

const counter = counterOf('c')
const question = questionOf(counter)

/** After the store can be asked again, the limit is kept again within so long. */
const soonMs = 5000

/** Two processes with one store. */
async function openTwo(t: ExecutionContext, url: string, waitMs?: number) {
  const both = [open(t, url, { ...(waitMs && { waitMs }) }), open(t, url, { ...(waitMs && { waitMs }) })] as const
  for (const { store } of both) store.use([counter], Date.now())
  return { both, areTogether: () => Promise.all(both.map(({ isTogether }) => isTogether())) }
}

/** Asserts that both processes together let no more through than they may. */
async function keepsLimit(t: ExecutionContext, { both }: Awaited<ReturnType<typeof openTwo>>, key: string) {
  const calls = Array.from({ length: 20 }, (_, at) => {
    const { store } = both[at % 2] as (typeof both)[0]
    return judge(store, { ...question, keys: [{ key, isOwn: true }] })
  })
  const answers = await Promise.all(calls)
  t.is(answers.filter(({ passes }) => passes).length, 3)
  t.true(answers.every(({ isPartial }) => isPartial === undefined))
}

withServer('a process starts without the store, and finds it later', async t => {
  const port = Number(await freePort())
  const two = await openTwo(t, `redis://127.0.0.1:${port}`)
  const { both, areTogether } = two
  const [{ store, told }] = both
  t.like(await judge(store, question), { count: 1, isPartial: true })
  await store.whenKnown
  t.regex(told[0] ?? '', /^alone: connect ECONNREFUSED/)
  t.true((store.aloneSince ?? 0) > Date.now() - 60_000)
  await startServer(t, port)
  t.true((await until(() => both.every(({ store }) => store.aloneSince === null))) < soonMs)
  await areTogether()
  t.is(told.length, 2)
  t.is(told[1], 'together')
  await keepsLimit(t, two, 'new')
  t.like(await judge(store, question), { count: 2 }, 'what was let through meanwhile counts')
})

withServer('a store that is killed under load fails no call and keeps none waiting', async t => {
  const server = await startServer(t)
  const two = await openTwo(t, server.url, 2000)
  await two.areTogether()
  await keepsLimit(t, two, 'before')
  const [{ store, told }] = two.both
  let isDown = false
  let alone = 0
  let longestMs = 0
  const load = async () => {
    while (alone < 500) {
      const startedMs = performance.now()
      const { isPartial } = await judge(store, { ...question, keys: [{ key: 'load', isOwn: true }] })
      longestMs = Math.max(longestMs, performance.now() - startedMs)
      if (isPartial) alone += 1
      if (isPartial && !isDown) t.fail('it counted alone before')
    }
  }
  const calls = async () => Number(/cmdstat_evalsha:calls=(\d+)/.exec(await server.admin.info('commandstats'))?.[1])
  const before = await calls()
  const loads = Array.from({ length: 20 }, load)
  await until(async () => (await calls()) > before + 100)
  isDown = true
  await kill(server.process)
  await Promise.all(loads)
  t.true(longestMs < 2000, `${longestMs}`)
  t.is(told.filter(each => each.startsWith('alone')).length, 1)

  await startServer(t, server.port)
  t.true((await until(() => two.both.every(({ store }) => store.aloneSince === null))) < soonMs)
  t.deepEqual(
    told.map(each => each.slice(0, 5)),
    ['toget', 'alone', 'toget'],
  )
  await keepsLimit(t, two, 'after')
})

withServer('a store that is stopped for a while holds up no call', async t => {
  const server = await startServer(t)
  const two = await openTwo(t, server.url, 1000)
  await two.areTogether()
  const [{ store }, other] = two.both
  server.process.kill('SIGSTOP')
  const startedMs = performance.now()
  t.like(await judge(store, question), { count: 1, isPartial: true })
  const waitedMs = performance.now() - startedMs
  t.true(waitedMs >= 990, `${waitedMs}`)
  t.like(await judge(store, question), { count: 2, isPartial: true })
  t.like(await judge(other.store, question), { count: 1, isPartial: true })
  server.process.kill('SIGCONT')
  t.true((await until(() => two.both.every(({ store }) => store.aloneSince === null))) < soonMs)
  await keepsLimit(t, two, 'after')
  t.like(await judge(store, question), { count: 4 }, 'each call counts once, although it may have been said twice')
})

withServer('a store that is stopped for long is connected to anew', async t => {
  const server = await startServer(t)
  const two = await openTwo(t, server.url, 1000)
  await two.areTogether()
  const [{ store, link }] = two.both
  server.process.kill('SIGSTOP')
  t.like(await judge(store, question), { count: 1, isPartial: true })
  await until(() => !link.isReady)
  t.like(await judge(store, question), { count: 2, isPartial: true })
  server.process.kill('SIGCONT')
  t.true((await until(() => two.both.every(({ store }) => store.aloneSince === null))) < soonMs)
  await keepsLimit(t, two, 'after')
})

withServer('a counter starts over when too much happened without the store', async t => {
  const server = await startServer(t)
  let now = 1_700_000_000_000
  const { store, isTogether } = open(t, server.url, { time: () => now, waitMs: 1000, local: nowhere })
  await isTogether()
  const [few, many] = [counter, counterOf('many')]
  const isWhole = async ({ id }: typeof few) => {
    const asked = questionOf(few, { counter: id, keys: [{ key: 'other', isOwn: false }], withinMs: 60_000 })
    return (await askOnce(store, asked)).isWhole
  }
  store.use([few, many], now)
  await done(store)
  now += 60_000
  t.deepEqual([await isWhole(few), await isWhole(many)], [true, true])
  server.process.kill('SIGSTOP')
  t.like(await judge(store, question), { isPartial: true })
  for (let i = 0; i < 30_000; i++) store.settle(newCall(), { kept: [{ counter: 'many', key: 'k' }], holds: [] })
  server.process.kill('SIGCONT')
  await isTogether()
  t.deepEqual([await isWhole(few), await isWhole(many)], [false, false], 'what was lost first was of both')
  t.like(await askOnce(store, questionOf(many)), { count: 5 })
})

withServer('a store that answers late is as good as none', async t => {
  const { url, admin } = await startServer(t)
  const two = await openTwo(t, url, 1000)
  await two.areTogether()
  const [{ store }] = two.both
  await admin.client('PAUSE', 2500)
  t.like(await judge(store, question), { count: 1, isPartial: true })
  t.true((await until(() => two.both.every(({ store }) => store.aloneSince === null))) < soonMs)
  await keepsLimit(t, two, 'after')
})

withServer('a store that forgot everything starts over, and says so', async t => {
  const { url, admin } = await startServer(t)
  let now = 1_700_000_000_000
  const both = [open(t, url, { time: () => now }), open(t, url, { time: () => now })] as const
  for (const { store, isTogether } of both) {
    await isTogether()
    store.use([counter], now)
    await done(store)
  }
  const within = { ...question, withinMs: 60_000 }
  now += 60_000
  t.like(await judge(both[0].store, within), { count: 1, isWhole: true })
  await done(both[0].store)
  await admin.flushall()
  t.like(await judge(both[0].store, within), { count: 1, isWhole: false })
  t.like(await judge(both[1].store, within), { count: 2, isWhole: false })
  await done(both[1].store)
  t.is(await admin.exists('hw:secret'), 1)
  now += 60_000
  t.like(await judge(both[0].store, within), { count: 1, isWhole: true })
})

withServer('processes agree on a secret again after the store forgot it', async t => {
  const { url, admin } = await startServer(t)
  let now = 1_700_000_000_000
  const old = open(t, url, { time: () => now })
  await old.isTogether()
  old.store.use([counter], now)
  await done(old.store)
  await admin.flushall()
  await admin.set('hw:secret', 'another')
  const fresh = open(t, url, { time: () => now })
  await fresh.isTogether()
  fresh.store.use([counter], now)
  await done(fresh.store)
  now += 60_000
  const within = { ...question, withinMs: 60_000 }
  t.like(await fresh.store.peek(newCall(), [within]).then(answers => answers.get('q')), [{ count: 1, isWhole: true }])
  await until(async () => {
    await judge(old.store, within)
    return (await judge(fresh.store, within, 0)).count > 1
  })
  t.like(await judge(fresh.store, within), { isWhole: false }, 'what the other counted by its own secret is lost')
})

withServer('a store that forgot its scripts gets them again', async t => {
  const { url, admin } = await startServer(t)
  const two = await openTwo(t, url)
  await two.areTogether()
  await keepsLimit(t, two, 'before')
  await admin.script('FLUSH')
  await keepsLimit(t, two, 'after')
  t.deepEqual(two.both[0].told, ['together'])
})

withServer('a store that may not be written cannot be asked until it may', async t => {
  const { url, admin } = await startServer(t)
  const two = await openTwo(t, url)
  await two.areTogether()
  const [{ store, told }] = two.both
  await admin.replicaof('127.0.0.1', await freePort())
  store.settle(newCall(), { kept: [{ counter: 'c', key: 'k' }], holds: [] })
  t.like(await judge(store, question), { count: 2, isPartial: true })
  t.regex(told[1] ?? '', /^alone: (?:READONLY|MASTERDOWN)/)
  t.like(await judge(store, question), { count: 3, isPartial: true })
  await admin.replicaof('NO', 'ONE')
  t.true((await until(() => two.both.every(({ store }) => store.aloneSince === null))) < soonMs)
  await keepsLimit(t, two, 'after')
  t.like(await judge(store, question), { count: 4 })
})

withServer('a store that is full cannot be asked', async t => {
  const { url, admin } = await startServer(t)
  const two = await openTwo(t, url)
  await two.areTogether()
  const [{ store, told }] = two.both
  await admin.config('SET', 'maxmemory', '1')
  t.like(await judge(store, question), { count: 1, isPartial: true })
  t.regex(told[1] ?? '', /^alone: OOM/)
  await admin.config('SET', 'maxmemory', '0')
  t.true((await until(() => two.both.every(({ store }) => store.aloneSince === null))) < soonMs)
  t.like(await judge(store, question), { count: 2 })
})
