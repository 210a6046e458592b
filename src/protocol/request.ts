import type { Callback, Field } from '../callbacks/callback.ts'
import { findCallback } from '../callbacks/catalogue.ts'
import type { Call } from '../decide/call.ts'
import type { Value } from '../decide/decision.ts'
import { quoteForeign } from './foreign.ts'

/** Why a request cannot be read: the HTTP status that fits, and what is wrong in words for its sender. */
export type Malformed = { status: 400 | 404; problem: string }

/** The call that a body carries, or why it carries none. */
export type CallRead = { ok: true; call: Call } | ({ ok: false } & Malformed)

/**
 * Read the call out of a parsed body.
 *
 * Only own keys that the catalogue names are read, `null` or missing is absent, and all else is ignored: servers are
 * newer than the catalogue. Pure; never throws.
 */
export function readCall(callback: Callback, body: unknown): CallRead {
  if (!isObject(body) || Array.isArray(body)) return unreadable(`The body must be a JSON object, not ${kindOf(body)}`)
  if (isNestedDeeper(body, deepest)) return unreadable(`The body is nested more than ${deepest} levels deep`)
  const disagreement = disagrees(callback, own(body, 'callbackCommand'))
  if (disagreement !== null) return unreadable(disagreement)
  const values = new Map<string, Value>()
  for (const field of callback.fields) {
    const value = own(body, field.name)
    if (value === undefined || value === null) continue
    if (!fits(field, value)) return unreadable(`"${field.name}" must be ${expected(field)}, not ${kindOf(value)}`)
    values.set(field.name, value)
  }
  return { ok: true, call: { callback, values } }
}

/** No request of the IM server comes near, and what reads a payload may recurse. */
const deepest = 64

function unreadable(problem: string): CallRead {
  return { ok: false, status: 400, problem }
}

/** Look level by level, not by recursion: a body may be nested deeper than the stack. */
function isNestedDeeper(body: object, limit: number): boolean {
  let level: object[] = [body]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth === limit) return true
    const next: object[] = []
    for (const node of level) {
      for (const value of Object.values(node)) if (isObject(value)) next.push(value)
    }
    level = next
  }
  return false
}

/** What is wrong with the body's own word for the callback; null when it is missing or the same. */
function disagrees(callback: Callback, command: unknown): string | null {
  if (command === undefined || command === null || command === callback.command) return null
  if (typeof command !== 'string') return `"callbackCommand" must be text, not ${kindOf(command)}`
  if (findCallback(command) === callback) return null
  return `The path asks for "${callback.command}", but "callbackCommand" is ${quoteForeign(command)}`
}

/** A value of a body by its own key: `constructor` and the like are not there unless sent. */
function own(body: object, key: string): unknown {
  return Object.hasOwn(body, key) ? (body as Record<string, unknown>)[key] : undefined
}

function fits(field: Field, value: unknown): value is Value {
  switch (field.kind) {
    case 'text':
    case 'id':
    case 'url':
    case 'json':
      return typeof value === 'string'
    case 'enum':
      // On the wire an enum is an int32, and `| 0` is the conversion to one.
      return typeof value === 'number' && value === (value | 0)
    case 'integer':
      // Some are int64 on the wire: times in milliseconds, sequence numbers.
      return Number.isSafeInteger(value)
    case 'flag':
      return typeof value === 'boolean'
    case 'list':
      // A `Value` cannot hold a list yet, and half a list would be judged wrongly.
      return false
  }
}

function expected(field: Field): string {
  const kinds = { text: 'text', id: 'text', url: 'text', json: 'text', enum: 'a 32-bit integer', integer: 'an integer' }
  const kind = { ...kinds, flag: 'true or false', list: 'a list' }[field.kind]
  return field.nullable ? `${kind} or null` : kind
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  switch (typeof value) {
    case 'string':
      return value === '' ? 'empty' : 'text'
    case 'number':
      return Number.isInteger(value) ? `the number ${value}` : 'a fraction'
    case 'boolean':
      return 'true or false'
    default:
      return 'an object'
  }
}
