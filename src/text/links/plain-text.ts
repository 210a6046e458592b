import type { Range } from '../sources.ts'

/** A text as a reader takes it, and where each of its code units came from in the text as given. */
export type PlainText = {
  text: string
  /** Where what a unit came from begins and ends; undefined where each unit is where it was. */
  from: { starts: Uint32Array; ends: Uint32Array } | undefined
}

/** The range of the text as given that a range of the reading, which is not empty, came from. Pure. */
export function givenRange({ from }: PlainText, start: number, end: number): Range {
  if (from === undefined) return { start, end }
  return { start: from.starts[start] as number, end: from.ends[end - 1] as number }
}

/** What takes the place of a piece of the reading. */
export type TextEdit = Range & { text: string }

/** The reading with changes made, which are in order and do not overlap. Pure, linear. */
export function withEdits(reading: PlainText, changes: readonly TextEdit[]): PlainText {
  if (changes.length === 0) return reading
  const length = changes.reduce((sum, { start, end, text }) => sum + text.length - (end - start), reading.text.length)
  const [starts, ends] = [new Uint32Array(length), new Uint32Array(length)]
  const pieces: string[] = []
  let [at, made] = [0, 0]
  const keep = (end: number) => {
    pieces.push(reading.text.slice(at, end))
    for (; at < end; at++, made++) {
      starts[made] = reading.from === undefined ? at : (reading.from.starts[at] as number)
      ends[made] = reading.from === undefined ? at + 1 : (reading.from.ends[at] as number)
    }
  }
  for (const { start, end, text } of changes) {
    keep(start)
    const range = givenRange(reading, start, end)
    pieces.push(text)
    starts.fill(range.start, made, made + text.length)
    ends.fill(range.end, made, made + text.length)
    ;[at, made] = [end, made + text.length]
  }
  keep(reading.text.length)
  return { text: pieces.join(''), from: { starts, ends } }
}

/** A link in a reading of a text, and where it stands there. */
export type FoundLink = Range & {
  /** The address as a browser would open it; https where no scheme is written. As typed where it cannot be read. */
  url: string
  /** The host of that address; empty where it has none. */
  host: string
}
