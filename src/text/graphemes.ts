import { countGraphemes as count, graphemeSegments, splitGraphemes } from 'unicode-segmenter/grapheme'

import { isAscii } from './code-units.ts'

/** The graphemes of a text, what a reader calls characters, in order (UAX #29). Pure, linear. */
export function graphemes(text: string): string[] {
  return [...splitGraphemes(text)]
}

/** How many graphemes a text has. Pure, linear. */
export function countGraphemes(text: string): number {
  // In ASCII only CR and LF are one.
  return isAscii(text) && !text.includes('\r\n') ? text.length : count(text)
}

/** The first `count` graphemes of a text. Pure, idempotent; looks at little more of the text than it keeps. */
export function cutTo(text: string, count: number): string {
  if (text.length <= count) return text
  let found = 0
  for (const { index } of graphemeSegments(text)) if (found++ === count) return text.slice(0, index)
  return text
}

/** Where each grapheme of a text begins, in UTF-16 code units, in order; the text must not be empty. Pure, linear. */
export function* graphemeStarts(text: string): Generator<number> {
  for (const { index } of graphemeSegments(text)) yield index
}
