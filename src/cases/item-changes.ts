/** An item of a list, or a field of an item, that differs between two lists. */
export type ItemChange = { place: string; from: unknown; to: unknown }

/**
 * Where two lists of the same length differ, such as `memberList[1].nickname`; undefined for any other values.
 *
 * `name` is the name of the list.
 */
export function itemChanges(name: string, before: unknown, after: unknown): ItemChange[] | undefined {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return undefined
  return after.flatMap((to, at) => {
    const from = before[at]
    if (!isItem(from) || !isItem(to)) return from === to ? [] : [{ place: `${name}[${at}]`, from, to }]
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])]
    return keys
      .filter(key => JSON.stringify(own(from, key)) !== JSON.stringify(own(to, key)))
      .map(key => ({ place: `${name}[${at}].${key}`, from: own(from, key), to: own(to, key) }))
  })
}

type Item = { readonly [key: string]: unknown }

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function own(item: Item, key: string): unknown {
  return Object.hasOwn(item, key) ? (item[key] ?? null) : null
}
