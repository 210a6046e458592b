import type { Callback } from '../callbacks/callback.ts'

/**
 * One parsed call of the IM server: the facts that rules judge.
 *
 * `values` has only fields of the callback; a missing or `null` field is absent.
 */
export type Call = {
  callback: Callback
  values: ReadonlyMap<string, Value>
  /** What every reply that allows the call must repeat, by key. */
  echo?: ReadonlyMap<string, Value>
  /** True if the server is known to use the current name of the callback, as servers from 3.7 on do. */
  isCurrent?: true
  /** True if an older server sent it without its list, with the fields of the only item at top level. */
  isFlat?: true
}

/**
 * The value of a field: a fact of one call. `null` is absent.
 *
 * List items that are objects keep everything they came with, so that they can be sent back complete.
 */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value }
