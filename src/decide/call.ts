import type { Callback } from '../callbacks/callback.ts'

/**
 * One call of the IM server, read: the facts that rules judge.
 *
 * `values` has only fields of the callback; what is missing from it, or `null`, is absent.
 */
export type Call = {
  callback: Callback
  values: ReadonlyMap<string, Value>
  /** What every answer that lets the call pass repeats, by key. */
  echo?: ReadonlyMap<string, Value>
  /** True when the server is known to call it by its present name, as those from 3.7 on do. */
  isCurrent?: true
  /** True when it came as older servers send it: without its list, the fields of the only item beside the others. */
  isFlat?: true
}
/**
 * What a field can hold once read: a fact of one call. `null` is absent.
 *
 * Items of lists that are objects have all that they came with, so that they can be sent back whole.
 */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value }
