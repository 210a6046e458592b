import { hasShape, inkEnd, inkStart, isEdge, isHan, kindAt, reach } from './alike-places.ts'
import { longestShort } from './last-long.ts'
import { lookOf, traits } from './look.ts'
import { pointTable } from './point-table.ts'
import type { Seen } from './seen.ts'
import type { Trie } from './trie.ts'

/** Where entries may begin: those of a tree, as the whole value or as words. */
export type Starts = { trie: Trie; longest: number; place: 'whole' | 'word'; hasNumbers: boolean }

/**
 * Call back with each place where an entry may begin, in order, until told to stop by true. Pure but for that, linear.
 */
export function eachStart(search: Starts, seen: Seen, isEnough: (start: number) => boolean): void {
  if (search.place === 'word') eachWordStart(search, seen, isEnough)
  else eachWholeStart(search, seen, isEnough)
}

function eachWordStart({ trie, hasNumbers }: Starts, seen: Seen, isEnough: (start: number) => boolean): void {
  const canBegin = beginnings(trie, seen)
  const shapeAfter = nextShapeIn(seen)
  let isAfterDigits = true
  for (let start = 0; start < seen.count; start++) {
    isAfterDigits = isEdge(seen, start - 1) || (isAfterDigits && kindAt(seen, start - 1) === traits.digit)
    if (!canBegin(start)) continue
    // Digits before a word belong to it no more than a blank would (`24support`).
    if (!isAfterDigits && !isHan(seen, start) && !isHan(seen, start - 1)) continue
    if (kindAt(seen, start) === traits.mark) continue
    if (isInRow(seen, start, shapeAfter) && !(hasNumbers && startsNumber(seen, start))) continue
    if (isEnough(start)) return
  }
}

/** Before the whole there are only gaps and signs, and it must reach the end but for such, or be a stem. */
function eachWholeStart({ trie, longest }: Starts, seen: Seen, isEnough: (start: number) => boolean): void {
  const canBegin = beginnings(trie, seen)
  const last = Math.min(inkStart(seen), seen.count - 1)
  const first = trie.hasStems ? 0 : Math.max(0, inkEnd(seen) - reach(longest))
  for (let start = first; start <= last; start++) if (canBegin(start) && isEnough(start)) return
}

/** True for a place where a key of the tree can begin. In a long text each character is looked up once. */
function beginnings(trie: Trie, seen: Seen): (at: number) => boolean {
  const begins = (point: number) => lookOf(point).readings.some(reading => trie.child(0, reading.charCodeAt(0)) !== -1)
  if (seen.count <= longestShort) {
    return at => kindAt(seen, at) < traits.gap && begins(seen.points[at] as number)
  }
  const known = pointTable(point => (begins(point) ? 1 : 2))
  return at => kindAt(seen, at) < traits.gap && known(seen.points[at] as number) === 1
}

/** Of a row without letters (`!|!|1 0`) only the first and the last few can begin a word; of flags the first. */
function isInRow(seen: Seen, at: number, shapeAfter: (at: number) => number): boolean {
  if (hasShape(seen, at)) return false
  if (isFlag(seen, at) && !isFlag(seen, at - 1)) return false
  return at > 0 && !hasShape(seen, at - 1) && shapeAfter(at) - at > 6
}

/** The next place after one that has a shape, or far behind the text. To be asked of later and later places. */
function nextShapeIn(seen: Seen): (at: number) => number {
  let next = 0
  return at => {
    if (next <= at) next = at + 1
    while (next < seen.count && !hasShape(seen, next)) next++
    return next < seen.count ? next : Number.POSITIVE_INFINITY
  }
}

function isFlag(seen: Seen, at: number): boolean {
  return ((seen.traits[at] ?? 0) & traits.isFlag) !== 0
}

function startsNumber(seen: Seen, at: number): boolean {
  return kindAt(seen, at) === traits.digit && kindAt(seen, at - 1) !== traits.digit
}
