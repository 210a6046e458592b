import { longestShort } from '../memo.ts'
import { pointTable } from '../point-table.ts'
import type { Trie } from '../words/trie.ts'
import { isItself, shapeOf, traits } from './character-shape.ts'
import { hasShape, inkEnd, inkStart, kindAt, reach } from './places.ts'
import type { VisibleText } from './visible-text.ts'

/** What determines where entries may begin: their tree, and whether they match the whole value or words. */
export type Starts = { trie: Trie; longest: number; place: 'whole' | 'word'; hasNumbers: boolean }

/**
 * Call back with each position where an entry may begin, in order. The callback returns true to stop. Linear.
 */
export function eachStart(search: Starts, seen: VisibleText, isEnough: (start: number) => boolean): void {
  if (search.place === 'word') eachWordStart(search, seen, isEnough)
  else eachWholeStart(search, seen, isEnough)
}

function eachWordStart({ trie, hasNumbers }: Starts, seen: VisibleText, isEnough: (start: number) => boolean): void {
  const canBegin = beginnings(trie, seen)
  let isAfterDigits = true
  let before = 0
  // The next position with a shape, searched for only when needed.
  let shape = -1
  const { traits: all, count } = seen
  const { kind: kindBits, letter, digit, sign, mark, gap, isUnspaced, isFlag } = traits
  for (let start = 0; start < count; start++) {
    const own = all[start] as number
    const kind = own & kindBits
    const previous = before
    const last = previous & kindBits
    before = own
    isAfterDigits = last !== letter && (last === 0 || last >= sign || (isAfterDigits && last === digit))
    // Digits before a word belong to it no more than a blank would (`24support`).
    if (!isAfterDigits && ((own | previous) & isUnspaced) === 0) continue
    if (kind === mark || kind >= gap) continue
    const isFirstFlag = (own & isFlag) !== 0 && (previous & isFlag) === 0
    const isFirstDigit = hasNumbers && kind === digit && last !== digit
    if (start > 0 && !hasShape(own) && !hasShape(previous) && !isFirstFlag && !isFirstDigit) {
      // In a run without letters (`!|!|1 0`), only the first and the last few can begin a word; of flags, the first.
      if (shape < start) shape = nextShape(seen, start)
      if (shape - start > 6) continue
    }
    if (canBegin(start) && isEnough(start)) return
  }
}

/** The next position with a shape at or after `from`, or one far past the text. */
function nextShape(seen: VisibleText, from: number): number {
  let at = from
  while (at < seen.count && !hasShape(seen.traits[at] as number)) at++
  return at < seen.count ? at : at + 7
}

/** A whole value may only have gaps and signs before and after it. */
function eachWholeStart({ trie, longest }: Starts, seen: VisibleText, isEnough: (start: number) => boolean): void {
  const canBegin = beginnings(trie, seen)
  const last = Math.min(inkStart(seen), seen.count - 1)
  const first = Math.max(0, inkEnd(seen) - reach(longest))
  for (let start = first; start <= last; start++) {
    if (kindAt(seen, start) < traits.gap && canBegin(start) && isEnough(start)) return
  }
}

/** True for positions, except gaps, where a key can begin. In a long text each character is looked up once. */
function beginnings(trie: Trie, seen: VisibleText): (at: number) => boolean {
  const begins = (point: number) => {
    // There are more rare Han than cached shapes.
    if (isItself(point)) return trie.child(0, String.fromCodePoint(point).charCodeAt(0)) !== -1
    return shapeOf(point).readings.some(reading => trie.child(0, reading.charCodeAt(0)) !== -1)
  }
  if (seen.count <= longestShort) return at => begins(seen.points[at] as number)
  const known = pointTable(point => (begins(point) ? 1 : 2))
  const { points } = seen
  return at => {
    const point = points[at] as number
    return (known.units[point] || known.of(point)) === 1
  }
}
