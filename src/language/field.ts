import type { Callback, Field } from '../callbacks/callback.ts'
import { isNeverSent } from '../callbacks/fields.ts'
import type { Reporter } from './reporter.ts'
import type { Span } from './source.ts'
import { nearest } from './suggest.ts'
import type { ValueKind } from './vocabulary.ts'

/** Which part of a field a test or text looks at. `path` leads into JSON: the parsed text of a field. */
export type FieldPart =
  | { kind: 'whole' }
  | { kind: 'length' | 'scheme' | 'host' | 'path' | 'extension' }
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
  purpose: Purpose = 'test',
): FieldRef | undefined {
  const name = nameIn(text)
  const [first, ...others] = callbacks.map(callback => ({ callback, field: fieldIn(callback, name.field) }))
  const lacking = [first, ...others].find(each => each !== undefined && each.field === undefined)
  if (lacking !== undefined) {
    const message = `There is no field "${text}" in ${lacking.callback.name}`
    reporter.error('unknown-field', span, message, hintFor(text, lacking.callback, callbacks))
    return undefined
  }
  const field = first?.field
  if (field === undefined) return undefined
  const other = others.find(each => each.field !== undefined && !isAlike(field, each.field))
  if (other?.field !== undefined) {
    const [one, two] = whatItIs(field, other.field)
    const message = `"${name.field}" is ${one} in ${first?.callback.name} but ${two} in ${other.callback.name}`
    reporter.error('wrong-kind', span, message, 'Write a rule for each of the callbacks')
    return undefined
  }
  const part = readPart(field, name.path)
  if (part !== undefined) {
    const all = [field, ...others.flatMap(each => each.field ?? [])]
    return { text, field: mostOftenAbsent(all), original: name.original, ...part }
  }
  const path = name.path.join('.')
  const message = name.path.includes('')
    ? `There is nothing after a dot in "${text}"`
    : `"${name.field}" is ${kindName(field.kind)} and has no part "${path}"`
  reporter.error('unknown-field', span, message, partHint(field, name.path, purpose))
  return undefined
}

/** What a field is named for: hints show what to write there. */
export type Purpose = 'test' | 'rewrite' | 'text'

/** The field that a text names in one callback, if there is such. Pure. */
export function findField(text: string, callback: Callback): Field | undefined {
  const { field, path } = nameIn(text)
  const found = callback.fields.find(({ name }) => name === field)
  return found && readPart(found, path) && found
}

/** The field that was probably meant by a text that names none in a callback. Pure. */
export function nearestField(text: string, callback: Callback): string | undefined {
  const names = callback.fields.map(({ name }) => name)
  const { original, field, path } = nameIn(text)
  // Part of a name of several words: `text` for `message text`.
  const isPart = (name: string) => name.split(' ').length > 1 && name.split(' ').includes(field)
  const near = names.includes(field) ? field : (nearest(field, names) ?? names.find(isPart))
  if (near !== undefined) return [...(original ? ['original'] : []), near, ...path].join('.')
  const [first = ''] = path
  if (!names.includes(first)) return undefined
  // Something stands before a field's name: `original` misspelt, or what the name would be in other languages.
  return nearest(field, ['original']) === undefined ? path.join('.') : ['original', ...path].join('.')
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
export function partsOf({ kind }: Field): readonly string[] {
  if (kind === 'url') return urlParts
  return kind === 'text' || kind === 'id' ? ['length'] : []
}

const urlParts = ['scheme', 'host', 'path', 'extension'] as const

function nameIn(text: string): { original: boolean; field: string; path: readonly string[] } {
  const original = text.startsWith('original.')
  const [field = '', ...path] = (original ? text.slice('original.'.length) : text).split('.')
  return { original, field, path }
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

/** Of the same field in several callbacks, one that calls leave out: what is said of a rule must hold in all. */
function mostOftenAbsent(fields: readonly Field[]): Field {
  return (
    fields.find(({ origin }) => origin !== undefined) ?? fields.find(({ nullable }) => nullable) ?? (fields[0] as Field)
  )
}

function fieldIn({ fields }: Callback, wanted: string): Field | undefined {
  return fields.find(({ name }) => name === wanted)
}

/** Whether a test means the same for both: numbers with names have the same, lists the same items. */
function isAlike(one: Field, two: Field): boolean {
  return one.kind === two.kind && told(one) === told(two)
}

/** What a field is, so that what differs between two shows. */
function whatItIs(one: Field, two: Field): [string, string] {
  return one.kind === two.kind
    ? [`${kindName(one.kind)} (${begun(told(one))})`, `${kindName(two.kind)} (${begun(told(two))})`]
    : [kindName(one.kind), kindName(two.kind)]
}

function told({ names, items }: Field): string {
  if (names !== undefined) return [...names.keys()].join(', ')
  return typeof items === 'object' ? items.map(({ name }) => name).join(', ') : (items ?? '')
}

/** Enough of what is told to see that it differs. */
function begun(told: string): string {
  const [one, two, three, ...others] = told.split(', ')
  return others.length === 0 ? told : `${one}, ${two}, ${three} …`
}

function hintFor(text: string, callback: Callback, all: readonly Callback[]): string {
  if (text === 'original') return 'Write it before a field, as in original.nickName'
  const name = nameIn(text).field
  const having = all.filter(other => fieldIn(other, name)).map(other => other.name)
  if (having.length > 0) {
    const shared = callback.fields.filter(field => all.every(other => fieldIn(other, field.name)))
    const fields = shared.map(field => field.name).join(', ') || 'none'
    const alone = having.length === 1 ? 'has it: write a rule for that alone' : 'have it: write a rule for those alone'
    return `Only ${having.join(' and ')} ${alone}. Fields that all have: ${fields}`
  }
  const near = nearestField(text, callback)
  // What is never sent and cannot be set is there for rules that name it: there is no reason to begin to.
  const useful = callback.fields.filter(field => field.rewrite !== undefined || !isNeverSent(field))
  const fields = `Fields: ${useful.map(field => field.name).join(', ')}`
  return near === undefined ? fields : `Did you mean "${near}"? ${fields}`
}

function partHint(field: Field, steps: readonly string[], purpose: Purpose): string {
  const path = steps.join('.')
  if (field.kind === 'list') return listHint(field, steps, purpose)
  if (field.kind === 'json') return `Write each step once, as in ${field.name}.level`
  const parts = partsOf(field)
  if (parts.length === 0) return `Write ${field.name}`
  const near = nearest(path, parts)
  const all = `Parts of ${field.name}: ${parts.map(part => `${field.name}.${part}`).join(', ')}`
  return near === undefined ? all : `Did you mean "${field.name}.${near}"? ${all}`
}

/** What to write for a part of a list: items have no names and no numbers. */
function listHint({ name, items = 'text' }: Field, steps: readonly string[], purpose: Purpose): string {
  if (purpose === 'text') {
    const values = `Write {${name}} for all of its items: a text cannot pick one`
    return typeof items === 'string' ? values : 'Name a field that holds one value: no text can show a list of objects'
  }
  const [last = ''] = steps.slice(-1)
  if (purpose === 'test' && steps.length === 1 && sizes.includes(last)) return `Write ${name}: { how many: … }`
  const fields = typeof items === 'string' ? [] : items.map(field => field.name)
  const key = fields.includes(last) ? last : (nearest(last, fields) ?? fields[0])
  if (purpose === 'rewrite') return key === undefined ? `Write ${name}` : `Write ${name}: { each item: { ${key}: … } }`
  return `Write ${name}: { any item: { ${key ?? 'is'}: … } }, for items have no numbers and are tested one by one`
}

/** What authors call the number of items. */
const sizes: readonly string[] = ['length', 'size', 'count', 'number']
