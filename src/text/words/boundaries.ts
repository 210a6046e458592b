import { pointAt } from '../code-units.ts'
import { pointTable } from '../point-table.ts'
import { isLetterOrNumber, isMark } from '../properties.ts'
import { isUnspaced } from './segments.ts'

/**
 * What a code unit of a text is to words, if the one before it is `before`: a word is a run of letters, marks and
 * digits. A mark or joiner is what the character before it is. Pure.
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
 * Where the next character of a word is from a place in a gap on, or -1. Who asks again within the same gap is told
 * what was found: else a long gap would be walked from each of its places.
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

/** The code point that a code unit is, or is half of. */
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
