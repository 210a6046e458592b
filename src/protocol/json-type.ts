import type { Field, FieldKind } from '../callbacks/callback.ts'

/** The names of types in error messages. */
const names: Record<FieldKind, string> = {
  text: 'text',
  id: 'text',
  url: 'text',
  json: 'text',
  enum: 'a 32-bit integer',
  integer: 'an integer',
  flag: 'true or false',
  list: 'a list',
}

/** Whether a JSON value has the type of a kind; items of a list are not checked. */
export function hasType(kind: FieldKind, value: unknown): boolean {
  switch (kind) {
    case 'text':
    case 'id':
    case 'url':
    case 'json':
      return typeof value === 'string'
    case 'enum':
      // On the wire an enum is an int32, and `| 0` is the conversion to one.
      return typeof value === 'number' && value === (value | 0)
    case 'integer':
      // Some are int64 on the wire. Past 2^53 the last digits are lost, which does not matter for times and counts.
      return Number.isInteger(value) && Math.abs(value as number) <= 2 ** 63
    case 'flag':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
  }
}

/** What the value of a field must be, in words. */
export function expected({ kind, nullable }: Pick<Field, 'kind' | 'nullable'>): string {
  return nullable ? `${names[kind]} or null` : names[kind]
}

/** What a JSON value is, in words that reveal nothing of a text. */
export function kindOf(value: unknown): string {
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

/** Whether a JSON value is an object or a list. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** The value of an own key of a JSON object: `constructor` and the like are absent unless sent. */
export function own(body: object, key: string): unknown {
  return Object.hasOwn(body, key) ? (body as Record<string, unknown>)[key] : undefined
}
