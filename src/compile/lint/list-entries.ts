import type { List, ListEntry, Test } from '../../language/condition.ts'
import type { Diagnostic } from '../../language/diagnostic.ts'
import type { WordIndex } from '../../text/word-index.ts'
import type { Judged } from '../evaluate.ts'
import { ready } from '../list-lookup.ts'
import { wayOf } from '../list-words.ts'
import type { CompiledRule } from '../ruleset.ts'
import { type Place, warning } from './finding.ts'
import { Limited } from './limited.ts'
import { isStem, stemsIn } from './stems.ts'

/**
 * Lists that say nothing, and entries of lists that say nothing new, or not what they seem to say.
 *
 * Big and small letters, blank lines and order are nobody's business. Pauses after each thousand entries.
 */
export function* listEntries(lists: Iterable<List | undefined>, place: Place): Generator<undefined, Diagnostic[]> {
  const found = new Limited()
  for (const list of lists) {
    if (list === undefined) continue
    if (list.entries.length === 0) found.add(nothingIn(list))
    const stems = yield* stemsIn(list.entries)
    const first = new Map<string, ListEntry>()
    for (const [number, entry] of list.entries.entries()) {
      const warned = again(first.get(entry.text), entry, place) ?? swallowed(stems, entry, place) ?? oddlyWritten(entry)
      if (warned !== undefined) found.add(warned)
      if (!first.has(entry.text)) first.set(entry.text, entry)
      if (number % 1000 === 999) yield
    }
  }
  return found.all
}

/** Entries that a test by looks can never find, since no letter of theirs is seen. */
export function neverFound({ when, unless }: CompiledRule): Diagnostic[] {
  return [...testsIn(when), ...(unless === undefined ? [] : testsIn(unless))].flatMap(unseen)
}

function nothingIn({ name, span }: List): Diagnostic {
  const hint = 'Add an entry, or take out what asks for the list'
  return warning('empty-list', span, `The list "${name}" has no entries, so nothing is ever in it`, hint)
}

function again(first: ListEntry | undefined, { text, span }: ListEntry, place: Place): Diagnostic | undefined {
  if (first === undefined) return undefined
  const hint = `The first is at ${place(first.span)}; take one of them out`
  return warning('duplicate-entry', span, `"${brief(text)}" stands in this list already`, hint)
}

function swallowed(stems: ReadonlyMap<string, ListEntry>, entry: ListEntry, place: Place): Diagnostic | undefined {
  if (stems.size === 0) return undefined
  const { text, span } = entry
  const own = isStem(entry) ? text.slice(0, -1) : text
  for (let end = 1; end <= Math.min(own.length, longestStem); end++) {
    const stem = stems.get(own.slice(0, end))
    if (stem === undefined || stem === entry) continue
    const hint = `That one is at ${place(stem.span)}; take this one out`
    return warning('swallowed-entry', span, `"${brief(stem.text)}" finds all that "${brief(text)}" finds`, hint)
  }
  return undefined
}

/** A word is no longer; what is, is not compared with. */
const longestStem = 40

/** What is written for a reader of another language: YAML, CSV, a pattern. */
function oddlyWritten({ text, span }: ListEntry): Diagnostic | undefined {
  if (text.length > longestLookedAt) return undefined
  const oddity = oddities.find(([pattern]) => pattern.test(text))
  if (oddity === undefined) return undefined
  const [, what, hint] = oddity
  return warning('odd-entry', span, `${what}: ${brief(text)} is looked for as it stands`, hint)
}

/** What is longer is no entry that somebody wrote, and takes long to look at. */
const longestLookedAt = 10_000

const oneALine = 'Write each entry on a line of its own'

const oddities: readonly (readonly [RegExp, string, string])[] = [
  [/^[-–•] /u, 'A list has no dashes', 'Write the entry alone'],
  [/^(?:".*"|'.*'|“.*”|‘.*’)$/u, 'A list needs no quotes', 'Write the entry without quotes'],
  [/[^,],$/u, 'An entry ends with its line', 'Leave out the comma'],
  [/^[^\s,]+(?:,[^\s,]+)+$/u, 'A comma parts no entries', oneALine],
  [/[^\s、，][、，][^\s、，]/u, 'A comma parts no entries', oneALine],
  [
    /^\*(?!\.).*[\p{L}\p{N}]/u,
    'A star stands for any ending only behind a word',
    'Write the word alone, or with * behind it',
  ],
  [/^\*$/, 'A star alone stands for nothing', 'Write a word before it, or use present to test that there is a value'],
]

function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function testsIn({ condition, parts }: Judged): Test[] {
  return condition.kind === 'test' ? [condition] : parts.flatMap(testsIn)
}

function unseen(test: Test): Diagnostic[] {
  const { operand, word, span } = test
  const way = word === 'looks like a word in' ? wayOf(test) : undefined
  if (way === undefined || operand.kind !== 'values') return []
  return (ready(operand.values, way) as WordIndex).unusable.map(({ text, line }) => {
    const hint = 'Take it out, or look for it with contains any'
    const message = `"${brief(text)}" looks like nothing: it has no letter or digit, so it is never found`
    return warning('never-found', operand.list?.entries[line - 1]?.span ?? span, message, hint)
  })
}
