import type { CountLimit, Often, Since } from '../language/condition.ts'
import { columnOf } from '../yaml/columns.ts'
import type { Fix } from '../yaml/diagnostic.ts'
import { replacing } from '../yaml/fix.ts'
import type { Span } from '../yaml/source.ts'
import type { Sources } from './entries-of.ts'

/** The place of a field among those of a count; undefined if it is not clear. */
export function keyPlace({ span }: Often | Since, text: string, sources: Sources): Span | undefined {
  return placeIn(span, new RegExp(`(?<![\\w.])${escaped(text)}(?![\\w.])`, 'g'), sources)
}

/** The place of the limit of a count with its word; undefined if it is not clear. */
export function limitPlace({ span, limit }: Often, sources: Sources): Span | undefined {
  return placeIn(span, new RegExp(`(?<!\\w)${escaped(limit.word)}\\s*:\\s*${numbersIn(limit)}(?!\\w)`, 'g'), sources)
}

/** The place of what is counted; undefined if it is not written. */
export function countingPlace({ span }: Often, sources: Sources): Span | undefined {
  return placeIn(span, /(?<!\w)counting\s*:\s*[a-z]+(?: through)?(?!\w)/g, sources)
}

/** The fix that writes one more entry at the beginning of a count; none if its form is not clear. */
export function adding({ span }: Often, entry: string, sources: Sources): readonly Fix[] {
  const text = sources.get(span.file) ?? ''
  const slice = text.slice(span.start, span.end)
  const [before, opening] = /^(?:how often|"how often"|'how often')\s*:\s*(\{\s*)?(?=[\w"'])/.exec(slice) ?? []
  if (before === undefined) return []
  const start = span.start + before.length
  const between = opening === undefined ? `\n${' '.repeat(columnOf(text, start))}` : ', '
  return [replacing({ ...span, start, end: start }, `${entry}${between}`, `Write ${entry}`)]
}

function placeIn({ file, start, end }: Span, pattern: RegExp, sources: Sources): Span | undefined {
  const found = [...(sources.get(file)?.slice(start, end) ?? '').matchAll(pattern)]
  const [only] = found
  if (only === undefined || found.length > 1) return undefined
  const at = start + only.index
  return { file, start: at, end: at + only[0].length }
}

function numbersIn(limit: CountLimit): string {
  return limit.word === 'between' ? `\\[\\s*${limit.low}\\s*,\\s*${limit.high}\\s*\\]` : `${limit.number}`
}

function escaped(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
}
