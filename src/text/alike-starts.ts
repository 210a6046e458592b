import { hasShape, inkEnd, inkStart, kindAt, reach } from './alike-places.ts'
import { longestShort } from './last-long.ts'
import { isItself, lookOf, traits } from './look.ts'
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
  let isAfterDigits = true
  let before = 0
  // The next place from one on that has a shape: it is looked for where that is asked alone.
  let shape = -1
  for (let start = 0; start < seen.count; start++) {
    const last = before & traits.kind
    const wasShape = hasShape(before)
    const wasFlag = (before & traits.isFlag) !== 0
    const wasHan = (before & traits.isHan) !== 0
    const own = seen.traits[start] as number
    const kind = own & traits.kind
    before = own
    isAfterDigits = last === 0 || last >= traits.sign || (isAfterDigits && last === traits.digit)
    // Digits before a word belong to it no more than a blank would (`24support`).
    if (!isAfterDigits && (own & traits.isHan) === 0 && !wasHan) continue
    if (kind === traits.mark || kind >= traits.gap || !canBegin(start)) continue
    const isFirstFlag = (own & traits.isFlag) !== 0 && !wasFlag
    const isFirstDigit = hasNumbers && kind === traits.digit && last !== traits.digit
    if (start > 0 && !hasShape(own) && !wasShape && !isFirstFlag && !isFirstDigit) {
      // Of a row without letters (`!|!|1 0`) only the first and the last few can begin a word; of flags the first.
      if (shape < start) shape = nextShape(seen, start)
      if (shape - start > 6) continue
    }
    if (isEnough(start)) return
  }
}

/** The next place from one on that has a shape, or one far behind the text. */
function nextShape(seen: Seen, from: number): number {
  let at = from
  while (at < seen.count && !hasShape(seen.traits[at] as number)) at++
  return at < seen.count ? at : at + 7
}

/** Before the whole there are only gaps and signs, and it must reach the end but for such, or be a stem. */
function eachWholeStart({ trie, longest }: Starts, seen: Seen, isEnough: (start: number) => boolean): void {
  const canBegin = beginnings(trie, seen)
  const last = Math.min(inkStart(seen), seen.count - 1)
  const first = trie.hasStems ? 0 : Math.max(0, inkEnd(seen) - reach(longest))
  for (let start = first; start <= last; start++) {
    if (kindAt(seen, start) < traits.gap && canBegin(start) && isEnough(start)) return
  }
}

/** True for a place, no gap, where a key of the tree can begin. In a long text each character is looked up once. */
function beginnings(trie: Trie, seen: Seen): (at: number) => boolean {
  const begins = (point: number) => {
    // There are more rare Han than looks are kept of.
    if (isItself(point)) return trie.child(0, String.fromCodePoint(point).charCodeAt(0)) !== -1
    return lookOf(point).readings.some(reading => trie.child(0, reading.charCodeAt(0)) !== -1)
  }
  if (seen.count <= longestShort) return at => begins(seen.points[at] as number)
  const known = pointTable(point => (begins(point) ? 1 : 2))
  return at => known(seen.points[at] as number) === 1
}
