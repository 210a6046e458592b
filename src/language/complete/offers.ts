import type { Cursor } from '../../yaml/cursor.ts'
import type { Schema } from '../schema/shapes.ts'

/** What could be written at a cursor: a key or a value, with its meaning. */
export type Offered = { label: string; text: string; about: string; kind: 'key' | 'value' }

/** What a word means, with an example if there is one. */
export type WordMeaning = { meaning: string; example: string | null }

/** More than anybody looks through. */
const mostOffers = 400

/** What the schema of rule files allows at a cursor, without keys that are there already. */
export function offersAt(schema: Schema, { path, isKey, siblings }: Cursor): readonly Offered[] {
  const there = walk(schema, path)
  const keys = there.flatMap(({ properties }) => Object.entries(properties ?? {})).map(entry => keyOffer(entry, schema))
  const values = isKey ? [] : there.flatMap(valueOffers)
  const offers = new Map(
    [...values, ...keys].filter(({ label }) => !siblings.includes(label)).map(each => [each.label, each]),
  )
  return [...offers.values()].slice(0, mostOffers)
}

/** What the word at a cursor means; undefined if the schema does not say. */
export function meaningAt(schema: Schema, { path, isKey, word }: Cursor): WordMeaning | undefined {
  const there = walk(schema, path)
  const name = word.trim().replaceAll(/^["']|["']$/g, '')
  const named = there.flatMap(({ properties }) => {
    const found = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined
    return found === undefined ? [] : [found]
  })
  const about = named.map(each => aboutOf(each, schema)).find(({ meaning }) => meaning !== '')
  if (about !== undefined) return about
  if (isKey) return undefined
  const value = there.flatMap(valueOffers).find(({ label, about }) => label === name && about !== '')
  return value && { meaning: value.about, example: null }
}

/** The schemas that may hold at a path, without references. */
function walk(root: Schema, path: readonly (string | null)[]): readonly Schema[] {
  let here = alternatives([root], root)
  for (const key of path)
    here = alternatives(
      here.flatMap(schema => below(schema, key)),
      root,
    )
  return here
}

function below(schema: Schema, key: string | null): readonly Schema[] {
  if (key === null) return schema.items === undefined ? [] : [schema.items]
  const { properties = {}, patternProperties = {}, additionalProperties } = schema
  if (Object.hasOwn(properties, key)) return [properties[key] as Schema]
  const matched = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern, 'u').test(key))
  if (matched.length > 0) return matched.map(([, found]) => found)
  return typeof additionalProperties === 'object' ? [additionalProperties] : []
}

/** The schemas behind references and choices. Each reference is followed once. */
function alternatives(schemas: readonly Schema[], root: Schema): readonly Schema[] {
  const found: Schema[] = []
  const followed = new Set<string>()
  const visit = (schema: Schema): void => {
    found.push(schema)
    const { $ref, anyOf = [], oneOf = [], allOf = [] } = schema
    for (const each of [...anyOf, ...oneOf, ...allOf]) visit(each)
    if ($ref === undefined || followed.has($ref)) return
    followed.add($ref)
    const name = $ref.replace('#/definitions/', '')
    const target = root.definitions?.[name]
    if (target !== undefined) visit(target)
  }
  for (const schema of schemas) visit(schema)
  return found
}

function keyOffer([name, schema]: [string, Schema], root: Schema): Offered {
  return { label: name, text: `${asKey(name)}: `, about: aboutOf(schema, root).meaning, kind: 'key' }
}

function valueOffers({ enum: values = [], enumDescriptions = [] }: Schema): Offered[] {
  return values.map((value, at) => {
    const label = String(value)
    const text = typeof value === 'string' ? asValue(value) : label
    return { label, text, about: enumDescriptions[at] ?? '', kind: 'value' }
  })
}

function aboutOf(schema: Schema, root: Schema): WordMeaning {
  const told = alternatives([schema], root).find(each => (each.description ?? each.markdownDescription) !== undefined)
  const { description, markdownDescription = '' } = told ?? {}
  const [, meaning = '', example] = /^([\s\S]*?)(?:\n\n```yaml\n([\s\S]*?)\n```)?$/.exec(markdownDescription) ?? []
  return { meaning: description ?? meaning, example: example ?? null }
}

function asKey(name: string): string {
  return /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(name) ? name : JSON.stringify(name)
}

/** Texts that YAML would read as something else are quoted. */
function asValue(text: string): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N} ._/-]*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
  return isPlain ? text : JSON.stringify(text)
}
