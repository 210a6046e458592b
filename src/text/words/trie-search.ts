import { codeUnitsOf } from '../code-units.ts'
import { longestShort } from '../memo.ts'
import { isSpace } from '../spaces.ts'
import { isBoundary, nextWordIn, wordClass, wordClassAt } from './boundaries.ts'
import { endsInNumber, endsInParticle, followsInterjection } from './glued.ts'
import { standsAlone } from './segments.ts'
import type { Hit, Trie } from './trie.ts'

/** Where an entry may match: the whole value, one or more whole words, or anywhere. */
export type EntryPlace = 'whole' | 'word' | 'anywhere'

/** Called for each match with the number of the entry and a half-open range; return true to stop. */
export type OnHit = (number: number, start: number, end: number) => boolean

/**
 * The matches of a tree in a text that is folded like its entries: the longest at each position, in order, up to
 * `limit`. Linear in the text.
 */
export function trieHits(trie: Trie, text: string, place: EntryPlace, limit: number): Hit[] {
  const hits: Hit[] = []
  eachHit(trie, text, place, (number, start, end) => hits.push({ number, start, end }) >= limit)
  return hits
}

/** The same, with `found` called for each match; it must not start another search. */
export function eachHit(trie: Trie, text: string, place: EntryPlace, found: OnHit): void {
  if (place === 'whole') findWhole(trie, text, found)
  else if (place === 'word') findWords(trie, text, found)
  else findAnywhere(trie, codeUnitsOf(text), found)
}

/**
 * Every entry of a tree that matches in a text, including shorter ones, each possibly more than once.
 *
 * `found` is called with its number, and must not start another search. Linear in the text.
 */
export function eachTrieHit(trie: Trie, text: string, found: (number: number) => void): void {
  const units = codeUnitsOf(text)
  const walk = walkerIn(trie, units, found)
  eachWordStart(trie, units, (at, kind, node) => {
    walk(at, kind, node)
    return false
  })
}

function findWords(trie: Trie, text: string, found: OnHit): void {
  const units = codeUnitsOf(text)
  let start = 0
  let number = -1
  let end = 0
  let goesOn = false
  const walk = walkerIn(trie, units, (last, at, isOpen) => {
    // Ways to read the text may end in any order.
    if (at < end || !standsAlone(text, start, at, isOpen)) return
    number = last
    end = at
    goesOn = isOpen
  })
  eachWordStart(trie, units, (at, kind, node) => {
    number = -1
    end = 0
    start = at
    walk(at, kind, node)
    return number !== -1 && found(number, at, goesOn ? wordEnd(units, end) : end)
  })
}

/** Called with a position where an entry may begin, its class, and the node for its first code unit. */
type Start<T> = (at: number, kind: number, node: number) => T

/** Call back for each word start where an entry may begin. The callback returns true to stop. */
function eachWordStart(trie: Trie, units: Uint16Array, isEnough: Start<boolean>): void {
  const nodes = firstNodes(units.length)
  const { other } = wordClass
  let kind: number = other
  for (let at = 0; at < units.length; at++) {
    const before = kind
    kind = wordClassAt(units, at, before)
    if (!isBoundary(before, kind) && !followsInterjection(units, at)) continue
    const unit = units[at] as number
    const node = nodes[unit] || firstNode(trie, nodes, unit)
    if (node === -1) continue
    if (mayLeadOn(trie, units, at, { kind, node }) && isEnough(at, kind, node)) return
  }
}

/** False where nothing ends at the node behind the first code unit of an entry, and nothing goes on from it. */
export function mayLeadOn(
  trie: Trie,
  units: Uint16Array,
  at: number,
  { kind, node }: { kind: number; node: number },
): boolean {
  const next = at + 1 < units.length ? (units[at + 1] as number) : 0
  if (trie.leadsOn(node, next) || isSelector(next)) return true
  return at + 1 < units.length && trie.leadsOn(node, blank) && wordClassAt(units, at + 1, kind) === wordClass.other
}

/** A cache for the nodes of first code units; in a long text each is looked up once. */
export function firstNodes(length: number): Int32Array {
  return length <= longestShort ? none : new Int32Array(0x10000)
}

const none = new Int32Array(0)

/** The node for the first code unit of an entry, or -1. */
export function firstNode(trie: Trie, nodes: Int32Array, unit: number): number {
  const node = trie.child(0, unit)
  if (nodes !== none) nodes[unit] = node
  return node
}

function findAnywhere(trie: Trie, units: Uint16Array, found: OnHit): void {
  const nodes = firstNodes(units.length)
  for (let start = 0; start < units.length; start++) {
    const unit = units[start] as number
    let node = nodes[unit] || firstNode(trie, nodes, unit)
    if (node === -1 || !trie.leadsOn(node, start + 1 < units.length ? (units[start + 1] as number) : 0)) continue
    let number = -1
    let end = 0
    for (let at = start + 1; node !== -1; at++) {
      if (trie.mayEnd(node)) {
        const longer = trie.whole(node) === -1 ? trie.stem(node) : trie.whole(node)
        if (longer !== -1) [number, end] = [longer, at]
      }
      node = at === units.length ? -1 : trie.child(node, units[at] as number)
    }
    if (number !== -1 && found(number, start, end)) return
  }
}

function findWhole(trie: Trie, text: string, found: OnHit): void {
  let stem = -1
  let node = 0
  for (let i = 0; i < text.length && node !== -1; i++) {
    node = trie.child(node, text.charCodeAt(i))
    if (node !== -1 && trie.stem(node) !== -1) stem = trie.stem(node)
  }
  const whole = node === -1 ? -1 : trie.whole(node)
  const number = whole === -1 ? stem : whole
  if (number !== -1) found(number, 0, text.length)
}

/**
 * Follows the tree from the start of a word. `found` is called for each entry that ends on the way, with its end and
 * whether any ending may follow.
 */
export function walkerIn(
  trie: Trie,
  units: Uint16Array,
  found: (number: number, end: number, isOpen: boolean) => void,
): Start<void> {
  const next = nextWordIn(units)
  const { other } = wordClass
  /** Other positions to continue from, each with its class and the node reached. */
  const open: number[] = []
  const follow = (start: number, kindOfStart: number, nodeAtStart: number, first: number) => {
    let node = nodeAtStart
    let at = start
    let kind = kindOfStart
    while (at < units.length) {
      const unit = units[at] as number
      const child = at === start && first !== -1 ? first : unit === blank ? -1 : trie.child(node, unit)
      const gap = kind === other && at > start ? trie.child(node, blank) : -1
      if (gap !== -1) {
        // Anything between two words of the text matches the space between two words of an entry, and spaces before a
        // sign match a space before a sign.
        const word = next(at)
        const sign = afterSpaces(units, at)
        if (sign > at && sign !== word && trie.leadsOn(gap, units[sign] as number)) open.push(sign, other, gap)
        const kindOfWord = word === -1 ? other : wordClassAt(units, word, other)
        if (child === -1 && word !== -1) {
          node = gap
          at = word
          kind = kindOfWord
          continue
        }
        if (word !== -1) open.push(word, kindOfWord, gap)
      }
      if (child === -1 && !(kind === other && isSelector(unit))) return
      at++
      const before = kind
      kind = at < units.length ? wordClassAt(units, at, before) : other
      if (child === -1) continue
      node = child
      if (trie.mayEnd(node)) {
        const isWithin = !isBoundary(before, kind) && !endsInParticle(units, at) && !endsInNumber(units, start, at)
        // Only a stem ends inside a word. Where both end, the whole one is told last.
        const stem = trie.stem(node)
        if (stem !== -1) found(stem, at, isWithin || before === other)
        const whole = isWithin ? -1 : trie.whole(node)
        if (whole !== -1) found(whole, at, false)
      }
    }
  }
  return (start, kindOfStart, first) => {
    follow(start, kindOfStart, 0, first)
    while (open.length > 0) {
      const node = open.pop() as number
      const kind = open.pop() as number
      follow(open.pop() as number, kind, node, -1)
    }
  }
}

const blank = 0x20

/** The first index at or after `from` that is not white space. */
function afterSpaces(units: Uint16Array, from: number): number {
  let at = from
  while (at < units.length && isSpace(units[at] as number)) at++
  return at
}

/** True for the selectors that distinguish an emoji from a sign: entries are stored without them. */
function isSelector(unit: number): boolean {
  return unit === 0xfe0e || unit === 0xfe0f
}

/** The end of the word that continues at an index. */
export function wordEnd(units: Uint16Array, from: number): number {
  let end = from
  while (end < units.length && wordClassAt(units, end, wordClass.letter) === wordClass.letter) end++
  return end
}
