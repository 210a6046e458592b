import { isAscii } from './ascii.ts'
import { foldAsWhole } from './fold-as-whole.ts'
import { foldedLength, folds, isPairAt, knownWays, pointWays, rowEnd, singles, startBefore, ways } from './fold-ways.ts'
import { rememberingLong } from './last-long.ts'
import { fewMisses, manyMisses, mostMade, PieceCache } from './piece-cache.ts'
import { collapseSpaces, isSpace, trimBlanks } from './spaces.ts'
import { Trace } from './trace.ts'
import { pointAt, sizeAt, textOf, unitsOf, unitsToWrite } from './units.ts'

/**
 * The form in which texts are compared: NFKC, full case folding, invisible characters dropped, each run of white
 * space as one blank; the ends are not trimmed.
 *
 * Two texts are the same to a rule author exactly when their folds are equal. Pure, linear, idempotent.
 */
export const fold: (text: string) => string = rememberingLong(makeFold)

function makeFold(text: string): string {
  if (isAscii(text)) return collapseSpaces(text.toLowerCase())
  return foldEach(unitsOf(text)) ?? foldAsWhole(text)
}

/**
 * The folds of all characters one after another, those that depend on others in pieces with them; undefined where such
 * a piece is long, or too many are all different. It tells `trace` where all comes from.
 */
function foldEach(units: Uint16Array, trace?: Trace): string | undefined {
  // Quicker at hand than in another module.
  const [known, single] = [knownWays, singles]
  const { same, nothing, space, several, joined } = ways
  let out = unitsToWrite(units.length + mostMade)
  let length = 0
  let isAfterSpace = false
  /** How much there was before the last character. */
  let base = 0
  let source = 0
  pieces.begin(trace === undefined ? fewMisses(units.length) : manyMisses)
  for (let at = 0; at < units.length; at++) {
    trace?.add(units, source, at, out, length)
    source = at
    let point = units[at] as number
    let way = known[point] as number
    if (way === same) {
      isAfterSpace = false
      base = length
      out[length++] = point
      continue
    }
    if (way === 0) {
      point = pointAt(units, at)
      way = pointWays.of(point)
      if (way === same) {
        isAfterSpace = false
        base = length
        out[length++] = units[at] as number
        if (point > 0xffff) out[length++] = units[++at] as number
        continue
      }
    }
    if (way === nothing) continue
    if (way < nothing) base = length
    if (way === space) {
      if (!isAfterSpace) out[length++] = 0x20
      isAfterSpace = true
      continue
    }
    // Room is needed for what is made here, and for the rest as it is.
    if (way >= several && length + mostMade + units.length - at > out.length) out = withRoom(out, length, units)
    if (way >= joined) {
      const pair = way === joined && isPairAt(units, at) ? pieces.pair(units[at - 1] as number, point) : 0
      if (pair !== 0) {
        length = base
        source = at - 1
        trace?.backTo(length)
        out[length++] = pair & 0xffff
        if (pair > 0xffff) out[length++] = pair >>> 16
        continue
      }
      const start = startBefore(units, at)
      const row = rowEnd(units, at)
      const end = row < 0 ? ~row : row
      // What cannot be seen is judged in the company of the character behind it.
      const company = row < 0 && end < units.length ? sizeAt(units, end) : 0
      const slot = pieces.find(units, start, end + company, company)
      if (slot === -1) return undefined
      if (start < at) length = base
      isAfterSpace = length > 0 && out[length - 1] === 0x20
      source = start
      trace?.backTo(length)
      const from = slot * mostMade
      const to = from + pieces.lengthIn(slot)
      for (let i = from; i < to; i++) {
        const unit = pieces.made[i] as number
        if (unit !== 0x20 || !isAfterSpace) out[length++] = unit
        isAfterSpace = unit === 0x20
      }
      at = end - 1
      continue
    }
    if (way === several) {
      const folded = folds.get(point) as Uint16Array
      for (let i = 0; i < folded.length; i++) {
        const unit = folded[i] as number
        if (unit !== 0x20 || !isAfterSpace) out[length++] = unit
        isAfterSpace = unit === 0x20
      }
    } else {
      out[length++] = single[point] as number
      isAfterSpace = false
    }
    if (point > 0xffff) at++
  }
  trace?.add(units, source, units.length, out, length)
  return textOf(out, length)
}

/**
 * For each code unit of the fold, where the character begins in the text that it comes from, or the piece of several;
 * undefined for a text that is not folded piece by piece. Pure, linear.
 */
export function foldSources(text: string): Uint32Array | undefined {
  const sources = new Uint32Array(fold(text).length)
  return foldEach(unitsOf(text), new Trace(sources)) === undefined ? undefined : sources
}

/**
 * Where the character or piece ends that begins at such a place: what depends on it is of it, and what cannot be seen
 * behind it. Pure.
 */
export function foldedEnd(text: string, start: number): number {
  // What joins others does not join blanks.
  const most = isSpace(text.charCodeAt(start)) ? ways.nothing : ways.hidden
  let end = start
  let way: number = ways.nothing
  while (way >= ways.nothing && way <= most) {
    end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1
    way = end < text.length ? pointWays.of(text.codePointAt(end) as number) : ways.same
  }
  return end
}

/** Room for the folds of all characters and a half more, or twice as much as there was, with what has been made so far. */
function withRoom(out: Uint16Array, length: number, units: Uint16Array): Uint16Array {
  const more = unitsToWrite(Math.max(Math.ceil(1.5 * sizeOfFold(units)), 2 * out.length))
  if (more.buffer !== out.buffer) more.set(out.subarray(0, length))
  return more
}

/** How long the folds of all characters are together. */
function sizeOfFold(units: Uint16Array): number {
  let size = 0
  for (let at = 0; at < units.length; at++) {
    const point = pointAt(units, at)
    size += foldedLength(point, pointWays.of(point))
    if (point > 0xffff) at++
  }
  return size
}

const pieces = new PieceCache((text, company) => {
  const folded = foldAsWhole(text)
  return company === 0 ? folded : folded.slice(0, -foldAsWhole(text.slice(-company)).length)
})

/** `fold` with the blanks at both ends dropped: for comparing a whole value (`is`, `one of`, `in list`). Pure. */
export function foldWhole(text: string): string {
  return trimBlanks(fold(text))
}
