import fc from 'fast-check'
import type { Redis } from 'ioredis'
import type { Counted } from '../../src/compile/counter.ts'
import { runs } from '../_runs.ts'
import { PlainCounts } from './_plain-counts.ts'
import { startServer, withServer } from './_redis.ts'
import { askOnce, counterOf, done, judge, minute, newCall, nowhere, open, questionOf } from './_stores.ts'

const key = fc.constantFrom('k1', 'k2')
const values = fc.subarray(['a', 'b', 'c', 'd', 'e'], { minLength: 1 })

const step = fc.oneof(
  fc.record({
    kind: fc.constant('judge' as const),
    store: fc.nat(1),
    id: fc.option(fc.constantFrom('i1', 'i2'), { nil: undefined }),
    key,
    other: fc.boolean(),
    isOwn: fc.boolean(),
    values,
    isSince: fc.boolean(),
    withinMs: fc.constantFrom(1, 10_000, 60_000, 600_000),
  }),
  fc.record({ kind: fc.constant('take' as const), store: fc.nat(1), key, values }),
  fc.record({ kind: fc.constant('settle' as const), nth: fc.nat(9), isKept: fc.boolean(), isHeld: fc.boolean() }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 500, 9_999, 10_000, 45_000) }),
)

withServer('two processes count together as one full log does', async t => {
  const { url } = await startServer(t)
  let now = 1_700_000_000_000
  const time = () => now
  const opened = [open(t, url, { time }), open(t, url, { time })]
  const stores = opened.map(({ store }) => store)
  await Promise.all(opened.map(({ isTogether }) => isTogether()))
  let cases = 0

  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.constantFrom('let through' as const, 'refused' as const, 'all' as const),
      fc.boolean(),
      fc.constantFrom(1, 3, 8),
      async (steps, counting, isOfValues, most) => {
        cases += 1
        const counter = counterOf(`c${cases}`, { counting, keepMs: 600_000, most })
        const silences = counterOf(`h${cases}`, { keepMs: 20_000, most: 1 })
        const plain = new PlainCounts(time)
        const touchAll = async () => {
          for (const store of [plain, ...stores]) store.use([counter, silences], now)
          await Promise.all(stores.map(done))
        }
        await touchAll()
        const openCalls: { call: ReturnType<typeof newCall>; store: number; place: object }[] = []
        for (const each of steps) {
          if (each.kind === 'wait') {
            now += each.ms
            await touchAll()
          } else if (each.kind === 'settle') {
            const [found] = openCalls.splice(each.nth % Math.max(1, openCalls.length), 1)
            if (found === undefined) continue
            const kept = each.isKept ? [found.place as never] : []
            const holds = each.isHeld ? [{ counter: silences.id, key: 'k1', forMs: 20_000 }] : []
            for (const store of [plain, stores[found.store]]) store?.settle(found.call, { kept, holds })
            await done(stores[found.store] as never)
          } else {
            const call = newCall(each.kind === 'judge' ? each.id : undefined)
            const place = { counter: counter.id, key: each.key, ...(isOfValues && { values: each.values }) }
            openCalls.push({ call, store: each.store, place })
            const store = stores[each.store]
            if (each.kind === 'take') {
              for (const one of [plain, store]) one?.take(call, [place])
              await done(store as never)
              continue
            }
            const asked = { key: each.key, isOwn: each.isOwn, ...(isOfValues && { values: each.values }) }
            const question = questionOf(counter, {
              kind: each.isSince ? 'since' : 'count',
              keys: each.other ? [asked, { key: 'k1', isOwn: false }] : [asked],
              withinMs: each.withinMs,
              hold: { counter: silences.id, forMs: 20_000 },
              tellsOthers: true,
            })
            const expected = (await plain.ask(call, [question])).get('q') ?? []
            const actual = (await store?.ask(call, [question]))?.get('q') ?? []
            const sizes = question.keys.map(({ key }) => plain.size(counter.id, key))
            for (const [at, { isWhole, count }] of actual.entries()) if (isWhole) t.is(count, expected[at]?.count ?? -1)
            t.deepEqual(
              actual.map((one, at) => bounded(one, most, sizes[at] ?? 0)),
              expected.map((one, at) => bounded(one, most, sizes[at] ?? 0)),
            )
          }
        }
        for (const { call, store } of openCalls) stores[store]?.settle(call, { kept: [], holds: [] })
        now += 700_000
      },
    ),
    { numRuns: runs(4000) },
  )
})

/** What must be the same, although of a log only the last `most` are kept: of these some may be the call's own. */
function bounded({ count, isWhole, others = [], ...rest }: Counted, most: number, size: number) {
  const last = Math.max(0, most - mostOwn)
  return {
    ...rest,
    count: Math.min(count, most),
    others: others.slice(Math.max(0, others.length - last)),
    ...(size <= most && { isWhole, all: others }),
  }
}

const mostOwn = 5

withServer('a call counts itself, and others while they are under way', async t => {
  const { url } = await startServer(t)
  const { store, isTogether } = open(t, url)
  await isTogether()
  const counter = counterOf('c')
  store.use([counter], 0)
  const [first, second] = [newCall(), newCall()]
  const ask = async (call: typeof first) => (await store.ask(call, [questionOf(counter)])).get('q')
  t.like(await ask(first), [{ count: 1 }])
  t.like(await ask(second), [{ count: 2 }])
  store.settle(first, { kept: [], holds: [] })
  store.settle(second, { kept: [{ counter: 'c', key: 'k' }], holds: [] })
  t.like(await ask(newCall()), [{ count: 2 }])
})

withServer('a counter says since when it knows everything', async t => {
  const { url } = await startServer(t)
  let now = 1_700_000_000_000
  const { store, isTogether } = open(t, url, { time: () => now })
  await isTogether()
  const counter = counterOf('c', { keepMs: 10 * minute })
  store.use([counter], now)
  await done(store)
  const isWhole = async (withinMs: number) => (await askOnce(store, questionOf(counter, { withinMs }))).isWhole
  now += minute
  t.true(await isWhole(minute))
  t.false(await isWhole(minute + 1))
  store.use([{ ...counter, keepMs: 20 * minute }], now)
  t.false(await isWhole(1), 'what was older than the old time may be gone')
  now += minute + 1
  t.false(await isWhole(minute + 1), 'for more than a minute nobody counted')
})

withServer('of a key no more is kept than makes a difference, and that is said', async t => {
  const { url } = await startServer(t)
  const { store, isTogether } = open(t, url)
  await isTogether()
  const counter = counterOf('c', { most: 4 })
  store.use([counter], 0)
  for (let i = 0; i < 9; i++) store.settle(newCall(), { kept: [{ counter: 'c', key: 'k' }], holds: [] })
  t.deepEqual(await askOnce(store, questionOf(counter)), { count: 5, isWhole: false })
})

withServer('all calls under way count, however many there are', async t => {
  const { url } = await startServer(t)
  const { store, isTogether } = open(t, url)
  await isTogether()
  const counter = counterOf('c', { most: 1000 })
  store.use([counter], 0)
  for (let i = 0; i < 900; i++) store.take(newCall(), [{ counter: 'c', key: 'k' }])
  t.like(await askOnce(store, questionOf(counter)), { count: 901 })
})

withServer('dry runs change nothing in the store', async t => {
  const { url, admin } = await startServer(t)
  const { store, isTogether } = open(t, url)
  await isTogether()
  const counter = counterOf('c')
  store.use([counter], 0)
  await judge(store, questionOf(counter))
  await done(store)
  const before = await contentOf(admin)
  t.like((await store.peek(newCall(), [questionOf(counter)])).get('q'), [{ count: 2 }])
  t.deepEqual(await contentOf(admin), before)
})

withServer('the store holds no text of a call, and everything in it expires', async t => {
  const { url, admin } = await startServer(t)
  const { store, isTogether } = open(t, url)
  await isTogether()
  const counter = counterOf('c')
  store.use([counter, counterOf('h')], 0)
  const place = { counter: 'c', key: 'the key', values: ['the value'] }
  const kept = newCall('the id')
  store.settle(kept, { kept: [place], holds: [{ counter: 'h', key: 'the key', forMs: minute }] })
  store.take(newCall('the id'), [place])
  await done(store)
  const content = await contentOf(admin)
  const names = Object.keys(content).map(name => name.replace(/^(\{hw:\w\}:).{6}(.?).*$/, '$1$2'))
  t.deepEqual(names.sort(), ['hw:secret', '{hw:c}:', '{hw:c}:l', '{hw:c}:u', '{hw:h}:', '{hw:h}:s'])
  t.notRegex(JSON.stringify(content), /the (?:key|value|id)/)
  for (const name of Object.keys(content)) t.true((await admin.pttl(name)) > 0, name)
})

withServer('the calls of a turn go to the store together, and back once more', async t => {
  const { url, admin } = await startServer(t)
  const { store, isTogether } = open(t, url)
  await isTogether()
  const counters = ['a', 'b', 'c'].map(id => counterOf(id))
  store.use(counters, 0)
  await done(store)
  const scripts = async () => Number(/cmdstat_evalsha:calls=(\d+)/.exec(await admin.info('commandstats'))?.[1])
  const before = await scripts()
  const questions = counters.map(counter => questionOf(counter, { id: counter.id }))
  await Promise.all(Array.from({ length: 50 }, () => store.ask(newCall(), questions)))
  t.is((await scripts()) - before, counters.length)
})

withServer('a counter that is not in use counts nothing', async t => {
  const { url } = await startServer(t)
  const { store, isTogether } = open(t, url, { local: nowhere })
  await isTogether()
  store.use([], 0)
  t.deepEqual(await askOnce(store, questionOf(counterOf('c'))), { count: 1, isWhole: false })
})

withServer('places of a process that died are given back after a minute', async t => {
  const { url } = await startServer(t)
  let now = 1_700_000_000_000
  const time = () => now
  const [dead, alive] = [open(t, url, { time }), open(t, url, { time })]
  await Promise.all([dead.isTogether(), alive.isTogether()])
  const counter = counterOf('c')
  for (const { store } of [dead, alive]) store.use([counter], now)
  await askOnce(dead.store, questionOf(counter))
  dead.link.close()
  t.like(await askOnce(alive.store, questionOf(counter)), { count: 2 })
  now += minute
  t.like(await askOnce(alive.store, questionOf(counter)), { count: 1 })
})

/** Everything in a database. */
async function contentOf(admin: Redis): Promise<Record<string, unknown>> {
  const names = (await admin.keys('*')).sort()
  return Object.fromEntries(await Promise.all(names.map(async name => [name, String(await admin.dump(name))])))
}
