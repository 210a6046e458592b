import type { List } from '../language/condition.ts'
import { visible } from '../language/show/visible.ts'
import type { Steps } from '../yaml/steps.ts'

type Lists = ReadonlyMap<string, List>

/** How many added, and how many removed, entries of a list are shown. */
const maxShown = 10

/** The entries that were added to a list and removed from it, as lines. */
export type ListChange = { name: string; lines: readonly string[] }

/** The lists that changed. Pauses after each piece of work. */
export function* listChanges(before: Lists, after: Lists): Steps<ListChange[]> {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  const changes: ListChange[] = []
  for (const name of names) {
    // A list that was not read again is the same object.
    if (before.get(name) === after.get(name)) continue
    const [old, now] = [yield* textsOf(before.get(name)), yield* textsOf(after.get(name))]
    const [gone, come] = [yield* missingIn(now, old), yield* missingIn(old, now)]
    if (gone.length + come.length === 0 && before.has(name) === after.has(name)) continue
    const lines = [...entryLines('-', gone), ...entryLines('+', come)]
    changes.push({ name, lines: [headline(name, before, after), ...lines] })
  }
  return changes
}

function headline(name: string, before: Lists, after: Lists): string {
  if (!after.has(name)) return `- the list ${name} was removed`
  return before.has(name) ? `~ the list ${name} changed` : `+ the list ${name} was added`
}

/** How many entries are looked at between two pauses. */
const entriesInPiece = 1_000

function* textsOf(list: List | undefined): Steps<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const [at, text] of (list?.texts ?? []).entries()) {
    found.add(list?.replacements === undefined ? text : `${text} = ${list.replacements[at]}`)
    if (at % entriesInPiece === 0) yield
  }
  for (const [at, text] of (list?.except?.texts ?? []).entries()) {
    found.add(`${text} (an exception)`)
    if (at % entriesInPiece === 0) yield
  }
  return found
}

function* missingIn(known: ReadonlySet<string>, texts: ReadonlySet<string>): Steps<string[]> {
  const missing: string[] = []
  let looked = 0
  for (const text of texts) {
    if (!known.has(text)) missing.push(text)
    if (++looked % entriesInPiece === 0) yield
  }
  return missing
}

/** Lines for entries that were added or removed, as many as are shown. */
export function entryLines(mark: string, texts: readonly string[]): string[] {
  const lines = texts.slice(0, maxShown).map(text => `  ${mark} ${visible(text)}`)
  const more = texts.length - lines.length
  return more > 0 ? [...lines, `  ${mark} … and ${more} more`] : lines
}
