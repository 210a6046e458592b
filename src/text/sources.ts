/** A half-open range of a text, in UTF-16 code units. */
export type Range = { start: number; end: number }

/**
 * Map ranges of a changed text back to the original text, for showing and masking what was found.
 *
 * `change` must work character by character, each with its accents and joined characters; characters that only change
 * together are mapped together. A range grows to whole characters if these were changed. Linear.
 */
export function sourcesOf(text: string, change: (text: string) => string): (range: Range) => Range {
  const changed = change(text)
  if (changed === text) return ({ start, end }) => ({ start, end: withInvisible(text, end) })
  const pieces = piecesOf(text, changed, change)
  return ({ start, end }) => {
    const [first, last] = [pieceAt(pieces, start), pieceAt(pieces, end - 1)]
    return {
      start: first.isSame ? first.start + start - first.from : first.start,
      end: withInvisible(text, last.isSame ? last.start + end - last.from : last.end),
    }
  }
}

/** The index after any invisible characters, which belong to the character before them. */
function withInvisible(text: string, place: number): number {
  invisible.lastIndex = place
  return place + (invisible.exec(text)?.[0].length ?? 0)
}

const invisible = /\p{Default_Ignorable_Code_Point}+/uy

/** A part of the original text, and where it begins in the changed text; `isSame` if it is unchanged. */
type Piece = Range & { from: number; isSame: boolean }

/** Accents and invisible characters, which belong to the character before them. */
const joined = '[\\p{M}\\p{Default_Ignorable_Code_Point}\\uff9e\\uff9f]*'

/** A character with its accents and the characters joined to it; or a lone surrogate or accent. */
const character = new RegExp(
  `\\P{M}${joined}(?:(?<=(?:\\u200c|\\u200d|\\u180e)${joined})\\P{White_Space}${joined})*|[\\s\\S]`,
  'gu',
)

/** How many characters are mapped together at most; beyond that, the rest of the text is mapped as one. */
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

/** Memoise the function for short pieces, which repeat often. */
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

/** The length of a piece in the changed text; -1 if it does not fit. A space after a space was collapsed into it. */
function lengthAt(changed: string, from: number, became: string): number {
  if (changed.startsWith(became, from)) return became.length
  const isCollapsed = became.startsWith(' ') && changed[from - 1] === ' ' && changed.startsWith(became.slice(1), from)
  return isCollapsed ? became.length - 1 : -1
}

/** The piece at an index of the changed text. */
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
