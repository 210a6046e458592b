import { countGraphemes as count, graphemeSegments, splitGraphemes } from 'unicode-segmenter/grapheme'

import { isAscii } from './code-units.ts'

/** The graphemes of a text, which readers see as characters, in order (UAX #29). Linear. */
export function graphemes(text: string): string[] {
  return [...splitGraphemes(text)]
}

/** The number of graphemes in a text. Linear. */
export function countGraphemes(text: string): number {
  // In ASCII, only CR LF is a grapheme of two characters.
  return isAscii(text) && !text.includes('\r\n') ? text.length : count(text)
}

/** The first `count` graphemes of a text. Idempotent; reads little more of the text than it keeps. */
export function cutTo(text: string, count: number): string {
  if (text.length <= count) return text
  let found = 0
  for (const { index } of graphemeSegments(text)) if (found++ === count) return text.slice(0, index)
  return text
}

/** The start of each grapheme in order, in UTF-16 code units; the text must not be empty. Linear. */
export function* graphemeStarts(text: string): Generator<number> {
  for (const { index } of graphemeSegments(text)) yield index
}
