import { isInert } from './inert.ts'
import { pointTable } from './point-table.ts'
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

/** The normality of a code point. Pure. */
export const normalityOf: (point: number) => number = pointTable(point => {
  if (isInert(point)) return normality.compatible
  const char = String.fromCodePoint(point)
  if (/^[\p{M}\uff9e\uff9f]$/u.test(char)) return normality.mark
  if (char.normalize('NFC') !== char || mayJoin.test(char)) return normality.open
  return char.normalize('NFKC') === char ? normality.compatible : normality.composed
})

/**
 * Letters that join the letter before them: vowels and finals of Hangul, and of Kirat Rai. Of what else is written
 * with letters beyond the first plane the next version of Unicode may say so.
 */
const mayJoin = /^(?:[\u1160-\u11ff\ud7b0-\ud7fb]|(?![\0-\uffff\p{Script=Han}])\p{Lo})$/u

/**
 * The greatest normality in a text, and whether more than thirty marks are in a row. Pure, linear.
 */
export function normalityIn(units: Uint16Array): { most: number; hasManyMarks: boolean } {
  let most: number = normality.compatible
  let hasManyMarks = false
  let marks = 0
  for (let at = 0; at < units.length; at++) {
    const point = pointAt(units, at)
    const own = normalityOf(point)
    if (own > most) most = own
    marks = own === normality.mark ? marks + 1 : 0
    if (marks > 30) hasManyMarks = true
    if (point > 0xffff) at++
  }
  return { most, hasManyMarks }
}
