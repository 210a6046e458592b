import { isBlank } from '../text/spaces.ts'
import type { List, ListEntry } from './condition.ts'
import type { Source } from './source.ts'

/** The name of the list that a file holds, or undefined when it is no list's file. Pure. */
export function listNameOf(file: string): string | undefined {
  return /^lists\/(?:.*\/)?([^/]+)\.txt$/.exec(file)?.[1]
}

/**
 * A list from its file: one entry a line, its ends trimmed, blank lines ignored.
 *
 * `#` starts a comment at the beginning of a line or after a blank; `\#` is a hash. Pauses after each few thousand
 * lines, so that its caller can let others run. Pure.
 */
export function* readListFile(name: string, source: Source): Generator<undefined, List> {
  const { file, text } = source
  const entries: ListEntry[] = []
  let start = 0
  for (let lines = 1; start <= text.length; lines++) {
    if (lines % 5000 === 0) yield
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    const line = text.slice(start, end)
    const comment = /(?:^|\s)#/.exec(line)
    const written = comment === null ? line : line.slice(0, comment.index)
    const entry = written.trim()
    // What nobody can see is a blank line, and would be found in every text.
    if (!isBlank(entry)) {
      const at = start + written.indexOf(entry)
      entries.push({ text: entry.replaceAll('\\#', '#'), span: { file, start: at, end: at + entry.length } })
    }
    start = end + 1
  }
  return listOf(name, entries, { file, start: 0, end: 0 })
}

/** A list of entries that have been read. Pure. */
export function listOf(name: string, entries: readonly ListEntry[], span: List['span']): List {
  return { name, entries, texts: entries.map(({ text }) => text), span }
}
