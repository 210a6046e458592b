/**
 * The composed form (NFC) and the compatibility form (NFKC) for comparing, in time that grows with the length alone.
 *
 * Putting many accents in order takes time that grows with the square of their count, so of those on one letter the
 * first thirty count (the bound of UAX #15 for streams, twice what any language has). Pure, idempotent.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKC'): string {
  return bounded(bounded(text).normalize(form))
}

/**
 * NFKC in such time, for texts that people keep: nothing is lost, but accents beyond thirty on a letter are put in
 * order in groups of thirty with U+034F between them (UAX #15, Stream-Safe Text Format). Pure, idempotent.
 */
export function compatible(text: string): string {
  return grouped(grouped(text).normalize('NFKC')).normalize('NFKC')
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

/** True when more than thirty in a row may be accents. Looking is quicker than replacing, and nearly always enough. */
function mayHaveMany(text: string): boolean {
  let run = 0
  for (let at = 0; at < text.length; at++) {
    run = isNoAccent(text.charCodeAt(at)) ? 0 : run + 1
    if (run > 30) return true
  }
  return false
}

/** True for code units that are surely none: ASCII, Latin, Greek, most of Cyrillic, kana, Han, whole Hangul. */
function isNoAccent(unit: number): boolean {
  if (unit < 0x3041) return unit < 0x300 || (unit >= 0x370 && unit < 0x483) || (unit >= 0x1e00 && unit < 0x2000)
  if (unit < 0x3400) return unit < 0x3099 || (unit > 0x309a && unit <= 0x30ff)
  return unit <= 0x9fff || (unit >= 0xac00 && unit <= 0xd7a3)
}
