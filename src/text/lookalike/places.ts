import { traits } from './character-shape.ts'
import type { VisibleText } from './visible-text.ts'

/** The traits at a position; 0 outside the text. (Reading index -1 of an array is very slow.) */
export function traitsAt({ traits: all, count }: VisibleText, at: number): number {
  return at >= 0 && at < count ? (all[at] as number) : 0
}

/** The kind at a position, from `traits`; 0 outside the text. */
export function kindAt(seen: VisibleText, at: number): number {
  return traitsAt(seen, at) & traits.kind
}

/** True for positions that belong to no word: outside the text, gaps and signs. */
export function isEdge(seen: VisibleText, at: number): boolean {
  const kind = kindAt(seen, at)
  return kind === 0 || kind >= traits.sign
}

export function isUnspacedAt(seen: VisibleText, at: number): boolean {
  return (traitsAt(seen, at) & traits.isUnspaced) !== 0
}

/** True for the traits of characters that are letters whatever is next to them, including circled ones. */
export function hasShape(own: number): boolean {
  const kind = own & traits.kind
  if (kind === traits.sign) return (own & traits.isWeak) === 0
  return kind === traits.letter || kind === traits.mark
}

/**
 * True inside a stutter (`adminnnn`): a character three or more times, as in no word. Only positions from `from` to
 * `to` count.
 */
export function isStutter({ traits: all, points }: VisibleText, at: number, from: number, to: number): boolean {
  if (((all[at] as number) & (traits.kind | traits.isUnspaced)) !== traits.letter) return false
  const point = points[at]
  if (at - 1 < from || points[at - 1] !== point) return false
  return (at - 2 >= from && points[at - 2] === point) || (at + 1 < to && points[at + 1] === point)
}

/** The first position that is neither a gap nor a sign, or the end. */
export function inkStart(seen: VisibleText): number {
  let at = 0
  while (at < seen.count && isEdge(seen, at)) at++
  return at
}

/** The end of the last position that is neither a gap nor a sign, or 0. */
export function inkEnd(seen: VisibleText): number {
  let end = seen.count
  while (end > 0 && isEdge(seen, end - 1)) end--
  return end
}

/** The most positions to read from a start, for entries whose longest key has `longest` code units. */
export function reach(longest: number): number {
  return 2 * longest + 16
}

/** True for a star, which may hide a vowel of a word (`f*ck`). */
export function isStarAt({ points }: VisibleText, at: number): boolean {
  return points[at] === 0x2a
}

/** The vowels that a star hides, as keys have them: i is l there. */
export const vowels: readonly number[] = Array.from('aeouylаеуя', char => char.charCodeAt(0))

/** True for a vowel at a place of a key. Pure. */
export function isVowel(key: string, at: number): boolean {
  return vowels.includes(key.charCodeAt(at))
}
