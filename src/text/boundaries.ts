import { isInert, isInertHan } from './inert.ts'
import { pointTable } from './point-table.ts'
import { isHan, isLetterOrNumber, isMark } from './properties.ts'
import { pointAt } from './units.ts'

/**
 * What each code unit of a text is to words: a word is a run of letters, marks and digits. A mark or joiner is what
 * the character before it is. Pure, linear.
 */
export function wordClasses(units: Uint16Array): Uint8Array {
  const classes = new Uint8Array(units.length)
  for (let i = 0; i < units.length; i++) {
    const point = pointAt(units, i)
    const own = classOf(point)
    classes[i] = own === belongs ? (classes[i - 1] ?? other) : own
    if (point > 0xffff) classes[++i] = classes[i - 1] as number
  }
  return classes
}

/** True where a word may begin or end: beside anything that is not of a word, and on both sides of Han. */
export function isBoundary(classes: Uint8Array, at: number): boolean {
  if (at <= 0 || at >= classes.length) return true
  return classes[at - 1] !== letter || classes[at] !== letter
}

/**
 * Where the next character of a word is from a place on, or -1. Who asks again within the same gap is told what was
 * found: else a long gap would be walked from each of its places.
 */
export function nextWordIn(classes: Uint8Array): (from: number) => number {
  let known = { from: 0, to: -1 }
  return from => {
    if (from < known.from || from > known.to) {
      let to = from
      while (to < classes.length && classes[to] === other) to++
      known = { from, to }
    }
    return known.to === classes.length ? -1 : known.to
  }
}

/** True for what stands between words. */
export function isBetween(classes: Uint8Array, at: number): boolean {
  return classes[at] === other
}

const other = 1
const letter = 2
const han = 3
const belongs = 4

const classOf = pointTable(makeClass)

function makeClass(point: number): number {
  if (isInert(point)) return isInertHan(point) ? han : other
  if (isLetterOrNumber(point)) return isHan(point) ? han : letter
  return isMark(point) || point === 0x200c || point === 0x200d ? belongs : other
}
