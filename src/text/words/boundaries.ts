import { pointAt } from '../code-units.ts'
import { pointTable } from '../point-table.ts'
import { isLetterOrNumber, isMark } from '../properties.ts'
import { isUnspaced } from './segments.ts'

/**
 * The word class of a code unit, given the class `before` of the one before it. A word is a run of letters, marks and
 * digits; a mark or joiner has the class of the character before it.
 */
export function wordClassAt(units: Uint16Array, at: number, before: number): number {
  const own = known[units[at] as number] || wordClasses.of(pointOfHalf(units, at))
  return own === belongs ? before : own
}

/**
 * True where a word may begin or end between two classes: beside what is not of a word, and on both sides of letters of
 * scripts without spaces, of which `standsAlone` then tells more.
 */
export function isBoundary(before: number, after: number): boolean {
  return before !== letter || after !== letter
}

/**
 * Finds the next word character at or after an index in a gap, or -1. The result is kept for the rest of the gap, since
 * a long gap would otherwise be scanned from each of its positions.
 */
export function nextWordIn(units: Uint16Array): (from: number) => number {
  let gap = { from: 0, to: -1 }
  return from => {
    if (from < gap.from || from > gap.to) {
      let to = from
      while (to < units.length && wordClassAt(units, to, other) === other) to++
      gap = { from, to }
    }
    return gap.to === units.length ? -1 : gap.to
  }
}

/** The code point of a code unit, which may be half of a surrogate pair. */
function pointOfHalf(units: Uint16Array, at: number): number {
  const before = at === 0 ? 0 : pointAt(units, at - 1)
  return before > 0xffff ? before : pointAt(units, at)
}

/** `other` stands between words. */
export const wordClass = { other: 1, letter: 2, unspaced: 3 } as const
const { other, letter, unspaced } = wordClass
const belongs = 4

const wordClasses = pointTable(makeClass)
const { units: known } = wordClasses

function makeClass(point: number): number {
  if (isLetterOrNumber(point)) return isUnspaced(point) ? unspaced : letter
  return isMark(point) || point === 0x200c || point === 0x200d ? belongs : other
}
