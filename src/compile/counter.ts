import type { Counting } from '../language/condition.ts'

/** What is counted, as far as a store must know it. Plain data. */
export type Counter = {
  /** A hash of what it counts: the same after a reload when only limits, spans, texts, names or modes changed. */
  id: string
  counting: Counting
  /** The longest time that any rule looks back, in ms. */
  keepMs: number
  /** The largest number that makes a difference to any rule: of more calls of a key only the last are kept. */
  most: number
}

/** A counter of a folder; `name` is what people call it: its own name, or that of its rule. */
export type FolderCounter = Counter & { name: string }

/**
 * A place in a counter that a call takes when it is judged.
 *
 * `key` tells the values of `same`, `values` the different ones that count, one or several; without them the call
 * itself counts.
 */
export type CountPlace = { counter: string; key: string; values?: readonly string[] }

/** What a rule asks of a counter: how many calls or values there were, or how long ago the last one was. */
export type CountQuestion = {
  id: string
  round: 'count'
  kind: 'count' | 'since'
  counter: string
  /** One, or one for each item of a list. */
  keys: readonly AskedKey[]
  /** The window is (t - withinMs, t]. */
  withinMs: number
  /** True when the call takes its own places with this question. */
  takes: boolean
  /** The silence that follows once the count has held: a counter of its own, with the same keys. */
  hold?: { counter: string; forMs: number }
  /** True when it is also told when the others were. */
  tellsOthers: boolean
}

/** `isOwn`: the call being judged counts under this key, with `values` where different ones are counted. */
export type AskedKey = { key: string; isOwn: boolean; values?: readonly string[] }

/** What a store knows of one key. */
export type Counted = {
  /** Calls or different values in the window, with the call being judged if it is one of those that count. */
  count: number
  /** False when there may have been more: after a start, a new counter, a raised limit, a key forgotten for room. */
  isWhole: boolean
  /** True when the shared store could not be asked: others may have counted more. */
  isPartial?: true
  /** How long the silence goes on, in ms. */
  heldForMs?: number
  /** How long ago the last earlier one was, in ms: of a question of that kind, unless there was none. */
  agoMs?: number
  /** How long before this call the others were counted, in ms, the first one first; those under way included. */
  others?: readonly number[]
}

/** A silence that begins with a call, unless one is under way: `forMs` long. */
export type Hold = { counter: string; key: string; forMs: number }
