import { hasShape, isEdge, isHan, kindAt } from './alike-places.ts'
import { longestShort } from './last-long.ts'
import { lookOf, traits } from './look.ts'
import { pointTable } from './point-table.ts'
import type { Seen } from './seen.ts'
import type { Trie } from './trie.ts'

/** Where entries may begin: those of a tree, as the whole value or as words. */
export type Starts = { trie: Trie; place: 'whole' | 'word'; hasNumbers: boolean }

/**
 * Call back with each place where an entry may begin, in order, until told to stop by true. Pure but for that, linear.
 */
export function eachStart({ trie, place, hasNumbers }: Starts, seen: Seen, isEnough: (start: number) => boolean): void {
  const canBegin = beginnings(trie, seen)
  const last = place === 'word' ? seen.count - 1 : Math.min(inkOf(seen), seen.count - 1)
  const shapeAfter = nextShapeIn(seen)
  let isAfterDigits = true
  for (let start = 0; start <= last; start++) {
    isAfterDigits = isEdge(seen, start - 1) || (isAfterDigits && kindAt(seen, start - 1) === traits.digit)
    if (!canBegin(start)) continue
    if (place === 'word') {
      // Digits before a word belong to it no more than a blank would (`24support`).
      if (!isAfterDigits && !isHan(seen, start) && !isHan(seen, start - 1)) continue
      if (kindAt(seen, start) === traits.mark) continue
      if (isInRow(seen, start, shapeAfter) && !(hasNumbers && startsNumber(seen, start))) continue
    }
    if (isEnough(start)) return
  }
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

/** The first place that is more than a gap or a sign, or the end. */
function inkOf(seen: Seen): number {
  let at = 0
  while (at < seen.count && isEdge(seen, at)) at++
  return at
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
