import type { Edit } from '../../yaml/diagnostic.ts'
import type { Advice } from '../../yaml/fix.ts'
import { takeOut } from '../../yaml/layout.ts'
import type { Entry, Node } from '../../yaml/node.ts'

/** The file path written where the entries of a list belong. */
export function pathIn(value: Node): string | undefined {
  const only = value.kind === 'list' && value.items.length === 1 ? value.items[0] : value
  const named = only?.kind === 'map' && only.entries.length === 1 ? only.entries[0] : undefined
  const isFile = named !== undefined && /^(?:file|path|from|source|include|src)$/i.test(named.key)
  const path = isFile ? named.value : only
  const text = path?.kind === 'scalar' && typeof path.value === 'string' ? path.value : ''
  return /^[^\s,]+\.(?:txt|csv|ya?ml|json)$/i.test(text) || /^(?:\.\/)?lists\/[^\s,]+$/.test(text) ? text : undefined
}

/** The list name in a path, whatever its file ending. */
export function listStem(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.\w+$/, '')
}

/** Where a list is defined by a path, and its surroundings. */
type Place = { section: Entry; all: readonly Entry[]; isThere: boolean }

/** Advice for that: a file in lists/ is already a list. */
export function pathAdvice(entry: Entry, path: string, { section, all, isThere }: Place): Advice {
  const stem = listStem(path)
  if (!isThere) {
    return {
      hint: `Write the entries here, as in [a, b], or delete this line and put them into lists/${entry.key}.txt, one per line`,
    }
  }
  if (stem !== entry.key) return { hint: `Delete this line and write ${stem} in rules: a list is named after its file` }
  const hint = `Delete this line: lists/${stem}.txt already defines the list "${stem}"`
  return { hint, fixes: [{ label: 'Delete this line', edits: withoutEntry(entry, section, all) }] }
}

/** Removes the entry, and its section if nothing else is in it. */
function withoutEntry(entry: Entry, section: Entry, all: readonly Entry[]): readonly Edit[] {
  const inside = section.value.kind === 'map' ? section.value.entries : []
  return inside.length > 1 ? takeOut([entry], inside) : takeOut([section], all)
}
