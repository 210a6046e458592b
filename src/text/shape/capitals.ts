import { setOf, withAll } from '../properties.ts'

/**
 * How many of the cased letters of a text are capitals, in per cent and rounded down; null where it has no cased letter.
 *
 * Letters of scripts without case, such as Han and Arabic, do not count, and neither do digits and signs. Linear.
 */
export function capitalsIn(text: string): number | null {
  let capitals = 0
  let cased = 0
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) as number
    if (point > 0xffff) at++
    if (isCapital(point)) capitals++
    else if (!isSmall(point)) continue
    cased++
  }
  return cased === 0 ? null : Math.floor((capitals * 100) / cased)
}

/** Letters in circles and squares are signs to Unicode, and letters to who reads them. Enclosed Alphanumerics. */
const isCapital = setOf(
  withAll(/[\p{Lu}\p{Lt}\u24b6-\u24cf\u{1f130}-\u{1f149}\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]+/gu),
)
const isSmall = setOf(withAll(/[\p{Ll}\u24d0-\u24e9]+/gu))
