/** A half-open range of a text, in UTF-16 code units. */
export type Range = { start: number; end: number }

/**
 * From ranges of a changed text back to the text as it was given: for showing and masking what was found.
 *
 * `change` changes a text character by character, each in the company of its accents and of what joins it; what only
 * changes in more company is taken together. A range grows to whole characters where they were changed. Pure, linear.
 */
export function sourcesOf(text: string, change: (text: string) => string): (range: Range) => Range {
  const changed = change(text)
  if (changed === text) return ({ start, end }) => ({ start, end: withUnseen(text, end) })
  const pieces = piecesOf(text, changed, change)
  return ({ start, end }) => {
    const [first, last] = [pieceAt(pieces, start), pieceAt(pieces, end - 1)]
    return {
      start: first.isSame ? first.start + start - first.from : first.start,
      end: withUnseen(text, last.isSame ? last.start + end - last.from : last.end),
    }
  }
}

/** What cannot be seen behind a place is of what stands before it. */
function withUnseen(text: string, place: number): number {
  unseen.lastIndex = place
  return place + (unseen.exec(text)?.[0].length ?? 0)
}

const unseen = /\p{Default_Ignorable_Code_Point}+/uy

/** A part of the text as given, and where what it became begins; `isSame` when it stayed as it was. */
type Piece = Range & { from: number; isSame: boolean }

/** Accents, and what cannot be seen: both are of the character before them. */
const joined = '[\\p{M}\\p{Default_Ignorable_Code_Point}\\uff9e\\uff9f]*'

/** A character with what is of it, and the characters that joiners join to it; half a pair or a lone accent by itself. */
const character = new RegExp(
  `\\P{M}${joined}(?:(?<=(?:\\u200c|\\u200d|\\u180e)${joined})\\P{White_Space}${joined})*|[\\s\\S]`,
  'gu',
)

/** So many characters are taken together before the rest of the text is. */
const mostTogether = 32

function piecesOf(text: string, changed: string, changeOnce: (text: string) => string): Piece[] {
  const change = remembered(changeOnce)
  const ends = Array.from(text.matchAll(character), ({ 0: found, index }) => index + found.length)
  const pieces: Piece[] = []
  let [start, from] = [0, 0]
  for (let at = 0; at < ends.length && start < text.length; at++) {
    let [end, length] = [text.length, changed.length - from]
    let piece = ''
    for (let next = at; next < Math.min(at + mostTogether, ends.length); next++) {
      piece = text.slice(start, ends[next])
      const became = lengthAt(changed, from, change(piece))
      if (became === -1) continue
      ;[at, end, length] = [next, ends[next] as number, became]
      break
    }
    if (length > 0) pieces.push({ start, end, from, isSame: length === end - start && changed.startsWith(piece, from) })
    ;[start, from] = [end, from + length]
  }
  return pieces
}

/** The same function, which is asked about the same short pieces again and again. */
function remembered(change: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return text => {
    const before = known.get(text)
    if (before !== undefined) return before
    const became = change(text)
    if (text.length <= 4) known.set(text, became)
    return became
  }
}

/** How much of the changed text a piece became, -1 if that is not it. A space behind a space was collapsed with it. */
function lengthAt(changed: string, from: number, became: string): number {
  if (changed.startsWith(became, from)) return became.length
  const isCollapsed = became.startsWith(' ') && changed[from - 1] === ' ' && changed.startsWith(became.slice(1), from)
  return isCollapsed ? became.length - 1 : -1
}

/** The piece that became what is at a place. */
function pieceAt(pieces: readonly Piece[], place: number): Piece {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle] as Piece).from <= place) low = middle
    else high = middle - 1
  }
  return pieces[low] as Piece
}
