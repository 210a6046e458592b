import { isBetween, isBoundary, nextWordIn, wordClasses } from './boundaries.ts'
import type { Hit } from './hit.ts'
import { longestShort, rememberingLong } from './last-long.ts'
import { pointTable } from './point-table.ts'
import type { Trie } from './trie.ts'
import { unitsOf } from './units.ts'

/** Where an entry may stand: as the whole value, as a word or several in sequence, or anywhere. */
export type Place = 'whole' | 'word' | 'anywhere'

/** An entry as the tree holds it: its words with one blank between them, where it has words. Pure. */
export function plainKey(text: string, place: Place): string {
  if (place !== 'word') return text
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*/gu)
  return words === null ? text : words.join(' ')
}

/**
 * Where the entries of a tree stand in a text that is folded as they are: the longest at each place, in order, up
 * to `limit`. Pure, linear in the text.
 */
export function plainHits(trie: Trie, text: string, place: Place, limit: number): Hit[] {
  if (place === 'whole') return wholeHit(trie, text)
  return place === 'word' ? wordHits(trie, wordsOf(text), limit) : hitsAnywhere(trie, unitsOf(text), limit)
}

function wordHits(trie: Trie, words: Words, limit: number): Hit[] {
  const hits: Hit[] = []
  let number = -1
  let end = 0
  const found = (last: number, at: number) => {
    number = last
    end = at
  }
  eachWordStart(trie, words, start => {
    number = -1
    walkWord(trie, words, start, found)
    if (number !== -1) hits.push({ number, start, end: wordEnd(words.classes, end) })
    return hits.length >= limit
  })
  return hits
}

/** Call back with each place where a word begins that an entry can begin with, until told to stop by true. */
function eachWordStart(trie: Trie, { units, classes }: Words, isEnough: (start: number) => boolean): void {
  const canBegin = beginnings(trie, units.length)
  for (let start = 0; start < units.length; start++) {
    if (canBegin(units[start] as number) && isBoundary(classes, start) && isEnough(start)) return
  }
}

/** True for a code unit with which a text of the tree begins. For a long text each is looked up once. */
function beginnings(trie: Trie, length: number): (unit: number) => boolean {
  const begins = (unit: number) => trie.child(0, unit) !== -1
  if (length <= longestShort) return begins
  const known = pointTable(unit => (begins(unit) ? 1 : 2))
  return unit => known(unit) === 1
}

function hitsAnywhere(trie: Trie, units: Uint16Array, limit: number): Hit[] {
  const canBegin = beginnings(trie, units.length)
  const hits: Hit[] = []
  for (let start = 0; start < units.length && hits.length < limit; start++) {
    const hit = canBegin(units[start] as number) ? anywhereAt(trie, units, start) : undefined
    if (hit !== undefined) hits.push(hit)
  }
  return hits
}

/**
 * Every entry of a tree that stands in a text, shorter ones beside the longest, each perhaps several times.
 *
 * `found` is called with its number. Pure but for that, linear in the text.
 */
export function eachPlainHit(trie: Trie, text: string, found: (number: number) => void): void {
  const words = wordsOf(text)
  eachWordStart(trie, words, start => {
    walkWord(trie, words, start, found)
    return false
  })
}

/** The code units of a text, and where its words are. */
type Words = { units: Uint16Array; classes: Uint8Array; next: (from: number) => number }

const wordsOf = rememberingLong((text): Words => {
  const units = unitsOf(text)
  const classes = wordClasses(units)
  return { units, classes, next: nextWordIn(classes) }
})

function wholeHit(trie: Trie, text: string): Hit[] {
  let stem = -1
  let node = 0
  for (let i = 0; i < text.length && node !== -1; i++) {
    node = trie.child(node, text.charCodeAt(i))
    if (node !== -1 && trie.stem(node) !== -1) stem = trie.stem(node)
  }
  const whole = node === -1 ? -1 : trie.whole(node)
  const number = whole === -1 ? stem : whole
  return number === -1 ? [] : [{ number, start: 0, end: text.length }]
}

function anywhereAt(trie: Trie, units: Uint16Array, start: number): Hit | undefined {
  let best: Hit | undefined
  let node = 0
  for (let i = start; i < units.length; i++) {
    node = trie.child(node, units[i] as number)
    if (node === -1) break
    const number = trie.whole(node) === -1 ? trie.stem(node) : trie.whole(node)
    if (number !== -1) best = { number, start, end: i + 1 }
  }
  return best
}

/** Follow the tree from the beginning of a word; `found` is told of each entry that ends on the way, and where. */
function walkWord(
  trie: Trie,
  { units, classes, next }: Words,
  start: number,
  found: (number: number, end: number) => void,
): void {
  let node = 0
  for (let i = start; i < units.length; ) {
    const unit = units[i] as number
    const child = unit === blank ? -1 : trie.child(node, unit)
    if (child !== -1) {
      node = child
      i++
      // Only a stem ends inside a word. Where both end, the whole one is told last.
      const stem = trie.stem(node)
      if (stem !== -1) found(stem, i)
      const whole = isBoundary(classes, i) ? trie.whole(node) : -1
      if (whole !== -1) found(whole, i)
      continue
    }
    // Whatever stands between two words of the text stands for the blank between two words of an entry.
    if (i === start || !isBetween(classes, i)) break
    node = trie.child(node, blank)
    if (node === -1) break
    i = next(i)
    if (i === -1) break
  }
}

const blank = 0x20

function wordEnd(classes: Uint8Array, from: number): number {
  let end = from
  while (!isBoundary(classes, end)) end++
  return end
}
