/** A half-open range of a text, in UTF-16 code units. */
export type Range = { start: number; end: number }

/**
 * From ranges of a changed text back to the text as it was given: for `change` of NFC or folding, which alter a
 * text piece by piece.
 *
 * Pieces are a character with its accents; where these do not add up (letters that join over a joiner), what
 * stands between blanks; else all of it. A range grows to whole pieces. Pure, linear.
 */
export function aligner(text: string, change: (text: string) => string): (range: Range) => Range {
  const changed = change(text)
  if (changed.length === text.length && isAscii.test(text)) return ({ start, end }) => ({ start, end })
  for (const piece of [/\P{M}?[\p{M}\p{Default_Ignorable_Code_Point}]*/gu, /\P{White_Space}+|\p{White_Space}+/gu]) {
    const sources = sourcesOf(text.match(piece) ?? [], changed, change)
    if (sources !== undefined) return range => sourceRange(sources, range)
  }
  return () => ({ start: 0, end: text.length })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const isAscii = /^[\x00-\x7f]*$/

/** For each code unit of the changed text, the start and end of the piece that it came from. */
type Sources = { starts: Int32Array; ends: Int32Array }

function sourcesOf(pieces: readonly string[], changed: string, change: (text: string) => string): Sources | undefined {
  const sources = { starts: new Int32Array(changed.length), ends: new Int32Array(changed.length) }
  let at = 0
  let start = 0
  for (const piece of pieces) {
    const end = start + piece.length
    const part = partAfter(changed, at, change(piece))
    if (!changed.startsWith(part, at)) return undefined
    sources.starts.fill(start, at, at + part.length)
    sources.ends.fill(end, at, at + part.length)
    at += part.length
    start = end
  }
  return at === changed.length ? sources : undefined
}

/** A blank that another blank stands before is collapsed with it. */
function partAfter(changed: string, at: number, part: string): string {
  const isSecond = part.startsWith(' ') && changed[at - 1] === ' ' && changed[at] !== ' '
  return isSecond ? part.slice(1) : part
}

function sourceRange({ starts, ends }: Sources, { start, end }: Range): Range {
  return { start: starts[start] as number, end: ends[end - 1] as number }
}
