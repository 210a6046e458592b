import { isBlank } from '../../text/spaces.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { List, ListEntries, ListEntry } from '../condition.ts'
import { keys } from '../vocabulary.ts'
import { isShortEnough } from './list-file.ts'
import { readPairs } from './list-pairs.ts'
import { type Entries, type MappingForm, readMapping, required } from './mapping.ts'
import { asList, asMapping, asText } from './shape.ts'

/** A list in its parts: its words or pairs, and what is no hit. What is wrong is reported, and the result is undefined. */
export function* readListParts({ key, keySpan, value }: Entry, reporter: Reporter): Steps<List | undefined> {
  const form: MappingForm = { place: `the list "${key}"`, keys: keys.list, example: '{ words: [a, b], except: [c] }' }
  const parts = readMapping(value, form, reporter)
  const entries = parts && (yield* readOwn(parts, { node: value, form, reporter }, key))
  if (parts === undefined || entries === undefined) return undefined
  const written = parts.get('except')
  const except = written && (yield* readPart(written, key, reporter))
  if (written !== undefined && except === undefined) return undefined
  return { name: key, ...entries, span: keySpan, ...(except && { except }) }
}

type Place = { node: Node; form: MappingForm; reporter: Reporter }

/** The entries themselves: words, or pairs. */
function* readOwn(
  parts: Entries,
  place: Place,
  name: string,
): Steps<(ListEntries & Pick<List, 'replacements'>) | undefined> {
  const { reporter } = place
  const [words, written] = ['words', 'pairs'].map(key => parts.get(key))
  if (words !== undefined && written !== undefined) {
    const message = `The list "${name}" has words and pairs, and only one of the two is read`
    reporter.error('wrong-shape', written.keySpan, message, 'Write all as pairs, or two lists')
    return undefined
  }
  if (written === undefined) {
    const found = required(parts, ['words'], place)
    return found && (yield* readPart(found.words, name, reporter))
  }
  const map = asMapping(
    written.value,
    `"pairs" of the list "${name}"`,
    reporter,
    'Write { word: what is put in its place }',
  )
  const pairs = map && (yield* readPairs(map, reporter))
  return pairs && { ...pairs, texts: pairs.entries.map(({ text }) => text) }
}

function* readPart({ key, value }: Entry, name: string, reporter: Reporter): Steps<ListEntries | undefined> {
  const items = asList(
    value,
    `"${key}" of the list "${name}"`,
    reporter,
    'Write [a, b], or one entry per line after a dash',
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
    if (isBlank(text)) reporter.error('empty', item.span, `This entry of "${name}" is empty`, 'Remove it')
    else if (isShortEnough(text.length, item.span, reporter)) entries.push({ text, span: item.span })
  }
  return entries.length === items.length ? { entries, texts: entries.map(({ text }) => text) } : undefined
}
