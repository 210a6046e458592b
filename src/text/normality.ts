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
  /** It changes, and joins nothing before it. */
  changed: 3,
  /** It may join what is before it. */
  open: 4,
  /** A mark, or the voicing mark of half-width kana, which becomes one. */
  mark: 5,
} as const

/** The normality of each code point. */
export const normalities: PointTable = pointTable(point => {
  if (isInert(point)) return normality.compatible
  if (point >= 0xac00 && point <= 0xd7a3) return normality.compatible
  if (isMark(point) || point === 0xff9e || point === 0xff9f) return normality.mark
  if (mayJoin(point)) return normality.open
  if (isDecomposed(point)) return normality.compatible
  const char = String.fromCodePoint(point)
  const compatible = char.normalize('NFKC')
  if (compatible === char) return normality.compatible
  const first = pointOf(compatible)
  if (isMark(first) || mayJoin(first)) return normality.open
  return char.normalize('NFC') === char ? normality.composed : normality.changed
})

/** Letters that join the letter before them: vowels and finals of Hangul, and some beyond the first plane (Kirat Rai). */
function mayJoin(point: number): boolean {
  if (point < 0x10000) return (point >= 0x1160 && point <= 0x11ff) || (point >= 0xd7b0 && point <= 0xd7fb)
  return isOtherLetter(point) && !isHan(point) && joiningLetters().has(point)
}

const isOtherLetter = setOf(withAll(/\p{Lo}+/gu))

/**
 * The last letters of all that is composed beyond the first plane, as the platform's version of Unicode has it, and
 * what begins with one.
 */
function joiningLetters(): ReadonlySet<number> {
  if (knownJoining !== undefined) return knownJoining
  const composed = Array.from({ length: 0x10000 }, (_, i) => 0x10000 + i)
    .filter(point => !isDecomposed(point))
    .map(point => [point, ...Array.from(String.fromCodePoint(point).normalize('NFD'), pointOf)])
  const last = new Set(composed.map(points => points.at(-1) as number))
  const whole = composed.filter(([, first = 0]) => last.has(first)).map(([point = 0]) => point)
  knownJoining = new Set([...last, ...whole])
  return knownJoining
}

let knownJoining: ReadonlySet<number> | undefined

function pointOf(char: string): number {
  return char.codePointAt(0) as number
}

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
