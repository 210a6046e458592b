import { isAscii } from './code-units.ts'

/**
 * The composed form (NFC) and the compatibility form (NFKC) for comparing, in time that grows with the length alone.
 *
 * Putting many accents in order takes time that grows with the square of their count, so of those on one letter the
 * first thirty count. Pure, idempotent.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKC'): string {
  return isAscii(text) ? text : bounded(bounded(text).normalize(form))
}

/**
 * NFKC in such time, for texts that people keep: nothing is lost, but accents beyond thirty on a letter are put in
 * order in groups of thirty with U+034F between them (UAX #15, Stream-Safe Text Format). Pure, idempotent.
 */
export function compatible(text: string): string {
  if (isAscii(text)) return text
  const normal = grouped(text).normalize('NFKC')
  const kept = grouped(normal)
  return kept === normal ? kept : kept.normalize('NFKC')
}

/** The text without the accents beyond thirty in a row. */
function bounded(text: string): string {
  return manyMarks.test(text) ? text.replace(moreMarks, '$1') : text
}

/** The text with U+034F, which accents do not pass when they are put in order, between each thirty of a row. */
function grouped(text: string): string {
  return manyMarks.test(text) ? text.replace(groupOfMarks, '$1\u034f') : text
}

/**
 * More accents on one letter than thirty, the bound of UAX #15 for streams and twice what any language has. The voicing
 * marks of half-width kana become accents.
 */
const manyMarks = /[\p{M}\uff9e\uff9f]{31}/u
const moreMarks = /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu
const groupOfMarks = /((?:(?!\u034f)[\p{M}\uff9e\uff9f]){30})(?=(?!\u034f)[\p{M}\uff9e\uff9f])/gu
