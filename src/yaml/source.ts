/**
 * One file of a rules folder as it was read. `file` is its path relative to the folder, separated by `/`; bytes are
 * decoded as UTF-8, text is used as is.
 */
export type SourceFile = { file: string; content: string | Uint8Array }

/** A file that could be decoded: its text has no BOM. */
export type Source = { file: string; text: string }

/** A half-open range of one source file. Offsets are 0-based, in UTF-16 code units of its text without a BOM. */
export type Span = { file: string; start: number; end: number }

/** A place for display: 1-based line and column, the column in UTF-16 code units. */
export type Place = { line: number; column: number }

/**
 * Offsets at which the lines of a text start. LF and CRLF end a line, as in editors.
 *
 * Keep the result and pass it to `placeAt`.
 */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The place of an offset, by binary search in the starts of the lines. */
export function placeAt(starts: readonly number[], offset: number): Place {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 }
}
