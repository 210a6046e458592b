import { fold, foldWhole } from '../fold.ts'
import { lookalikeKeys } from '../lookalike/keys.ts'
import { Trie } from './trie.ts'
import { spellingsOf, trieKeys, withoutParting } from './trie-keys.ts'
import type { EntryPlace } from './trie-search.ts'

/** One line of a word list. A `*` at its end matches any ending, at its beginning any beginning. */
export type WordEntry = { text: string; line: number }

/**
 * How to search for the entries of a list: by `exact` or `folded` text, or by looks (`alike`); as the `whole` value, as
 * a `word` in it (Han anywhere), or `anywhere`, even inside a word.
 */
export type WordSearch = { by: 'exact' | 'folded'; at: EntryPlace } | { by: 'alike'; at: 'whole' | 'word' }

/** A word list prepared for searching. Never modified once built. */
export type WordIndex = {
  search: WordSearch
  entries: readonly WordEntry[]
  /** Entries that can never match, since they contain nothing to search for. */
  unusable: readonly WordEntry[]
  trie: Trie
  /** Of a search for words: entries that any beginning may precede, if any. */
  inner?: Trie
  /** For a search by looks: entries without anything that looks like a letter, if any, which match literally. */
  signs: Trie | undefined
  /** For a search by looks: the numbers of other entries that look the same, by the number of an entry. */
  sharing: ReadonlyMap<number, readonly number[]>
  /** Length of the longest key, in UTF-16 code units. */
  longest: number
  /** True if an entry has no letter. */
  hasNumbers: boolean
  /** What makes a hit none where it covers one. */
  except?: Exceptions
}

/** Exceptions, looked for as the entries are: `signs` as those of a search by looks that look like no letter. */
export type Exceptions = { words: WordIndex; signs?: WordIndex }

/** Makes a list ready in one go. Pure; the entries are kept, not copied. */
export function buildWordIndex(
  entries: readonly WordEntry[],
  search: WordSearch,
  except?: readonly WordEntry[],
): WordIndex {
  const steps = buildWordIndexInSteps(entries, search, except)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * The same in slices of two hundred entries, a millisecond or two each, for callers that must let other work run in
 * between.
 */
export function* buildWordIndexInSteps(
  entries: readonly WordEntry[],
  search: WordSearch,
  except?: readonly WordEntry[],
): Generator<undefined, WordIndex> {
  const trie = new Trie()
  let inner: Trie | undefined
  let signs: Trie | undefined
  let sharing: Map<number, number[]> | undefined
  const unusable: WordEntry[] = []
  let longest = 0
  let hasNumbers = false
  for (const [number, entry] of entries.entries()) {
    const { keys, sign, kind, isNumber, isInner } = keysOf(entry.text, search)
    if (sign !== undefined) {
      signs ??= new Trie()
      signs.add(sign, number, kind)
    } else if (keys.length === 0) unusable.push(entry)
    hasNumbers ||= isNumber
    if (isInner) inner ??= new Trie()
    const own = isInner && inner !== undefined ? inner : trie
    for (const key of keys) {
      const first = own.add(key, number, kind)
      if (search.by === 'alike' && first !== number) {
        sharing ??= new Map()
        share(sharing, first, number)
      }
      longest = Math.max(longest, key.length)
    }
    if (own.isCrowded) yield* own.growInSteps()
    if (number % 200 === 199) yield
  }
  const shared = sharing ?? nothingShared
  const index: WordIndex = { search, entries, unusable, trie, signs, sharing: shared, longest, hasNumbers }
  if (inner !== undefined) index.inner = inner
  return except === undefined ? index : { ...index, except: yield* exceptionsOf(index, except) }
}

function* exceptionsOf({ search, signs }: WordIndex, entries: readonly WordEntry[]): Generator<undefined, Exceptions> {
  const words = yield* buildWordIndexInSteps(entries, search)
  if (signs === undefined) return { words }
  return { words, signs: yield* buildWordIndexInSteps(entries, { by: 'folded', at: search.at }) }
}

/** Shared, since a thousand rules may each have an index. */
const nothingShared: ReadonlyMap<number, readonly number[]> = new Map()

function share(sharing: Map<number, number[]>, first: number, other: number): void {
  const others = sharing.get(first)
  if (others === undefined) sharing.set(first, [other])
  else if (others.at(-1) !== other) others.push(other)
}

/**
 * An entry without a final `*`, which matches any ending. In an entry without letters or digits, `*` is a literal star,
 * as `\*` is anywhere.
 */
export function stemOf(text: string): { stem: string; isStem: boolean } {
  const isStem = text.endsWith('*') && !text.endsWith('\\*') && /[\p{L}\p{N}]/u.test(text)
  return { stem: (isStem ? text.slice(0, -1) : text).replaceAll('\\*', '*'), isStem }
}

/** The same of an entry that is looked for in texts, where a `*` at its beginning stands for any beginning. Pure. */
export function starsOf(text: string): { stem: string; isStem: boolean; isInner: boolean } {
  const isInner = /^\*[^\s*]/.test(text) && /[\p{L}\p{N}]/u.test(text)
  return { ...stemOf(isInner ? text.slice(1) : text), isInner }
}

/**
 * How an entry is stored in a tree: its keys, and whether any ending may follow. `isNumber`: it has no letter. `sign`
 * is what a search by looks matches literally, since it does not look like letters.
 */
export type EntryKeys = {
  keys: readonly string[]
  sign?: string
  kind: 'whole' | 'stem'
  isNumber: boolean
  /** True when any beginning may precede it, where words are looked for: elsewhere that needs no saying. */
  isInner: boolean
}

/** The keys of an entry in a tree. */
export function keysOf(text: string, search: WordSearch): EntryKeys {
  const { stem, isStem, isInner } = partsOf(text, search)
  const isNumber = !/(?!\p{Default_Ignorable_Code_Point})\p{L}/u.test(stem)
  const kept = { kind: isStem ? 'stem' : 'whole', isNumber, isInner: isInner && search.at === 'word' } as const
  const keys = keysOfStem(stem, search)
  if (search.by !== 'alike' || (keys.length > 0 && !isSigns.test(stem))) return { keys, ...kept }
  const [sign] = keys.length === 0 && withoutParting(stem) === '' ? [] : trieKeys(foldWhole(stem))
  return { keys: [], ...(sign !== undefined && { sign }), ...kept }
}

/** What a whole value looks like has no ending, and only where words are spelt out do they have any beginning. */
function partsOf(text: string, { by, at }: WordSearch): ReturnType<typeof starsOf> {
  if (by === 'alike' && at === 'whole') return { stem: text, isStem: false, isInner: false }
  return by === 'alike' || at === 'whole' ? { ...stemOf(text), isInner: false } : starsOf(text)
}

/** An entry with only everyday signs does not mean letters. */
const isSigns = /^[\s\p{P}\p{Sm}\p{Sc}\p{Sk}]+$/u

function keysOfStem(text: string, search: WordSearch): readonly string[] {
  if (search.by === 'alike') return lookalikeKeys(text).map(({ key }) => key)
  const read = search.by === 'folded' ? foldEntry(text, search.at) : text
  if (search.at === 'word') return search.by === 'folded' ? spellingsOf(read).flatMap(trieKeys) : trieKeys(read)
  return read === '' ? [] : [read]
}

function foldEntry(text: string, place: EntryPlace): string {
  return place === 'anywhere' ? fold(text) : foldWhole(text)
}
