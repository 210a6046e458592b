import type { List, ListEntries, ListEntry } from '../language/condition.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { isStem, stemsIn } from './entries-of.ts'
import { brief, warning } from './finding.ts'
import { lookedForAs, oddityOf } from './odd-entries.ts'
import { OfAKind } from './of-a-kind.ts'
import { numberedIn } from './several-entries.ts'

/**
 * Lists without entries, and entries that are redundant or not what they seem.
 *
 * Case, blank lines and order never matter. Pauses after each thousand entries.
 */
export function* listEntries(lists: Iterable<List | undefined>, place: ShowPlace): Generator<undefined, Diagnostic[]> {
  const found: Diagnostic[] = []
  for (const list of lists) {
    if (list === undefined) continue
    if (list.entries.length === 0) found.push(nothingIn(list))
    found.push(...(yield* entriesOf(list, place)))
    if (list.except !== undefined) found.push(...(yield* entriesOf(list.except, place)))
  }
  return found
}

function* entriesOf({ entries, texts }: ListEntries, place: ShowPlace): Generator<undefined, Diagnostic[]> {
  const found = new OfAKind()
  const stems = yield* stemsIn(entries)
  const first = new Map<string, ListEntry>()
  const numbered = numberedIn(texts)
  for (const [number, entry] of entries.entries()) {
    const known = again(first.get(entry.text), entry, place) ?? swallowed(stems, entry, place)
    if (known !== undefined) found.add(known.code, known)
    else doubt(entry, numbered.has(number), found)
    if (!first.has(entry.text)) first.set(entry.text, entry)
    if (number % 1000 === 999) yield
  }
  return found.all(place)
}

/** Adds what is odd about one entry. */
export function doubt({ text, span }: ListEntry, isNumbered: boolean, found: OfAKind): void {
  if (isNumbered) {
    const message = `List entries are not numbered: ${lookedForAs(text)}`
    found.add('numbered', warning('odd-entry', span, message, 'Write only the entry'))
    return
  }
  const oddity = oddityOf(text, span)
  if (oddity !== undefined) found.add(oddity.what, warning('odd-entry', span, oddity.message, oddity.hint))
}

function nothingIn({ name, span }: List): Diagnostic {
  const hint = 'Add an entry, or remove the tests that use the list'
  return warning('empty-list', span, `The list "${name}" has no entries, so it never matches`, hint)
}

function again(first: ListEntry | undefined, { text, span }: ListEntry, place: ShowPlace): Diagnostic | undefined {
  if (first === undefined) return undefined
  const hint = `The first is at ${place(first.span)}; remove one of them`
  return warning('duplicate-entry', span, `Duplicate entry "${brief(text)}"`, hint)
}

function swallowed(stems: ReadonlyMap<string, ListEntry>, entry: ListEntry, place: ShowPlace): Diagnostic | undefined {
  if (stems.size === 0) return undefined
  const { text, span } = entry
  const own = isStem(entry) ? text.slice(0, -1) : text
  for (let end = 1; end <= Math.min(own.length, longestStem); end++) {
    const stem = stems.get(own.slice(0, end))
    if (stem === undefined || stem === entry) continue
    const hint = `"${brief(stem.text)}" is at ${place(stem.span)}; remove this entry`
    return warning(
      'swallowed-entry',
      span,
      `"${brief(stem.text)}" already matches everything that "${brief(text)}" matches`,
      hint,
    )
  }
  return undefined
}

/** No word is longer; longer entries are not compared. */
const longestStem = 40
