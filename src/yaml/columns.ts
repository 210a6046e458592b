import type { Broken, Lexeme } from './lexemes.ts'

/** Where an entry or a key starts. The key of a dash is the key after it. */
export type IndentedKey = { column: number; line: number; key: string; isDash: boolean }

/** The places above that a line could belong under, from the nearest outwards. */
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

/** True for the first lexeme of a line, and for one after dashes. */
function beginsPlace(all: readonly Lexeme[], at: number): boolean {
  let index = at
  while (all[index]?.isFirst === false && all[index - 1]?.type === 'seq-item-ind') index--
  return all[index]?.isFirst === true
}

/** The place nearest to a column; the innermost one if equally near. */
export function nearestColumn(places: readonly IndentedKey[], column: number): IndentedKey | undefined {
  const away = (place: IndentedKey) => Math.abs(place.column - column)
  return places.toSorted((a, b) => away(a) - away(b))[0]
}

/** The column of an offset, 0-based, in UTF-16 code units. */
export function columnOf(text: string, offset: number): number {
  return offset - text.lastIndexOf('\n', offset - 1) - 1
}
