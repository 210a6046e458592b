import type { List } from '../language/condition.ts'
import { listNameOf } from '../language/read/list-file.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { ShowPlace } from '../yaml/places.ts'
import type { Sources } from './entries-of.ts'
import { brief, warning } from './finding.ts'
import { OfAKind } from './of-a-kind.ts'

/**
 * Hashtags in list files that are read as comments: a real comment has a space after its hash, or more than one word
 * and no number (`#1 fan`).
 *
 * Pauses after each thousand lines with a hash.
 */
export function* hashComments(
  lists: Iterable<List | undefined>,
  sources: Sources,
  place: ShowPlace,
): Generator<undefined, Diagnostic[]> {
  const diagnostics: Diagnostic[] = []
  for (const list of lists) {
    const file = list?.span.file ?? ''
    if (listNameOf(file) === undefined) continue
    const found = new OfAKind()
    let count = 0
    for (const { line, start } of linesWithHash(sources.get(file) ?? '')) {
      const tagged = taggedIn(line)
      if (tagged !== undefined)
        found.add('hashtag', hashtag(tagged, { file, start: start + line.indexOf(tagged.tags) }))
      if (++count % 1000 === 0) yield
    }
    diagnostics.push(...found.all(place))
  }
  return diagnostics
}

function* linesWithHash(text: string): Generator<{ line: string; start: number }> {
  for (let hash = text.indexOf('#'); hash !== -1; ) {
    const start = text.lastIndexOf('\n', hash) + 1
    const newline = text.indexOf('\n', hash)
    const end = newline === -1 ? text.length : newline
    yield { line: text.slice(start, end), start }
    hash = text.indexOf('#', end)
  }
}

/** The entry of a line, and its comment if that was probably not meant as one. */
type Tagged = { entry: string; tags: string }

function taggedIn(line: string): Tagged | undefined {
  const comment = /(?:^|\s)#/.exec(line)
  if (comment === null) return undefined
  const tags = line.slice(comment.index).trim()
  return hashtags.test(tags) ? { entry: line.slice(0, comment.index).trim(), tags } : undefined
}

const hashtags = /^(?:#\p{N}.*|#[\p{L}_][^\s#:]*(?:\s+#[\p{L}\p{N}_][^\s#:]*)*)$/u

function hashtag({ entry, tags }: Tagged, { file, start }: { file: string; start: number }): Diagnostic {
  const span = { file, start, end: start + tags.length }
  const left = entry === '' ? 'so the list has no such entry' : `so the entry is just ${brief(entry)}`
  const meant = `${entry} ${tags.replaceAll('#', '\\#')}`.trim()
  const hint = `Write ${brief(meant)} for an entry, or put a space after # for a comment`
  return warning('odd-entry', span, `${brief(tags)} is read as a comment, ${left}`, hint)
}
