import { type Advice, replacing } from '../../yaml/fix.ts'
import { inOneLine } from '../../yaml/layout.ts'
import type { Entry, ListNode, Node, ScalarNode } from '../../yaml/node.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { areInsideJson, asParts } from '../advice/inside-json.ts'
import { meaningsOf } from '../advice/meant-value.ts'
import { synonymOf } from '../advice/suggest.ts'
import { refuseSentence, warnOfSentence, warnOfValue } from '../advice/told-value.ts'
import { adviceFor, listAdvice } from '../advice/word-advice.ts'
import { meantWord } from '../advice/word-meant.ts'
import type { Condition, NativeWord, Operand } from '../condition.ts'
import { type FieldRef, kindName, partsOf } from '../field.ts'
import { countOf } from '../item.ts'
import { findTestWord, type Word, type WordName, words } from '../vocabulary.ts'
import { readEachInSteps } from './each.ts'
import { canBeGist } from './gist-operand.ts'
import { readItem } from './item.ts'
import { readOperand } from './operand.ts'
import type { Subject } from './scope.ts'
import { namesScripts } from './script-name.ts'
import { cover, describeNode, inBraces } from './shape.ts'

/** The test of a field: a value, a list of values, `present` or `absent`, or test words, which must all be true. */
export function* readTest(node: Node, subject: Subject): Steps<Condition | undefined> {
  switch (node.kind) {
    case 'broken':
      return undefined
    case 'scalar':
      return yield* readAlone(node, subject)
    case 'list':
      return holdsOnlyMaps(node) ? refuseDashes(node, subject) : yield* readWord('one of', node, node.span, subject)
    case 'map':
      return yield* readWords(node.entries, node.span, subject)
  }
}

/** The derived text field inside this one, if all callbacks agree. */
function textInside({ field, scope }: Subject): string | undefined {
  if (field.text !== 'content') return undefined
  const texts = scope.callbacks.map(({ fields }) => fields.find(({ origin }) => origin === 'message text')?.name)
  return texts.includes(undefined) ? undefined : texts[0]
}

/** One test word with its operand. `written` is the author's spelling, at `span`. */
export function* readWord(
  name: WordName,
  node: Node,
  span: Span,
  subject: Subject,
  written: string = name,
): Steps<Condition | undefined> {
  const word = findTestWord(name) as Word & { name: WordName }
  const { field, scope } = subject
  if (!isFitting(word, subject)) {
    const message = `"${written}" cannot test "${field.text}", which is ${kindName(field.kind)}`
    const words = `Words for ${kindName(field.kind)}: ${fittingWords(subject).join(', ')}`
    const text = textInside(subject)
    const ofText = text && `Write ${text}: { ${written}: … } to test the text that people read. ${words}`
    const meant =
      ofText ?? ofLength(word, written, field) ?? ofLinks(word, field) ?? ofCount(name, written, node, field)
    const hint = listAdvice(word, node, subject) ?? meant ?? words
    scope.reporter.error('wrong-kind', span, message, hint)
    return undefined
  }
  switch (word.operand) {
    case 'words':
      return yield* readNested(word.name, node, subject)
    case 'items':
      return yield* readTest(node, { ...subject, field: countOf(field) })
    case 'item': {
      const item = yield* readItem(node, subject, scope)
      return item && makeTest(name, { kind: 'item', item }, `${field.text} ${name}: ${item.text}`, subject)
    }
  }
  const operand = yield* readOperand(word, node, subject)
  if (operand && !(canBeGist(operand, node, subject) && namesScripts(operand, node, subject, word))) return undefined
  const how = subject.isExact ? 'exactly ' : ''
  return operand && makeTest(name, operand, `${field.text} ${how}${name}${operandText(node, operand)}`, subject)
}

/** A test that has been read. `text` is for reports. */
export function makeTest(word: WordName | NativeWord, operand: Operand, text: string, subject: Subject): Condition {
  const { field, isExact, span } = subject
  return { kind: 'test', field, word, operand, isExact, text, span }
}

/** Combines the conditions of one mapping, which must all be true; undefined if one is. */
export function allOf(parts: readonly (Condition | undefined)[], span: Span): Condition | undefined {
  if (parts.some(part => part === undefined)) return undefined
  const [first] = parts
  return parts.length === 1 ? first : { kind: 'all', parts: parts as Condition[], text: 'all of', span }
}

/** Advice for comparing a text with a number, which probably means its length. */
function ofLength({ kinds }: Word, written: string, { text, field, part }: FieldRef): string | undefined {
  const isNumber = kinds.includes('integer') && part.kind === 'whole' && partsOf(field).includes('length')
  return isNumber ? `Write ${text}.length: { ${written}: … }` : undefined
}

/** Advice for testing a text like an address, which probably means the links in it. */
function ofLinks({ name, kinds }: Word, { text, kind, part }: FieldRef): string | undefined {
  const isOfUrl = kinds.includes('url') && !kinds.includes('text')
  return isOfUrl && kind === 'text' && part.kind === 'whole'
    ? `Write ${text}.links: { any item: { ${name}: … } }`
    : undefined
}

/** Advice for a word about the length of a text that stands at a number. */
function ofCount(name: WordName, written: string, node: Node, { kind }: FieldRef): string | undefined {
  const meant = kind === 'integer' ? synonymOf(name, ['more than', 'less than'])?.meant : undefined
  return meant && `Write ${meant}: ${node.kind === 'scalar' ? inBraces(node) : '…'} in place of ${written}`
}

/** The names of the test words that fit a field. */
export function fittingWords(subject: Subject): string[] {
  return words.filter(word => isFitting(word, subject)).map(({ name }) => name)
}

function isFitting({ kinds }: Word, { field }: Subject): boolean {
  return kinds.includes(field.kind)
}

/** A bare value: `present`, `absent`, or the value that the field must have. */
function* readAlone(node: ScalarNode, subject: Subject): Steps<Condition | undefined> {
  const { value, style, span, raw } = node
  const { field, scope } = subject
  if ((value === 'present' || value === 'absent') && style === 'plain') {
    return makeTest(value, { kind: 'none' }, `${field.text} ${value}`, subject)
  }
  const word = typeof value === 'string' ? findTestWord(style === 'plain' ? value.toLowerCase() : value) : undefined
  if (word === undefined) {
    if (refuseSentence(node, subject)) return undefined
    warnOfSentence(node, subject)
    return yield* readWord('is', node, span, subject)
  }
  const test = testMeant(word, node)
  const asText = isTextual(field) ? [`{ is: ${inBraces(node)} }`] : []
  const choices = [...(test.includes('…') ? [] : [test.replace(' without quotes', '')]), ...asText]
  scope.reporter.error('ambiguous-text', span, `${raw} is a test word, but here it would be read as a text`, {
    hint: [`Write ${test} for the test`, ...asText.map(text => `or ${text} for the text`)].join(', '),
    fixes: choices.map(text => replacing(span, text)),
  })
  return undefined
}

/** Whether any text is a valid value of a field. */
function isTextual({ kind }: FieldRef): boolean {
  return ['text', 'id', 'url', 'json', 'part'].includes(kind)
}

/** How to write the test whose word is used as a bare text. */
function testMeant({ name, operand }: Word, { style }: ScalarNode): string {
  if (name === 'present' || name === 'absent') return style === 'plain' ? name : `${name} without quotes`
  return { true: `{ ${name}: true }`, words: `{ ${name}: { … } }` }[operand as string] ?? `{ ${name}: … }`
}

function* readWords(entries: readonly Entry[], span: Span, subject: Subject): Steps<Condition | undefined> {
  const { field, scope } = subject
  if (entries.length === 0) {
    scope.reporter.error('empty', span, `There is no test for "${field.text}"`, 'Write one, as in { is: … }')
    return undefined
  }
  const [first] = entries
  if (first !== undefined && areInsideJson(entries, subject)) {
    const message = noSuchWord(first.key, field)
    scope.reporter.error('unknown-word', first.keySpan, message, asParts(entries, subject))
    return undefined
  }
  const parts = yield* readEachInSteps(entries, scope.reporter, function* (entry) {
    const { key, keySpan, value } = entry
    const word = findTestWord(key)
    const place = { ...subject, span: cover(keySpan, value.span) }
    if (word === undefined) return refuseWord(entry, entries, subject)
    warnOfValue(entry, entries, place)
    return yield* readWord(word.name, value, keySpan, place)
  })
  return allOf(parts, span)
}

function noSuchWord(key: string, { kind, text }: FieldRef): string {
  return `There is no test word "${key}" for ${kindName(kind)} such as ${text}`
}

function refuseWord(entry: Entry, all: readonly Entry[], subject: Subject): undefined {
  const { key, keySpan, value } = entry
  const { field, scope } = subject
  const message = noSuchWord(key, field)
  const fitting = fittingWords(subject)
  const isGroup = value.kind === 'list' && holdsOnlyMaps(value)
  const synonym = isGroup ? undefined : synonymOf(key, fitting)
  const advice = synonym === undefined ? adviceFor(entry, all, subject) : undefined
  scope.reporter.error('unknown-word', keySpan, message, advice ?? meantWord(entry, all, fitting, subject))
  return undefined
}

/** `not` and `exactly` hold test words. */
function* readNested(name: WordName, node: Node, subject: Subject): Steps<Condition | undefined> {
  const { field, scope, span } = subject
  if (node.kind === 'broken') return undefined
  if (node.kind !== 'map') {
    const message = `Expected test words after "${name}", got ${describeNode(node)}`
    scope.reporter.error('wrong-shape', node.span, message, nestedAdvice(name, node, subject))
    return undefined
  }
  const isExact = subject.isExact || name === 'exactly'
  const part = yield* readWords(node.entries, node.span, { ...subject, isExact })
  if (part === undefined || name === 'exactly') return part
  return { kind: 'not', part, text: `${field.text} not`, span }
}

/** Advice for a value after `not` or `exactly`. */
function nestedAdvice(name: WordName, node: ListNode | ScalarNode, subject: Subject): Advice {
  const written = inOneLine(node, subject.scope.text)
  const words = nestedWords(name, node, written ?? '[…]', subject)
  const { span } = subject
  const isEntry = subject.scope.text.startsWith(name, span.start) && written !== undefined
  return {
    hint: `Write ${words === 'absent: true' || words === 'present: true' ? words.slice(0, -6) : words}`,
    fixes: isEntry ? [replacing(span, words)] : [],
  }
}

function nestedWords(name: WordName, node: ListNode | ScalarNode, written: string, subject: Subject): string {
  if (node.kind === 'list') return name === 'not' ? `not one of: ${written}` : `exactly: { one of: ${written} }`
  const { value, style } = node
  if (name === 'exactly') return `exactly: { is: ${inBraces(node)} }`
  if (value === 'present') return 'absent: true'
  if (value === 'absent') return 'present: true'
  const isPlain = style === 'plain' && typeof value === 'string'
  const [meaning] = isPlain ? meaningsOf(`not ${value}`, { field: subject.field, isPlain }) : []
  return meaning?.words ?? `is not: ${inBraces(node)}`
}

function holdsOnlyMaps({ items }: ListNode): boolean {
  return items.length > 0 && items.every(({ kind }) => kind === 'map')
}

/** Reports test words after dashes: a list contains values. */
function refuseDashes(node: ListNode, { field, scope }: Subject): undefined {
  const message = `Expected a list of values of "${field.text}", got test words`
  const hint = `Remove the dashes if all must be true; if one is enough, write any: [{ ${field.text}: … }, …]`
  scope.reporter.error('wrong-shape', node.span, message, hint)
  return undefined
}

/** The operand for reports: values in quotes, a named list by its name. */
function operandText(node: Node, operand: Operand): string {
  if (operand.kind === 'none') return ''
  const isNamed = 'list' in operand && operand.list !== undefined
  if (node.kind === 'scalar') return ` ${isNamed ? node.raw : valueText(node)}`
  if (node.kind !== 'list') return ''
  const shown = node.items.slice(0, 5).map(item => (item.kind === 'scalar' ? valueText(item) : '…'))
  return ` [${shown.join(', ')}${node.items.length > shown.length ? ', …' : ''}]`
}

function valueText({ value, raw }: ScalarNode): string {
  return typeof value === 'string' ? JSON.stringify(value) : raw
}
