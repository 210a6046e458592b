import { isAscii } from './ascii.ts'
import { fold, foldedEnd, foldSources } from './fold.ts'
import { composedEnd, composedSources, normalForm } from './normal.ts'

/** A half-open range of a text, in UTF-16 code units. */
export type Range = { start: number; end: number }

/**
 * From ranges of a changed text back to the text as it was given, by comparing parts of both: for the texts whose
 * `change` was not made piece by piece, so that nobody wrote down what comes from where.
 *
 * A part is a character with its accents. A range grows to whole parts where they were changed; where parts do not add
 * up to the whole (letters that only join in company), to what stands between blanks. Pure, linear.
 */
export function aligner(text: string, changeOnce: (text: string) => string): (range: Range) => Range {
  const change = remembered(changeOnce)
  const changed = changeOnce(text)
  if (changed === text) return range => range
  const whole: Piece = { text, source: 0, start: 0, end: changed.length, isSame: false }
  const groups = divide(whole, groupsOf(text), changed, change) ?? [whole]
  const refined = new Map<Piece, readonly Piece[]>()
  const pieceAt = (at: number) => {
    const group = find(groups, at)
    const pieces = refined.get(group) ?? refine(group, changed, change)
    refined.set(group, pieces)
    return find(pieces, at)
  }
  return ({ start, end }) => {
    const [first, last] = [pieceAt(start), pieceAt(end - 1)]
    return {
      start: first.source + (first.isSame ? start - first.start : 0),
      end: last.source + (last.isSame ? end - last.start : last.text.length),
    }
  }
}

/** From the composed form (NFC) back to the text as it was given. Pure, linear. */
export function alignComposed(text: string): (range: Range) => Range {
  if (isAscii(text)) return range => range
  const sources = composedSources(text)
  return sources === undefined
    ? aligner(text, given => normalForm(given, 'NFC'))
    : ({ start, end }) => ({ start: sources[start] as number, end: composedEnd(text, sources[end - 1] as number) })
}

/** From the fold back to the text as it was given. Pure, linear. */
export function alignFolded(text: string): (range: Range) => Range {
  if (isAscii(text) && fold(text).length === text.length) return range => range
  const sources = foldSources(text)
  return sources === undefined
    ? aligner(text, fold)
    : ({ start, end }) => ({ start: sources[start] as number, end: foldedEnd(text, sources[end - 1] as number) })
}

/**
 * A part of the given text, where it is there, and the range of the changed text that it became; `isSame` when it was
 * not changed.
 */
type Piece = { text: string; source: number; start: number; end: number; isSame: boolean }

/** Long parts, to a blank if there is one: most of a long text need not be looked at more closely. */
function groupsOf(text: string): string[] {
  return text.match(group) ?? []
}

const group =
  /.{1,200}(?:\p{White_Space}+(?!\p{M})|$)|.{1,200}(?<![\u200c\u200d])(?![\p{M}\p{Default_Ignorable_Code_Point}])|.[\p{M}\p{Default_Ignorable_Code_Point}]*/gsu

/** The same function, which is asked about the same short pieces again and again. */
function remembered(change: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return text => {
    if (text.length > 4) return change(text)
    const became = known.get(text) ?? change(text)
    known.set(text, became)
    return became
  }
}

function refine(group: Piece, changed: string, change: (text: string) => string): readonly Piece[] {
  for (const kind of [characters, letters, blanks]) {
    const pieces = divide(group, group.text.match(kind) ?? [], changed, change)
    if (pieces !== undefined) return pieces
  }
  return [group]
}

/** A character with its accents, an emoji with those joined to it. */
const characters =
  /\P{M}?[\p{M}\p{Default_Ignorable_Code_Point}]*(?:(?<=\u200d)\p{Extended_Pictographic}[\p{M}\p{Default_Ignorable_Code_Point}]*)*/gu
const letters = /[\p{L}\p{M}\p{N}\p{Default_Ignorable_Code_Point}]+|\p{White_Space}+|./gsu
const blanks = /\P{White_Space}+|\p{White_Space}+/gu

/** The pieces of a piece, or undefined when they do not add up to what it became. */
function divide(
  whole: Piece,
  parts: readonly string[],
  changed: string,
  change: (text: string) => string,
): Piece[] | undefined {
  const pieces: Piece[] = []
  let source = whole.source
  let start = whole.start
  for (const text of parts) {
    const became = partAfter(changed, start, change(text))
    const end = start + became.length
    if (end > whole.end || !changed.startsWith(became, start)) return undefined
    pieces.push({ text, source, start, end, isSame: became === text })
    source += text.length
    start = end
  }
  return start === whole.end ? pieces : undefined
}

/** A blank that follows a blank has been collapsed with it. */
function partAfter(changed: string, at: number, part: string): string {
  const isSecond = part.startsWith(' ') && changed[at - 1] === ' ' && changed[at] !== ' '
  return isSecond ? part.slice(1) : part
}

/** The piece that became what is at a place. Pieces that became nothing are at no place. */
function find(pieces: readonly Piece[], at: number): Piece {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle] as Piece).start <= at) low = middle
    else high = middle - 1
  }
  while (low > 0 && (pieces[low] as Piece).end <= at) low--
  return pieces[low] as Piece
}
