import type { Trace } from '../decide/trace.ts'
import { visible } from '../language/show/visible.ts'

/** A piece of a text; `isFound` if it is what a condition found. */
export type LitPiece = { text: string; isFound: boolean }

/** What the conditions of a rule found in a call, as it was written: only of those that hold, and none of exceptions. */
export function foundIn({ verdict, negates, found, children = [], items = [] }: Trace): readonly string[] {
  if (verdict !== true || negates) return []
  const own = found?.text !== undefined && found.text !== '' && found.exception === undefined ? [found.text] : []
  return [...own, ...[...children, ...items.map(({ conditions }) => conditions)].flatMap(foundIn)]
}

/** A text in pieces, so that what was found can be lit: the first place of each. All hidden characters are spelt out. */
export function litPieces(text: string, found: readonly string[]): readonly LitPiece[] {
  const places = found
    .map(each => ({ start: text.indexOf(each), end: text.indexOf(each) + each.length }))
    .filter(({ start }) => start !== -1)
    .sort((a, b) => a.start - b.start || b.end - a.end)
  const pieces: LitPiece[] = []
  let done = 0
  for (const { start, end } of places) {
    if (start < done) continue
    pieces.push({ text: text.slice(done, start), isFound: false }, { text: text.slice(start, end), isFound: true })
    done = end
  }
  pieces.push({ text: text.slice(done), isFound: false })
  return pieces.filter(piece => piece.text !== '').map(piece => ({ ...piece, text: visible(piece.text) }))
}
