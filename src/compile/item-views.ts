import type { FieldRef } from '../language/field.ts'
import { itemFields, itemName } from '../language/item.ts'
import { View } from './view.ts'

/**
 * Makes views of the items of a list, in order: of their fields if they are objects, else of the items themselves.
 *
 * Returns false for a value that is not a list: every test of its items fails. Items have no time.
 */
export function itemViews({ kind, field }: FieldRef): (value: unknown) => readonly View[] | false {
  const fields = kind === 'list' ? itemFields(field) : []
  return value => (Array.isArray(value) ? value.map(item => new View(valuesOf(item, fields), 0)) : false)
}

function valuesOf(item: unknown, fields: readonly { name: string }[]): ReadonlyMap<string, unknown> {
  if (fields.length === 0) return new Map([[itemName, item]])
  const isObject = typeof item === 'object' && item !== null
  const own = (name: string) => (isObject && Object.hasOwn(item, name) ? (item as Record<string, unknown>)[name] : null)
  return new Map(fields.map(({ name }) => [name, own(name)]))
}
