import { isAscii } from './ascii.ts'
import { normality, normalityIn } from './normality.ts'
import { unitsOf } from './units.ts'

/**
 * The composed form (NFC) and the compatibility form (NFKC) for comparing, in time that grows with the length alone.
 *
 * Putting many accents in order takes time that grows with the square of their count, so of those on one letter the
 * first thirty count (the bound of UAX #15 for streams, twice what any language has). Pure, idempotent.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKC'): string {
  if (isAscii(text)) return text
  const { most, hasManyMarks } = normalityIn(unitsOf(text))
  if (most <= (form === 'NFC' ? normality.composed : normality.compatible)) return text
  const normal = (hasManyMarks ? bounded(text) : text).normalize(form)
  return normal === text && !hasManyMarks ? text : bounded(normal)
}

/**
 * NFKC in such time, for texts that people keep: nothing is lost, but accents beyond thirty on a letter are put in
 * order in groups of thirty with U+034F between them (UAX #15, Stream-Safe Text Format). Pure, idempotent.
 */
export function compatible(text: string): string {
  if (isAscii(text)) return text
  const { most, hasManyMarks } = normalityIn(unitsOf(text))
  if (most <= normality.compatible) return text
  const normal = (hasManyMarks ? text.replace(groups, '$&\u034f') : text).normalize('NFKC')
  const kept = grouped(normal)
  return kept === normal ? kept : kept.normalize('NFKC')
}

function bounded(text: string): string {
  return mayHaveMany(text) ? text.replace(tooMany, '$1') : text
}

/** The voicing marks of half-width kana are letters, and become marks. */
const tooMany = /([\p{M}\uff9e\uff9f]{30})[\p{M}\uff9e\uff9f]+/gu

function grouped(text: string): string {
  return mayHaveMany(text) ? text.replace(groups, '$&\u034f') : text
}

const groups = /(?:(?!\u034f)[\p{M}\uff9e\uff9f]){30}(?=(?!\u034f)[\p{M}\uff9e\uff9f])/gu

/** Looking is quicker than replacing, and nearly always enough. */
function mayHaveMany(text: string): boolean {
  return normalityIn(unitsOf(text)).hasManyMarks
}
