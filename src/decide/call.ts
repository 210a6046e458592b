import type { Callback } from '../callbacks/callback.ts'
import type { Value } from './decision.ts'

/**
 * One call of the IM server, read: the facts that rules judge.
 *
 * `values` has only fields of the callback; what is missing from it, or `null`, is absent. A value may be
 * a promise: a fact that is looked up.
 */
export type Call = { callback: Callback; values: ReadonlyMap<string, Value | Promise<Value>> }
