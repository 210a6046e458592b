import type { Field, ItemKind } from '../callbacks/callback.ts'
import type { Value } from '../decide/call.ts'
import { expected, hasType, isObject, kindOf, own } from './json-type.ts'

/** A field's value, `null` if absent; or what is wrong with it, in words for the sender of the request. */
export type ValueRead = { ok: true; value: Value } | { ok: false; problem: string }

/** More than any call of the IM server has; rules look at each item. */
const mostItems = 10_000

/** Read the value of a field's key; undefined means that there is no key. Never throws. */
export function readFieldValue(field: Field, sent: unknown): ValueRead {
  if (sent === undefined) return absent
  // The server sends null or [] for an empty list.
  if (sent === null) return field.kind === 'list' ? { ok: true, value: [] } : absent
  const value = field.origin === 'character' ? codeOf(sent) : sent
  if (field.origin === 'empty is absent' && (value === '' || value === 0)) return absent
  if (!hasType(field.kind, value)) return wrong(field.name, expected(field), sent)
  return Array.isArray(value) ? readList(field, value) : { ok: true, value: value as Value }
}

const absent: ValueRead = { ok: true, value: null }

function wrong(place: string, wanted: string, value: unknown): ValueRead {
  return { ok: false, problem: `"${place}" must be ${wanted}, not ${kindOf(value)}` }
}

/** The code of a character, since servers send some numbers that way; any other value unchanged. */
function codeOf(sent: unknown): unknown {
  if (typeof sent !== 'string') return sent
  const code = sent.codePointAt(0)
  return code !== undefined && String.fromCodePoint(code) === sent ? code : sent
}

function readList({ name, items = 'text', rewrite }: Field, values: readonly unknown[]): ValueRead {
  if (values.length > mostItems) return { ok: false, problem: `"${name}" has more than ${mostItems} items` }
  const goesBackWhole = rewrite !== undefined && rewrite.changedBy === undefined
  for (const [at, value] of values.entries()) {
    const problem = problemOf(`${name}[${at}]`, items, value)
    if (problem !== null) return { ok: false, problem }
    if (goesBackWhole && !isExact(value)) return { ok: false, problem: `"${name}[${at}]" has a number beyond 2^53` }
  }
  return { ok: true, value: values as readonly Value[] }
}

function problemOf(place: string, items: ItemKind | readonly Field[], value: unknown): string | null {
  if (typeof items === 'string') {
    return hasType(items, value)
      ? null
      : `"${place}" must be ${expected({ kind: items, nullable: false })}, not ${kindOf(value)}`
  }
  if (!isObject(value) || Array.isArray(value)) return `"${place}" must be an object, not ${kindOf(value)}`
  for (const field of items) {
    const inside = own(value, field.name)
    if (inside === undefined || inside === null || hasType(field.kind, inside)) continue
    return `"${place}.${field.name}" must be ${expected(field)}, not ${kindOf(inside)}`
  }
  return null
}

/** Whether every digit survived parsing: what is sent back must be exact, and JSON loses digits past 2^53. */
function isExact(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value)
  return !isObject(value) || Object.values(value).every(isExact)
}
