import type { Field, ItemKind } from '../../callbacks/callback.ts'
import type { ValueKind } from '../vocabulary.ts'
import type { Meaning } from './meanings.ts'

/** The parts of JSON Schema, draft 7, that this language needs. Editors also read the descriptions in Markdown. */
export type Schema = {
  $schema?: string
  $ref?: string
  title?: string
  description?: string
  markdownDescription?: string
  type?: string | readonly string[]
  enum?: readonly (string | number | boolean)[]
  enumDescriptions?: readonly string[]
  pattern?: string
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  minProperties?: number
  required?: readonly string[]
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
  definitions?: Record<string, Schema>
}

/** A reference to a definition by name. */
export function ref(name: string): Schema {
  return { $ref: `#/definitions/${definition(name)}` }
}

/** A name as written in a reference: the field "message text" has a space. */
export function definition(name: string): string {
  return name.replaceAll(' ', '-')
}

/** A schema with its meaning, and with a sample if there is one: editors show one text or the other. */
export function described(schema: Schema, { meaning, example }: { meaning: string; example?: string }): Schema {
  const description = `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`
  if (example === undefined) return { ...schema, description }
  return { ...schema, markdownDescription: `${description}\n\n\`\`\`yaml\n${example}\n\`\`\`` }
}

/** A mapping with only these keys. */
export function mapping(properties: Record<string, Schema>, others: Schema = {}): Schema {
  return { type: 'object', additionalProperties: false, properties, ...others }
}

/** A mapping with documented keys, given the schema of each. */
export function keyed<K extends string>(
  known: Record<K, Meaning>,
  schemas: Record<K, Schema>,
  others?: Schema,
): Schema {
  const names = Object.keys(known) as K[]
  return mapping(Object.fromEntries(names.map(name => [name, described(schemas[name], known[name])])), others)
}

/** One, or a list of at least one. */
export function oneOrMore(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'array', items: schema, minItems: 1 }] }
}

/** One of some words, each with its meaning. */
export function choice(known: Readonly<Record<string, string>>): Schema {
  return { type: 'string', enum: Object.keys(known), enumDescriptions: Object.values(known) }
}

export const textShape: Schema = { type: 'string' }
export const countShape: Schema = { type: 'integer', minimum: 0 }
/** A field as all callbacks together define it: the same name may hold different things in different callbacks. */
export type KnownField = {
  name: string
  /** As described in the catalogue. */
  about: string
  /** The fields of that name. */
  fields: readonly Field[]
  holdings: readonly Holding[]
}

/** What fields may hold, under a name: a kind, an enum with the names of its numbers, a list of items. */
export type Holding = { name: string; kind: ValueKind; numberNames: readonly string[]; items?: Items }

/** The items of a list: values of some kinds, objects, or both in different callbacks. */
export type Items = { kinds: readonly (ItemKind | 'url')[]; fields: readonly KnownField[] }

/** What is either there or not asked for. */
export const trueShape: Schema = { type: 'boolean', enum: [true] }

/** Any country, one by its two letters, or several. */
export const countriesShape: Schema = {
  anyOf: [trueShape, oneLetters(), { type: 'array', items: oneLetters(), minItems: 1 }],
}

function oneLetters(): Schema {
  return { type: 'string', pattern: '^[A-Za-z]{2}$' }
}
