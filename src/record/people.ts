import type { Callback } from '../callbacks/callback.ts'
import { type NamingField, namedInConversation, namingFields } from '../callbacks/named.ts'
import { isObject, own } from '../protocol/json-type.ts'
import type { CallbackMasks } from './masks.ts'

/** The users and groups that a call names, each once, in its order, as masked. */
export type NamedPeople = { users: readonly string[]; groups: readonly string[] }

/** Whom a call names, by all of its fields that name users, groups or a conversation of them. */
export function peopleOf(
  { callback, values }: { callback: Callback; values: ReadonlyMap<string, unknown> },
  masks: CallbackMasks | undefined,
): NamedPeople {
  const users = new Ids()
  const groups = new Ids()
  for (const field of fieldsOf(callback)) {
    const value = values.get(field.name)
    if (value === undefined || value === null || value === '') continue
    const kept = masks === undefined ? value : masks.value(field.name, value as never)
    if (field.named === 'user') users.add(kept, field)
    else if (field.named === 'group') groups.add(kept, field)
    // The hash of a conversation names nobody.
    else if (kept === value) addConversation(value, users, groups)
  }
  return { users: users.ids, groups: groups.ids }
}

const fieldsOfCallbacks = new Map<Callback, readonly NamingField[]>()

function fieldsOf(callback: Callback): readonly NamingField[] {
  const made = fieldsOfCallbacks.get(callback) ?? namingFields(callback)
  fieldsOfCallbacks.set(callback, made)
  return made
}

function addConversation(value: unknown, users: Ids, groups: Ids): void {
  if (typeof value !== 'string') return
  const named = namedInConversation(value)
  users.addAll(named.users)
  groups.addAll(named.groups)
}

/** Ids, each once, in order. Nearly all calls have one to three; some have thousands. */
class Ids {
  readonly ids: string[] = []
  #known: Set<string> | undefined

  add(value: unknown, { item }: NamingField): void {
    if (typeof value === 'string') this.#addOne(value)
    else if (!Array.isArray(value)) return
    else if (item === undefined) this.addAll(value)
    else for (const each of value) if (isObject(each)) this.#addOne(own(each, item))
  }

  addAll(values: readonly unknown[]): void {
    for (const value of values) this.#addOne(value)
  }

  #addOne(value: unknown): void {
    if (typeof value !== 'string' || value === '') return
    if (this.ids.length > mostListed) this.#known ??= new Set(this.ids)
    if (this.#known === undefined ? this.ids.includes(value) : this.#known.has(value)) return
    this.ids.push(value)
    this.#known?.add(value)
  }
}

/** Up to here a list is searched as fast as a set. */
const mostListed = 16
