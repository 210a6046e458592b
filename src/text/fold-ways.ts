import { foldAsWhole } from './fold-as-whole.ts'
import { isInert } from './inert.ts'
import { hasInvisible, isJudgedByNext, isNeverKept } from './invisible.ts'
import { normalities, normality } from './normality.ts'
import { longestPiece } from './piece-cache.ts'
import { type PointTable, pointTable } from './point-table.ts'
import { isCaseless, isIgnorable } from './properties.ts'
import { isSpace } from './spaces.ts'
import { pointAt, sizeAt, unitsOf } from './units.ts'

/**
 * How a code point is folded: not at all, to one code unit, to a blank, to several, to nothing, by what stands before it
 * (`joined`), or by what stands on both sides (`hidden`).
 */
export const ways = { same: 1, single: 2, space: 3, several: 4, nothing: 5, joined: 6, hidden: 7 }

/** The folds of single code units to one, and those of others. */
export const singles = new Uint16Array(0x10000)
export const folds = new Map<number, Uint16Array>()

/** How each code point is folded. */
export const pointWays: PointTable = pointTable(point => {
  if (isInert(point)) return ways.same
  if (isSpace(point)) return ways.space
  if (isNeverKept(point)) return ways.nothing
  if (isJudgedByNext(point)) return ways.hidden
  const char = String.fromCodePoint(point)
  if (normalities.of(point) === normality.compatible && isCaseless(point) && !isIgnorable(point)) return ways.same
  const compatible = char.normalize('NFKC')
  const folded = foldAsWhole(char)
  if (mayMeet(compatible) || mayMeet(folded)) return ways.joined
  if (folded === char) return ways.same
  if (folded.length === 1 && point < 0x10000) {
    singles[point] = folded.charCodeAt(0)
    return ways.single
  }
  folds.set(point, unitsOf(folded))
  return ways.several
})

/** The same of code units, 0 where it is not known. */
export const { units: knownWays } = pointWays

/** How the code point at a place is folded. */
function wayAt(units: Uint16Array, at: number): number {
  return knownWays[units[at] as number] || pointWays.of(pointAt(units, at))
}

/** How many code units the fold of a code point has by itself, if it leaves any. */
export function foldedLength(point: number, way: number): number {
  if (way === ways.several) return (folds.get(point) as Uint16Array).length
  return point > 0xffff && way !== ways.single ? 2 : 1
}

/** True for a code unit that depends on the one before it alone, if that is folded to one code unit. */
export function isPairAt(units: Uint16Array, at: number): boolean {
  const before = at === 0 ? 0 : (knownWays[units[at - 1] as number] as number)
  if ((before !== ways.same && before !== ways.single) || knownWays[units[at] as number] === 0) return false
  return at + 1 === units.length || wayAt(units, at + 1) < ways.nothing
}

/** The end of the row of characters that depend on others; its complement (~) if something hidden is among them. */
export function rowEnd(units: Uint16Array, from: number): number {
  let isHidden = false
  let end = from
  // A longer row is none that the pieces know.
  while (end < units.length && end - from <= longestPiece) {
    const way = wayAt(units, end)
    if (way < ways.nothing) break
    if (way === ways.hidden) isHidden = true
    end += sizeAt(units, end)
  }
  return isHidden ? ~end : end
}

/** Where the character begins that stands before such a row; the row itself where a blank does, which joins nothing. */
export function startBefore(units: Uint16Array, row: number): number {
  let start = row - 1
  while (start >= 0 && knownWays[units[start] as number] === ways.nothing) start--
  if (start < 0) return row
  const way = knownWays[units[start] as number]
  if (way === 0 && start > 0 && pointAt(units, start - 1) > 0xffff) return start - 1
  return way === ways.space ? row : start
}

/** True for what may change with what stands beside it: what joins a letter, the invisible. */
function mayMeet(text: string): boolean {
  const first = text.codePointAt(0)
  return first === undefined || normalities.of(first) >= normality.open || hasInvisible.test(text)
}
