import type { CountKey } from '../language/condition.ts'
import { foldWhole } from '../text/fold.ts'
import type { Slots } from './slots.ts'
import type { View } from './view.ts'

/** The values by which a call is counted: one text, or one for each item of a list; null when one is absent. */
export type KeyOf = (view: View) => readonly string[] | null

/**
 * What reads the values of `same`, or of `different`: two calls have equal texts exactly if `is` would say so of each
 * value. An absent value makes no key, and so does an empty list; absent items are left out.
 */
export function keyReader(keys: readonly CountKey[], slots: Slots): KeyOf {
  const readers = keys.map(key => valuesReader(key, slots))
  if (readers.length === 0) return () => everyCall
  const [only] = readers
  if (only !== undefined && readers.length === 1) return view => texts(only(view))
  return view => {
    let rows: readonly (readonly unknown[])[] = [[]]
    for (const read of readers) {
      const values = read(view)
      if (values === null) return null
      rows = rows.flatMap(row => values.map(value => [...row, value]))
    }
    return rows.length === 0 ? null : distinct(rows.map(row => JSON.stringify(row)))
  }
}

/** The key of all calls together. */
const everyCall: readonly string[] = ['']

function texts(values: readonly unknown[] | null): readonly string[] | null {
  if (values === null || values.length === 0) return null
  const [first] = values
  return values.length === 1 ? [JSON.stringify(first)] : distinct(values.map(value => JSON.stringify(value)))
}

function distinct(values: readonly string[]): readonly string[] {
  return values.length === 1 ? values : [...new Set(values)]
}

/** The values of one key: one of a field, several of a list; null when absent. */
function valuesReader(key: CountKey, slots: Slots): (view: View) => readonly unknown[] | null {
  if ('field' in key) {
    const slot = slots.of(key.field, key.field.kind === 'text' ? 'folded whole' : 'plain')
    return view => {
      const value = view.value(slot)
      return typeof value === 'symbol' || value === null ? null : [value]
    }
  }
  const items = slots.ofItems(key.list)
  const { item } = key
  const within = slots.within(key.list)
  const own = item && within.of(item, item.kind === 'text' ? 'folded whole' : 'plain')
  const list = slots.valueOf(key.list)
  return view => {
    const views = view.value(items)
    if (!Array.isArray(views)) return null
    const values =
      own === undefined
        ? plainItems(view.value(list), key.list.field.items)
        : views.map(each => (each as View).value(own))
    return values.filter(value => value !== null && value !== undefined)
  }
}

function plainItems(values: unknown, kind: unknown): readonly unknown[] {
  if (!Array.isArray(values)) return []
  return kind === 'text' ? values.map(value => (typeof value === 'string' ? foldWhole(value) : value)) : values
}
