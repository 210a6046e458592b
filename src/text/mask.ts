import { findWords } from './find-words.ts'
import { countGraphemes, graphemeStarts } from './graphemes.ts'
import type { WordIndex } from './word-index.ts'

/**
 * The text with every grapheme of what the list finds in it replaced by `mask`, which must be fit for it.
 *
 * Masking can bring out another entry (two words now next to each other), so it is repeated until nothing more is
 * found; a text that never comes to rest is masked whole. So masking twice changes nothing more. Pure, linear.
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

/** True for a text that can stand for a grapheme: one that can be seen and joins with nothing beside it. Pure. */
export function isMask(text: string): boolean {
  return countGraphemes(`a${text}${text}a`) === 4 && /^[\p{L}\p{N}\p{P}\p{S}]/u.test(text)
}

function maskOnce(text: string, index: WordIndex, mask: string): string {
  const matches = findWords(index, text)
  if (matches.length === 0) return text
  const { starts } = graphemeStarts(text)
  let masked = ''
  let next = 0
  let coveredTo = 0
  for (let at = 0, plainFrom = 0, end = endOf(starts, at); ; at = end, end = endOf(starts, at)) {
    for (let match = matches[next]; match !== undefined && match.start < end; match = matches[++next]) {
      coveredTo = Math.max(coveredTo, match.end)
    }
    if (coveredTo > at) {
      masked += text.slice(plainFrom, at) + mask
      plainFrom = end
    }
    if (end === text.length) return masked + text.slice(plainFrom)
  }
}

/** Where the grapheme ends that begins at a place. */
function endOf(starts: Uint8Array, start: number): number {
  let end = start + 1
  while (end < starts.length && starts[end] === 0) end++
  return end
}
