import { isInert } from './inert.ts'
import { type PointTable, pointTable } from './point-table.ts'
import { isDecomposed, isHan, isMark, setOf, withAll } from './properties.ts'
import { pointAt } from './units.ts'

/** How a code point stands to the composed forms: what is not more than `composed` or `compatible` is in that form. */
export const normality = {
  /** In NFKC, whatever stands beside it. */
  compatible: 1,
  /** In NFC, whatever stands beside it. */
  composed: 2,
  /** It changes, or may join what is before it. */
  open: 3,
  /** A mark, or the voicing mark of half-width kana, which becomes one. */
  mark: 4,
} as const

/** The normality of each code point. */
export const normalities: PointTable = pointTable(point => {
  if (isInert(point)) return normality.compatible
  if (point >= 0xac00 && point <= 0xd7a3) return normality.compatible
  if (isMark(point) || point === 0xff9e || point === 0xff9f) return normality.mark
  if (isDecomposed(point) && !mayJoin(point)) return normality.compatible
  const char = String.fromCodePoint(point)
  if (char.normalize('NFC') !== char || mayJoin(point)) return normality.open
  return char.normalize('NFKC') === char ? normality.compatible : normality.composed
})

/**
 * Letters that join the letter before them: vowels and finals of Hangul, and of Kirat Rai. Of what else is written
 * with letters beyond the first plane the next version of Unicode may say so.
 */
function mayJoin(point: number): boolean {
  if (point < 0x10000) return (point >= 0x1160 && point <= 0x11ff) || (point >= 0xd7b0 && point <= 0xd7fb)
  return isOtherLetter(point) && !isHan(point)
}

const isOtherLetter = setOf(withAll(/\p{Lo}+/gu))

/**
 * The greatest normality in a text, and whether more than thirty marks are in a row. Pure, linear.
 */
export function normalityIn(units: Uint16Array): { most: number; hasManyMarks: boolean } {
  let most: number = normality.compatible
  let hasManyMarks = false
  let marks = 0
  const { units: known } = normalities
  const { compatible, mark } = normality
  for (let at = 0; at < units.length; at++) {
    let own = known[units[at] as number] as number
    if (own === compatible) {
      marks = 0
      continue
    }
    if (own === 0) {
      const point = pointAt(units, at)
      own = normalities.of(point)
      if (point > 0xffff) at++
    }
    if (own > most) most = own
    marks = own === mark ? marks + 1 : 0
    if (marks > 30) hasManyMarks = true
  }
  return { most, hasManyMarks }
}
