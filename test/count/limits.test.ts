import test from 'ava'
import type { Counter, CountQuestion } from '../../src/compile/counter.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'

const counter: Counter = { id: 'calls', counting: 'let through', keepMs: 1000, most: 6 }

function asked(key: string, withinMs = 1000): CountQuestion {
  const rest = { id: 'q', round: 'count', kind: 'count', takes: false, tellsOthers: false } as const
  return { ...rest, counter: 'calls', withinMs, keys: [{ key, isOwn: false }] }
}

/** A store that has counted a call of each key, the first hundred one a ms from `at` on. */
function counted(keys: readonly string[], at: number, limits: { mostKeys?: number; mostBytes?: number } = {}) {
  const store = new MemoryCounts({ secret: 's', since: -Infinity, ...limits })
  store.use([counter], 0)
  for (const [ref, key] of keys.entries()) {
    store.settle({ ref, at: at + Math.min(ref, 100) }, { kept: [{ counter: 'calls', key }], holds: [] })
  }
  return store
}

async function countOf(store: MemoryCounts, key: string, at: number, withinMs?: number) {
  const answers = await store.peek({ ref: -1, at }, [asked(key, withinMs)])
  return answers.get('q')?.[0]
}

test('the key idle longest is forgotten, and later counts are lower bounds', async t => {
  const store = counted(['a', 'b', 'a', 'c'], 10, { mostKeys: 2 })
  t.is(store.size.keys, 2)
  t.deepEqual(await countOf(store, 'b', 14), { count: 0, isWhole: false })
  t.deepEqual(await countOf(store, 'a', 14), { count: 2, isWhole: false })
  // b was forgotten with a call at 11: what is in a window after that is known.
  t.deepEqual(await countOf(store, 'b', 14, 3), { count: 0, isWhole: true })
  t.deepEqual(await countOf(store, 'a', 14, 3), { count: 1, isWhole: true })
})

test('a key that is asked for is not idle, unless it is only tried', async t => {
  const isForgotten = async (ask: 'ask' | 'peek') => {
    const store = counted(['a', 'b'], 10, { mostKeys: 2 })
    await store[ask]({ ref: 9, at: 20 }, [asked('a')])
    store.settle({ ref: 9, at: 20 }, { kept: [{ counter: 'calls', key: 'c' }], holds: [] })
    return (await countOf(store, 'a', 30))?.count === 0
  }
  t.false(await isForgotten('ask'))
  t.true(await isForgotten('peek'))
})

test('keys are forgotten before memory is used up', t => {
  const mostBytes = 2_000_000
  const keys = Array.from({ length: 60_000 }, (_, at) => `u-${at}`)
  const { size } = counted(keys, 0, { mostBytes })
  t.true(size.bytes <= mostBytes && size.bytes > mostBytes * 0.9)
  t.true(size.keys > 20_000 && size.keys < 60_000)
})

test('what nobody will ask for goes when others come', t => {
  const store = counted(
    Array.from({ length: 5000 }, (_, at) => `u-${at}`),
    0,
  )
  t.is(store.size.keys, 5000)
  for (let ref = 0; ref < 2000; ref++) {
    store.settle({ ref, at: 100_000 }, { kept: [{ counter: 'calls', key: 'other' }], holds: [] })
  }
  t.is(store.size.keys, 1)
})

test('a counter that is gone leaves nothing behind', async t => {
  const store = counted(['a', 'b'], 10)
  store.use([], 20)
  store.use([counter], 30)
  t.deepEqual(await countOf(store, 'a', 40, 5), { count: 0, isWhole: true })
  t.deepEqual(await countOf(store, 'a', 40, 30), { count: 0, isWhole: false })
})

test('texts that UTF-8 cannot tell apart are different keys and values', async t => {
  const store = counted(['\ud800', '\ud801', '\ufffd'], 10)
  for (const key of ['\ud800', '\ud801', '\ufffd']) t.is((await countOf(store, key, 20))?.count, 1)
})

test('a call that was never asked about counts when it is settled', async t => {
  const store = counted(['a'], 10)
  store.settle({ ref: 99, at: 12, id: 'm' }, { kept: [{ counter: 'calls', key: 'a' }], holds: [] })
  t.is((await countOf(store, 'a', 12))?.count, 2)
})
