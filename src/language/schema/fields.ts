import type { Callback, Field, ItemKind } from '../../callbacks/callback.ts'
import { partsOf } from '../field.ts'
import { shapeParts } from '../shape-parts.ts'
import { partMeanings } from './meanings.ts'
import {
  definition,
  described,
  type Holding,
  type Items,
  type KnownField,
  mapping,
  ref,
  type Schema,
} from './shapes.ts'

/** The fields of all callbacks by name, in order of first appearance. */
export function knownFields(callbacks: readonly Callback[]): readonly KnownField[] {
  return named(callbacks.flatMap(({ fields }) => fields))
}

function named(all: readonly Field[]): KnownField[] {
  return [...new Set(all.map(({ name }) => name))].map(name => {
    const fields = all.filter(field => field.name === name)
    return { name, about: aboutOf(fields), fields, holdings: holdingsOf(name, fields) }
  })
}

/** What a field with this name holds: each kind once, numbers with all their names. */
function holdingsOf(name: string, fields: readonly Field[]): Holding[] {
  return [...new Set(fields.map(({ kind }) => kind))].map(kind => {
    const same = fields.filter(field => field.kind === kind)
    const numberNames = [...new Set(same.flatMap(({ names }) => [...(names?.keys() ?? [])]))]
    const isShared = numberNames.length === 0 && kind !== 'list'
    const holding = { name: isShared ? kind : definition(`${kind} ${name}`), kind, numberNames }
    return kind === 'list' ? { ...holding, items: itemsOf(same) } : holding
  })
}

function itemsOf(lists: readonly Field[]): Items {
  const kinds = new Set<ItemKind>()
  const fields: Field[] = []
  for (const { items = [] } of lists) {
    if (typeof items === 'string') kinds.add(items)
    else fields.push(...items)
  }
  return { kinds: [...kinds], fields: named(fields) }
}

/** What fields hold, and the fields of their items: each once by name. */
export function holdingsOfAll(fields: readonly KnownField[]): readonly Holding[] {
  const all = fields.flatMap(({ holdings }) => holdings)
  return [...all, ...all.flatMap(({ items }) => (items ? holdingsOfAll(items.fields) : []))]
}

/** How many meanings of a name are listed. */
const maxAbouts = 2

function aboutOf(fields: readonly Field[]): string {
  const abouts = [...new Set(fields.map(({ about }) => about))]
  return `${abouts.slice(0, maxAbouts).join('; or ')}${abouts.length > maxAbouts ? '; or as documented for the callback' : ''}`
}

/** The field keys of a condition: the fields of all callbacks, with their parts and as received. */
export function fieldTests(fields: readonly KnownField[]): Pick<Schema, 'properties' | 'patternProperties'> {
  const tests = fields.flatMap(testsByName)
  // A field that is never rewritten is as it was received: `original` is valid for it, but not offered.
  const isRewritable = ({ fields: same }: KnownField) => same.some(({ rewrite }) => rewrite !== undefined)
  const offered = fields.filter(isRewritable).flatMap(testsByName).map(asReceived)
  const others = fields
    .filter(field => !isRewritable(field))
    .flatMap(testsByName)
    .map(asReceived)
  const insideJson = fields
    .filter(({ fields: same }) => same.some(({ kind }) => kind === 'json'))
    .map(field => [`^(original\\.)?${field.name}(\\.[^.]+)+$`, { ...ref('test-part'), description: partOfJson(field) }])
  return {
    properties: Object.fromEntries([...tests, ...offered]),
    patternProperties: Object.fromEntries([
      ...others.map(([name, schema]) => [`^${name.replaceAll('.', '\\.')}$`, schema]),
      ...insideJson,
    ]),
  }
}

type NamedSchema = [name: string, schema: Schema]

function asReceived([name, schema]: NamedSchema): NamedSchema {
  return [`original.${name}`, { ...schema, description: `${name} as received, before any rewrite.` }]
}

function testsByName(field: KnownField): NamedSchema[] {
  const whole = described(anyOf(field, 'test'), { meaning: field.about })
  const parts = new Set(field.fields.flatMap(partsOf)) as ReadonlySet<keyof typeof partMeanings>
  return [
    [field.name, whole],
    ...[...parts].map((part): NamedSchema => {
      const meaning = `${partMeanings[part]} (${field.name})`
      return [`${field.name}.${part}`, described(ref(testOfPart(part)), { meaning })]
    }),
  ]
}

function testOfPart(part: keyof typeof partMeanings): string {
  if (part === 'length') return 'test-integer'
  if (part === 'links') return 'test-links'
  return part in shapeParts ? `test-${shapeParts[part as keyof typeof shapeParts]}` : 'test-id'
}

/** A mapping of whole fields to what they hold; what is given may be null, which is absent. Pure. */
export function fieldValues(fields: readonly KnownField[], what: 'value' | 'given', others: Schema = {}): Schema {
  const properties = fields.map(field => [field.name, described(anyOf(field, what), { meaning: field.about })])
  return mapping(Object.fromEntries(properties), others)
}

/** What any of the callbacks has under this name. */
export function anyOf({ holdings }: KnownField, what: 'test' | 'value' | 'given' | 'steps'): Schema {
  const [first, ...others] = holdings.map(({ name }) => ref(`${what}-${name}`))
  return others.length === 0 ? (first as Schema) : { anyOf: [first as Schema, ...others] }
}

function partOfJson({ name }: KnownField): string {
  return `A value inside the JSON of ${name}; absent when it is not there.`
}
