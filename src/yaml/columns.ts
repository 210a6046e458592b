import type { Broken, Lexeme } from './lexemes.ts'

/** A place where an entry or a key begins. The key of a dash is what follows it. */
export type IndentedKey = { column: number; line: number; key: string; isDash: boolean }

/** The places of the lines above that a line could belong under, from the nearest outwards. Pure. */
export function enclosing({ text, all }: Broken, index: number): IndentedKey[] {
  const places: IndentedKey[] = []
  let limit = Number.POSITIVE_INFINITY
  let line = text.slice(0, all[index]?.start).split('\n').length
  let from = all[index]?.start ?? 0
  for (let at = index - 1; at >= 0 && limit > 0; at--) {
    const { type, start, end, depth } = all[at] as Lexeme
    line -= text.slice(start, from).split('\n').length - 1
    from = start
    const isDash = type === 'seq-item-ind'
    if (depth > 0 || (!isDash && all[at + 1]?.type !== 'map-value-ind')) continue
    const column = columnOf(text, start)
    if (column >= limit || !beginsPlace(all, at)) continue
    limit = column
    const key = isDash ? all[at + 1] : { start, end }
    places.push({ column, line, isDash, key: text.slice(key?.start, key?.end) })
  }
  return places
}

/** True for the first of a line, and for what dashes stand before. */
function beginsPlace(all: readonly Lexeme[], at: number): boolean {
  let index = at
  while (all[index]?.isFirst === false && all[index - 1]?.type === 'seq-item-ind') index--
  return all[index]?.isFirst === true
}

/** Of several, the one nearest to a column; the innermost of two as near. Pure. */
export function nearestColumn(places: readonly IndentedKey[], column: number): IndentedKey | undefined {
  const away = (place: IndentedKey) => Math.abs(place.column - column)
  return places.toSorted((a, b) => away(a) - away(b))[0]
}

/** The column of an offset, from 0, in UTF-16 code units. Pure. */
export function columnOf(text: string, offset: number): number {
  return offset - text.lastIndexOf('\n', offset - 1) - 1
}
