import { isAscii } from '../code-units.ts'
import { foldCase } from '../fold.ts'
import { isItself } from '../lookalike/character-shape.ts'
import { skeletonOf } from '../lookalike/skeleton.ts'
import { normalForm } from '../normal.ts'
import { isCaseless, setOf, withAll } from '../properties.ts'

/**
 * What a text says, as look-alikes read it: its letters and Han alone, without digits, signs, spaces, emoji, case and
 * accents. Copies that differ only in those have the same.
 *
 * For comparing, not for reading: i is l there, and w is vv. Linear, idempotent.
 */
export function gistOf(given: string): string {
  const text = normalForm(given, 'NFC')
  let gist = ''
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) as number
    if (point > 0xffff) at++
    gist += known.get(point) ?? remember(point)
  }
  // Letters of Korean may have come together.
  return normalForm(gist, 'NFC')
}

const known = new Map<number, string>()

function remember(point: number): string {
  const char = String.fromCodePoint(point)
  const read = isRead(point) ? (isReadAsIs(point) ? char : settled(char)) : ''
  known.set(point, read)
  return read
}

/** Syllables of Korean have no look-alikes. */
function isReadAsIs(point: number): boolean {
  return (point >= 0xac00 && point <= 0xd7a3) || (isCaseless(point) && isItself(point))
}

/** What a letter is read as, over and over until it stays. */
function settled(char: string): string {
  let now = char
  for (let round = 0; round < 4; round++) {
    const next = Array.from(now, lettersIn).join('')
    if (next === now) break
    now = next
  }
  return now
}

/** Big and small are read the same: as the small letter looks, or, where only the big one looks Latin (В), as that. */
function lettersIn(char: string): string {
  const small = foldCase(char)
  const [own, other] = [lettersOf(small), lettersOf(small.toUpperCase())]
  return isAscii(own) || !isAscii(other) ? own : other
}

function lettersOf(char: string): string {
  return Array.from(skeletonOf(char))
    .filter(each => isKept.test(each))
    .join('')
}

/** Letters, the marks that are vowels, and letters in circles and squares. */
const isRead = setOf(withAll(/[\p{L}\p{M}\u24b6-\u24e9\u{1f130}-\u{1f149}\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]+/gu))
const isKept = /^[\p{L}\p{M}]$/u
