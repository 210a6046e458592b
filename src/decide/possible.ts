import type { Callback, Field } from '../callbacks/callback.ts'
import { isObject } from '../callbacks/json-texts.ts'
import type { Change, Value } from './decision.ts'

/**
 * Whether the server would do it: what it would not, no rule that judges the call may believe to be done.
 *
 * A rule may be for several callbacks, and not all let a field be rewritten as far. Pure.
 */
export function isPossible({ fields }: Callback, { field: name, from, to }: Change): boolean {
  return takes(fields.find(field => field.name === name) as Field, from, to)
}

/** Whether the server takes another value for a field of a call, or of an item of a list. Pure. */
export function takes({ origin, rewrite = {} }: Field, from: Value, to: Value): boolean {
  if (from === null && (rewrite.onlyIfPresent || origin === 'message text')) return false
  if (rewrite.notEmpty && (to === '' || (Array.isArray(to) && to.length === 0))) return false
  // A message that came without an object is one of an older server, which wants none.
  const wantsObject = rewrite.jsonObject && origin !== 'message text' && typeof from === 'string' && isObject(from)
  return !wantsObject || (typeof to === 'string' && isObject(to))
}
