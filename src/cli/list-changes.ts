import type { Colors } from 'picocolors/types.js'
import type { List } from '../language/condition.ts'
import { visible } from '../language/show/visible.ts'

type Lists = ReadonlyMap<string, List>

/** How many added, and how many removed, entries of a list are shown. */
const maxShown = 10

/** The entries that were added to a list and removed from it, as lines. */
export type ListChange = { name: string; lines: readonly string[] }

/** The lists that changed. */
export function listChanges(before: Lists, after: Lists, colors: Colors): ListChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  return names.flatMap(name => {
    const [old, now] = [textsOf(before.get(name)), textsOf(after.get(name))]
    const gone = [...old].filter(text => !now.has(text))
    const come = [...now].filter(text => !old.has(text))
    if (gone.length + come.length === 0 && before.has(name) === after.has(name)) return []
    const lines = [...entryLines('-', gone), ...entryLines('+', come)]
    return [{ name, lines: [headline(name, before, after, colors), ...lines] }]
  })
}

function headline(name: string, before: Lists, after: Lists, colors: Colors): string {
  if (!after.has(name)) return colors.red(`- the list ${name} was removed`)
  return before.has(name) ? colors.yellow(`~ the list ${name} changed`) : colors.green(`+ the list ${name} was added`)
}

function textsOf(list: List | undefined): ReadonlySet<string> {
  const replaced = list?.replacements
  const texts = list?.texts.map((text, at) => (replaced === undefined ? text : `${text} = ${replaced[at]}`)) ?? []
  const except = list?.except?.texts.map(text => `${text} (an exception)`) ?? []
  return new Set([...texts, ...except])
}

/** Lines for entries that were added or removed, as many as are shown. */
export function entryLines(mark: string, texts: readonly string[]): string[] {
  const lines = texts.slice(0, maxShown).map(text => `  ${mark} ${visible(text)}`)
  const more = texts.length - lines.length
  return more > 0 ? [...lines, `  ${mark} … and ${more} more`] : lines
}
