import type { Callback } from '../callbacks/callback.ts'
import { findCallback } from '../callbacks/catalogue.ts'
import { withDerived } from '../callbacks/derived.ts'
import { isDerived } from '../callbacks/fields.ts'
import { deepest, isNestedDeeper } from '../callbacks/nesting.ts'
import type { Call, Value } from '../decide/call.ts'
import { hasType, isObject, kindOf, own } from './json-type.ts'
import { problemOfLength, usualTextBytes } from './long-texts.ts'
import { readFieldValue } from './read-value.ts'
import { quoteUntrusted } from './untrusted-text.ts'

/** Why a request cannot be read: the HTTP status, and what is wrong, in words for its sender. */
export type Malformed = { status: 400 | 404 | 413; problem: string }

/**
 * The call in a body, or why it cannot be read.
 *
 * If it cannot be read, `call` has what a reply that allows the call must repeat, as far as known.
 */
export type CallRead = { ok: true; call: Call } | ({ ok: false; call?: Call } & Malformed)

/** The context of a body: the command in the path of its request, and the limit on the length of texts. */
export type Around = { command?: string; maxTextBytes?: number }

/**
 * Read the call from a parsed body.
 *
 * Only own keys in the catalogue are read; `null` and missing keys are absent; other keys are ignored, since servers
 * may be newer than the catalogue. Never throws.
 */
export function readCall(
  callback: Callback,
  body: unknown,
  { command, maxTextBytes = usualTextBytes }: Around = {},
): CallRead {
  if (!isObject(body) || Array.isArray(body)) return unreadable(`The body must be a JSON object, not ${kindOf(body)}`)
  const { sent, isFlat } = unflattened(callback, body)
  const isCurrent = isPresentName(callback, own(body, 'callbackCommand') ?? command)
  const call: Call = {
    callback,
    values: new Map(),
    echo: echoOf(callback, sent),
    ...(isCurrent && { isCurrent }),
    ...(isFlat && { isFlat }),
  }
  const problem = isNestedDeeper(body)
    ? `The body is nested more than ${deepest} levels deep`
    : disagrees(callback, own(body, 'callbackCommand'))
  if (problem !== null) return { ...unreadable(problem), call }
  const read = readValues(callback, sent, maxTextBytes)
  return read.ok ? { ok: true, call: { ...call, values: read.values } } : { ...read, call }
}

type ValuesRead = { ok: true; values: ReadonlyMap<string, Value> } | ({ ok: false } & Malformed)

function readValues(callback: Callback, sent: object, maxTextBytes: number): ValuesRead {
  const values = new Map<string, Value>()
  for (const field of callback.fields) {
    if (field.origin === 'answer' || isDerived(field)) continue
    const read = readFieldValue(field, own(sent, field.name))
    if (!read.ok) return unreadable(read.problem)
    const problem = problemOfLength(field, read.value, maxTextBytes)
    if (problem !== null) return tooLong(problem)
    if (read.value !== null) values.set(field.name, read.value)
  }
  const all = withDerived(callback, values)
  // In a message with several texts, each can be short enough, but all of them together too long.
  const derived = callback.fields.find(({ origin }) => origin === 'message text')
  const problem = derived === undefined ? null : problemOfLength(derived, all.get(derived.name), maxTextBytes)
  return problem === null ? { ok: true, values: all } : tooLong(problem)
}

function tooLong(problem: string): { ok: false } & Malformed {
  return { ok: false, status: 413, problem }
}

function unreadable(problem: string): { ok: false } & Malformed {
  return { ok: false, status: 400, problem }
}

/** What is wrong with the callback named in the body; null if it is missing or the same. */
function disagrees(callback: Callback, command: unknown): string | null {
  if (command === undefined || command === null || command === callback.command) return null
  if (typeof command !== 'string') return `"callbackCommand" must be text, not ${kindOf(command)}`
  if (findCallback(command) === callback) return null
  return `The path asks for "${callback.command}", but "callbackCommand" is ${quoteUntrusted(command)}`
}

function isPresentName({ formerly }: Callback, command: unknown): boolean {
  return typeof command === 'string' && !formerly.includes(command)
}

/** The body as current servers send it: if the fields of the only list item are at top level, they become a list. */
function unflattened({ flattened, fields }: Callback, body: object): { sent: object; isFlat?: true } {
  const items = fields.find(({ name }) => name === flattened)?.items
  if (flattened === undefined || !Array.isArray(items) || Object.hasOwn(body, flattened)) return { sent: body }
  const present = (items as readonly { name: string }[]).filter(({ name }) => Object.hasOwn(body, name))
  if (present.length === 0) return { sent: body }
  const item = Object.fromEntries(present.map(({ name }) => [name, own(body, name)]))
  return { sent: { ...body, [flattened]: [item] }, isFlat: true }
}

/** What every reply must repeat. Values of the wrong type are left out: they would fail the user's action. */
function echoOf({ echo = [], fields }: Callback, sent: object): ReadonlyMap<string, Value> {
  const repeated = new Map<string, Value>()
  for (const key of echo) {
    const value = own(sent, key)
    const field = fields.find(({ name }) => name === key)
    const isWhole = value === null || (field !== undefined && value !== undefined && hasType(field.kind, value))
    if (isWhole) repeated.set(key, value as Value)
  }
  return repeated
}
