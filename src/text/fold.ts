import { isAscii } from './ascii.ts'
import { isInert } from './inert.ts'
import { hasInvisible, isNeverKept, removeInvisible } from './invisible.ts'
import { rememberingLong } from './last-long.ts'
import { normalForm } from './normal.ts'
import { normalities, normality } from './normality.ts'
import { pointTable } from './point-table.ts'
import { isCaseless, isIgnorable } from './properties.ts'
import { collapseSpaces, isSpace, trimBlanks } from './spaces.ts'
import { pointAt, textOf, unitsOf, unitsToWrite } from './units.ts'

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
 * The fold of a text in which some character depends on those beside it.
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

/** The folds of all characters one after another, or undefined where that is not the fold of the text. */
function foldEach(units: Uint16Array): string | undefined {
  const { units: known } = pointWays
  let out = unitsToWrite(units.length)
  let length = 0
  let isAfterSpace = false
  let hasRoom = false
  for (let at = 0; at < units.length; at++) {
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
    }
    if (way === ways.within) return undefined
    if (way === ways.nothing) continue
    if (way === ways.space) {
      if (!isAfterSpace) out[length++] = 0x20
      isAfterSpace = true
      continue
    }
    isAfterSpace = false
    if (way === ways.several) {
      const folded = folds.get(point) as Uint16Array
      if (!hasRoom) out = withRoom(out, length, sizeOfFold(units))
      hasRoom = true
      for (let i = 0; i < folded.length; i++) out[length++] = folded[i] as number
    } else {
      out[length++] = way === ways.single ? (singles[point] as number) : (units[at] as number)
      if (point > 0xffff && way === ways.same) out[length++] = units[at + 1] as number
    }
    if (point > 0xffff) at++
  }
  return textOf(out, length)
}

/**
 * For each code unit of the fold, the one that it is in the text, or where the character begins that it comes from;
 * undefined for a text some of whose characters depend on those beside them. Pure, linear.
 */
export function foldSources(text: string): Uint32Array | undefined {
  const sources = new Uint32Array(fold(text).length)
  const units = unitsOf(text)
  let length = 0
  for (let at = 0, isAfterSpace = false; at < units.length; at++) {
    const point = pointAt(units, at)
    const way = pointWays.of(point)
    if (way === ways.within) return undefined
    if (way === ways.nothing) continue
    const size = point > 0xffff ? 2 : 1
    // A character is one with what cannot be seen behind it, and the halves of a pair then are no more by themselves.
    const isApart = way === ways.same && (at + size === units.length || !foldsToNothing(units[at + size] as number))
    const count = way === ways.space ? (isAfterSpace ? 0 : 1) : foldedLength(point, way)
    for (let i = 0; i < count; i++) sources[length++] = isApart ? at + i : at
    isAfterSpace = way === ways.space
    at += size - 1
  }
  return sources
}

function foldedLength(point: number, way: number): number {
  if (way === ways.several) return (folds.get(point) as Uint16Array).length
  return way === ways.same && point > 0xffff ? 2 : 1
}

/** Room for more, with what has been made so far. */
function withRoom(out: Uint16Array, length: number, size: number): Uint16Array {
  const more = unitsToWrite(size)
  if (more.buffer !== out.buffer) more.set(out.subarray(0, length))
  return more
}

/** How long the folds of all characters are at most. */
function sizeOfFold(units: Uint16Array): number {
  let size = 0
  for (let at = 0; at < units.length; at++) {
    const point = pointAt(units, at)
    size += foldedLength(point, pointWays.of(point))
    if (point > 0xffff) at++
  }
  return size
}

/** True for a code unit that leaves nothing in a fold, whatever stands beside it. Pure. */
export function foldsToNothing(unit: number): boolean {
  return pointWays.of(unit) === ways.nothing
}

/**
 * How a code point is folded: not at all, to one code unit, to a blank, to several, to nothing, or by what stands
 * beside it.
 */
const same = 1
const ways = { same, single: 2, space: 3, several: 4, nothing: 5, within: 6 }

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
  if (mayMeet(compatible) || mayMeet(folded)) return ways.within
  if (folded === char) return ways.same
  if (folded.length === 1 && point < 0x10000) {
    singles[point] = folded.charCodeAt(0)
    return ways.single
  }
  folds.set(point, unitsOf(folded))
  return ways.several
})

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
