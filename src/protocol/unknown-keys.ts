import type { Callback, Field } from '../callbacks/callback.ts'
import { callbacks } from '../callbacks/catalogue.ts'
import { nearestField } from '../language/advice/field-advice.ts'
import { isObject, own } from './json-type.ts'
import { cleanUntrusted } from './untrusted-text.ts'

/** A payload key that the callback does not have, what is wrong, and the field that was probably meant. */
export type UnknownKey = { key: string; problem: string; meant?: string }

/** A payload with hundreds of unknown keys is for another callback altogether: the first few show that. */
const mostReported = 20

/** Keys that every request of the IM server may have besides the fields of its callback. */
const common: readonly string[] = ['callbackCommand', 'operationID']

/**
 * The payload keys that no rule can see because the callback has no such field.
 *
 * A newer server may send fields that the catalogue lacks; in a payload written by hand, they are probably misspelt.
 */
export function unknownKeys(callback: Callback, body: unknown): readonly UnknownKey[] {
  if (!isObject(body) || Array.isArray(body)) return []
  const known = new Set([...common, ...callback.fields.map(({ name }) => name), ...flatKeys(callback, body)])
  const unknowns = Object.keys(body).filter(key => !known.has(key))
  const inItems = callback.fields.flatMap(field => unknownInItems(callback, field, own(body, field.name)))
  return [...unknowns.map(key => unknown(key, key, callback)), ...inItems].slice(0, mostReported)
}

/** Older servers send the fields of the only list item at top level. */
function flatKeys({ flattened, fields }: Callback, body: object): readonly string[] {
  const items = fields.find(({ name }) => name === flattened)?.items
  return flattened === undefined || !Array.isArray(items) || Object.hasOwn(body, flattened)
    ? []
    : items.map(({ name }) => name)
}

/** The server may add keys to items, so only those that were probably meant for a field are reported. */
function unknownInItems(callback: Callback, { name, items }: Field, list: unknown): UnknownKey[] {
  if (!Array.isArray(list) || !Array.isArray(items)) return []
  const ofItem = { ...callback, name: `an item of ${name}`, fields: items as readonly Field[] }
  const known = new Set(ofItem.fields.map(field => field.name))
  return list.slice(0, mostReported).flatMap((item, at) =>
    Object.keys(isObject(item) ? item : {})
      .filter(key => !known.has(key))
      .map(key => unknown(key, `${name}[${at}].${key}`, ofItem))
      .filter(({ meant }) => meant !== undefined),
  )
}

function unknown(key: string, place: string, callback: Callback): UnknownKey {
  const meant = nearestField(key, callback) ?? shortened(key, callback)
  const problem = `There is no field "${cleanUntrusted(key)}" in ${callback.name}, so no rule sees it. ${advice(key, meant, callback)}`
  return { key: cleanUntrusted(place), problem, ...(meant !== undefined && { meant }) }
}

/** The field with the same consonants as a key, such as `reqMsg` for `reqMessage`. */
function shortened(key: string, { fields }: Callback): string | undefined {
  const bones = consonants(key)
  return bones.length < 4 ? undefined : fields.find(({ name }) => consonants(name) === bones)?.name
}

function consonants(name: string): string {
  return name
    .slice(0, 64)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]|[aeiou]/g, '')
    .replaceAll(/(.)\1+/g, '$1')
}

function advice(key: string, meant: string | undefined, { fields }: Callback): string {
  if (meant !== undefined) return `Did you mean "${meant}"?`
  const having = callbacks.filter(callback => callback.fields.some(({ name }) => name === key)).map(({ name }) => name)
  const [one, two, ...more] = having
  if (one === undefined) return `Fields: ${fields.map(({ name }) => name).join(', ')}`
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  return `It is a field of ${[one, two].filter(name => name !== undefined).join(', ')}${others}`
}
