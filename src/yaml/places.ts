import { lineStarts, type Place, placeAt, type Span } from './source.ts'

/** The text of a file, and the offsets at which its lines start. */
export type Lines = { text: string; starts: readonly number[] }

/** The lines of some files, by path, computed once per file; a missing file is empty. Files may be added later. */
export function linesIn(sources: ReadonlyMap<string, string>): (file: string) => Lines {
  const found = new Map<string, Lines>()
  return file => {
    const known = found.get(file)
    if (known !== undefined) return known
    const text = sources.get(file) ?? ''
    const lines = { text, starts: lineStarts(text) }
    found.set(file, lines)
    return lines
  }
}

/** Returns the place where a span starts. */
export type PlaceOf = (span: Span) => Place

/** Places in some files, by path. */
export function placesIn(sources: ReadonlyMap<string, string>): PlaceOf {
  const lines = linesIn(sources)
  return ({ file, start }) => placeAt(lines(file).starts, start)
}

/** Shows where a span starts: `names.yaml:14:9`. */
export type ShowPlace = (span: Span) => string

/** Places in some files, as people write them. */
export function shownPlacesIn(sources: ReadonlyMap<string, string>): ShowPlace {
  const place = placesIn(sources)
  return span => {
    const { line, column } = place(span)
    return `${span.file}:${line}:${column}`
  }
}
