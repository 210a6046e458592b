import { alikeKeys } from './alike-keys.ts'
import { fold, foldWhole } from './fold.ts'
import { type Place, plainKey } from './plain.ts'
import { Trie } from './trie.ts'

/** One line of a word list. A `*` at the end matches any ending. */
export type WordEntry = { text: string; line: number }

/**
 * How the entries of a list are looked for: by their `exact` or `folded` text, or by what they look like (`alike`);
 * as the `whole` value, as a `word` in it (Han anywhere), or `anywhere`, even inside a word.
 */
export type WordSearch = { by: 'exact' | 'folded'; at: Place } | { by: 'alike'; at: 'whole' | 'word' }

/** A word list made ready for looking up. Never changed once built. */
export type WordIndex = {
  search: WordSearch
  entries: readonly WordEntry[]
  /** Entries that can never be found, there being nothing in them to look for. */
  unusable: readonly WordEntry[]
  trie: Trie
  /** Length of the longest key, in UTF-16 code units. */
  longest: number
  /** True when an entry has no letter. */
  hasNumbers: boolean
}

/** Makes a list ready in one go. Pure; the entries are kept, not copied. */
export function buildWordIndex(entries: readonly WordEntry[], search: WordSearch): WordIndex {
  const steps = buildWordIndexInSteps(entries, search)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * The same in slices of two hundred entries, a millisecond or two each, for a caller who must let others run between
 * two of them.
 */
export function* buildWordIndexInSteps(
  entries: readonly WordEntry[],
  search: WordSearch,
): Generator<undefined, WordIndex> {
  const trie = new Trie()
  const unusable: WordEntry[] = []
  let longest = 0
  let hasNumbers = false
  for (const [number, entry] of entries.entries()) {
    const { keys, kind, isNumber } = keysOf(entry.text, search)
    if (keys.length === 0) unusable.push(entry)
    hasNumbers ||= isNumber
    for (const key of keys) {
      trie.add(key, number, kind)
      longest = Math.max(longest, key.length)
    }
    if (trie.isCrowded) yield* trie.growInSteps()
    if (number % 200 === 199) yield
  }
  return { search, entries, unusable, trie, longest, hasNumbers }
}

/** An entry without the `*` that stands for any ending. One without letters or digits means its star. Pure. */
export function stemOf(text: string): { stem: string; isStem: boolean } {
  const isStem = text.endsWith('*') && /[\p{L}\p{N}]/u.test(text)
  return { stem: isStem ? text.slice(0, -1) : text, isStem }
}

/** How an entry is kept in a tree: the texts, and whether any ending may follow; `isNumber`: it has no letter. */
export type EntryKeys = { keys: readonly string[]; kind: 'whole' | 'stem'; isNumber: boolean }

/** The texts under which an entry is kept in a tree. Pure. */
export function keysOf(text: string, search: WordSearch): EntryKeys {
  const { stem, isStem } = stemOf(text)
  const isNumber = !/(?!\p{Default_Ignorable_Code_Point})\p{L}/u.test(stem)
  return { keys: keysOfStem(stem, search), kind: isStem ? 'stem' : 'whole', isNumber }
}

function keysOfStem(text: string, search: WordSearch): string[] {
  if (search.by === 'alike') return alikeKeys(text).map(({ key }) => key)
  const key = plainKey(search.by === 'folded' ? foldEntry(text, search.at) : text, search.at)
  return key === '' ? [] : [key]
}

function foldEntry(text: string, place: Place): string {
  return place === 'anywhere' ? fold(text) : foldWhole(text)
}
