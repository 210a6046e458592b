import type { Hit, Trie } from '../words/trie.ts'
import { shapeOf, traits } from './character-shape.ts'
import { isMeant } from './meant.ts'
import { type Candidate, isMisleading, isStray } from './misleading.ts'
import { inkEnd, isEdge, isStarAt, isStutter, isUnspacedAt, kindAt, reach, vowels } from './places.ts'
import { eachStart } from './starts.ts'
import type { VisibleText } from './visible-text.ts'

/** What is looked for: the tree of keys, the entries that its numbers mean, and where they may stand. */
export type LookalikeSearch = {
  trie: Trie
  /** Length of the longest key, in UTF-16 code units. */
  longest: number
  /** True when an entry has no letter, such as a telephone number. */
  hasNumbers: boolean
  /** What is looked for under a number, without the star of a stem. */
  textOf: (number: number) => string
  /** Numbers of others that have the key of a number, too. */
  sharing: ReadonlyMap<number, readonly number[]>
  place: 'whole' | 'word'
}

/**
 * Where the entries stand in a text by what it looks like: the longest at each place, in order, up to `limit`. A
 * hit is counted in places seen.
 *
 * Every character may have several readings, so each step keeps all the ways that the list still allows. From one
 * place no more is read than a few times the longest entry. Pure, linear in the text.
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

/** What there is to say of a search that is content with what may be there. */
export type LookalikeReach = Omit<LookalikeSearch, 'textOf' | 'sharing'>

/**
 * Every entry that may stand in a text by what it looks like, each perhaps several times: all that `alikeHits` finds,
 * shorter ones beside the longest, and some that on a closer look are not meant.
 *
 * `found` is called with its number. Pure but for that, linear in the text.
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

/** A text as seen, with what the walks through it ask again and again. */
type View = {
  seen: VisibleText
  /** True where a word ends, and where an entry may. */
  endsWord: (at: number) => boolean
  isEnd: (at: number) => boolean
  /** Room for the ways to read, of each step and of the next: a walk has no time to make its own. */
  ways: Ways
  next: Ways
}

/** The nodes that a text can be read to have led to; only the first `count` are meant. */
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

/** True where nothing but gaps and signs follows. */
function wholeEndsIn(seen: VisibleText): (at: number) => boolean {
  let end = -1
  return at => {
    if (end === -1) end = inkEnd(seen)
    return at >= end
  }
}

/** True where a word ends. Digits after it are not of it (`admin01`), but a number is not torn apart (`Bo79` is no bot). */
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

/** The first place that is no digit, from one on. Many ask about one row of digits: it is walked once. */
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
 * Follow the tree from a place in every way that a text can be read; `reached` is told of each step at which a key may
 * end, and where, and may not keep the ways.
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
    // A sign inside a word may also be a mere separator, but not many in a row.
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
  const readings = isItself ? [halvesOf(point)] : shapeOf(point).units
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < readings.length; k++) add(next, trie.follow(nodes[i] as number, readings[k] as number[]))
  }
}

/** The code units of a code point beyond the first plane. */
function halvesOf(point: number): number[] {
  return [0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff)]
}

function add(ways: Ways, node: number): void {
  if (node === -1) return
  for (let i = 0; i < ways.count; i++) if (ways.nodes[i] === node) return
  ways.nodes[ways.count++] = node
}

/** The hit that ends here, if one of the ways to read so far is an entry. */
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
  const is = (entry: string) =>
    isMeant(found, entry, place) && (place === 'whole' || !isMisleading(found, entry, isOpen))
  if (is(textOf(number))) return number
  return sharing.get(number)?.find(other => is(textOf(other)))
}
