import type { Fix } from '../../yaml/diagnostic.ts'
import { write } from '../../yaml/fix.ts'
import { isFlow, withoutDashes } from '../../yaml/layout.ts'
import { limits, shownCount } from '../../yaml/limits.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import { isSmallEnough } from '../../yaml/node-size.ts'
import type { Span } from '../../yaml/source.ts'
import { listStem, pathAdvice, pathIn } from '../advice/list-path.ts'
import { entriesMeant, inBrackets } from '../advice/meant-list.ts'
import type { List } from '../condition.ts'
import { isReversed, readNamedCode } from './code.ts'
import type { RuleFile } from './file-context.ts'
import { readEntries, readListParts } from './list-parts.ts'
import type { Reading } from './reading.ts'
import type { Noun } from './scope.ts'
import { asList, asMapping } from './shape.ts'

/** Keep what a file gives a name to: codes, lists, conditions. What is wrong with it is reported. */
export function* readNames({ entries, context }: RuleFile, reading: Reading): Generator<undefined> {
  const { names, findings } = reading
  const { text } = context.scope
  const section = (noun: Section) => ({ noun, entry: entries.get(`${noun}s`), text })
  for (const entry of entriesOf(section('code'), 'staff-name: 5001', reading)) {
    yield
    if (!isNew('code', entry.key, entry.keySpan, reading)) continue
    names.codes.set(entry.key, readNamedCode(entry, { context, reporter: findings }))
    const { key, value } = entry
    // Whoever uses the name has not made the mistake.
    if (value.kind === 'scalar' && isReversed(key, value)) names.codes.set(String(value.value), undefined)
  }
  for (const entry of entriesOf(section('list'), 'vip-users: [u-100, u-101]', reading)) {
    if (!refusePath(entry, entries, reading))
      yield* defineList(entry.key, entry.keySpan, reading, () => readInlineList(entry, reading))
  }
  for (const entry of entriesOf(section('condition'), 'no name: { nickName: "" }', reading)) {
    yield
    if (!isNew('condition', entry.key, entry.keySpan, reading)) continue
    const isRead = entry.value.kind !== 'broken' && isSmallEnough(entry.value, entry.keySpan, findings)
    names.sources.set(entry.key, isRead ? { entry, file: context } : undefined)
  }
}

/** Keep a list under its name, unless the name is taken or there is no room for it. */
export function* defineList(
  name: string,
  span: Span,
  reading: Reading,
  read: () => Generator<undefined, List | undefined>,
): Generator<undefined> {
  if (!isNew('list', name, span, reading)) return
  const list = yield* read()
  const { names, before } = reading
  names.lists.set(name, list && isRoomFor(list, span, reading) ? withTextsOf(before.get(name), list) : undefined)
  yield
}

function isRoomFor(list: List, span: Span, { names, findings }: Reading): boolean {
  if (names.hasRoomFor(list)) return true
  const message = `With this list, the lists of the folder have more than ${shownCount(limits.entries)} entries`
  findings.error('too-large', span, message, 'Take out entries that are not needed')
  return false
}

/** A list with the very texts of another one that is the same: what was made of those is found by them. */
function withTextsOf(before: List | undefined, list: List): List {
  const [was, is] = [before?.except?.texts, list.except?.texts]
  if (before === undefined || !areSame(before.texts, list.texts) || !areSame(was ?? [], is ?? [])) return list
  if (list.except === undefined || was === undefined) return { ...list, texts: before.texts }
  return { ...list, texts: before.texts, except: { ...list.except, texts: was } }
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, at) => text === others[at])
}

function isNew(noun: Noun, name: string, span: Span, reading: Reading): boolean {
  const first = reading.names.define(noun, name, span)
  if (first === 'no room') {
    const message = `This folder has more than ${shownCount(limits.names)} codes, lists and conditions with a name`
    reading.findings.error('too-large', span, message, 'Write what is used once where it is used')
    return false
  }
  if (first === undefined) return true
  const hint = `The first is at ${reading.place(first)}; give this one another name`
  reading.findings.error('duplicate-name', span, `There is a ${noun} "${name}" already`, hint)
  return false
}

/** Whether a list is defined by the path of a file, which is reported: the file is the list. */
function refusePath(entry: Entry, entries: RuleFile['entries'], { names, findings }: Reading): boolean {
  const path = pathIn(entry.value)
  const section = entries.get('lists')
  if (path === undefined || section === undefined) return false
  const isThere = names.lists.has(listStem(path))
  const all = [...entries.values()].sort((a, b) => a.keySpan.start - b.keySpan.start)
  const message = `The entries of "${entry.key}" must stand here, and "${path}" is a path`
  findings.error('wrong-value', entry.value.span, message, pathAdvice(entry, path, { section, all, isThere }))
  if (!names.lists.has(entry.key)) names.lists.set(entry.key, undefined)
  return true
}

type Section = 'code' | 'list' | 'condition'

/** What stands in a section. When it cannot be read, it may define any name that is in it. */
function entriesOf(
  { noun, entry: section, text }: { noun: Section; entry: Entry | undefined; text: string },
  example: string,
  reading: Reading,
): Iterable<Entry> {
  if (section === undefined) return []
  const hint = `Write names and what they mean: ${example}`
  const { value } = section
  const isBlock = value.kind === 'list' && value.items.length > 0 && !isFlow(value, text)
  const isOfNames = isBlock && value.items.every(({ kind }) => kind === 'map')
  const undashed = { hint: 'Delete the dashes: names stand here without them', fixes: [] as Fix[] }
  if (isOfNames) undashed.fixes.push({ label: 'Delete the dashes', edits: withoutDashes(value.items, text) })
  const map = asMapping(value, `"${noun}s"`, reading.findings, isOfNames ? undashed : hint)
  if (map === undefined) reading.names.addUnreadableName(noun)
  return untilFull(noun, map?.entries ?? [], reading)
}

/** Entries, until so many are wrong that no more is told: those that are left may define any name. */
function* untilFull(noun: Noun, entries: readonly Entry[], { names, findings }: Reading): Generator<Entry> {
  for (const entry of entries) {
    if (findings.isFull) return names.addUnreadableName(noun)
    yield entry
  }
}

/** Entries that were written into one text, or one alone. */
function entriesIn(value: Node): string | undefined {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return undefined
  const entries = entriesMeant(value.value) ?? [value.value]
  return value.value.length < 100 ? inBrackets(entries) : undefined
}

function* readInlineList(entry: Entry, { findings }: Reading): Generator<undefined, List | undefined> {
  const { key, keySpan, value } = entry
  if (value.kind === 'map') return yield* readListParts(entry, findings)
  const meant = entriesIn(value)
  const more = ', or one entry a line after a dash'
  const advice = meant === undefined ? `Write [a, b]${more}` : write(value.span, meant, more)
  const items = asList(value, `the list "${key}"`, findings, advice)
  const entries = items && (yield* readEntries(items, key, findings))
  return entries && { name: key, ...entries, span: keySpan }
}
