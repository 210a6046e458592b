import { alignComposed, alignFolded, type Range } from './align.ts'
import { alikeHits } from './alike.ts'
import { fold, foldWhole } from './fold.ts'
import type { Hit } from './hit.ts'
import { plainHits } from './plain.ts'
import { lengthAt, type Seen, seeAll } from './seen.ts'
import type { WordEntry, WordIndex } from './word-index.ts'

/** An entry found, and where: a half-open range of the text as it was given, in UTF-16 code units. */
export type WordMatch = Range & { entry: WordEntry }

/** True when an entry of the list is found: the quickest question. Pure, linear in the text. */
export function hasWord(index: WordIndex, text: string): boolean {
  return searchWords(index, text, 1).hits.length > 0
}

/** The entry found first, the longest at its place. Pure, linear in the text. */
export function findWord(index: WordIndex, text: string): WordMatch | undefined {
  return findWords(index, text, 1)[0]
}

/** Every place where an entry begins, with the longest that does, in order; they may overlap. Pure, linear. */
export function findWords(index: WordIndex, text: string, limit = Number.POSITIVE_INFINITY): WordMatch[] {
  const { hits, rangeOf } = searchWords(index, text, limit)
  if (hits.length === 0) return []
  const toSource = rangeOf()
  return hits.map(hit => {
    const { start, end } = toSource(hit)
    return { entry: index.entries[hit.number] as WordEntry, start, end }
  })
}

/** The hits, and how to come by the ranges of the text as given, which is more work than finding. */
export type Found = { hits: readonly Hit[]; rangeOf: () => (hit: Hit) => Range }

/** What a list finds in a text, as `findWords` does, for who asks for ranges alone. Pure, linear. */
export function searchWords(index: WordIndex, text: string, limit: number): Found {
  if (index.search.by === 'alike') return searchAlike(index, text, limit)
  const { by, at } = index.search
  const read = by === 'exact' ? text : at === 'whole' ? foldWhole(text) : fold(text)
  return {
    hits: plainHits(index.trie, read, at, limit),
    rangeOf: () => {
      if (at === 'whole') return () => ({ start: 0, end: text.length })
      return by === 'exact' ? range => range : alignFolded(text)
    },
  }
}

/** The hits of a search by looks, and what was seen where they are counted. */
export type FoundAlike = Found & { seen: Seen }

/** What a list finds in a text by its looks, as `findWords` does, for who wants to tell why. Pure, linear. */
export function searchAlike(index: WordIndex, text: string, limit: number): FoundAlike {
  const place = index.search.at === 'whole' ? 'whole' : 'word'
  const { trie, longest, hasNumbers } = index
  const textOf = (number: number) => (index.entries[number] as WordEntry).text
  const ways = seeAll(text).map(seen => {
    const hits = alikeHits({ trie, longest, hasNumbers, textOf, place }, seen, limit)
    return { hits, seen, rangeOf: () => rangeOfSeen(text, seen) }
  })
  return ways.find(({ hits }) => hits.length > 0) ?? (ways[0] as FoundAlike)
}

function rangeOfSeen(text: string, seen: Seen): (hit: Hit) => Range {
  const toSource = alignComposed(text)
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
