import type { Counted, Counter, CountPlace, CountQuestion, Hold } from '../compile/counter.ts'

/** A call as a store sees it. `ref` is unique in this process; calls with one `id` are one call. */
export type CountedCall = {
  ref: number
  /** When it is judged, in ms since 1970. */
  at: number
  id?: string
}

/** What became of the places of a call. */
export type Settled = {
  /** The places that go on counting; every other place of the call is given back. */
  kept: readonly CountPlace[]
  holds: readonly Hold[]
}

/**
 * Where calls are counted: in this process, or in a store that several processes share.
 *
 * A call takes places while it is judged and is settled once, after its answer. What is asked counts the places of calls
 * under way, except in counters of refused calls.
 */
export type CountStore = {
  /** What is counted from now on; counters that were there before keep their counts. */
  use(counters: readonly Counter[], at: number): void
  /** Takes places without a question. */
  take(call: CountedCall, places: readonly CountPlace[]): void
  /** Answers by the ids of the questions, for each key of a question in order; takes the places of those that take. */
  ask(call: CountedCall, questions: readonly CountQuestion[]): Promise<ReadonlyMap<string, readonly Counted[]>>
  /** The same without taking anything: for dry runs. */
  peek(call: CountedCall, questions: readonly CountQuestion[]): Promise<ReadonlyMap<string, readonly Counted[]>>
  settle(call: CountedCall, settled: Settled): void
}
