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
import { readCounterHead } from './counter.ts'
import { readNamedDates } from './dates.ts'
import type { RuleFile } from './file-context.ts'
import { readEntries, readListParts } from './list-parts.ts'
import type { Reading } from './reading.ts'
import { type Noun, nounNames } from './scope.ts'
import { asList, asMapping } from './shape.ts'

/** Stores the names that a file defines: codes, lists, dates, conditions, counters. Reports problems. */
export function* readNames({ entries, context }: RuleFile, reading: Reading): Generator<undefined> {
  const { names, findings } = reading
  const { text } = context.scope
  const section = (noun: Section) => ({ noun, entry: entries.get(`${noun}s`), text })
  for (const entry of entriesOf(section('code'), 'staff-name: 5001', reading)) {
    yield
    if (!isNew('code', entry.key, entry.keySpan, reading)) continue
    names.codes.set(entry.key, readNamedCode(entry, { context, reporter: findings }))
    const { key, value } = entry
    // Define the name anyway: rules that use it are not wrong.
    if (value.kind === 'scalar' && isReversed(key, value)) names.codes.set(String(value.value), undefined)
  }
  for (const entry of entriesOf(section('list'), 'vip-users: [u-100, u-101]', reading)) {
    if (!refusePath(entry, entries, reading))
      yield* defineList(entry.key, entry.keySpan, reading, () => readInlineList(entry, reading))
  }
  for (const entry of entriesOf(section('date'), 'holidays: [2027-12-25]', reading)) {
    yield
    if (!isNew('date', entry.key, entry.keySpan, reading)) continue
    names.dates.set(entry.key, readNamedDates(entry, findings))
  }
  for (const entry of entriesOf(section('condition'), 'no name: { nickName: "" }', reading)) {
    yield
    if (!isNew('condition', entry.key, entry.keySpan, reading)) continue
    const isRead = entry.value.kind !== 'broken' && isSmallEnough(entry.value, entry.keySpan, findings)
    names.sources.set(entry.key, isRead ? { entry, file: context } : undefined)
  }
  for (const entry of entriesOf(
    section('counter'),
    'joins: { callback: beforeMembersJoinGroup, same: groupID }',
    reading,
  )) {
    yield
    if (!isNew('counter', entry.key, entry.keySpan, reading)) continue
    const isRead = entry.value.kind !== 'broken' && isSmallEnough(entry.value, entry.keySpan, findings)
    const head = isRead ? readCounterHead(entry, context) : undefined
    names.defineCounter(entry.key, head, context)
  }
}

/** Stores a list under its name, unless the name is taken or there is no room. */
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
  findings.error('too-large', span, message, 'Remove entries that are not needed')
  return false
}

/**
 * Replaces the texts of a list by those of an equal earlier list, so that everything built from them is found again.
 */
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
    const message = `This folder has more than ${shownCount(limits.names)} named codes, lists and conditions`
    reading.findings.error('too-large', span, message, 'Write a value that is used only once where it is used')
    return false
  }
  if (first === undefined) return true
  const hint = `The first is at ${reading.place(first)}; rename this one`
  reading.findings.error('duplicate-name', span, `Duplicate ${nounNames[noun]} "${name}"`, hint)
  return false
}

/** Whether a list is defined by a file path; if so, it is reported: the file already is the list. */
function refusePath(entry: Entry, entries: RuleFile['entries'], { names, findings }: Reading): boolean {
  const path = pathIn(entry.value)
  const section = entries.get('lists')
  if (path === undefined || section === undefined) return false
  const isThere = names.lists.has(listStem(path))
  const all = [...entries.values()].sort((a, b) => a.keySpan.start - b.keySpan.start)
  const message = `Expected the entries of "${entry.key}", got the path "${path}"`
  findings.error('wrong-value', entry.value.span, message, pathAdvice(entry, path, { section, all, isThere }))
  if (!names.lists.has(entry.key)) names.lists.set(entry.key, undefined)
  return true
}

type Section = 'code' | 'list' | 'date' | 'condition' | 'counter'

/** The entries of a section. If it cannot be read, it may define any name that is in it. */
function entriesOf(
  { noun, entry: section, text }: { noun: Section; entry: Entry | undefined; text: string },
  example: string,
  reading: Reading,
): Iterable<Entry> {
  if (section === undefined) return []
  const hint = `Write names with their values: ${example}`
  const { value } = section
  const isBlock = value.kind === 'list' && value.items.length > 0 && !isFlow(value, text)
  const isOfNames = isBlock && value.items.every(({ kind }) => kind === 'map')
  const undashed = { hint: 'Delete the dashes: names have no dashes', fixes: [] as Fix[] }
  if (isOfNames) undashed.fixes.push({ label: 'Delete the dashes', edits: withoutDashes(value.items, text) })
  const map = asMapping(value, `"${noun}s"`, reading.findings, isOfNames ? undashed : hint)
  if (map === undefined) reading.names.addUnreadableName(noun)
  return untilFull(noun, map?.entries ?? [], reading)
}

/** Entries until the limit of errors is reached: the rest may define any name. */
function* untilFull(noun: Noun, entries: readonly Entry[], { names, findings }: Reading): Generator<Entry> {
  for (const entry of entries) {
    if (findings.isFull) return names.addUnreadableName(noun)
    yield entry
  }
}

/** The entries written as one text, or a single one. */
function entriesIn(value: Node): string | undefined {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return undefined
  const entries = entriesMeant(value.value) ?? [value.value]
  return value.value.length < 100 ? inBrackets(entries) : undefined
}

function* readInlineList(entry: Entry, { findings }: Reading): Generator<undefined, List | undefined> {
  const { key, keySpan, value } = entry
  if (value.kind === 'map') return yield* readListParts(entry, findings)
  const meant = entriesIn(value)
  const more = ', or one entry per line after a dash'
  const advice = meant === undefined ? `Write [a, b]${more}` : write(value.span, meant, more)
  const items = asList(value, `the list "${key}"`, findings, advice)
  const entries = items && (yield* readEntries(items, key, findings))
  return entries && { name: key, ...entries, span: keySpan }
}
