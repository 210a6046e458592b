import type { Condition, NativeWord, Operand } from './condition.ts'
import { type FieldRef, kindName, readField } from './field.ts'
import { asList, asMapping, asText, cover, readMapping } from './mapping.ts'
import type { Entry, Node, ScalarNode } from './node.ts'
import { readOperand, readValue } from './read-operand.ts'
import { readTime } from './read-time.ts'
import type { Scope } from './scope.ts'
import type { Span } from './source.ts'
import { nearest, suggest } from './suggest.ts'
import { findWord, keys, type Word, type WordName, words } from './vocabulary.ts'

/**
 * A condition: a mapping all of whose keys must hold.
 *
 * Everything wrong with it is reported; undefined then.
 */
export function readCondition(node: Node, scope: Scope): Condition | undefined {
  const map = asMapping(node, 'a condition', scope.reporter)
  if (map === undefined) return undefined
  const [first] = map.entries
  if (first === undefined) {
    const hint = 'Write at least one line, as in nickName: { contains: admin }'
    scope.reporter.error('empty', node.span, 'This condition is empty, so it would always hold', hint)
    return undefined
  }
  if (map.entries.some(entry => entry.key === 'fact' || entry.key === 'operator')) return readNative(node, scope)
  return allOf(
    map.entries.map(entry => readEntry(entry, scope)),
    cover(first.keySpan, map.span),
  )
}

function readEntry(entry: Entry, scope: Scope): Condition | undefined {
  const { key, keySpan, value } = entry
  const span = cover(keySpan, value.span)
  switch (key) {
    case 'all':
    case 'any':
    case 'none':
      return readGroup(key, value, span, scope)
    case 'not': {
      const part = readCondition(value, scope)
      return part && { kind: 'not', part, text: 'not', span }
    }
    case 'use':
      return readUse(value, span, scope)
    case 'time':
      return readTime(value, span, keySpan, scope)
  }
  const meant = misspeltKey(key, scope)
  if (meant !== undefined) {
    const hint = `Did you mean "${meant}"? Keys: ${keys.condition.join(', ')}, or a field`
    scope.reporter.error('unknown-key', keySpan, `There is no key "${key}" in a condition`, hint)
    return undefined
  }
  const field = readField(key, keySpan, scope.callbacks, scope.reporter)
  return field && readTest(value, { field, span, isExact: false, mayStandAlone: true }, scope)
}

/** The key of a condition that was meant by a name that is no field and near to none. */
function misspeltKey(key: string, scope: Scope): string | undefined {
  const fields = scope.callbacks.flatMap(callback => callback.fields.map(field => field.name))
  const [name = ''] = key.replace(/^original\./, '').split('.')
  return fields.includes(name) || nearest(name, fields) !== undefined ? undefined : nearest(key, keys.condition)
}

function readGroup(kind: 'all' | 'any' | 'none', node: Node, span: Span, scope: Scope): Condition | undefined {
  const hint = `Put a dash before each condition under ${kind}`
  const items = asList(node, `what stands under "${kind}"`, scope.reporter, hint)
  if (items === undefined) return undefined
  if (items.length === 0) {
    const message = `"${kind}" has no condition in it, so it would ${kind === 'any' ? 'never' : 'always'} hold`
    scope.reporter.error('empty', node.span, message, 'Write at least one condition')
    return undefined
  }
  const parts = items.map(item => readCondition(item, scope))
  if (parts.some(part => part === undefined)) return undefined
  return { kind, parts: parts as Condition[], text: `${kind} of`, span }
}

function readUse(node: Node, span: Span, scope: Scope): Condition | undefined {
  const name = asText(node, 'the name of a condition', scope.reporter)
  if (name === undefined) return undefined
  const part = scope.names.condition(name, node.span, scope)
  return part && { kind: 'use', part, text: `use: ${name}`, span }
}

/** Where a test stands: its field, its place, whether folding is off, whether `present` may stand alone. */
type Subject = { field: FieldRef; span: Span; isExact: boolean; mayStandAlone: boolean }

function readTest(node: Node, subject: Subject, scope: Scope): Condition | undefined {
  switch (node.kind) {
    case 'broken':
      return undefined
    case 'scalar':
      return readAlone(node, subject, scope)
    case 'list':
      return readWord('one of', node, node.span, subject, scope)
    case 'map':
      return readWords(node.entries, node.span, subject, scope)
  }
}

/** A value alone: `present`, `absent`, or what the field must be. */
function readAlone(node: ScalarNode, subject: Subject, scope: Scope): Condition | undefined {
  const { value, style, span, raw } = node
  if ((value === 'present' || value === 'absent') && style === 'plain') {
    return test(value, { kind: 'none' }, `${subject.field.text} ${value}`, subject)
  }
  if (value === null) {
    const hint = 'Write absent for a field that the call leaves alone, or "" for an empty text'
    scope.reporter.error('wrong-value', span, `"${subject.field.text}" is never compared with nothing`, hint)
    return undefined
  }
  if (typeof value === 'string' && findWord(value) !== undefined) {
    const takesTrue = findWord(value)?.operand === 'true' && value !== 'present' && value !== 'absent'
    const hint = `Write { is: ${raw} } for the text${takesTrue ? `, or { ${value}: true } for the test` : ''}`
    scope.reporter.error('ambiguous-text', span, `${raw} is a test word, but here it would be a text`, hint)
    return undefined
  }
  return readWord('is', node, span, subject, scope)
}

function readWords(entries: readonly Entry[], span: Span, subject: Subject, scope: Scope): Condition | undefined {
  if (entries.length === 0) {
    scope.reporter.error('empty', span, `There is no test for "${subject.field.text}"`, 'Write one, as in { is: … }')
    return undefined
  }
  const parts = entries.map(entry => {
    if (findWord(entry.key) !== undefined) {
      const place = { ...subject, span: cover(entry.keySpan, entry.value.span) }
      return readWord(entry.key as WordName, entry.value, entry.keySpan, place, scope)
    }
    const fitting = words.filter(word => word.kinds.some(kind => kind === subject.field.kind)).map(word => word.name)
    const message = `There is no test word "${entry.key}" for ${kindName(subject.field.kind)} such as ${subject.field.text}`
    scope.reporter.error('unknown-word', entry.keySpan, message, suggest(entry.key, fitting, 'Words'))
    return undefined
  })
  return allOf(parts, span)
}

function readWord(name: WordName, node: Node, wordSpan: Span, subject: Subject, scope: Scope): Condition | undefined {
  const word = findWord(name) as Word & { name: WordName }
  const { field } = subject
  if (!word.kinds.some(kind => kind === field.kind)) return wrongKind(word, wordSpan, field, scope)
  if (word.operand === 'words') return readNested(word.name, node, subject, scope)
  const operand = readOperand(word.operand, node, field, scope)
  if (word.runsNotYet) {
    const message = `"${name}" is a test word of the language that this version cannot run`
    scope.reporter.error('not-yet', wordSpan, message, 'Leave the rule out until a later version')
    return undefined
  }
  return operand && test(name, operand, `${field.text} ${name}${operandText(node, operand)}`, subject)
}

function wrongKind(word: Word, span: Span, field: FieldRef, scope: Scope): undefined {
  const fitting = words.filter(({ kinds }) => kinds.some(kind => kind === field.kind)).map(({ name }) => name)
  const message = `"${word.name}" does not fit "${field.text}", which is ${kindName(field.kind)}`
  scope.reporter.error('wrong-kind', span, message, `Words for ${kindName(field.kind)}: ${fitting.join(', ')}`)
  return undefined
}

/** `not` and `exactly` hold test words; a value alone after `not` is not one of them. */
function readNested(name: WordName, node: Node, subject: Subject, scope: Scope): Condition | undefined {
  const inner = { ...subject, isExact: subject.isExact || name === 'exactly' }
  if (node.kind === 'broken') return undefined
  if (node.kind !== 'map') {
    const hint = name === 'not' ? 'Write is not: … or not one of: […]' : 'Write exactly: { is: … }'
    scope.reporter.error('wrong-shape', node.span, `Test words must stand after "${name}"`, hint)
    return undefined
  }
  const part = readWords(node.entries, node.span, inner, scope)
  if (part === undefined || name === 'exactly') return part
  return { kind: 'not', part, text: `${subject.field.text} not`, span: subject.span }
}

/** json-rules-engine's own operators as the words that mean the same, with folding off. */
const nativeWords: ReadonlyMap<string, WordName> = new Map([
  ['equal', 'is'],
  ['notEqual', 'is not'],
  ['in', 'one of'],
  ['notIn', 'not one of'],
  ['contains', 'contains'],
  ['lessThan', 'less than'],
  ['lessThanInclusive', 'at most'],
  ['greaterThan', 'more than'],
  ['greaterThanInclusive', 'at least'],
])

/** A condition in json-rules-engine's own spelling: `{ fact, operator, value }`. */
function readNative(node: Node, scope: Scope): Condition | undefined {
  const entries = readMapping(node, keys.native, 'a native condition', scope.reporter)
  if (entries === undefined) return undefined
  const missing = keys.native.find(key => !entries.has(key))
  if (missing !== undefined) {
    const hint = 'A native condition is { fact: …, operator: …, value: … }'
    scope.reporter.error('missing-key', node.span, `"${missing}" is missing from this condition`, hint)
    return undefined
  }
  const [fact, operator, value] = keys.native.map(key => entries.get(key)?.value) as [Node, Node, Node]
  const fieldName = asText(fact, 'the fact', scope.reporter)
  const operatorName = asText(operator, 'the operator', scope.reporter)
  if (fieldName === undefined || operatorName === undefined) return undefined
  const field = readField(fieldName, fact.span, scope.callbacks, scope.reporter)
  return (
    field &&
    readNativeTest(
      operatorName,
      operator.span,
      value,
      { field, span: node.span, isExact: true, mayStandAlone: false },
      scope,
    )
  )
}

function readNativeTest(
  operator: string,
  operatorSpan: Span,
  value: Node,
  subject: Subject,
  scope: Scope,
): Condition | undefined {
  if (subject.field.kind === 'list' && (operator === 'contains' || operator === 'doesNotContain')) {
    return readHasItem(operator === 'contains' ? 'has item' : 'has no item', value, subject, scope)
  }
  if (operator === 'doesNotContain') {
    const part = readWord('contains', value, operatorSpan, subject, scope)
    return part && { kind: 'not', part, text: `${subject.field.text} not`, span: subject.span }
  }
  if (value.kind === 'scalar' && value.value === null && (operator === 'equal' || operator === 'notEqual')) {
    const hint = `Write { fact: ${subject.field.text}, operator: ${operator === 'equal' ? 'absent' : 'present'}, value: true }`
    scope.reporter.error('wrong-value', value.span, 'A test on a field that is absent never holds', hint)
    return undefined
  }
  const own = nativeWords.get(operator)
  if (own !== undefined) return readWord(own, value, operatorSpan, subject, scope)
  if (findWord(operator) !== undefined) {
    return readWord(operator as WordName, value, operatorSpan, { ...subject, isExact: false }, scope)
  }
  const known = [...nativeWords.keys(), 'doesNotContain', ...words.map(word => word.name)]
  const hint = suggest(operator, known, 'Operators')
  scope.reporter.error('unknown-word', operatorSpan, `There is no operator "${operator}"`, hint)
  return undefined
}

function readHasItem(word: NativeWord, node: Node, subject: Subject, scope: Scope): Condition | undefined {
  const item = { ...subject.field, kind: 'part' } as const
  const value = readValue(node, item, scope)
  if (value === undefined) return undefined
  return test(word, { kind: 'value', value }, `${subject.field.text} ${word} ${JSON.stringify(value)}`, subject)
}

function test(word: WordName | NativeWord, operand: Operand, text: string, subject: Subject): Condition {
  const { field, isExact, span } = subject
  return { kind: 'test', field, word, operand, isExact, text, span }
}

function allOf(parts: readonly (Condition | undefined)[], span: Span): Condition | undefined {
  if (parts.some(part => part === undefined)) return undefined
  const [first] = parts
  return parts.length === 1 ? first : { kind: 'all', parts: parts as Condition[], text: 'all of', span }
}

/** The operand as a report shows it: as written, or what is in the list. */
function operandText(node: Node, operand: Operand): string {
  if (operand.kind === 'none') return ''
  if (node.kind === 'scalar') return ` ${node.raw}`
  if (node.kind !== 'list') return ''
  const shown = node.items.slice(0, 5).map(item => (item.kind === 'scalar' ? item.raw : '…'))
  return ` [${shown.join(', ')}${node.items.length > shown.length ? ', …' : ''}]`
}
