import type { Hit, Trie } from '../words/trie.ts'
import { shapeOf, traits, unitsOf } from './character-shape.ts'
import { isMeant } from './meant.ts'
import { type Candidate, isMisleading, isStray } from './misleading.ts'
import { inkEnd, isEdge, isStarAt, isStutter, isUnspacedAt, kindAt, reach, vowels } from './places.ts'
import { eachStart } from './starts.ts'
import type { VisibleText } from './visible-text.ts'

/** What to search for: the tree of keys, the entries behind its numbers, and where they may match. */
export type LookalikeSearch = {
  trie: Trie
  /** Length of the longest key, in UTF-16 code units. */
  longest: number
  /** True if an entry has no letter, such as a telephone number. */
  hasNumbers: boolean
  /** The text of the entry with a number, without the star of a stem. */
  textOf: (number: number) => string
  /** The numbers of other entries with the same key, by number. */
  sharing: ReadonlyMap<number, readonly number[]>
  place: 'whole' | 'word'
}

/**
 * The matches of entries in a text by looks: the longest at each position, in order, up to `limit`. Hits are in visible
 * positions.
 *
 * Every character may have several readings, so each step keeps all paths that the list still allows. From one
 * position, at most a few times the length of the longest entry is read. Linear in the text.
 */
export function lookalikeHits(search: LookalikeSearch, seen: VisibleText, limit: number): Hit[] {
  const view = viewOf(search, seen)
  const hits: Hit[] = []
  eachStart(search, seen, start => {
    const hit = hitAt(search, view, start)
    if (hit !== undefined) hits.push(hit)
    return hits.length >= limit
  })
  return hits
}

/** A search that only needs possible matches. */
export type LookalikeReach = Omit<LookalikeSearch, 'textOf' | 'sharing'>

/**
 * Every entry that may match in a text by looks, possibly more than once: all that `lookalikeHits` finds, also shorter
 * ones, and some that a closer check would rule out.
 *
 * `found` is called with the number of the entry. Linear in the text.
 */
export function eachLookalikeHit(search: LookalikeReach, seen: VisibleText, found: (number: number) => void): void {
  const view = viewOf(search, seen)
  eachStart(search, seen, start => {
    walk(search, view, start, ({ nodes, count }) => {
      for (let i = 0; i < count; i++) {
        const whole = search.trie.whole(nodes[i] as number)
        const stem = search.trie.stem(nodes[i] as number)
        if (whole !== -1) found(whole)
        if (stem !== -1) found(stem)
      }
    })
    return false
  })
}

/** A visible text, with what walks through it need repeatedly. */
type View = {
  seen: VisibleText
  /** True where a word, and so an entry, may end. */
  endsWord: (at: number) => boolean
  isEnd: (at: number) => boolean
  /** Buffers for the paths of a step and of the next: allocating them for each walk is too slow. */
  ways: Ways
  next: Ways
}

/** The nodes that the readings of a text lead to; only the first `count` are valid. */
type Ways = { nodes: number[]; count: number }

function viewOf({ place }: LookalikeReach, seen: VisibleText): View {
  const endsWord = wordEndsIn(seen)
  return {
    seen,
    endsWord,
    isEnd: place === 'word' ? endsWord : wholeEndsIn(seen),
    ways: { nodes: [], count: 0 },
    next: { nodes: [], count: 0 },
  }
}

/** True where only gaps and signs follow. */
function wholeEndsIn(seen: VisibleText): (at: number) => boolean {
  let end = -1
  return at => {
    if (end === -1) end = inkEnd(seen)
    return at >= end
  }
}

/** True where a word ends. Digits may follow it (`admin01`), but a number is not split (`Bo79` is not bot). */
function wordEndsIn(seen: VisibleText): (at: number) => boolean {
  const digitsEnd = digitsEndIn(seen)
  return at => {
    const kind = kindAt(seen, at)
    if (kind === traits.mark) return false
    if (isUnspacedAt(seen, at) || isUnspacedAt(seen, at - 1)) return true
    if (kind !== traits.digit) return isEdge(seen, at)
    return kindAt(seen, at - 1) !== traits.digit && isEdge(seen, digitsEnd(at))
  }
}

/** The first non-digit at or after a position. A run of digits is scanned only once. */
function digitsEndIn(seen: VisibleText): (from: number) => number {
  let known = { from: 0, to: -1 }
  return from => {
    if (kindAt(seen, from) !== traits.digit) return from
    if (from < known.from || from > known.to) {
      let to = from
      while (kindAt(seen, to) === traits.digit) to++
      known = { from, to }
    }
    return known.to
  }
}

function hitAt(search: LookalikeSearch, view: View, start: number): Hit | undefined {
  let best: Hit | undefined
  walk(search, view, start, (ways, end) => {
    best = bestAt(search, view, ways, start, end) ?? best
  })
  return best
}

/**
 * Follow the tree from a position along every reading of a text. `reached` is called for each step at which a key may
 * end; the paths it gets are valid only until it returns.
 */
function walk(
  { trie, longest }: LookalikeReach,
  view: View,
  start: number,
  reached: (ways: Ways, end: number) => void,
): void {
  const { seen } = view
  const limit = Math.min(seen.count, start + reach(longest))
  let { ways, next } = view
  ways.nodes[0] = 0
  ways.count = 1
  let skipped = 0
  for (let i = start; i < limit && ways.count > 0; i++) {
    const kind = (seen.traits[i] as number) & traits.kind
    if (kind >= traits.gap) {
      if (i > start && isStarAt(seen, i)) readStar(trie, ways)
      continue
    }
    next.count = 0
    step(trie, ways, seen, i, next)
    if (i > start && (isStutter(seen, i, 0, seen.count) || isStray(view, i))) unite(next, ways)
    if (mayEnd(trie, next)) reached(next, i + 1)
    skipped = kind === traits.sign ? skipped + 1 : 0
    // A sign inside a word may also be just a separator, but not many in a row.
    if (i > start && skipped > 0 && skipped <= mostSkipped) unite(next, ways)
    const spare = ways
    ways = next
    next = spare
  }
}

const mostSkipped = 2

/** A star in the midst of a word may only part its letters, and may hide a vowel (`f*ck`). */
function readStar(trie: Trie, ways: Ways): void {
  for (let i = ways.count - 1; i >= 0; i--) {
    for (const vowel of vowels) add(ways, trie.child(ways.nodes[i] as number, vowel))
  }
}

function mayEnd(trie: Trie, { nodes, count }: Ways): boolean {
  for (let i = 0; i < count; i++) if (trie.mayEnd(nodes[i] as number)) return true
  return false
}

function unite(some: Ways, { nodes, count }: Ways): void {
  for (let i = 0; i < count; i++) add(some, nodes[i] as number)
}

function step(trie: Trie, { nodes, count }: Ways, seen: VisibleText, at: number, next: Ways): void {
  const point = seen.points[at] as number
  const isItself = ((seen.traits[at] as number) & traits.isItself) !== 0
  if (isItself && point < 0x10000) {
    for (let i = 0; i < count; i++) add(next, trie.child(nodes[i] as number, point))
    return
  }
  const readings = isItself ? [halvesOf(point)] : unitsOf(shapeOf(point))
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < readings.length; k++) add(next, trie.follow(nodes[i] as number, readings[k] as number[]))
  }
}

/** The surrogates of a code point beyond the first plane. */
function halvesOf(point: number): number[] {
  return [0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff)]
}

function add(ways: Ways, node: number): void {
  if (node === -1) return
  for (let i = 0; i < ways.count; i++) if (ways.nodes[i] === node) return
  ways.nodes[ways.count++] = node
}

/** The hit that ends here, if one of the paths so far is an entry. */
function bestAt(
  search: LookalikeSearch,
  { seen, endsWord, isEnd }: View,
  { nodes, count }: Ways,
  start: number,
  end: number,
): Hit | undefined {
  for (let i = 0; i < count; i++) {
    const node = nodes[i] as number
    const stem = search.trie.stem(node)
    const whole = search.trie.whole(node)
    if (stem === -1 && whole === -1) continue
    const ends = isEnd(end)
    const found = { seen, start, end }
    const number = (ends ? meant(search, found, whole, false) : undefined) ?? meant(search, found, stem, true)
    if (number === undefined) continue
    let to = end
    while (!ends && to < seen.count && !endsWord(to)) to++
    return { number, start, end: to }
  }
  return undefined
}

/** The entry that is meant of those with the key of one. */
function meant(
  { textOf, sharing, place }: LookalikeSearch,
  found: Candidate,
  number: number,
  isOpen: boolean,
): number | undefined {
  if (number === -1) return undefined
  const is = (entry: string) => isMeant(found, entry, place) && !isMisleading(found, entry, isOpen)
  if (is(textOf(number))) return number
  return sharing.get(number)?.find(other => is(textOf(other)))
}
