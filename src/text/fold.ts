import { isAscii } from './ascii.ts'
import { isInert } from './inert.ts'
import { hasInvisible, isNeverKept, removeInvisible } from './invisible.ts'
import { rememberingLong } from './last-long.ts'
import { normalForm } from './normal.ts'
import { normalities, normality } from './normality.ts'
import { longestPiece, mostMade, PieceCache } from './piece-cache.ts'
import { pointTable } from './point-table.ts'
import { isCaseless, isIgnorable } from './properties.ts'
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
  return foldEach(unitsOf(text)) ?? foldWithin(text)
}

/**
 * The fold of a text whose characters depend on those beside them.
 *
 * Compatibility forms go first: what they leave of an emoji (™ becomes TM) no longer carries its selector. Folding and
 * dropping can leave a letter beside an accent that composes with it, hence NFKC again; and that can put an accent
 * between a virama and its joiner, which then shows no more. A text that never comes to rest keeps no joiner at all.
 */
function foldWithin(text: string): string {
  let visible = removeInvisible(normalForm(text, 'NFKC'))
  for (let round = 0; round < 8; round++) {
    const folded = normalForm(foldCase(visible), 'NFKC')
    if (folded === visible) return collapseSpaces(folded)
    visible = removeInvisible(folded)
    if (visible === folded) return collapseSpaces(folded)
  }
  return collapseSpaces(normalForm(foldCase(visible.replace(everyInvisible, '')), 'NFKC'))
}

/**
 * The folds of all characters one after another, those that depend on others in pieces with them; undefined where such
 * a piece is long, or too many are all different. It tells `trace` where all comes from.
 */
function foldEach(units: Uint16Array, trace?: Trace): string | undefined {
  const { units: known } = pointWays
  let out = unitsToWrite(units.length + mostMade)
  let length = 0
  let isAfterSpace = false
  let source = 0
  pieces.begin()
  for (let at = 0; at < units.length; at++) {
    trace?.add(units, source, at, out, length)
    source = at
    let point = units[at] as number
    let way = known[point] as number
    if (way === same) {
      isAfterSpace = false
      out[length++] = point
      continue
    }
    if (way === 0) {
      point = pointAt(units, at)
      way = pointWays.of(point)
      if (way === same) {
        isAfterSpace = false
        out[length++] = units[at] as number
        if (point > 0xffff) out[length++] = units[++at] as number
        continue
      }
    }
    if (way === ways.nothing) continue
    if (way === ways.space) {
      if (!isAfterSpace) out[length++] = 0x20
      isAfterSpace = true
      continue
    }
    // Room is needed for what is made here, and for the rest as it is.
    if (way >= ways.several && length + mostMade + units.length - at > out.length) out = withRoom(out, length, units)
    if (way >= ways.joined) {
      const pair = way === ways.joined && isPairAt(units, at) ? pieces.pair(units[at - 1] as number, point) : 0
      if (pair !== 0) {
        length -= foldedLength(units[at - 1] as number, known[units[at - 1] as number] as number)
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
      if (start < at) length -= foldedLength(pointAt(units, start), wayAt(units, start))
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
    isAfterSpace = false
    if (way === ways.several) {
      const folded = folds.get(point) as Uint16Array
      for (let i = 0; i < folded.length; i++) out[length++] = folded[i] as number
    } else {
      out[length++] = singles[point] as number
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
    way = end < text.length ? pointWays.of(text.codePointAt(end) as number) : same
  }
  return end
}

function foldedLength(point: number, way: number): number {
  if (way === ways.several) return (folds.get(point) as Uint16Array).length
  return point > 0xffff && way !== ways.single ? 2 : 1
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

/**
 * How a code point is folded: not at all, to one code unit, to a blank, to several, to nothing, by what stands before it
 * (`joined`), or by what stands on both sides (`hidden`).
 */
const same = 1
const ways = { same, single: 2, space: 3, several: 4, nothing: 5, joined: 6, hidden: 7 }

/** The folds of single code units to one, and those of others. */
const singles = new Uint16Array(0x10000)
const folds = new Map<number, Uint16Array>()

const pointWays = pointTable(point => {
  if (isInert(point)) return ways.same
  if (isSpace(point)) return ways.space
  if (isNeverKept(point)) return ways.nothing
  const char = String.fromCodePoint(point)
  if (normalities.of(point) === normality.compatible && isCaseless(point) && !isIgnorable(point)) return ways.same
  const compatible = char.normalize('NFKC')
  const folded = foldWithin(char)
  if (hasInvisible.test(compatible) || folded === '' || hasInvisible.test(folded)) return ways.hidden
  if (mayMeet(compatible) || mayMeet(folded)) return ways.joined
  if (folded === char) return ways.same
  if (folded.length === 1 && point < 0x10000) {
    singles[point] = folded.charCodeAt(0)
    return ways.single
  }
  folds.set(point, unitsOf(folded))
  return ways.several
})

const { units: knownWays } = pointWays

const pieces = new PieceCache((text, company) => {
  const folded = foldWithin(text)
  return company === 0 ? folded : folded.slice(0, -foldWithin(text.slice(-company)).length)
})

/** True for a code unit that depends on the one before it, if that is a character, no blank, and the only such one. */
function isPairAt(units: Uint16Array, at: number): boolean {
  const before = at === 0 ? 0 : (knownWays[units[at - 1] as number] as number)
  if (before === 0 || before === ways.space || before >= ways.nothing || knownWays[units[at] as number] === 0)
    return false
  return at + 1 === units.length || wayAt(units, at + 1) < ways.nothing
}

/** The end of the row of characters that depend on others; its complement (~) if something hidden is among them. */
function rowEnd(units: Uint16Array, from: number): number {
  let isHidden = false
  let end = from
  // A longer row is none that the pieces know.
  while (end < units.length && end - from <= longestPiece) {
    const way = wayAt(units, end)
    if (way < ways.nothing) break
    if (way === ways.hidden) isHidden = true
    end += sizeAt(units, end)
  }
  return isHidden ? ~end : end
}

/** Where the character begins that stands before such a row; the row itself where a blank does, which joins nothing. */
function startBefore(units: Uint16Array, row: number): number {
  let start = row - 1
  while (start >= 0 && knownWays[units[start] as number] === ways.nothing) start--
  if (start < 0) return row
  const way = knownWays[units[start] as number]
  if (way === 0 && start > 0 && pointAt(units, start - 1) > 0xffff) return start - 1
  return way === ways.space ? row : start
}

function wayAt(units: Uint16Array, at: number): number {
  return knownWays[units[at] as number] || pointWays.of(pointAt(units, at))
}

const everyInvisible = new RegExp(hasInvisible, 'gu')

/** True for what may change with what stands beside it: what joins a letter, blanks at an end, the invisible. */
function mayMeet(text: string): boolean {
  const first = text.codePointAt(0)
  return (
    first === undefined || normalities.of(first) > normality.composed || hasInvisible.test(text) || /^ | $/.test(text)
  )
}

/** `fold` with the blanks at both ends dropped: for comparing a whole value (`is`, `one of`, `in list`). Pure. */
export function foldWhole(text: string): string {
  return trimBlanks(fold(text))
}

/**
 * Full case folding: status C and F of Unicode's CaseFolding.txt.
 *
 * Upper case and then lower case gives its equivalence classes but for three letters: ẞ (to be ss, as ß is),
 * ς (to be σ; lower-casing makes it at the end of a word) and ı, which is not i. Pure, linear.
 */
export function foldCase(text: string): string {
  if (text.includes('ı')) return text.split('ı').map(foldCase).join('ı')
  return text.replaceAll('ẞ', 'ß').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
