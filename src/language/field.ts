import type { Callback, Field } from '../callbacks/callback.ts'
import type { Reporter } from './reporter.ts'
import type { Span } from './source.ts'
import { nearest } from './suggest.ts'
import type { ValueKind } from './vocabulary.ts'

/** Which part of a field a test or text looks at. `path` leads into the parsed JSON of a field. */
export type FieldPart =
  | { kind: 'whole' }
  | { kind: 'length' | 'scheme' | 'host' | 'path' | 'extension' }
  | { kind: 'json'; path: readonly string[] }

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
}

const urlParts = ['scheme', 'host', 'path', 'extension'] as const

/**
 * The field that a text names in all of some callbacks.
 *
 * What is wrong with it is reported at `span`, and the result is then undefined. Pure but for the reporter.
 */
export function readField(
  text: string,
  span: Span,
  callbacks: readonly Callback[],
  reporter: Reporter,
): FieldRef | undefined {
  const original = text.startsWith('original.')
  const [name = '', ...path] = (original ? text.slice('original.'.length) : text).split('.')
  const fields: Field[] = []
  for (const callback of callbacks) {
    const field = callback.fields.find(candidate => candidate.name === name)
    if (field === undefined) {
      reporter.error(
        'unknown-field',
        span,
        `There is no field "${text}" in ${callback.name}`,
        hintFor(name, callback, path),
      )
      return undefined
    }
    fields.push(field)
  }
  const [field] = fields
  if (field === undefined) return undefined
  const other = fields.findIndex(candidate => candidate.kind !== field.kind)
  if (other !== -1) {
    const message = `"${name}" is ${kindName(field.kind)} in ${callbacks[0]?.name} but ${kindName((fields[other] as Field).kind)} in ${callbacks[other]?.name}`
    reporter.error('wrong-kind', span, message, 'Write a rule for each of the callbacks')
    return undefined
  }
  const part = readPart(field, path)
  if (part !== undefined) return { text, field, original, ...part }
  const parts = partsOf(field)
  const hint = parts.length === 0 ? `Write ${name}` : `Parts of ${name}: ${parts.join(', ')}`
  reporter.error(
    'unknown-field',
    span,
    `"${name}" is ${kindName(field.kind)} and has no part "${path.join('.')}"`,
    hint,
  )
  return undefined
}

function readPart(field: Field, path: readonly string[]): { part: FieldPart; kind: ValueKind } | undefined {
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

function partsOf(field: Field): string[] {
  if (field.kind === 'url') return urlParts.map(part => `${field.name}.${part}`)
  return field.kind === 'text' || field.kind === 'id' ? [`${field.name}.length`] : []
}

function hintFor(name: string, callback: Callback, path: readonly string[]): string {
  const names = callback.fields.map(field => field.name)
  const near = nearest(name, names)
  const all = `Fields: ${names.join(', ')}`
  return near === undefined ? all : `Did you mean "${[near, ...path].join('.')}"? ${all}`
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
      return 'a named number'
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
