import { readyInSteps, wordsBy } from '../compile/list-lookup.ts'
import type { List, ListEntry } from '../language/condition.ts'
import { listNameOf } from '../language/read/list-file.ts'
import { hasWord } from '../text/words/find-words.ts'
import type { WordIndex, WordSearch } from '../text/words/word-index.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'
import type { Steps } from '../yaml/steps.ts'
import { brief, warning } from './finding.ts'
import { OfAKind } from './of-a-kind.ts'

/**
 * Exceptions in which no entry is found, however it is looked for, and entries that are exceptions themselves.
 *
 * One with a star may cover more than stands there. Pauses after each thousand.
 */
export function* idleExceptions(lists: Iterable<List | undefined>, place: ShowPlace): Steps<Diagnostic[]> {
  const diagnostics: Diagnostic[] = []
  for (const list of lists) {
    if (list?.except === undefined) continue
    const found = new OfAKind()
    for (const entry of yield* idleIn(list)) found.add('idle', idle(entry))
    const exceptions = new Set(list.except.texts)
    for (const { text, span } of list.entries) {
      if (!exceptions.has(text)) continue
      const message = `"${brief(text)}" is an exception of this list as well, so it is never found`
      found.add('both', warning('idle-exception', span, message, 'Remove one of the two'))
    }
    diagnostics.push(...found.all(place))
  }
  return diagnostics
}

const searches: readonly WordSearch[] = [
  { by: 'folded', at: 'anywhere' },
  { by: 'folded', at: 'word' },
  { by: 'alike', at: 'word' },
]

/** What one search does not find in an exception, another may. */
function* idleIn({ texts, except }: List): Steps<readonly ListEntry[]> {
  let left = except?.entries.filter(({ text }) => !text.includes('*')) ?? []
  for (const search of searches) {
    if (left.length === 0) return left
    const index = yield* readyInSteps(texts, wordsBy(search))
    left = yield* notIn(index, left)
  }
  return left
}

function* notIn(index: WordIndex, entries: readonly ListEntry[]): Steps<ListEntry[]> {
  const left: ListEntry[] = []
  for (const [at, entry] of entries.entries()) {
    if (!hasWord(index, entry.text)) left.push(entry)
    if (at % 1000 === 999) yield
  }
  return left
}

function idle({ text, span }: ListEntry): Diagnostic {
  const message = `The exception "${brief(text)}" covers nothing: no entry of the list is found in it`
  const isFile = listNameOf(span.file) !== undefined
  const meant = isFile ? `, or \\!${brief(text)} for an entry that begins with the sign` : ''
  return warning('idle-exception', span, message, `Write the whole text that is allowed, including the entry${meant}`)
}
