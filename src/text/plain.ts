import { isBoundary, nextWordIn, wordClass, wordClassAt } from './boundaries.ts'
import type { Hit } from './hit.ts'
import { longestShort } from './last-long.ts'
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
  const units = unitsOf(text)
  return place === 'word' ? wordHits(trie, units, limit) : hitsAnywhere(trie, units, limit)
}

/**
 * Every entry of a tree that stands in a text, shorter ones beside the longest, each perhaps several times.
 *
 * `found` is called with its number, and must not read another text. Pure but for that, linear in the text.
 */
export function eachPlainHit(trie: Trie, text: string, found: (number: number) => void): void {
  const units = unitsOf(text)
  const walk = walkerIn(trie, units, found)
  eachWordStart(trie, units, start => {
    walk(start)
    return false
  })
}

function wordHits(trie: Trie, units: Uint16Array, limit: number): Hit[] {
  const hits: Hit[] = []
  let number = -1
  let end = 0
  let isWithin = false
  const walk = walkerIn(trie, units, (last, at, isWithinWord) => {
    number = last
    end = at
    isWithin = isWithinWord
  })
  eachWordStart(trie, units, start => {
    number = -1
    walk(start)
    if (number !== -1) hits.push({ number, start: start.at, end: isWithin ? wordEnd(units, end) : end })
    return hits.length >= limit
  })
  return hits
}

/** A place where an entry may begin, its class, and the node that its first code unit leads to. */
type Start = { at: number; kind: number; node: number }

/** Call back with each place where a word begins that an entry can begin with, until told to stop by true. */
function eachWordStart(trie: Trie, units: Uint16Array, isEnough: (start: Start) => boolean): void {
  const nodes = firstNodes(units.length)
  const { other } = wordClass
  let kind: number = other
  for (let at = 0; at < units.length; at++) {
    const before = kind
    kind = wordClassAt(units, at, before)
    if (!isBoundary(before, kind)) continue
    const unit = units[at] as number
    const node = nodes[unit] || firstNode(trie, nodes, unit)
    if (node === -1) continue
    const next = at + 1 < units.length ? (units[at + 1] as number) : 0
    const leadsOn =
      trie.leadsOn(node, next) ||
      (at + 1 < units.length && trie.leadsOn(node, blank) && wordClassAt(units, at + 1, kind) === other)
    if (leadsOn && isEnough({ at, kind, node })) return
  }
}

/** For the nodes behind the code units that entries begin with; in a long text each is looked up once. */
function firstNodes(length: number): Int32Array {
  return length <= longestShort ? none : new Int32Array(0x10000)
}

const none = new Int32Array(0)

/** The node behind the first code unit of an entry, or -1. */
function firstNode(trie: Trie, nodes: Int32Array, unit: number): number {
  const node = trie.child(0, unit)
  if (nodes !== none) nodes[unit] = node
  return node
}

function hitsAnywhere(trie: Trie, units: Uint16Array, limit: number): Hit[] {
  const nodes = firstNodes(units.length)
  const hits: Hit[] = []
  for (let start = 0; start < units.length; start++) {
    const unit = units[start] as number
    const node = nodes[unit] || firstNode(trie, nodes, unit)
    if (node === -1 || !trie.leadsOn(node, start + 1 < units.length ? (units[start + 1] as number) : 0)) continue
    const hit = anywhereAt(trie, units, start, node)
    if (hit !== undefined && hits.push(hit) >= limit) break
  }
  return hits
}

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
    if (trie.mayEnd(node)) {
      const number = trie.whole(node) === -1 ? trie.stem(node) : trie.whole(node)
      if (number !== -1) best = { number, start, end }
    }
    node = end === units.length ? -1 : trie.child(node, units[end] as number)
  }
  return best
}

/**
 * Follows the tree from the beginning of a word; `found` is told of each entry that ends on the way, where, and
 * whether that is within a word.
 */
function walkerIn(
  trie: Trie,
  units: Uint16Array,
  found: (number: number, end: number, isWithinWord: boolean) => void,
): (start: Start) => void {
  const next = nextWordIn(units)
  return start => {
    let node = 0
    let { at, kind } = start
    while (at < units.length) {
      const unit = units[at] as number
      const child = unit === blank ? -1 : at === start.at ? start.node : trie.child(node, unit)
      if (child !== -1) {
        node = child
        at++
        const before = kind
        kind = at < units.length ? wordClassAt(units, at, before) : wordClass.other
        if (trie.mayEnd(node)) {
          const isWithin = !isBoundary(before, kind)
          // Only a stem ends inside a word. Where both end, the whole one is told last.
          const stem = trie.stem(node)
          if (stem !== -1) found(stem, at, isWithin)
          const whole = isWithin ? -1 : trie.whole(node)
          if (whole !== -1) found(whole, at, false)
        }
        continue
      }
      // Whatever stands between two words of the text stands for the blank between two words of an entry.
      if (at === start.at || kind !== wordClass.other) break
      node = trie.child(node, blank)
      if (node === -1) break
      at = next(at)
      if (at === -1) break
      kind = wordClassAt(units, at, wordClass.other)
    }
  }
}

const blank = 0x20

/** The end of the word that goes on at a place. */
function wordEnd(units: Uint16Array, from: number): number {
  let end = from
  while (end < units.length && wordClassAt(units, end, wordClass.letter) === wordClass.letter) end++
  return end
}
