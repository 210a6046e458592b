import type { Callback } from '../callbacks/callback.ts'
import { findCallback } from '../callbacks/catalogue.ts'
import { type NamingField, namingFields } from '../callbacks/named.ts'
import type { Call } from '../decide/call.ts'
import { isObject, own } from '../protocol/json-type.ts'
import type { CallbackMasks } from './masks.ts'

/** More people than one call can be about in practice; of more, the first ones. */
const mostOfCall = 1_000

/**
 * The users whom a decision on a call hits, as the record has them: the one that the first field with users names, or
 * all of them where that is a list. So of a message it is the sender, of a friend request who sent it, of an invitation
 * all who are invited; of the info of a group nobody.
 */
export function affectedBy({ callback, values }: Call, masks: CallbackMasks | undefined): readonly string[] {
  const field = fieldOf(callback)
  if (field === undefined) return nobody
  const value = values.get(field.name)
  if (value === undefined || value === null || value === '') return nobody
  const kept = masks === undefined ? value : masks.value(field.name, value)
  if (typeof kept === 'string') return [kept]
  if (!Array.isArray(kept)) return nobody
  const { item } = field
  const ids = kept.slice(0, mostOfCall).map(each => (item === undefined ? each : isObject(each) && own(each, item)))
  return ids.filter(id => typeof id === 'string' && id !== '')
}

/** The same of a decision on record, given its callback and the users that its call names. */
export function affectedOnRecord(callback: string, users: readonly string[]): readonly string[] {
  const known = findCallback(callback)
  const field = known && fieldOf(known)
  if (known !== undefined && field === undefined) return nobody
  return field?.isList ? users.slice(0, mostOfCall) : users.slice(0, 1)
}

const nobody: readonly string[] = []

type AffectedField = NamingField & { isList: boolean }

const fields = new Map<Callback, AffectedField | undefined>()

function fieldOf(callback: Callback): AffectedField | undefined {
  if (!fields.has(callback)) {
    const first = namingFields(callback).find(({ named }) => named === 'user')
    const isList = callback.fields.some(({ name, kind }) => name === first?.name && kind === 'list')
    fields.set(callback, first && { ...first, isList })
  }
  return fields.get(callback)
}
