import { coveredBy } from './find-words.ts'
import { countGraphemes, graphemeStarts } from './graphemes.ts'
import { textOf, unitsOf, unitsToWrite } from './units.ts'
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
  const covered = coveredBy(index, text)
  if (covered === undefined) return text
  const { starts } = graphemeStarts(text)
  let count = 0
  for (let at = 0, start = 0; at < text.length; at++) {
    if (starts[at] !== 0) start = at
    if (covered[at] === 0 || starts[start] === masked) continue
    starts[start] = masked
    count++
  }
  return maskedText(unitsOf(text), starts, mask, unitsToWrite(text.length + count * mask.length))
}

/** What the beginning of a grapheme is marked with that is to be masked. */
const masked = 2

function maskedText(units: Uint16Array, starts: Uint8Array, mask: string, out: Uint16Array): string {
  let length = 0
  let isMasked = false
  for (let at = 0; at < units.length; at++) {
    const start = starts[at] as number
    if (start === masked) {
      for (let i = 0; i < mask.length; i++) out[length++] = mask.charCodeAt(i)
    }
    if (start !== 0) isMasked = start === masked
    if (!isMasked) out[length++] = units[at] as number
  }
  return textOf(out, length)
}
