import { lineStarts, placeAt, type Span } from './source.ts'

/** Where a span begins, as people write it: `names.yaml:14:9`. */
export type ShowPlace = (span: Span) => string

/** Places in some files, whose lines are found once. Files may be added later. */
export function placesIn(sources: ReadonlyMap<string, string>): ShowPlace {
  const starts = new Map<string, number[]>()
  return ({ file, start }) => {
    const lines = starts.get(file) ?? lineStarts(sources.get(file) ?? '')
    starts.set(file, lines)
    const { line, column } = placeAt(lines, start)
    return `${file}:${line}:${column}`
  }
}
