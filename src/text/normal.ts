import { isAscii } from './code-units.ts'

/**
 * Normalise a text to NFC or NFKC for comparison, in linear time.
 *
 * Sorting accents takes time quadratic in their number, so only the first thirty on a letter are kept. Idempotent.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKC'): string {
  return isAscii(text) ? text : bounded(bounded(text).normalize(form))
}

/**
 * Normalise a text to NFKC in linear time without losing anything, for texts that are stored.
 *
 * More than thirty accents on a letter are sorted in groups of thirty with U+034F between them (UAX #15, Stream-Safe
 * Text Format). Idempotent.
 */
export function compatible(text: string): string {
  if (isAscii(text)) return text
  const normal = grouped(text).normalize('NFKC')
  const kept = grouped(normal)
  return kept === normal ? kept : kept.normalize('NFKC')
}

/** The text with at most thirty accents in a row. */
function bounded(text: string): string {
  return manyMarks.test(text) ? text.replace(moreMarks, '$1') : text
}

/** The text with U+034F, which accents are not sorted across, after every thirty accents in a row. */
function grouped(text: string): string {
  return manyMarks.test(text) ? text.replace(groupOfMarks, '$1\u034f') : text
}

/**
 * More than thirty accents on one letter: the limit of UAX #15 for streams, and twice what any language uses. The
 * voicing marks of half-width kana become accents.
 */
const manyMarks = /[\p{M}\uff9e\uff9f]{31}/u
const moreMarks = /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu
const groupOfMarks = /((?:(?!\u034f)[\p{M}\uff9e\uff9f]){30})(?=(?!\u034f)[\p{M}\uff9e\uff9f])/gu
