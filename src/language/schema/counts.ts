import { partsOf } from '../field.ts'
import { countLimits } from '../vocabulary.ts'
import { countingMeanings, meanings } from './meanings.ts'
import { choice, type KnownField, keyed, ref, type Schema, textShape } from './shapes.ts'

/** A length of time: an editor marks every other spelling. */
export const durationShape: Schema = {
  type: 'string',
  pattern: '^(1 (second|minute|hour|day)|([2-9]|[1-9][0-9]+) (seconds|minutes|hours|days))$',
}

/** Counters, and the conditions that ask how often and how long since. */
export function countParts(fields: readonly KnownField[]): Record<string, Schema> {
  const number: Schema = { type: 'integer', minimum: 0, maximum: 1_000 }
  const range: Schema = { type: 'array', items: number, minItems: 2, maxItems: 2 }
  const [same, different, counting] = [sameFields(), ref('counted-values'), choice(countingMeanings)]
  const of = ref('name-of-counter')
  const often = {
    ...{ of, same, different, counting, between: range, in: durationShape, 'then for': durationShape },
    ...{ 'more than': number, 'at least': number, 'at most': number, 'less than': number, is: number },
  }
  const since = { of, same, 'less than': durationShape, 'more than': durationShape }
  const counter = { callback: ref('callback'), when: ref('condition'), same, different, counting }
  return {
    'how-often': keyed(meanings['how often'], often, { required: ['in'], ...oneOf(countLimits) }),
    'how-long-since': keyed(meanings['how long since'], since, {
      required: ['of'],
      ...oneOf(['less than', 'more than']),
    }),
    counter: keyed(meanings.counter, counter, { required: ['callback', 'same'] }),
    'counted-by': offered(fields.flatMap(field => [...namesOf(field), ...itemsOf(field).map(name => `each ${name}`)])),
    'counted-values': offered(fields.flatMap(field => [...namesOf(field), ...itemsOf(field)])),
  }
}

/** One field, or several. */
function sameFields(): Schema {
  return { anyOf: [ref('counted-by'), { type: 'array', items: ref('counted-by'), minItems: 1, maxItems: 4 }] }
}

function oneOf(keys: readonly string[]): Schema {
  return { oneOf: keys.map(key => ({ required: [key] })) }
}

/** Names to choose from; others are left to `check`, such as those with a part or inside JSON. */
function offered(names: readonly string[]): Schema {
  return { anyOf: [{ type: 'string', enum: [...new Set(names)] }, textShape] }
}

/** A field with one value in a call, and its parts. */
function namesOf({ name, fields }: KnownField): string[] {
  const single = fields.filter(({ kind }) => kind !== 'list')
  const parts = single.flatMap(partsOf).filter(part => part !== 'links' && part !== 'scripts')
  return single.length === 0 ? [] : [name, ...parts.map(part => `${name}.${part}`)]
}

/** The items of a list, or their fields. */
function itemsOf({ name, fields, holdings }: KnownField): string[] {
  const links = fields.flatMap(partsOf).includes('links') ? [`${name}.links`] : []
  const lists = holdings.flatMap(({ items }) => items ?? [])
  return [
    ...links,
    ...lists.flatMap(({ kinds }) => (kinds.length > 0 ? [name] : [])),
    ...lists.flatMap(({ fields: ofItem }) => ofItem.map(each => `${name}.${each.name}`)),
  ]
}
