import type { Callback, Field } from '../callbacks/callback.ts'
import { isObjectText } from '../callbacks/json-texts.ts'
import { isBareText } from '../callbacks/message-text.ts'
import type { Value } from './call.ts'
import type { Change } from './decision.ts'

/**
 * Whether the server would apply a change. If not, later rules must not see it.
 *
 * `values` are those before the change. A rule may be for several callbacks, which do not all allow the same rewrites.
 */
export function canApply(
  { fields }: Callback,
  values: ReadonlyMap<string, unknown>,
  { field: name, from, to }: Change,
): boolean {
  const field = fields.find(each => each.name === name) as Field
  return takes(field, from, to) && (!field.rewrite?.jsonObject || isMessage(field, to, values))
}

/** Whether a new value makes a message: its text, JSON of an object, or plain text if the message was plain text. */
function isMessage({ origin }: Field, to: Value, values: ReadonlyMap<string, unknown>): boolean {
  if (origin === 'message text') return true
  return typeof to === 'string' && (isObjectText(to) || isBareText(values.get('content'), values.get('contentType')))
}

/** Whether the server accepts a new value for a field of a call or of a list item. */
export function takes({ origin, rewrite = {} }: Field, from: Value, to: Value): boolean {
  if (from === null && (rewrite.onlyIfPresent || origin === 'message text')) return false
  return !rewrite.notEmpty || (to !== '' && !(Array.isArray(to) && to.length === 0))
}
