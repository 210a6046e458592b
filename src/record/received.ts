import type { Callback, Field } from '../callbacks/callback.ts'
import { isDerived } from '../callbacks/fields.ts'
import type { Call, Value } from '../decide/call.ts'
import type { DecisionRecord } from '../decide/decision.ts'
import { isObject, own } from '../protocol/json-type.ts'
import type { CallbackMasks } from './masks.ts'

/** The call as JSON text without line breaks, and the fields that a mask changed. */
export type RecordedCall = { json: string; masked: readonly string[] }

/**
 * The call of a body for the record: the fields that the catalogue has, as received.
 *
 * The text of a body is taken over where it is exactly what would be written, and has nothing else in it: no line
 * break, no escape that a search would miss, no unknown key, no key twice. That is the case for almost every call, and
 * costs a tenth of writing it.
 */
export function recordedCall(
  { text, body }: DecisionRecord['received'],
  call: Call,
  masks: CallbackMasks | undefined,
): RecordedCall {
  const fields = isObject(body) && !Array.isArray(body) ? (body as { readonly [key: string]: Value }) : {}
  const known = keysOf(call.callback)
  if (masks === undefined && isAllKnown(fields, known) && isAsWritten(text, fields)) {
    return { json: text.endsWith('\n') ? text.slice(0, -1) : text, masked: [] }
  }
  const kept: { [key: string]: Value } = {}
  const command = own(fields, commandKey) ?? commandOf(call)
  if (typeof command === 'string') kept[commandKey] = command
  for (const key of known) if (key !== commandKey && Object.hasOwn(fields, key)) kept[key] = fields[key] as Value
  if (masks === undefined) return { json: JSON.stringify(kept), masked: [] }
  const { call: left, masked } = masks.applied(kept)
  return { json: JSON.stringify(left), masked }
}

const commandKey = 'callbackCommand'

/** A name under which the call reads the same; undefined if there is none. */
function commandOf({ callback, isCurrent }: Call): string | undefined {
  return isCurrent ? callback.command : callback.formerly[0]
}

const keysOfCallbacks = new Map<Callback, ReadonlySet<string>>()

/** The keys of a callback's requests that are read. */
function keysOf(callback: Callback): ReadonlySet<string> {
  const made = keysOfCallbacks.get(callback)
  if (made !== undefined) return made
  const { fields, flattened } = callback
  const sent = fields.filter(field => field.origin !== 'answer' && !isDerived(field))
  const flat = fields.find(({ name }) => name === flattened)?.items
  const inItems = Array.isArray(flat) ? (flat as readonly Field[]) : []
  const keys = new Set([commandKey, ...[...sent, ...inItems].map(({ name }) => name)])
  keysOfCallbacks.set(callback, keys)
  return keys
}

function isAllKnown(body: object, known: ReadonlySet<string>): boolean {
  if (typeof own(body, commandKey) !== 'string') return false
  for (const key of Object.keys(body)) if (!known.has(key)) return false
  return true
}

/**
 * Whether a text is the shortest JSON of what it was parsed to, apart from a line break at its end.
 *
 * White space, a key twice or a value that nobody reads would make it longer. Texts have one spelling, as long as no
 * escape is `\u` or `\/`; and numbers whose shortest spelling is another one are taken for longer.
 */
function isAsWritten(text: string, body: object): boolean {
  let escapes = 0
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', at + 2)) {
    const escaped = text.charCodeAt(at + 1)
    if (escaped === letterU || escaped === slash) return false
    escapes += 1
  }
  const end = text.endsWith('\n') ? 1 : 0
  return lengthOf(body as Value) === text.length - escapes - end
}

const letterU = 'u'.charCodeAt(0)
const slash = '/'.charCodeAt(0)

/** The length of a value's JSON without its backslashes; not a number if that is unknown. */
function lengthOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return value.length + 2
    case 'number':
      return lengthOfNumber(value)
    case 'boolean':
      return value ? 4 : 5
    case 'object':
      return value === null ? 4 : lengthWithin(value)
  }
}

function lengthWithin(value: readonly Value[] | { readonly [key: string]: Value }): number {
  // Brackets, and a comma before each but the first.
  if (Array.isArray(value)) {
    let length = Math.max(2, value.length + 1)
    for (const item of value) length += lengthOf(item)
    return length
  }
  const keys = Object.keys(value)
  let length = Math.max(2, keys.length + 1)
  for (const key of keys)
    length += key.length + 3 + lengthOf((value as { readonly [key: string]: Value })[key] as Value)
  return length
}

/** Numbers that end with three noughts, and fractions, are shorter with an exponent. */
function lengthOfNumber(value: number): number {
  return Number.isSafeInteger(value) && (value % 1000 !== 0 || value === 0) ? String(value).length : Number.NaN
}
