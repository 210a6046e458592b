import { isBlank } from '../../text/spaces.ts'
import { limits, shownCount } from '../../yaml/limits.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Source, Span } from '../../yaml/source.ts'
import type { List, ListEntries, ListEntry } from '../condition.ts'
import { pairOn, pairsOfFile, plain } from './file-pairs.ts'

/** The list name of a list file, or undefined for other files. */
export function listNameOf(file: string): string | undefined {
  return /^lists\/(?:.*\/)?([^/]+)\.txt$/.exec(file)?.[1]
}

/**
 * Reads a list from its file: one entry per line, trimmed, blank lines ignored.
 *
 * `#` starts a comment at the start of a line or after a space; `\#` is a literal hash. A line that begins with `!` is an
 * exception; `\!` is the sign. If every entry contains ` = `, a replacement follows; `\=` is the sign. Undefined if
 * invalid (reported). Pauses after each piece, so that the caller can let other work run.
 */
export function* readListFile(
  name: string,
  source: Source,
  reporter: Reporter,
): Generator<undefined, List | undefined> {
  const { file, text } = source
  const entries: ListEntry[] = []
  const exceptions: ListEntry[] = []
  const paired: number[] = []
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
    const entry: ListEntry | undefined = isWhole ? entryIn(text.slice(start, end), start, file) : undefined
    if (entry?.text.startsWith('!')) isWhole = addException(entry, exceptions, reporter) && isWhole
    else if (entry !== undefined) {
      if (pairOn(entry.text) !== undefined) paired.push(entries.length)
      entries.push(entry)
    }
    start = end + 1
  }
  if (!isWhole || reporter.isFull) return undefined
  const except = exceptions.length > 0 && { except: listed(exceptions) }
  const list = { name, span: { file, start: 0, end: 0 }, ...except }
  if (paired.length === 0) return { ...list, ...listed(entries) }
  const pairs = yield* pairsOfFile(entries, paired, reporter)
  return pairs && { ...list, ...listed(pairs.entries), replacements: pairs.replacements }
}

function listed(entries: readonly ListEntry[]): ListEntries {
  const read = entries.map(entry => (entry.text.includes('\\') ? { ...entry, text: plain(entry.text) } : entry))
  return { entries: read, texts: read.map(({ text }) => text) }
}

/** Add what stands behind the sign; that nothing does is reported, and the result is then false. */
function addException({ text, span }: ListEntry, exceptions: ListEntry[], reporter: Reporter): boolean {
  const word = text.slice(1).trim()
  if (!isBlank(word)) {
    const before = text.length - text.slice(1).trimStart().length
    exceptions.push({ text: word, span: { ...span, start: span.start + before } })
    return true
  }
  const hint = 'Write the exception after it, or \\! for the sign itself'
  reporter.error('empty', span, 'A line that starts with ! is an exception, but there is nothing after the !', hint)
  return false
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
