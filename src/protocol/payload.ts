import type { Callback, Field } from '../callbacks/callback.ts'
import { withImplied } from '../callbacks/derived.ts'
import { hasMessageText } from '../callbacks/message-text.ts'
import type { Call } from '../decide/call.ts'
import { suggest } from '../language/advice/suggest.ts'
import { hasType, isObject, kindOf, own } from './json-type.ts'
import { type Around, readCall } from './request.ts'
import { type UnknownKey, unknownKeys } from './unknown-keys.ts'
import { quoteUntrusted } from './untrusted-text.ts'

/**
 * A call to try, or why the payload cannot be read.
 *
 * `meant` is the probable intended value of a field with the wrong type, as the IM server would send it.
 */
export type PayloadRead =
  | { ok: true; call: Call; unknownKeys: readonly UnknownKey[] }
  | { ok: false; status: 400 | 404 | 413; problem: string; meant?: { field: string; value: unknown } }

/**
 * Read a payload that a person may have written: as the IM server sends it, or as tests give it.
 *
 * Numbers may be given by name (`"roleLevel": "admin"`), and a message by its text alone (`"message text"`). Never
 * throws.
 */
export function readPayload(callback: Callback, body: unknown, around: Around = {}): PayloadRead {
  const isBody = isObject(body) && !Array.isArray(body)
  const sent = isBody ? withNumbers(callback.fields, body, '') : { ok: true as const, body }
  if (!sent.ok) return { ...sent, status: 400 }
  const read = readCall(callback, sent.body, around)
  if (!read.ok) {
    const meant = isObject(sent.body) ? valueMeant(callback, sent.body) : undefined
    return { ok: false, status: read.status, problem: read.problem, ...(meant && { meant }) }
  }
  const made = withText(read.call, body)
  return made.ok ? { ...made, unknownKeys: unknownKeys(callback, body) } : { ...made, status: 400 }
}

type TextRead = { ok: true; call: Call } | { ok: false; problem: string }

type Sent = { ok: true; body: Record<string, unknown> } | { ok: false; problem: string }

/** An object with names replaced by their numbers, also in list items. */
function withNumbers(fields: readonly Field[], body: object, path: string): Sent {
  const sent: Record<string, unknown> = { ...body }
  for (const field of fields) {
    const value = own(body, field.name)
    const place = `${path}${field.name}`
    const made = Array.isArray(value) ? itemsWithNumbers(field, value, place) : numberOf(field, value, place)
    if (made === undefined) continue
    if (!made.ok) return made
    sent[field.name] = made.value
  }
  return { ok: true, body: sent }
}

type Made = { ok: true; value: unknown } | { ok: false; problem: string }

function itemsWithNumbers({ items }: Field, list: readonly unknown[], place: string): Made | undefined {
  if (!Array.isArray(items)) return undefined
  const fields = items as readonly Field[]
  const value: unknown[] = []
  for (const [at, item] of list.entries()) {
    const made = isObject(item) && !Array.isArray(item) ? withNumbers(fields, item, `${place}[${at}].`) : undefined
    if (made?.ok === false) return made
    value.push(made === undefined ? item : made.body)
  }
  return { ok: true, value }
}

/** The number that a text names; undefined if the value is not a name. */
function numberOf({ names, origin }: Field, value: unknown, place: string): Made | undefined {
  const isCharacter = origin === 'character' && typeof value === 'string' && [...value].length === 1
  if (names === undefined || typeof value !== 'string' || isCharacter || value === '' || isNumeric(value)) {
    return undefined
  }
  const number = names.get(value)
  if (number !== undefined) return { ok: true, value: number }
  const known = suggest(value, [...names.keys()], 'Names')
  return {
    ok: false,
    problem: `"${place}" must be a number or its name, not ${quoteUntrusted(value)}. ${known}`,
  }
}

const [textName, contentName, typeName] = ['message text', 'content', 'contentType'] as const

/** The call with a message text that was given alone, stored where that message type keeps it. */
function withText(call: Call, body: unknown): TextRead {
  const text = isObject(body) ? (own(body, textName) ?? null) : null
  if (text === null || !call.callback.fields.some(({ origin }) => origin === 'message text')) return { ok: true, call }
  if (typeof text !== 'string') return { ok: false, problem: `"${textName}" must be text, not ${kindOf(text)}` }
  if (call.values.has(contentName)) {
    return { ok: false, problem: `"${textName}" and "${contentName}" both give the text of the message: keep one` }
  }
  const type = call.values.get(typeName)
  if (type !== undefined && !hasMessageText(type)) {
    const hint = `Remove "${textName}", or write "${typeName}": "text"`
    return { ok: false, problem: `A message of this "${typeName}" has no "${textName}". ${hint}` }
  }
  return { ok: true, call: { ...call, values: withImplied(call.callback, new Map(call.values).set(textName, text)) } }
}

/** The probable intended value of the first field with the wrong type. */
function valueMeant({ fields }: Callback, body: object): { field: string; value: unknown } | undefined {
  for (const field of fields) {
    const value = own(body, field.name) ?? null
    if (value === null || field.origin === 'character' || hasType(field.kind, value)) continue
    const meant = asKind(field, value)
    return meant === undefined || !hasType(field.kind, meant) ? undefined : { field: field.name, value: meant }
  }
  return undefined
}

function asKind({ kind }: Field, value: unknown): unknown {
  switch (kind) {
    case 'text':
    case 'id':
    case 'url':
    case 'json':
      return isObject(value) && kind !== 'json' ? undefined : JSON.stringify(value)
    case 'enum':
    case 'integer':
      return isNumeric(value) ? Number(value) : undefined
    case 'flag':
      return value === 'true' || value === 1 ? true : value === 'false' || value === 0 ? false : undefined
    case 'list':
      return [value]
  }
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value)
}
