import { isBlank } from '../../text/spaces.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { List, ListEntries, ListEntry } from '../condition.ts'
import { keys } from '../vocabulary.ts'
import { isShortEnough } from './list-file.ts'
import { type MappingForm, readMapping, required } from './mapping.ts'
import { asList, asText } from './shape.ts'

/** A list in its parts: its words, and what is no hit. What is wrong is reported, and the result is undefined. */
export function* readListParts({ key, keySpan, value }: Entry, reporter: Reporter): Steps<List | undefined> {
  const form: MappingForm = { place: `the list "${key}"`, keys: keys.list, example: '{ words: [a, b], except: [c] }' }
  const parts = readMapping(value, form, reporter)
  const found = parts && required(parts, ['words'], { node: value, form, reporter })
  if (parts === undefined || found === undefined) return undefined
  const words = yield* readPart(found.words, key, reporter)
  const written = parts.get('except')
  const except = written && (yield* readPart(written, key, reporter))
  if (words === undefined || (written !== undefined && except === undefined)) return undefined
  return { name: key, ...words, span: keySpan, ...(except && { except }) }
}

function* readPart({ key, value }: Entry, name: string, reporter: Reporter): Steps<ListEntries | undefined> {
  const items = asList(
    value,
    `"${key}" of the list "${name}"`,
    reporter,
    'Write [a, b], or one entry a line after a dash',
  )
  return items && (yield* readEntries(items, name, reporter))
}

/** So many entries are read in a fraction of a millisecond. */
const entriesInPiece = 500

/** The entries that stand in a rule file; what is wrong with one is reported, and the result is undefined. */
export function* readEntries(items: readonly Node[], name: string, reporter: Reporter): Steps<ListEntries | undefined> {
  const entries: ListEntry[] = []
  for (const [at, item] of items.entries()) {
    if (at % entriesInPiece === 0) yield
    if (reporter.isFull) break
    const text = asText(item, `an entry of "${name}"`, reporter)?.trim()
    if (text === undefined) continue
    if (isBlank(text)) reporter.error('empty', item.span, `This entry of "${name}" is empty`, 'Leave it out')
    else if (isShortEnough(text.length, item.span, reporter)) entries.push({ text, span: item.span })
  }
  return entries.length === items.length ? { entries, texts: entries.map(({ text }) => text) } : undefined
}
