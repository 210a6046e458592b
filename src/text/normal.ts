import { isAscii } from './ascii.ts'
import { normalities, normality, normalityIn } from './normality.ts'
import { pointAt, textOf, unitsOf, unitsToWrite } from './units.ts'

/**
 * The composed form (NFC) and the compatibility form (NFKC) for comparing, in time that grows with the length alone.
 *
 * Putting many accents in order takes time that grows with the square of their count, so of those on one letter the
 * first thirty count. Pure, idempotent.
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
  if (normalityIn(unitsOf(text)).most <= normality.compatible) return text
  const normal = grouped(text).normalize('NFKC')
  const kept = grouped(normal)
  return kept === normal ? kept : kept.normalize('NFKC')
}

/** The text without the accents beyond thirty in a row. */
function bounded(text: string): string {
  const units = unitsOf(text)
  if (!normalityIn(units).hasManyMarks) return text
  let length = 0
  for (let at = 0, marks = 0; at < units.length; ) {
    const point = pointAt(units, at)
    const end = at + (point > 0xffff ? 2 : 1)
    marks = normalities.of(point) === normality.mark ? marks + 1 : 0
    if (marks > mostMarks) at = end
    while (at < end) units[length++] = units[at++] as number
  }
  return textOf(units, length)
}

/** The text with U+034F between each thirty accents of a row. */
function grouped(text: string): string {
  const units = unitsOf(text)
  if (!normalityIn(units).hasManyMarks) return text
  const out = unitsToWrite(units.length + Math.ceil(units.length / mostMarks))
  let length = 0
  for (let at = 0, marks = 0; at < units.length; ) {
    const point = pointAt(units, at)
    const end = at + (point > 0xffff ? 2 : 1)
    marks = normalities.of(point) === normality.mark && point !== joiner ? marks + 1 : 0
    if (marks > mostMarks) {
      out[length++] = joiner
      marks = 1
    }
    while (at < end) out[length++] = units[at++] as number
  }
  return textOf(out, length)
}

/** Accents on one letter: the bound of UAX #15 for streams, twice what any language has. */
const mostMarks = 30

/** Combining grapheme joiner, which accents do not pass when they are put in order. */
const joiner = 0x34f
