import type { Callback, Field } from '../callbacks/callback.ts'
import { type ShapePart, shapeParts, shapePartsOf } from './shape-parts.ts'
import type { ValueKind } from './vocabulary.ts'

/** Which part of a field a test or text looks at. `path` leads into JSON: the parsed text of a field. */
export type FieldPart =
  | { kind: 'whole' }
  | { kind: 'length' | 'scheme' | 'host' | 'path' | 'extension' | ShapePart }
  | { kind: 'json'; path: readonly string[] }
  /** Inside a value that was read out of JSON: an item of a list there. */
  | { kind: 'inside'; path: readonly string[] }
  /** How many items the list has. */
  | { kind: 'count'; of: FieldRef }

/** A field as a rule names it: `nickName`, `faceURL.host`, `original.ex.level`. */
export type FieldRef = {
  /** As written; two references with the same text are the same. */
  text: string
  field: Field
  part: FieldPart
  /** True for the value as received, before any rewrite. */
  original: boolean
  /** What the part is to test words. */
  kind: ValueKind
  /** Set inside the items of a list: the item itself, or a field of it. */
  ofItem?: 'itself' | 'field'
}

/** The field that a text names in one callback, if there is such. Pure. */
export function findField(text: string, callback: Callback): Field | undefined {
  const { field, path } = nameIn(text)
  const found = callback.fields.find(({ name }) => name === field)
  return found && readPart(found, path) && found
}

/** A kind of value with its article, as messages put it. Pure. */
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

/** The parts that a field has, JSON aside. Pure. */
export function partsOf(field: Field): readonly string[] {
  if (field.kind === 'url') return urlParts
  return field.kind === 'text' || field.kind === 'id' ? ['length', ...shapePartsOf(field)] : []
}

const urlParts = ['scheme', 'host', 'path', 'extension'] as const

/** A name as its author wrote it, taken apart. Pure. */
export function nameIn(text: string): { original: boolean; field: string; path: readonly string[] } {
  const original = text.startsWith('original.')
  const [field = '', ...path] = (original ? text.slice('original.'.length) : text).split('.')
  return { original, field, path }
}

/** What a part is. `field` is set where another one of the same callback holds what it is made of. */
type ReadPart = { part: FieldPart; kind: ValueKind; field?: Field }

/** What the steps behind a field's name lead to; undefined when the field has no such part. Pure. */
export function readPart(field: Field, path: readonly string[]): ReadPart | undefined {
  const [first, ...rest] = path
  if (first === undefined) return { part: { kind: 'whole' }, kind: field.kind }
  if (field.kind === 'json') return path.includes('') ? undefined : { part: { kind: 'json', path }, kind: 'part' }
  const shape = shapePartsOf(field).find(name => name === path.join('.'))
  if (shape !== undefined) {
    return { part: { kind: shape }, kind: shapeParts[shape], ...(shape === 'mentions' && { field: field.mentions }) }
  }
  if (rest.length > 0) return undefined
  if ((field.kind === 'text' || field.kind === 'id') && first === 'length') {
    return { part: { kind: 'length' }, kind: 'integer' }
  }
  const urlPart = field.kind === 'url' ? urlParts.find(name => name === first) : undefined
  return urlPart === undefined ? undefined : { part: { kind: urlPart }, kind: 'id' }
}

/** The field of a name. Pure. */
export function fieldIn({ fields }: Callback, wanted: string): Field | undefined {
  return fields.find(({ name }) => name === wanted)
}
