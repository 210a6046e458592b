/**
 * What a counted call costs in memory, and how much memory a key takes, beside the memory limiter of
 * rate-limiter-flexible with the same limit: more than 5 calls in an hour.
 *
 *   npm run bench:counts
 *
 * Each key is called five times. The limiter keeps a number and a timer a key and starts each hour anew: of calls at
 * the end of one hour and the start of the next it lets through twice as many.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { CountQuestion } from '../../src/compile/counter.ts'
import { cpuMs, memory, print } from './_measure.ts'
import { built } from './_process.ts'
import { median } from './_table.ts'

const { MemoryCounts } = await built<typeof import('../../src/count/memory-counts.ts')>('count/memory-counts.js')

/** Counts a call of a key. */
type Contestant = (key: string) => Promise<unknown>

const hourMs = 3_600_000
const callsEach = 5
const rounds = 3

/** So many keys are called before anything is measured, so that the code is compiled by then. */
const warmKeys = 20_000

const warm = keysOf(warmKeys)
for (const contestant of [counts(), limiter()]) await run(warm, contestant)

print('keys', 'µs a call', 'limiter µs', 'ratio', 'bytes a key', 'limiter bytes')
for (const keys of [100_000, 1_000_000]) await measure(keys)

/** The contestants take turns, so that what disturbs one disturbs both. */
async function measure(count: number): Promise<void> {
  const keys = keysOf(count)
  const times: { ours: Run; limiter: Run }[] = []
  for (let round = 0; round < rounds; round++) {
    times.push({ ours: await run(keys, counts()), limiter: await run(keys, limiter()) })
  }
  const of = (pick: (time: { ours: Run; limiter: Run }) => number) => median(times.map(pick))
  const [ours, theirs] = [of(time => time.ours.us), of(time => time.limiter.us)]
  const bytes = [of(time => time.ours.bytes), of(time => time.limiter.bytes)].map(Math.round)
  print(count, ours, theirs, ours / theirs, ...bytes)
}

function keysOf(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `sendID ${at}`)
}

/** Of one contestant: time of the processor a call, and memory a key. */
type Run = { us: number; bytes: number }

async function run(keys: readonly string[], contestant: Contestant): Promise<Run> {
  const before = memory()
  const startedMs = cpuMs()
  for (let call = 0; call < callsEach; call++) for (const key of keys) await contestant(key)
  const us = ((cpuMs() - startedMs) * 1000) / (keys.length * callsEach)
  const bytes = (memory() - before) / keys.length
  // Only now may the contestant be collected.
  await contestant(keys[0] ?? '').catch(() => {})
  return { us, bytes }
}

function counts(): Contestant {
  const store = new MemoryCounts({ secret: 'x'.repeat(43) })
  store.use([{ id: 'calls', counting: 'let through', keepMs: hourMs, most: callsEach + 1 }], Date.now())
  let ref = 0
  return key => {
    ref += 1
    const call = { ref, at: Date.now() }
    const answers = store.ask(call, [question(key)])
    store.settle(call, { kept: [{ counter: 'calls', key }], holds: [] })
    return answers
  }
}

function question(key: string): CountQuestion {
  return {
    id: 'flood',
    round: 'count',
    kind: 'count',
    counter: 'calls',
    keys: [{ key, isOwn: true }],
    withinMs: hourMs,
    takes: true,
    tellsOthers: false,
  }
}

function limiter(): Contestant {
  const memory = new RateLimiterMemory({ points: callsEach, duration: hourMs / 1000 })
  return key => memory.consume(key)
}
