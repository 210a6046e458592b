import type { Callback, Field } from '../callbacks/callback.ts'
import type { ValueKind } from './vocabulary.ts'

/** The part of a field that a test or text looks at. `path` is a path in the field's parsed JSON. */
export type FieldPart =
  | { kind: 'whole' }
  | { kind: 'length' | 'scheme' | 'host' | 'path' | 'extension' }
  | { kind: 'json'; path: readonly string[] }
  /** Inside a value from JSON: an item of a list there. */
  | { kind: 'inside'; path: readonly string[] }
  /** How many items the list has. */
  | { kind: 'count'; of: FieldRef }

/** A field as written in a rule: `nickName`, `faceURL.host`, `original.ex.level`. */
export type FieldRef = {
  /** As written; two references with the same text are the same. */
  text: string
  field: Field
  part: FieldPart
  /** True for the value as received, before any rewrite. */
  original: boolean
  /** The kind of the part, as test words see it. */
  kind: ValueKind
  /** Set inside the items of a list: the item itself, or a field of it. */
  ofItem?: 'itself' | 'field'
}

/** The field that a text names in one callback, if there is one. */
export function findField(text: string, callback: Callback): Field | undefined {
  const { field, path } = nameIn(text)
  const found = callback.fields.find(({ name }) => name === field)
  return found && readPart(found, path) && found
}

/** A kind of value with its article, for messages. */
export function kindName(kind: ValueKind): string {
  switch (kind) {
    case 'text':
      return 'a text'
    case 'id':
      return 'an id'
    case 'url':
      return 'a url'
    case 'json':
      return 'a JSON text'
    case 'enum':
      return 'a number with names'
    case 'integer':
      return 'a number'
    case 'flag':
      return 'true or false'
    case 'list':
      return 'a list'
    case 'part':
      return 'a value inside JSON'
  }
}

/** The parts that a field has, except JSON paths. */
export function partsOf({ kind }: Field): readonly string[] {
  if (kind === 'url') return urlParts
  return kind === 'text' || kind === 'id' ? ['length'] : []
}

const urlParts = ['scheme', 'host', 'path', 'extension'] as const

/** Splits a name into its parts. */
export function nameIn(text: string): { original: boolean; field: string; path: readonly string[] } {
  const original = text.startsWith('original.')
  const [field = '', ...path] = (original ? text.slice('original.'.length) : text).split('.')
  return { original, field, path }
}

/** The part that a path after a field name leads to; undefined if the field has no such part. */
export function readPart(field: Field, path: readonly string[]): { part: FieldPart; kind: ValueKind } | undefined {
  const [first, ...rest] = path
  if (first === undefined) return { part: { kind: 'whole' }, kind: field.kind }
  if (field.kind === 'json') return path.includes('') ? undefined : { part: { kind: 'json', path }, kind: 'part' }
  if (rest.length > 0) return undefined
  if ((field.kind === 'text' || field.kind === 'id') && first === 'length') {
    return { part: { kind: 'length' }, kind: 'integer' }
  }
  const urlPart = field.kind === 'url' ? urlParts.find(name => name === first) : undefined
  return urlPart === undefined ? undefined : { part: { kind: urlPart }, kind: 'id' }
}

/** The field with a name. */
export function fieldIn({ fields }: Callback, wanted: string): Field | undefined {
  return fields.find(({ name }) => name === wanted)
}
