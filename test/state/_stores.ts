import type { ExecutionContext } from 'ava'
import { Cluster, Redis } from 'ioredis'
import type { Counted, Counter, CountQuestion } from '../../src/compile/counter.ts'
import type { CountStore } from '../../src/count/count-store.ts'
import { readCountsUrl } from '../../src/state/counts-url.ts'
import { RedisLink } from '../../src/state/redis-link.ts'
import { SharedCounts } from '../../src/state/shared-counts.ts'
import { PlainCounts } from './_plain-counts.ts'
import { until } from './_until.ts'

export type OpenOptions = {
  /** However busy the machine is, no answer is late. */
  waitMs?: number
  password?: string
  ca?: string
  time?: () => number
  local?: CountStore
}

/** A store as a process has it; it is closed after the test. `told` is what its voice said. */
export function open(t: ExecutionContext, url: string, options: OpenOptions = {}) {
  const { waitMs = 5000, password, ca, time, local = new PlainCounts(time) } = options
  const read = readCountsUrl(url)
  if (read === undefined) throw new Error(`${url} is no address`)
  const link = new RedisLink(
    { Redis, Cluster },
    { ...read, waitMs, ...(password !== undefined && { password }), ...(ca !== undefined && { ca }) },
  )
  const told: string[] = []
  const voice = {
    alone: (reason: string) => void told.push(`alone: ${reason}`),
    together: () => void told.push('together'),
  }
  const store = new SharedCounts({ link, local, voice, ...(time !== undefined && { time }) })
  t.teardown(() => store.close())
  return { store, link, told, isTogether: () => until(() => store.aloneSince === null) }
}

/** A process that counts nothing by itself. */
export const nowhere: CountStore = {
  use() {},
  take() {},
  settle() {},
  ask: async (_, questions) =>
    new Map(questions.map(({ id, keys }) => [id, keys.map(() => ({ count: 0, isWhole: false }))])),
  peek: async () => new Map(),
}

export const minute = 60_000

/** A counter of calls that are let through, at most three an hour. */
export function counterOf(id: string, differs: Partial<Counter> = {}): Counter {
  return { id, counting: 'let through', keepMs: 60 * minute, most: 4, ...differs }
}

/** How often a key of a counter counted within its time, this call included. */
export function questionOf(counter: Counter, differs: Partial<CountQuestion> = {}): CountQuestion {
  const common = { id: 'q', round: 'count', kind: 'count', takes: true, tellsOthers: false } as const
  return { ...common, counter: counter.id, keys: [{ key: 'k', isOwn: true }], withinMs: counter.keepMs, ...differs }
}

let lastRef = 0

/** A call of its own. */
export function newCall(id?: string) {
  lastRef += 1
  return { ref: lastRef, at: Date.now(), ...(id !== undefined && { id }) }
}

/** The answer about the first key of the only question. */
export async function askOnce(store: CountStore, question: CountQuestion, id?: string): Promise<Counted> {
  const [counted] = (await store.ask(newCall(id), [question])).get(question.id) ?? []
  if (counted === undefined) throw new Error('no answer')
  return counted
}

/** Asks for a call, and lets it through if no more than `most` came; returns what was counted. */
export async function judge(
  store: CountStore,
  question: CountQuestion,
  most = 3,
): Promise<Counted & { passes: boolean }> {
  const call = newCall()
  const [counted] = (await store.ask(call, [question])).get(question.id) ?? []
  if (counted === undefined) throw new Error('no answer')
  const passes = counted.count <= most
  const kept = question.keys.map(({ key }) => ({ counter: question.counter, key }))
  store.settle(call, { kept: passes ? kept : [], holds: [] })
  return { ...counted, passes }
}

/** Resolves once the store has done all that it was told before. */
export async function done(store: CountStore): Promise<void> {
  await store.peek(newCall(), [])
}
