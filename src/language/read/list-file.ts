import { isBlank } from '../../text/spaces.ts'
import { limits, shownCount } from '../../yaml/limits.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Source, Span } from '../../yaml/source.ts'
import type { List, ListEntry } from '../condition.ts'

/** The list name of a list file, or undefined for other files. */
export function listNameOf(file: string): string | undefined {
  return /^lists\/(?:.*\/)?([^/]+)\.txt$/.exec(file)?.[1]
}

/**
 * Reads a list from its file: one entry per line, trimmed, blank lines ignored.
 *
 * `#` starts a comment at the start of a line or after a space; `\#` is a literal hash. Undefined if invalid
 * (reported). Pauses after each piece, so that the caller can let other work run.
 */
export function* readListFile(
  name: string,
  source: Source,
  reporter: Reporter,
): Generator<undefined, List | undefined> {
  const { file, text } = source
  const entries: ListEntry[] = []
  const texts: string[] = []
  let isWhole = true
  let pausedAt = 0
  for (let start = 0, lines = 1; start <= text.length && !reporter.isFull; lines++) {
    if (lines % linesInPiece === 0 || start - pausedAt > unitsInPiece) {
      pausedAt = start
      yield
    }
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    if (!isShortEnough(end - start, { file, start, end }, reporter)) isWhole = false
    const entry = isWhole ? entryIn(text.slice(start, end), start, file) : undefined
    if (entry !== undefined) {
      entries.push(entry)
      texts.push(entry.text)
    }
    start = end + 1
  }
  return isWhole && !reporter.isFull ? { name, entries, texts, span: { file, start: 0, end: 0 } } : undefined
}

/** How many lines, or code units, are read in about a millisecond. */
const linesInPiece = 1_000
const unitsInPiece = 250_000

/** The entry on the line that starts at `start`; undefined if there is none. */
function entryIn(line: string, start: number, file: string): ListEntry | undefined {
  const comment = /(?:^|\s)#/.exec(line)
  const written = comment === null ? line : line.slice(0, comment.index)
  const entry = written.trim()
  // An invisible text counts as a blank line; otherwise it would be found in every text.
  if (isBlank(entry)) return undefined
  const at = start + written.indexOf(entry)
  return { text: entry.replaceAll('\\#', '#'), span: { file, start: at, end: at + entry.length } }
}

/** Whether an entry is no longer than the texts that it is compared with; reported if not. */
export function isShortEnough(length: number, span: Span, reporter: Reporter): boolean {
  if (length <= limits.entry) return true
  const message = `This entry has ${shownCount(length)} characters, but the maximum is ${shownCount(limits.entry)}`
  reporter.error('too-large', span, message, 'Write each entry on its own line')
  return false
}
