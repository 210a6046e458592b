import { isBetween, isBoundary, nextWordIn, wordClasses } from './boundaries.ts'
import type { Hit } from './hit.ts'
import { longestShort, rememberingLong } from './last-long.ts'
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
  eachWordStart(trie, words, (start, node) => {
    number = -1
    walkWord(trie, words, { start, node }, found)
    if (number !== -1) hits.push({ number, start, end: wordEnd(words.classes, end) })
    return hits.length >= limit
  })
  return hits
}

/** A place where an entry may begin, and the node that its first code unit leads to. */
type Start = { start: number; node: number }

/** Call back with each place where a word begins that an entry can begin with, until told to stop by true. */
function eachWordStart(
  trie: Trie,
  { units, classes }: Words,
  isEnough: (start: number, node: number) => boolean,
): void {
  const first = firstNodes(trie, units.length)
  for (let start = 0; start < units.length; start++) {
    if (!isBoundary(classes, start)) continue
    const node = first(units[start] as number)
    if (node === -1) continue
    const leadsOn = trie.leadsOn(node, start + 1 < units.length ? (units[start + 1] as number) : 0)
    if ((leadsOn || (isBetween(classes, start + 1) && trie.leadsOn(node, blank))) && isEnough(start, node)) return
  }
}

/** The node behind the first code unit of a text of the tree, or -1. For a long text each is looked up once. */
function firstNodes(trie: Trie, length: number): (unit: number) => number {
  if (length <= longestShort) return unit => trie.child(0, unit)
  const known = new Int32Array(0x10000)
  return unit => known[unit] || remember(known, unit, trie.child(0, unit))
}

function remember(known: Int32Array, unit: number, node: number): number {
  known[unit] = node
  return node
}

function hitsAnywhere(trie: Trie, units: Uint16Array, limit: number): Hit[] {
  const first = firstNodes(trie, units.length)
  const hits: Hit[] = []
  for (let start = 0; start < units.length && hits.length < limit; start++) {
    const node = first(units[start] as number)
    if (node === -1 || !trie.leadsOn(node, start + 1 < units.length ? (units[start + 1] as number) : 0)) continue
    const hit = anywhereAt(trie, units, start, node)
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
  eachWordStart(trie, words, (start, node) => {
    walkWord(trie, words, { start, node }, found)
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

function anywhereAt(trie: Trie, units: Uint16Array, start: number, first: number): Hit | undefined {
  let best: Hit | undefined
  let node = first
  for (let end = start + 1; node !== -1; end++) {
    const number = trie.whole(node) === -1 ? trie.stem(node) : trie.whole(node)
    if (number !== -1) best = { number, start, end }
    node = end === units.length ? -1 : trie.child(node, units[end] as number)
  }
  return best
}

/** Follow the tree from the beginning of a word; `found` is told of each entry that ends on the way, and where. */
function walkWord(
  trie: Trie,
  { units, classes, next }: Words,
  { start, node: first }: Start,
  found: (number: number, end: number) => void,
): void {
  let node = 0
  for (let i = start; i < units.length; ) {
    const unit = units[i] as number
    const child = unit === blank ? -1 : i === start ? first : trie.child(node, unit)
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
