import { fold, foldWhole } from '../fold.ts'
import { type LookalikeSearch, lookalikeHits } from '../lookalike/find.ts'
import { lengthAt, type VisibleText, visibleWhole } from '../lookalike/visible-text.ts'
import { normalForm } from '../normal.ts'
import { type Range, sourcesOf } from '../sources.ts'
import { coveringOf, uncovered } from './exceptions.ts'
import { innerHits, mergedHits } from './inner-search.ts'
import type { Hit } from './trie.ts'
import { withoutSelectors, wordForm } from './trie-keys.ts'
import { type EntryPlace, eachHit, trieHits } from './trie-search.ts'
import { stemOf, type WordEntry, type WordIndex, type WordSearch } from './word-index.ts'

/** An entry that was found, and its place: a half-open range of the original text, in UTF-16 code units. */
export type WordMatch = Range & { entry: WordEntry }

/** True if any entry of the list is found; the quickest search. Linear in the text. */
export function hasWord(index: WordIndex, text: string): boolean {
  return searchWords(index, text, 1).hits.length > 0 || searchSigns(index, text, 1).hits.length > 0
}

/** The first entry found, the longest at its position. Linear in the text. */
export function findWord(index: WordIndex, text: string): WordMatch | undefined {
  return findWords(index, text, 1)[0]
}

/** All matches in order, only the longest at each position; they may overlap. Linear in the text. */
export function findWords(index: WordIndex, text: string, limit = Number.POSITIVE_INFINITY): WordMatch[] {
  const words = matchesOf(index, searchWords(index, text, limit))
  if (index.signs === undefined) return words
  const all = [...words, ...matchesOf(index, searchSigns(index, text, limit))]
  return all.sort((one, other) => one.start - other.start).slice(0, limit)
}

/**
 * The first entry that is found but for an exception, and that exception: why a list finds nothing in a text; undefined
 * where there is none. Pure, linear.
 */
export function findExcepted(index: WordIndex, text: string): (WordMatch & { by: WordMatch }) | undefined {
  const { except, ...plain } = index
  if (except === undefined) return undefined
  const match = findWord(plain, text)
  const exceptions = [except.words, ...(except.signs ? [except.signs] : [])].flatMap(each => findWords(each, text))
  const by = match && coveringOf(match, exceptions)
  return match && by && { ...match, by }
}

function matchesOf({ entries }: WordIndex, { hits, rangeOf }: Found): WordMatch[] {
  if (hits.length === 0) return []
  const toSource = rangeOf()
  return hits.map(hit => {
    const { start, end } = toSource(hit)
    return { entry: entries[hit.number] as WordEntry, start, end }
  })
}

/** The hits, and a way to compute their ranges in the original text, which is more work than finding them. */
type Found = { hits: readonly Hit[]; rangeOf: () => (hit: Hit) => Range }

/** Search a text for the entries of a list. */
function searchWords(index: WordIndex, text: string, limit: number): Found {
  const { search, except } = index
  if (search.by === 'alike') return searchLookalikes(index, text, limit)
  const hits = hitsBut(index, readBy(search, text), { at: search.at, limit, except: except?.words })
  return { hits, rangeOf: () => alignedBy(search, text) }
}

type Tries = Pick<WordIndex, 'trie' | 'inner'>
type HowFound = { at: EntryPlace; limit: number; except: Tries | undefined }

/** The hits in a text that no exception covers. */
function hitsBut(tries: Tries, read: string, { at, limit, except }: HowFound): readonly Hit[] {
  if (except === undefined) return hitsIn(tries, read, at, limit)
  const hits = hitsIn(tries, read, at, Number.POSITIVE_INFINITY)
  if (hits.length === 0) return hits
  return uncovered(hits, hitsIn(except, read, at, Number.POSITIVE_INFINITY)).slice(0, limit)
}

function hitsIn({ trie, inner }: Tries, read: string, at: EntryPlace, limit: number): readonly Hit[] {
  const hits = trieHits(trie, read, at, limit)
  return inner === undefined ? hits : mergedHits(hits, innerHits(inner, read, limit)).slice(0, limit)
}

/**
 * A 1 for each code unit of the original text that is part of a match; undefined if nothing is found. Creates no object
 * per hit. Linear.
 */
export function coveredBy(index: WordIndex, text: string): Uint8Array | undefined {
  const { search } = index
  const cover = coverFor(text.length)
  if (search.by === 'alike') {
    for (const { start, end } of findWords(index, text)) cover.add(start, end)
    return cover.units()
  }
  const { read, units } = coveredInRead(index, text)
  if (units === undefined || read === text) return units
  const toSource = alignedBy(search, text)
  for (let at = 0, start = 0; at < units.length; at++) {
    if (units[at] === 0) continue
    if (at === 0 || units[at - 1] === 0) start = at
    if (units[at + 1] === 1) continue
    const range = toSource({ start, end: at + 1 })
    cover.add(range.start, range.end)
  }
  return cover.units()
}

/** The text as a search reads it, with a 1 for each of its code units that belongs to something found. Pure, linear. */
export function coveredInRead(index: WordIndex, text: string): { read: string; units: Uint8Array | undefined } {
  const { search, trie, except, inner } = index
  const read = search.by === 'alike' ? text : readBy(search, text)
  const found = coverFor(read.length)
  if (except === undefined && inner === undefined) {
    eachHit(trie, read, search.at, (_, start, end) => {
      found.add(start, end)
      return false
    })
  } else for (const { start, end } of searchWords(index, text, Number.POSITIVE_INFINITY).hits) found.add(start, end)
  return { read, units: found.units() }
}

/** Collects the code units that ranges cover; ranges must be added in the order in which they begin. */
function coverFor(length: number): { add(start: number, end: number): void; units(): Uint8Array | undefined } {
  let units: Uint8Array | undefined
  let coveredTo = 0
  return {
    add(start, end) {
      units ??= new Uint8Array(length)
      for (let at = Math.max(start, coveredTo); at < end; at++) units[at] = 1
      coveredTo = Math.max(coveredTo, end)
    },
    units: () => units,
  }
}

type PlainSearch = Exclude<WordSearch, { by: 'alike' }>

/** The text in the form that a search uses. */
function readBy({ by, at }: PlainSearch, text: string): string {
  if (by === 'exact') return text
  if (at === 'word') return wordForm(text)
  return at === 'whole' ? foldWhole(text) : fold(text)
}

/** Maps ranges of the text in the form that a search uses back to the original text. */
function alignedBy({ by, at }: PlainSearch, text: string): (range: Range) => Range {
  if (at === 'whole') return () => ({ start: 0, end: text.length })
  return by === 'exact' ? range => range : sourcesOf(text, at === 'word' ? wordForm : fold)
}

/** Search a text for the entries of a list that do not look like letters. */
function searchSigns({ signs, search: { at }, except }: WordIndex, text: string, limit: number): Found {
  const asSigns = { by: 'folded', at } as const
  if (signs === undefined) return { hits: [], rangeOf: () => range => range }
  const read = readBy(asSigns, text)
  const form = at === 'whole' ? withoutSelectors(read) : read
  const hits = hitsBut({ trie: signs }, form, { at, limit, except: except?.signs })
  return { hits, rangeOf: () => alignedBy(asSigns, text) }
}

/** The hits of a search by looks, and the visible text that their positions refer to. */
export type FoundLookalikes = Found & { seen: VisibleText }

/** Search a text by looks, like `findWords`, for callers that explain the matches. Linear. */
export function searchLookalikes(index: WordIndex, text: string, limit: number): FoundLookalikes {
  const place = index.search.at === 'whole' ? 'whole' : 'word'
  const { trie, longest, hasNumbers, sharing, except } = index
  const textOf = (number: number) => {
    const { text: entry } = index.entries[number] as WordEntry
    return place === 'whole' ? entry : stemOf(entry).stem
  }
  const ways = visibleWhole(text).map(seen => {
    const search = { trie, longest, hasNumbers, textOf, sharing, place } as const
    const hits = except === undefined ? lookalikeHits(search, seen, limit) : lookalikesBut(search, except.words, seen)
    return { hits: hits.slice(0, limit), seen, rangeOf: () => rangeOfSeen(text, seen) }
  })
  return ways.find(({ hits }) => hits.length > 0) ?? (ways[0] as FoundLookalikes)
}

function lookalikesBut(search: LookalikeSearch, except: WordIndex, seen: VisibleText): readonly Hit[] {
  const hits = lookalikeHits(search, seen, Number.POSITIVE_INFINITY)
  if (hits.length === 0) return hits
  const { trie, longest, hasNumbers, sharing, entries } = except
  const textOf = (number: number) => stemOf((entries[number] as WordEntry).text).stem
  const { place } = search
  const covers = lookalikeHits({ trie, longest, hasNumbers, textOf, sharing, place }, seen, Number.POSITIVE_INFINITY)
  return uncovered(hits, covers)
}

function rangeOfSeen(text: string, seen: VisibleText): (hit: Hit) => Range {
  const toSource = sourcesOf(text, given => normalForm(given, 'NFC'))
  const starts = seen.starts()
  return hit => {
    let [start, end] = [seen.text.length, 0]
    for (let at = hit.start; at < hit.end; at++) {
      const from = starts[at] as number
      start = Math.min(start, from)
      end = Math.max(end, from + lengthAt(seen, at))
    }
    return toSource({ start, end })
  }
}
