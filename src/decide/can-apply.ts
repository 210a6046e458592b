import type { Callback, Field } from '../callbacks/callback.ts'
import { isObjectText } from '../callbacks/json-texts.ts'
import { isBareText } from '../callbacks/message-text.ts'
import type { Value } from './call.ts'
import type { Change } from './decision.ts'

/**
 * Whether the server would do it: what it would not, no rule that judges the call may believe to be done.
 *
 * `values` are those before the change. A rule may be for several callbacks, and not all let a field be rewritten as
 * far. Pure.
 */
export function canApply(
  { fields }: Callback,
  values: ReadonlyMap<string, unknown>,
  { field: name, from, to }: Change,
): boolean {
  const field = fields.find(each => each.name === name) as Field
  return takes(field, from, to) && (!field.rewrite?.jsonObject || isMessage(field, to, values))
}

/** Whether a message can be made of a new value: of its text, or else of an object, or of a text where it is one alone. */
function isMessage({ origin }: Field, to: Value, values: ReadonlyMap<string, unknown>): boolean {
  if (origin === 'message text') return true
  return typeof to === 'string' && (isObjectText(to) || isBareText(values.get('content'), values.get('contentType')))
}

/** Whether the server takes another value for a field of a call, or of an item of a list. Pure. */
export function takes({ origin, rewrite = {} }: Field, from: Value, to: Value): boolean {
  if (from === null && (rewrite.onlyIfPresent || origin === 'message text')) return false
  return !rewrite.notEmpty || (to !== '' && !(Array.isArray(to) && to.length === 0))
}
