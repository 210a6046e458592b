import { codeUnitsOf } from '../code-units.ts'
import { wordClass, wordClassAt } from './boundaries.ts'
import { endsAlone } from './segments.ts'
import type { Hit, Trie } from './trie.ts'
import { firstNode, firstNodes, mayLeadOn, walkerIn, wordEnd } from './trie-search.ts'

/**
 * Where entries that any beginning may precede stand in a text that is folded as they are: the longest of those in one
 * word, in order, up to `limit`. A hit begins where its word does. Pure, linear in the text.
 */
export function innerHits(trie: Trie, text: string, limit: number): Hit[] {
  const units = codeUnitsOf(text)
  const hits: Hit[] = []
  let best = { number: -1, end: 0, isOpen: false }
  const walk = walkerIn(trie, units, (number, end, isOpen) => {
    if (end >= best.end && endsAlone(text, end, isOpen)) best = { number, end, isOpen }
  })
  eachPlace(trie, units, (at, kind, node, start) => {
    best = { number: -1, end: 0, isOpen: false }
    walk(at, kind, node)
    if (best.number === -1) return false
    const hit = { number: best.number, start, end: best.isOpen ? wordEnd(units, best.end) : best.end }
    const last = hits.at(-1)
    if (last?.start !== start) return hits.length === limit || hits.push(hit) < 0
    if (hit.end > last.end) hits[hits.length - 1] = hit
    return false
  })
  return hits
}

/** Every entry that stands so, shorter ones beside the longest. `found` is called with its number. Pure but for that. */
export function eachInnerHit(trie: Trie, text: string, found: (number: number) => void): void {
  const units = codeUnitsOf(text)
  const walk = walkerIn(trie, units, found)
  eachPlace(trie, units, (at, kind, node) => {
    walk(at, kind, node)
    return false
  })
}

/** Two lists of hits, each in order and with one hit at a place, as one that is so. Pure. */
export function mergedHits(some: readonly Hit[], others: readonly Hit[]): readonly Hit[] {
  if (others.length === 0) return some
  const all = [...some, ...others].sort((one, other) => one.start - other.start || other.end - one.end)
  return all.filter(({ start }, at) => start !== all[at - 1]?.start)
}

/** Is told of a place where an entry may begin: its class, the node that its first code unit leads to, its word's start. */
type Place = (at: number, kind: number, node: number, wordStart: number) => boolean

function eachPlace(trie: Trie, units: Uint16Array, isEnough: Place): void {
  const nodes = firstNodes(units.length)
  const { letter, other } = wordClass
  let kind: number = other
  let wordStart = 0
  for (let at = 0; at < units.length; at++) {
    const before = kind
    kind = wordClassAt(units, at, before)
    if (kind === letter && before !== letter) wordStart = at
    const unit = units[at] as number
    const node = nodes[unit] || firstNode(trie, nodes, unit)
    if (node === -1 || !mayLeadOn(trie, units, at, { kind, node })) continue
    // A sign behind a word has that word before it.
    const isOfWord = kind === letter || (kind === other && before === letter)
    if (isEnough(at, kind, node, isOfWord ? wordStart : at)) return
  }
}
