import { fold } from '../../text/fold.ts'
import { starsOf } from '../../text/words/word-index.ts'
import { type Advice, replacing, write } from '../../yaml/fix.ts'
import { limits, shownCount } from '../../yaml/limits.ts'
import type { ListNode, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { pluralOf } from '../advice/plurals.ts'
import { compareOf } from '../compare.ts'
import type { List, ListEntry, Operand } from '../condition.ts'
import type { Pattern } from '../pattern.ts'
import { everythingFoundBy } from '../pattern-everything.ts'
import type { Word, WordName } from '../vocabulary.ts'
import { readCountries } from './countries.ts'
import { readEachWithPauses } from './each.ts'
import { readHosts } from './hosts.ts'
import { readList } from './list.ts'
import type { Subject } from './scope.ts'
import { asText, describeNode } from './shape.ts'
import { spanWithin } from './template.ts'
import { entryNode, readCount, readNumber, readValue, truthMeant } from './value.ts'

/**
 * The operand of a test word, typed by the field; undefined if invalid (reported).
 *
 * Not for words whose operand is `words`, `item` or `items`: those contain tests themselves.
 */
export function* readOperand(word: Word, node: Node, subject: Subject): Steps<Operand | undefined> {
  if (node.kind === 'broken') return undefined
  const { field, scope } = subject
  const { reporter } = scope
  switch (word.operand) {
    case 'true':
      return readTrue(word, node, subject)
    case 'value':
      return wrap(readValue(node, field, reporter, adviceFor(word, node, subject)), value => ({ kind: 'value', value }))
    case 'text':
      return wrap(readNeedle(word, node, subject), value => ({ kind: 'value', value }))
    case 'values':
      return yield* readValues(node, subject)
    case 'texts':
      return yield* readTexts(node, subject, word.name as WordName)
    case 'pattern':
      return readPatternOperand(word, node, subject)
    case 'count':
      return wrap(readCount(node, reporter), value => ({ kind: 'number', value }))
    case 'number':
      return wrap(readNumber(node, field, reporter), value => ({ kind: 'number', value }))
    case 'range':
      return readRange(node, subject)
    case 'countries':
      return readCountries(word, node, scope.reporter)
    case 'host':
      return yield* readHosts(node, scope)
    case 'words':
    case 'item':
    case 'items':
      return undefined
  }
}

/** The texts of a literal list, each of which can be searched for, or the shared texts of a named one. */
export function* readTexts(node: Node, subject: Subject, word: WordName = 'has word in'): Steps<Operand | undefined> {
  if (node.kind !== 'list') {
    const { names, reporter } = subject.scope
    const list = readList(node, subject.scope, { areTexts: true })
    const isShort = list === undefined || isShortNeedle(names.readings.longestIn(list), node.span, reporter)
    if (list !== undefined && !haveBeginnings(list.texts, word, node.span, reporter)) return undefined
    if (list !== undefined && !areFewEnough(list.texts.length, word, node.span, reporter)) return undefined
    return isShort ? wrap(list, textsOfList) : undefined
  }
  const { reporter } = subject.scope
  if (!areFewEnough(node.items.length, word, node.span, reporter)) return undefined
  const read = (item: Node) => {
    const text = checkNeedle(asText(item, 'an entry', reporter), item, word, subject)
    return text !== undefined && haveBeginnings([text], word, item.span, reporter) ? text : undefined
  }
  return wrap(yield* readItems(node, subject, read), values => ({ kind: 'values', values }))
}

/** False, and reported, if an entry begins with a star where words are found by their looks. */
function haveBeginnings(texts: readonly string[], word: WordName, span: Span, reporter: Reporter): boolean {
  const open = word === 'looks like a word in' ? texts.find(text => starsOf(text).isInner) : undefined
  if (open === undefined) return true
  const message = `"${open}" may have any beginning, and "${word}" finds words from their beginning`
  reporter.error('wrong-value', span, message, `Write it without the star in front, or use has word in for it`)
  return false
}

/** Of words that must all be found each is looked for by itself. */
const mostInAll = 100

/** Whether words that must all be found are not too many, which is reported. */
function areFewEnough(count: number, word: WordName, span: Span, reporter: Reporter): boolean {
  if (word !== 'has all words in' || count <= mostInAll) return true
  const message = `This list has ${shownCount(count)} words, and "${word}" looks for at most ${mostInAll}`
  reporter.error('too-large', span, message, 'Name fewer words, or use has word in to look for any of them')
  return false
}

/** The texts of a list by name, which share what is made of them. Pure. */
export function textsOfList(list: List): Operand & { kind: 'values' } {
  const { texts, except } = list
  return { kind: 'values', values: texts, ...(except && { except: except.texts }), list }
}

function readTrue(word: Word, node: Node, { span, scope }: Subject): Operand | undefined {
  if (node.kind === 'scalar' && node.value === true) return { kind: 'none' }
  const opposites = new Map([
    ['present', 'absent'],
    ['absent', 'present'],
  ])
  const opposite = opposites.get(word.name)
  const no = opposite === undefined ? `not: { ${word.name}: true }` : `${opposite}: true`
  const words = truthMeant(node) === false ? no : `${word.name}: true`
  const message = `"${word.name}" takes only true, got ${describeNode(node)}`
  const isEntry = scope.text.startsWith(word.name, span.start) && node.kind === 'scalar'
  const fixes = isEntry ? [replacing(span, words)] : []
  scope.reporter.error('wrong-value', node.span, message, { hint: `Write { ${words} }`, fixes })
  return undefined
}

/** A text to search for: not empty, since every text contains the empty text. */
function readNeedle(word: Pick<Word, 'name' | 'operand'>, node: Node, subject: Subject): string | undefined {
  const text = asText(node, `"${word.name}"`, subject.scope.reporter, adviceFor(word, node, subject))
  return checkNeedle(text, node, word.name as WordName, subject)
}

function checkNeedle(text: string | undefined, node: Node, word: WordName, subject: Subject): string | undefined {
  const { field, isExact, scope, span } = subject
  if (text === undefined || !isShortNeedle(text.length, node.span, scope.reporter)) return undefined
  const isFolded = compareOf({ field, word, isExact }) === 'folded'
  if (text !== '' && (!isFolded || fold(text) !== '')) return text
  const what = text === '' ? 'the empty text' : 'a text of invisible characters'
  const hint = text === '' ? 'Write { is: "" } for an empty field' : 'Write { exactly: { … } } to search for them'
  const isEntry = text === '' && node.span.end === span.end && scope.text.startsWith(word, span.start)
  const fixes = isEntry ? [replacing({ ...span, end: node.span.end }, 'is: ""')] : []
  scope.reporter.error('empty', node.span, `Every text contains ${what}`, { hint, fixes })
  return undefined
}

/** Whether a text is short enough to search for: its index takes time and memory; reported if not. */
export function isShortNeedle(length: number, span: Span, reporter: Reporter): boolean {
  if (length <= limits.needle) return true
  const message = `This search text has ${shownCount(length)} characters, but the maximum is ${shownCount(limits.needle)}`
  reporter.error('too-large', span, message, 'Search for a part of it, or compare the whole text with is or in list')
  return false
}

/** Advice for a list after a word that takes a single value. */
function adviceFor(
  { name, operand }: Pick<Word, 'name' | 'operand'>,
  node: Node,
  { span, scope }: Subject,
): string | Advice {
  if (node.kind !== 'list') return 'Write a single value, in quotes if it has special characters'
  const several = pluralOf(name)
  if (several !== undefined) {
    const isEntry = scope.text.startsWith(name, span.start)
    const key = { ...span, end: span.start + name.length }
    return { hint: `Write ${several}: […]`, fixes: isEntry ? [replacing(key, several)] : [] }
  }
  return operand === 'pattern' ? 'Write a single pattern: one|other' : 'Write any: with a condition for each'
}

function* readValues(node: Node, subject: Subject): Steps<Operand | undefined> {
  const { field, scope } = subject
  if (node.kind === 'list') {
    const values = yield* readItems(node, subject, item =>
      readValue(item, field, scope.reporter, 'Write the values in one list'),
    )
    return wrap(values, found => ({ kind: 'values', values: found }))
  }
  const areTexts = field.kind !== 'enum' && field.kind !== 'integer' && field.kind !== 'flag'
  const list = readList(node, scope, { areTexts: areTexts && field.kind !== 'part' })
  if (list === undefined) return undefined
  if (areTexts) return textsOfList(list)
  const read = ({ text, span }: ListEntry) => readValue(entryNode(text, span), field, scope.reporter)
  const { readings } = scope.names
  const values = yield* readings.of(list, field.field, read, scope.reporter)
  const except = list.except && (yield* readings.of(list.except, field.field, read, scope.reporter))
  return values && { kind: 'values', values, ...(except && { except }), list }
}

function* readItems<T>(
  node: ListNode,
  { scope }: Subject,
  read: (item: Node) => T | undefined,
): Steps<T[] | undefined> {
  if (node.items.length === 0) {
    const hint = 'Add at least one entry'
    scope.reporter.error('empty', node.span, 'This list is empty, so it never matches', hint)
    return undefined
  }
  const values = yield* readEachWithPauses(node.items, scope.reporter, read)
  return values.some(value => value === undefined) ? undefined : (values as T[])
}

function readPatternOperand(word: Word, node: Node, subject: Subject): Operand | undefined {
  return wrap(readPatternAt(word, node, subject), pattern => ({ kind: 'pattern', pattern }))
}

/** A regular expression that can run and does not find everything; what is wrong with it is reported. */
export function readPatternAt(word: Pick<Word, 'name' | 'operand'>, node: Node, subject: Subject): Pattern | undefined {
  const source = readNeedle(word, node, { ...subject, isExact: true })
  if (source === undefined || node.kind !== 'scalar') return undefined
  const { reporter, names } = subject.scope
  const pattern = names.patterns.read(source)
  if ('problem' in pattern) {
    const at = pattern.culprit === undefined ? -1 : source.indexOf(pattern.culprit)
    const span = at === -1 ? node.span : spanWithin(node, source, at, at + (pattern.culprit as string).length)
    reporter.error('bad-pattern', span, `The pattern ${pattern.problem}`, pattern.hint)
    return undefined
  }
  const everything = everythingFoundBy(pattern)
  if (everything !== undefined) {
    reporter.error('bad-pattern', node.span, `The pattern ${everything.problem}`, everything.hint)
    return undefined
  }
  const [, inner] = subject.field.kind === 'text' ? (/^\/(.+)\/[gimsuy]*$/.exec(source) ?? []) : []
  if (inner !== undefined) {
    const message = `The slashes around ${source} are part of the pattern: they must be in the text too`
    const choices = [inner, `(?i)${inner}`].map(text => `'${text.replaceAll("'", "''")}'`)
    reporter.warning('bad-pattern', node.span, message, {
      hint: `Write ${inner}, or (?i)${inner} to ignore case`,
      fixes: choices.map(text => replacing(node.span, text)),
    })
  }
  return pattern
}

function readRange(node: Node, { field, scope }: Subject): Operand | undefined {
  const { reporter } = scope
  if (node.kind !== 'list' || node.items.length !== 2) {
    const [, first, last] = node.kind === 'scalar' ? (twoEnds.exec(String(node.value)) ?? []) : []
    const both = first === undefined ? undefined : `[${first}, ${last}]`
    const advice = both === undefined ? { hint: 'Write both in brackets, as in [2, 24]' } : write(node.span, both)
    reporter.error('wrong-shape', node.span, 'Expected the lowest and the highest value', advice)
    return undefined
  }
  const [low, high] = node.items.map(item => readNumber(item, field, reporter))
  if (low === undefined || high === undefined) return undefined
  if (low <= high) return { kind: 'range', low, high }
  const advice = write(node.span, `[${high}, ${low}]`)
  reporter.error('wrong-value', node.span, `The range from ${low} to ${high} is empty`, advice)
  return undefined
}

/** Both ends of a range in one text, as in `2-24`, `2 and 24` or `member to admin`. */
const twoEnds = /^\s*(\d+|[a-z]+)\s*(?:[-–,;]|\.{2,3}|\s(?:to|and)\s)\s*(\d+|[a-z]+)\s*$/i

function wrap<T>(value: T | undefined, make: (value: T) => Operand): Operand | undefined {
  return value === undefined ? undefined : make(value)
}
