import { createHash } from 'node:crypto'
import test from 'ava'
import type { Counter, CountQuestion } from '../../src/compile/counter.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { SnapshotRefused } from '../../src/count/read-snapshot.ts'
import { saved } from './_saved.ts'

const counter: Counter = { id: 'calls', counting: 'let through', keepMs: 1000, most: 6 }

function count(store: MemoryCounts, key: string, at: number): void {
  store.settle({ ref: 1, at }, { kept: [{ counter: 'calls', key }], holds: [] })
}

async function countOf(store: MemoryCounts, key: string, at: number) {
  const rest = { id: 'q', round: 'count', kind: 'count', takes: false, tellsOthers: false } as const
  const question: CountQuestion = { ...rest, counter: 'calls', withinMs: 1000, keys: [{ key, isOwn: false }] }
  return (await store.peek({ ref: 2, at }, [question])).get('q')?.[0]
}

function storeOf(keys: number, mostKeys = 1_000_000): MemoryCounts {
  const store = new MemoryCounts({ secret: 's', since: -Infinity, mostKeys })
  store.use([counter], 0)
  for (let key = 0; key < keys; key++) count(store, `u-${key}`, 1)
  return store
}

function loaded(bytes: Uint8Array, { hasGap = false, at = 10, secret = 's', mostKeys = 1_000_000 } = {}): MemoryCounts {
  const store = new MemoryCounts({ secret, mostKeys })
  store.load(bytes, { at, hasGap })
  store.use([counter], at)
  return store
}

test('counts go on after a clean end', async t => {
  const { bytes, isAll } = saved(storeOf(3))
  t.true(isAll)
  t.deepEqual(await countOf(loaded(bytes), 'u-1', 20), { count: 1, isWhole: true })
})

test('counts are lower bounds after a gap, until it is out of the window', async t => {
  const store = loaded(saved(storeOf(3)).bytes, { hasGap: true, at: 100 })
  t.deepEqual(await countOf(store, 'u-1', 200), { count: 1, isWhole: false })
  t.deepEqual(await countOf(store, 'u-1', 1100), { count: 0, isWhole: true })
})

test('counts that were loaded and never used have a gap still', async t => {
  const store = new MemoryCounts({ secret: 's' })
  store.load(saved(storeOf(1)).bytes, { at: 10, hasGap: true })
  t.deepEqual(await countOf(loaded(saved(store).bytes, { at: 20 }), 'u-0', 30), { count: 1, isWhole: false })
})

test('calls may be counted between slices', async t => {
  const store = storeOf(20_000)
  let slices = 0
  const { bytes, isAll } = saved(store, () => {
    slices += 1
    for (let key = slices; key < 20_000; key += 50) count(store, `u-${key}`, 2)
  })
  t.true(slices > 10)
  t.false(isAll)
  const again = loaded(bytes, { hasGap: true })
  for (let key = 0; key < 20_000; key += 7) {
    const [before, after] = await Promise.all([countOf(store, `u-${key}`, 10), countOf(again, `u-${key}`, 10)])
    t.true((after?.count ?? 0) >= 1 && (after?.count ?? 0) <= (before?.count ?? 0))
  }
})

test('what is forgotten between slices is not called whole', async t => {
  const store = storeOf(5000, 5000)
  let isFirst = true
  // Nothing of the key that is forgotten is in the snapshot.
  const { bytes } = saved(store, () => {
    if (isFirst) count(store, 'new', 2)
    isFirst = false
  })
  t.deepEqual(await countOf(loaded(bytes), 'u-0', 10), { count: 0, isWhole: false })
})

test('a call under way makes a snapshot less than all', t => {
  const store = storeOf(1)
  store.take({ ref: 5, at: 5 }, [{ counter: 'calls', key: 'u-0' }])
  t.false(saved(store).isAll)
})

test('the key idle longest is still the first to be forgotten', async t => {
  const store = new MemoryCounts({ secret: 's', since: -Infinity })
  store.use([counter], 0)
  for (const [at, key] of ['a', 'b', 'c', 'a'].entries()) count(store, key, at)
  const again = loaded(saved(store).bytes, { mostKeys: 2 })
  t.is(again.size.keys, 2)
  t.is((await countOf(again, 'b', 10))?.count, 0)
  t.is((await countOf(again, 'a', 10))?.count, 2)
})

test('counters that are not used any more are left out', async t => {
  const store = new MemoryCounts({ secret: 's' })
  store.load(saved(storeOf(1)).bytes, { at: 10, hasGap: false })
  store.use([{ ...counter, id: 'others' }], 10)
  store.use([{ ...counter, id: 'others' }, counter], 20)
  t.deepEqual(await countOf(store, 'u-0', 30), { count: 0, isWhole: false })
})

const refused = test.macro(
  (t, change: (bytes: Uint8Array) => Uint8Array, message: RegExp, options: Parameters<typeof loaded>[1] = {}) => {
    const { bytes } = saved(storeOf(3))
    t.throws(() => loaded(change(bytes), options), { instanceOf: SnapshotRefused, message })
  },
)

test('an empty file is refused', refused, () => new Uint8Array(0), /not in a file that hookwarden wrote/)
test('another file is refused', refused, () => Buffer.from('x'.repeat(5000)), /not in a file that hookwarden wrote/)
test('a file cut off early is refused', refused, bytes => bytes.subarray(0, 40), /cut off/)
test('a file cut off late is refused', refused, bytes => bytes.subarray(0, -1), /damaged or cut off/)
test('a file that goes on is refused', refused, bytes => Buffer.concat([bytes, bytes]), /damaged or cut off/)
test('a file with one other bit is refused', refused, flipped, /damaged or cut off/)
test('a file of another format is refused', refused, inFormat2, /in format 2, and this version reads 1/)
test('counts of another secret are refused', refused, same, /another secret/, { secret: 't' })
test('counts from the future are refused', refused, same, /later than now/, { at: -100_000 })

function same(bytes: Uint8Array): Uint8Array {
  return bytes
}

function flipped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => (at === 60 ? byte ^ 1 : byte))
}

function inFormat2(bytes: Uint8Array): Uint8Array {
  const body = bytes.slice(0, -32)
  body['hookwarden counts'.length] = 2
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

test('nothing is left of a snapshot that was refused', async t => {
  const store = new MemoryCounts({ secret: 's' })
  t.throws(() => store.load(flipped(saved(storeOf(3)).bytes), { at: 10, hasGap: false }))
  store.use([counter], 10)
  t.deepEqual(await countOf(store, 'u-0', 20), { count: 0, isWhole: false })
})
