import { countGraphemes, graphemeStarts } from './graphemes.ts'
import type { Range } from './sources.ts'
import { coveredBy } from './words/find-words.ts'
import type { WordIndex } from './words/word-index.ts'

/**
 * Replace every grapheme of the words found in a text with `mask`, for which `isMask` must be true.
 *
 * Masking can reveal another entry (two words are now next to each other), so it is repeated until nothing is found; a
 * text that never becomes stable is masked completely. Linear and idempotent.
 */
export function maskWords(text: string, index: WordIndex, mask = '*'): string {
  let now = text
  for (let round = 0; round < 8; round++) {
    const next = maskOnce(now, index, mask)
    if (next === now) return now
    now = next
  }
  return mask.repeat(countGraphemes(now))
}

/** True for a text that can replace a grapheme: visible, and not joining with its neighbours. */
export function isMask(text: string): boolean {
  return countGraphemes(`a${text}${text}a`) === 4 && /^[\p{L}\p{N}\p{P}\p{S}]/u.test(text)
}

function maskOnce(text: string, index: WordIndex, mask: string): string {
  const covered = coveredBy(index, text)
  if (covered === undefined) return text
  return maskCovered(text, covered, mask)
}

/** The text with `mask` for every grapheme that some ranges touch. Pure, linear. */
export function maskRanges(text: string, ranges: readonly Range[], mask: string): string {
  if (ranges.length === 0) return text
  const covered = new Uint8Array(text.length)
  for (const { start, end } of ranges) covered.fill(1, start, end)
  return maskCovered(text, covered, mask)
}

/** `covered` has a 1 for each code unit that is hidden. */
function maskCovered(text: string, covered: Uint8Array, mask: string): string {
  const starts = [...graphemeStarts(text), text.length]
  const pieces = starts.slice(1).map((end, at) => {
    const start = starts[at] as number
    return covered.subarray(start, end).includes(1) ? mask : text.slice(start, end)
  })
  return pieces.join('')
}
