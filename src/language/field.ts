import type { Callback, Field } from '../callbacks/callback.ts'
import { type ShapePart, shapeParts, shapePartsOf } from './shape-parts.ts'
import type { ValueKind } from './vocabulary.ts'

/** The part of a field that a test or text looks at. `path` is a path in the field's parsed JSON. */
export type FieldPart =
  | { kind: 'whole' }
  | { kind: 'length' | 'scheme' | 'host' | 'path' | 'extension' | ShapePart }
  /** The links in a text: a list of urls. */
  | { kind: 'links' }
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
export function partsOf(field: Field): readonly string[] {
  if (field.kind === 'url') return urlParts
  if (field.kind === 'text') return ['length', 'links', ...shapePartsOf(field)]
  return field.kind === 'id' ? ['length', ...shapePartsOf(field)] : []
}

const urlParts = ['scheme', 'host', 'path', 'extension'] as const

/** What the text of a Markdown link shows: a part that only links have. */
export const shownHost: Field = {
  name: '.shown host',
  kind: 'id',
  nullable: true,
  about: 'the host that the text of a Markdown link shows; absent unless it differs from the host of the link',
}

/** The parts of a link, as they are named inside the items of `.links`. */
export const linkParts: readonly string[] = [...urlParts.map(part => `.${part}`), shownHost.name]

/** Splits a name into its parts. */
export function nameIn(text: string): { original: boolean; field: string; path: readonly string[] } {
  const original = text.startsWith('original.')
  const [field = '', ...path] = (original ? text.slice('original.'.length) : text).split('.')
  return { original, field, path }
}

/** What a part is. `field` is set where another one of the same callback holds what it is made of. */
type ReadPart = { part: FieldPart; kind: ValueKind; field?: Field }

/** The part that a path after a field name leads to; undefined if the field has no such part. */
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
  if (field.kind === 'text' && first === 'links') return { part: { kind: 'links' }, kind: 'list' }
  const urlPart = field.kind === 'url' ? urlParts.find(name => name === first) : undefined
  return urlPart === undefined ? undefined : { part: { kind: urlPart }, kind: 'id' }
}

/** The field with a name. */
export function fieldIn({ fields }: Callback, wanted: string): Field | undefined {
  return fields.find(({ name }) => name === wanted)
}
