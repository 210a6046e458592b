import type { Field, Rewritable } from '../callbacks/callback.ts'
import { isObjectText as isJsonObject } from '../callbacks/json-texts.ts'
import { contentOfBareText, writeMessageText } from '../callbacks/message-text.ts'
import type { Call, Value } from '../decide/call.ts'
import { hasType } from './json-type.ts'

/** An item of a list, as received. */
type Item = { readonly [key: string]: Value }

/**
 * The rewritten fields of a reply, under the names that the server uses there.
 *
 * Throws RangeError for a value that the callback does not allow: the server checks nothing, so a wrong role could
 * create a second owner, and some replies crash it.
 */
export function rewrittenKeys(call: Call, rewrites: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const keys = new Map<string, Value>()
  for (const [name, value] of rewrites) {
    const field = call.callback.fields.find(candidate => candidate.name === name)
    if (field?.rewrite === undefined) throw unanswerable(call, name)
    if (field.rewrite.within !== undefined) keys.set(field.rewrite.within, wholeObject(call, rewrites, field.rewrite))
    else if (Array.isArray(field.items)) addItems(keys, { ...field, items: field.items }, value, call)
    else keys.set(field.rewrite.as ?? name, answered(call, field, value))
  }
  return keys
}

function unanswerable(call: Call, place: string): RangeError {
  return new RangeError(`${call.callback.name}: ${place} cannot be rewritten like this`)
}

/** The value of a field as the reply has it. */
function answered(call: Call, field: Field, value: Value): Value {
  if (!mayBe(field, value) || (field.rewrite?.onlyIfPresent && call.values.get(field.name) === undefined)) {
    throw unanswerable(call, field.name)
  }
  const { values } = call
  const isText = field.origin === 'message text'
  const sent = isText ? writeMessageText(values.get('content'), values.get('contentType'), value as string) : value
  if (sent === null) throw unanswerable(call, field.name)
  return field.rewrite?.jsonObject ? messageOf(call, field.name, sent) : sent
}

/**
 * A message as the server accepts it: a JSON object as text. Anything else fails the user's action (1001).
 *
 * Plain text came from an old client. It stays plain for servers that may only know that; newer ones get JSON.
 */
function messageOf(call: Call, name: string, sent: Value): string {
  if (typeof sent !== 'string') throw unanswerable(call, name)
  if (isJsonObject(sent)) return sent
  const received = call.values.get('content')
  if (typeof received === 'string' && isJsonObject(received)) throw unanswerable(call, name)
  return call.isCurrent ? contentOfBareText(sent) : sent
}

/** Whether the server would store a value as intended, and safely. */
function mayBe({ kind, names, items, rewrite }: Field, value: Value): boolean {
  if (rewrite === undefined || !hasType(kind, value)) return false
  if (rewrite.notEmpty && (value === '' || (Array.isArray(value) && value.length === 0))) return false
  if (kind === 'list') return typeof items === 'string' && (value as Value[]).every(item => hasType(items, item))
  if (kind === 'integer') return Number.isSafeInteger(value) && Math.abs(value as number) <= (rewrite.most ?? 2 ** 53)
  const numbers = rewrite.only ?? [...(names?.values() ?? [])]
  return kind !== 'enum' || numbers.includes(value as number)
}

/** All fields of an object that the server replaces as a whole, changed or not. */
function wholeObject(call: Call, rewrites: ReadonlyMap<string, Value>, { within }: Rewritable): Value {
  const fields = call.callback.fields.filter(({ rewrite }) => rewrite?.within === within)
  const entries = fields.map(field => {
    const { name, kind } = field
    if (rewrites.has(name)) return [name, answered(call, field, rewrites.get(name) as Value)]
    return [name, call.values.get(name) ?? (kind === 'flag' ? false : '')]
  })
  return Object.fromEntries(entries)
}

/** Add a list with changed items: the whole list, or only the changed items, each with the key that identifies it. */
function addItems(
  keys: Map<string, Value>,
  field: Field & { items: readonly Field[] },
  value: Value,
  call: Call,
): void {
  const { name, rewrite = {} } = field
  const received = call.values.get(name) as readonly Item[] | undefined
  if (!Array.isArray(value) || value.length !== received?.length) throw unanswerable(call, name)
  const changed = value.map((item, at) => changesOf(item as Item, received[at] as Item, field, call))
  const { changedBy } = rewrite
  if (changedBy === undefined) {
    keys.set(rewrite.as ?? name, value)
    return
  }
  if (call.isFlat) {
    for (const [key, each] of changed[0] ?? []) keys.set(key, each)
    return
  }
  const items = changed.flatMap((changes, at) => {
    if (changes.size === 0) return []
    const key = received[at]?.[changedBy]
    if (typeof key !== 'string') throw unanswerable(call, `${name}[${at}]`)
    return [{ [changedBy]: key, ...Object.fromEntries(changes) }]
  })
  if (items.length > 0) keys.set(rewrite.as ?? name, items)
}

/** The checked changes in an item. */
function changesOf(item: Item, was: Item, { name, items }: { name: string; items: readonly Field[] }, call: Call) {
  const changes = new Map<string, Value>()
  for (const key of new Set([...Object.keys(was), ...Object.keys(item)])) {
    if (item[key] === was[key]) continue
    const field = items.find(candidate => candidate.name === key)
    const to = item[key] ?? null
    if (field === undefined || !mayBe(field, to)) throw unanswerable(call, `${name} ${key}`)
    changes.set(key, to)
  }
  return changes
}
