import { isLong } from './alike-keys.ts'
import { inkEnd, isEdge, isHan, isStutter, kindAt, reach } from './alike-places.ts'
import { eachStart } from './alike-starts.ts'
import { type DeadEnds, deadEndsIn } from './dead-ends.ts'
import type { Hit } from './hit.ts'
import { lookOf, traits } from './look.ts'
import { charsAt, isGapAt, type Seen, see } from './seen.ts'
import type { Trie } from './trie.ts'

/** What is looked for: the tree of keys, the entries that its numbers mean, and where they may stand. */
export type AlikeSearch = {
  trie: Trie
  /** Length of the longest key, in UTF-16 code units. */
  longest: number
  /** True when an entry has no letter, such as a telephone number. */
  hasNumbers: boolean
  textOf: (number: number) => string
  place: 'whole' | 'word'
}

/**
 * Where the entries stand in a text by what it looks like: the longest at each place, in order, up to `limit`. A
 * hit is counted in places seen.
 *
 * Every character may have several readings, so each step keeps all the ways that the list still allows. From one
 * place no more is read than a few times the longest entry. Pure, linear in the text.
 */
export function alikeHits(search: AlikeSearch, seen: Seen, limit: number): Hit[] {
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
export type AlikeReach = Omit<AlikeSearch, 'textOf'>

/**
 * Every entry that may stand in a text by what it looks like, each perhaps several times: all that `alikeHits` finds,
 * shorter ones beside the longest, and some that on a closer look are not meant.
 *
 * `found` is called with its number. Pure but for that, linear in the text.
 */
export function eachAlikeHit(search: AlikeReach, seen: Seen, found: (number: number) => void): void {
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
  seen: Seen
  /** True where a word ends, and where an entry may. */
  endsWord: (at: number) => boolean
  isEnd: (at: number) => boolean
  deadEnds: DeadEnds
  /** Room for the ways to read, of each step and of the next: a walk has no time to make its own. */
  ways: Ways
  next: Ways
}

/** The nodes that a text can be read to have led to; only the first `count` are meant. */
type Ways = { nodes: number[]; count: number }

function viewOf({ place }: AlikeReach, seen: Seen): View {
  const endsWord = wordEndsIn(seen)
  return {
    seen,
    endsWord,
    isEnd: place === 'word' ? endsWord : wholeEndsIn(seen),
    deadEnds: deadEndsIn(seen),
    ways: { nodes: [], count: 0 },
    next: { nodes: [], count: 0 },
  }
}

/** True where nothing but gaps and signs follows. */
function wholeEndsIn(seen: Seen): (at: number) => boolean {
  let end = -1
  return at => {
    if (end === -1) end = inkEnd(seen)
    return at >= end
  }
}

/** True where a word ends. Digits after it are not of it (`admin01`), but a number is not torn apart (`Bo79` is no bot). */
function wordEndsIn(seen: Seen): (at: number) => boolean {
  const digitsEnd = digitsEndIn(seen)
  return at => {
    const kind = kindAt(seen, at)
    if (kind === traits.mark) return false
    if (isHan(seen, at) || isHan(seen, at - 1)) return true
    if (kind !== traits.digit) return isEdge(seen, at)
    return kindAt(seen, at - 1) !== traits.digit && isEdge(seen, digitsEnd(at))
  }
}

/** The first place that is no digit, from one on. Many ask about one row of digits: it is walked once. */
function digitsEndIn(seen: Seen): (from: number) => number {
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

function hitAt(search: AlikeSearch, view: View, start: number): Hit | undefined {
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
  { trie, longest }: AlikeReach,
  view: View,
  start: number,
  reached: (ways: Ways, end: number) => void,
): void {
  const { seen, deadEnds } = view
  if (deadEnds.has(start)) return
  const limit = Math.min(seen.count, start + reach(longest))
  let { ways, next } = view
  ways.nodes[0] = 0
  ways.count = 1
  let skipped = 0
  let isDeadEnd = true
  let i = start
  for (; i < limit && ways.count > 0; i++) {
    const kind = (seen.traits[i] as number) & traits.kind
    if (kind >= traits.gap) continue
    next.count = 0
    step(trie, ways, seen, i, next)
    if (i > start && isStutter(seen, i, 0, seen.count)) unite(next, ways)
    if (mayEnd(trie, next)) {
      isDeadEnd = false
      reached(next, i + 1)
    }
    skipped = kind === traits.sign ? skipped + 1 : 0
    // A sign inside a word may also be a mere separator, but not many in a row.
    if (i > start && skipped > 0 && skipped <= mostSkipped) unite(next, ways)
    const spare = ways
    ways = next
    next = spare
  }
  // To tell a letter held down, the place after the last was looked at, too.
  if (isDeadEnd) deadEnds.add(start, i + 1)
}

const mostSkipped = 2

function mayEnd(trie: Trie, { nodes, count }: Ways): boolean {
  for (let i = 0; i < count; i++) if (trie.mayEnd(nodes[i] as number)) return true
  return false
}

function unite(some: Ways, { nodes, count }: Ways): void {
  for (let i = 0; i < count; i++) add(some, nodes[i] as number)
}

function step(trie: Trie, { nodes, count }: Ways, seen: Seen, at: number, next: Ways): void {
  const point = seen.points[at] as number
  const isItself = ((seen.traits[at] as number) & traits.isItself) !== 0
  if (isItself && point < 0x10000) {
    for (let i = 0; i < count; i++) add(next, trie.child(nodes[i] as number, point))
    return
  }
  const readings = isItself ? [halvesOf(point)] : lookOf(point).units
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
  search: AlikeSearch,
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
    const number = ends && whole !== -1 ? whole : stem
    if (number !== -1 && isMeant(search, seen, start, end, number)) {
      let to = end
      while (!ends && to < seen.count && !endsWord(to)) to++
      return { number, start, end: to }
    }
  }
  return undefined
}

/** True when what was read is meant so: not numbers or signs alone, and not the words of a sentence run together. */
function isMeant(search: AlikeSearch, seen: Seen, start: number, end: number, number: number): boolean {
  const text = search.textOf(number)
  if (isWeak(seen, start, end) && !isPlain(seen, start, end, text)) return false
  if (!isLong(text) && hasStutter(seen, start, end)) {
    const meant = see(text)
    if (inkCount(seen, start, end) > inkCount(meant, 0, meant.count)) return false
  }
  return search.place === 'whole' || isOneWord(seen, start, end, text)
}

/** True when there is nothing but gaps and what means a letter only beside letters. */
function isWeak(seen: Seen, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (!isGapAt(seen, at) && ((seen.traits[at] as number) & traits.isWeak) === 0) return false
  }
  return true
}

function hasStutter(seen: Seen, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isStutter(seen, at, start, end)) return true
  return false
}

/** Digits and signs are letters only beside letters; a number is found by that number, and a flag is no word. */
function isPlain(seen: Seen, start: number, end: number, text: string): boolean {
  const found = inkOf(seen, start, end)
  if ((found.match(/\p{Regional_Indicator}/gu)?.length ?? 0) > 2) return true
  const meant = see(text)
  return found === inkOf(meant, 0, meant.count)
}

function inkCount(seen: Seen, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) if (!isGapAt(seen, at)) count++
  return count
}

/** The digits, signs and letters as they are written, without what stands between them. */
function inkOf(seen: Seen, start: number, end: number): string {
  let ink = ''
  for (let at = start; at < end; at++) if (!isGapAt(seen, at)) ink += charsAt(seen, at)
  return ink.normalize('NFKC')
}

/**
 * Blanks part words. They are overlooked where the entry has as many, between Han, in a word spelt out letter by
 * letter (`a d m i n`: three pieces or more, with one of several letters at most, or two in each), and once in a long
 * word (`help desk`), which two words of a sentence hardly make by chance.
 */
function isOneWord(seen: Seen, start: number, end: number, text: string): boolean {
  let blanks = 0
  const runs = [0]
  for (let at = start; at < end; at++) {
    const kind = kindAt(seen, at)
    const isWithin = at > start && at + 1 < end && isHan(seen, at - 1) && isHan(seen, at + 1)
    if (kind === traits.space && !isWithin) blanks++
    if (kind >= traits.gap) runs.push(0)
    else if (kind !== traits.mark) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
  }
  if (blanks === 0 || blanks < wordCount(text)) return true
  if (blanks === 1) return end - start > longWord
  return runs.filter(size => size > 1).length <= 1 || runs.every(size => size <= 2)
}

/** Letters that a long word has at least: `paypal` is one, `admin` is not. */
const longWord = 6

function wordCount(text: string): number {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0
}
