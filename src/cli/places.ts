import { visible } from '../language/show/visible.ts'
import { lineStarts, type Place, placeAt, type Span } from '../yaml/source.ts'

/** Where a span begins, as numbers and as text to show: `a.yaml:3:7`. */
export type PlaceOf = (span: Span) => Place & { text: string }

/** Places in some files, the lines of each found once. */
export function placesIn(sources: ReadonlyMap<string, string>): PlaceOf {
  const starts = new Map<string, number[]>()
  return ({ file, start }) => {
    const lines = starts.get(file) ?? lineStarts(sources.get(file) ?? '')
    starts.set(file, lines)
    const { line, column } = placeAt(lines, start)
    return { line, column, text: `${visible(file)}:${line}:${column}` }
  }
}
