import { isBetween, isBoundary, nextWordIn, wordClasses } from './boundaries.ts'
import type { Hit } from './hit.ts'
import { rememberingLong } from './last-long.ts'
import type { Trie } from './trie.ts'

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
  const words = place === 'word' ? wordsOf(text) : undefined
  const hits: Hit[] = []
  for (let start = 0; start < text.length && hits.length < limit; start++) {
    if (words !== undefined && !isBoundary(words.classes, start)) continue
    const hit = words === undefined ? anywhereAt(trie, text, start) : wordAt(trie, words, start)
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
  for (let start = 0; start < text.length; start++) {
    if (isBoundary(words.classes, start)) walkWord(trie, words, start, found)
  }
}

/** A text, and where its words are. */
type Words = { text: string; classes: Uint8Array; next: (from: number) => number }

const wordsOf = rememberingLong((text): Words => {
  const classes = wordClasses(text)
  return { text, classes, next: nextWordIn(classes) }
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

function anywhereAt(trie: Trie, text: string, start: number): Hit | undefined {
  let best: Hit | undefined
  let node = 0
  for (let i = start; i < text.length; i++) {
    node = trie.child(node, text.charCodeAt(i))
    if (node === -1) break
    const number = trie.whole(node) === -1 ? trie.stem(node) : trie.whole(node)
    if (number !== -1) best = { number, start, end: i + 1 }
  }
  return best
}

function wordAt(trie: Trie, words: Words, start: number): Hit | undefined {
  let number = -1
  let end = start
  walkWord(trie, words, start, (found, at) => {
    number = found
    end = at
  })
  return number === -1 ? undefined : { number, start, end: wordEnd(words.classes, end) }
}

/** Follow the tree from the beginning of a word; `found` is told of each entry that ends on the way, and where. */
function walkWord(
  trie: Trie,
  { text, classes, next }: Words,
  start: number,
  found: (number: number, end: number) => void,
): void {
  let node = 0
  for (let i = start; i < text.length; ) {
    const unit = text.charCodeAt(i)
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
