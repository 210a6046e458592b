import { isAscii } from './ascii.ts'
import { normalities, normality, normalityIn } from './normality.ts'
import { fewMisses, longestPiece, manyMisses, mostMade, PieceCache } from './piece-cache.ts'
import { Trace } from './trace.ts'
import { pointAt, sizeAt, textOf, unitsOf, unitsToWrite } from './units.ts'

/**
 * The composed form (NFC) and the compatibility form (NFKC) for comparing, in time that grows with the length alone.
 *
 * Putting many accents in order takes time that grows with the square of their count, so of those on one letter the
 * first thirty count. Pure, idempotent.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKC'): string {
  if (isAscii(text)) return text
  const { most, hasManyMarks } = normalityIn(unitsOf(text))
  if (most <= forms[form].stays) return text
  const normal = hasManyMarks ? bounded(text).normalize(form) : changed(text, form)
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
  const normal = hasManyMarks ? grouped(text).normalize('NFKC') : changed(text, 'NFKC')
  const kept = grouped(normal)
  return kept === normal ? kept : kept.normalize('NFKC')
}

/**
 * The form of a text without many marks in a row. The platform is quick where there is nothing to change, and
 * slower than going piece by piece where there is: how a long text begins decides.
 */
function changed(text: string, form: 'NFC' | 'NFKC'): string {
  const beginning = text.slice(0, longBeginning)
  const normal = beginning.normalize(form)
  if (text.length <= longBeginning) return normal
  const each = normal === beginning ? undefined : changeEach(unitsOf(text), forms[form])
  return each ?? text.normalize(form)
}

/**
 * For each code unit of the composed form (NFC), where the character begins in the text that it comes from, or the piece
 * of several; undefined for a text that is not composed piece by piece. Pure, linear.
 */
export function composedSources(text: string): Uint32Array | undefined {
  const sources = new Uint32Array(normalForm(text, 'NFC').length)
  const units = unitsOf(text)
  if (normalityIn(units).hasManyMarks) return undefined
  return changeEach(units, forms.NFC, new Trace(sources)) === undefined ? undefined : sources
}

/** Where the character or piece ends that begins at such a place. Pure. */
export function composedEnd(text: string, start: number): number {
  let end = start
  do end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1
  while (end < text.length && normalities.of(text.codePointAt(end) as number) >= normality.open)
  return end
}

/** In UTF-16 code units. */
const longBeginning = 1000

/** A form, as the normality up to which characters stay as they are, and what it makes of pieces of texts. */
type Form = { stays: number; pieces: PieceCache }

const forms: Record<'NFC' | 'NFKC', Form> = {
  NFC: { stays: normality.composed, pieces: new PieceCache(text => text.normalize('NFC')) },
  NFKC: { stays: normality.compatible, pieces: new PieceCache(text => text.normalize('NFKC')) },
}

/**
 * The form of a text made piece by piece: a character, with what may join it. Undefined where a piece is long, where too
 * many are all different, or where there is more than the room of the text. It tells `trace` where all comes from.
 */
function changeEach(units: Uint16Array, { stays, pieces }: Form, trace?: Trace): string | undefined {
  const { open } = normality
  const out = unitsToWrite(units.length + mostMade)
  let length = 0
  /** The size of the character before, of which pieces begin; it was left as it is. */
  let before = 0
  let source = 0
  pieces.begin(trace === undefined ? fewMisses(units.length) : manyMisses)
  for (let at = 0; at < units.length; ) {
    trace?.add(units, source, at, out, length)
    source = at
    const own = normalityAt(units, at)
    const size = sizeAt(units, at)
    if (own <= stays) {
      out[length++] = units[at] as number
      if (size === 2) out[length++] = units[at + 1] as number
      before = size
      at += size
      continue
    }
    if (own < open) before = 0
    let end = at + size
    while (end < units.length && end - at <= longestPiece && normalityAt(units, end) >= open) end += sizeAt(units, end)
    const pair = before === 1 && end === at + 1 ? pieces.pair(units[at - 1] as number, units[at] as number) : 0
    length -= before
    source = at - before
    trace?.backTo(length)
    if (pair !== 0) {
      out[length++] = pair & 0xffff
      if (pair > 0xffff) out[length++] = pair >>> 16
    } else {
      const slot = pieces.find(units, at - before, end, 0)
      if (slot === -1 || length + mostMade + units.length - end > out.length) return undefined
      const from = slot * mostMade
      const to = from + pieces.lengthIn(slot)
      for (let i = from; i < to; i++) out[length++] = pieces.made[i] as number
    }
    before = 0
    at = end
  }
  trace?.add(units, source, units.length, out, length)
  return textOf(out, length)
}

function normalityAt(units: Uint16Array, at: number): number {
  return normalities.units[units[at] as number] || normalities.of(pointAt(units, at))
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
