import type { Node } from '../../yaml/node.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { misspelt, suggest } from '../advice/suggest.ts'
import type { Condition, NativeWord } from '../condition.ts'
import { itemFields, readScopedField } from '../item.ts'
import { findTestWord, keys, type WordName } from '../vocabulary.ts'
import { type MappingForm, readMapping, required } from './mapping.ts'
import type { Scope, Subject } from './scope.ts'
import { asText } from './shape.ts'
import { fittingWords, makeTest, readWord } from './test.ts'
import { readValue } from './value.ts'

/** json-rules-engine's own operators as the test words that mean the same, without folding. */
const nativeWords: ReadonlyMap<string, WordName> = new Map([
  ['equal', 'is'],
  ['notEqual', 'is not'],
  ['in', 'one of'],
  ['notIn', 'not one of'],
  ['contains', 'contains'],
  ['doesNotContain', 'contains'],
  ['lessThan', 'less than'],
  ['lessThanInclusive', 'at most'],
  ['greaterThan', 'more than'],
  ['greaterThanInclusive', 'at least'],
])

const form: MappingForm = {
  place: 'a native condition',
  keys: keys.native,
  example: '{ fact: …, operator: …, value: … }',
  misplaced: ({ key }) => (key === 'path' ? { hint: 'Write the path in fact, as in fact: ex.level' } : undefined),
}

/** A condition in json-rules-engine's own spelling: `{ fact, operator, value }`; undefined if invalid (reported). */
export function* readNative(node: Node, scope: Scope): Steps<Condition | undefined> {
  const entries = readMapping(node, form, scope.reporter)
  const found = entries && required(entries, keys.native, { node, form, reporter: scope.reporter })
  if (found === undefined) return undefined
  const { fact, operator, value } = found
  const fieldName = asText(fact.value, 'the fact', scope.reporter)
  const name = asText(operator.value, 'the operator', scope.reporter)
  if (fieldName === undefined || name === undefined) return undefined
  const field = readScopedField(fieldName, fact.value.span, scope)
  if (field === undefined) return undefined
  const subject = { field, span: node.span, isExact: true, scope }
  return yield* readOperator(name, operator.value.span, value.value, subject)
}

function* readOperator(name: string, span: Span, value: Node, subject: Subject): Steps<Condition | undefined> {
  const { field, scope } = subject
  const mayBeList = field.kind === 'list' || field.kind === 'part'
  if (mayBeList && (name === 'contains' || name === 'doesNotContain')) {
    return readHasItem(name === 'contains' ? 'has item' : 'has no item', value, subject)
  }
  if (value.kind === 'scalar' && value.value === null && (name === 'equal' || name === 'notEqual')) {
    const meant = name === 'equal' ? 'absent' : 'present'
    const hint = `Write { fact: ${field.text}, operator: ${meant}, value: true }`
    scope.reporter.error('wrong-value', value.span, 'Only "absent" is true for an absent field', hint)
    return undefined
  }
  const own = nativeWords.get(name)
  if (own !== undefined) return negated(name, yield* readWord(own, value, span, subject, name), subject)
  const word = findTestWord(name)
  if (word !== undefined) return yield* readWord(word.name, value, span, { ...subject, isExact: false })
  refuseOperator(name, span, subject)
  return undefined
}

/** This operator has no test word of its own. */
function negated(name: string, part: Condition | undefined, { field, span }: Subject): Condition | undefined {
  if (name !== 'doesNotContain' || part === undefined) return part
  return { kind: 'not', part, text: `${field.text} not`, span }
}

function refuseOperator(name: string, span: Span, subject: Subject): void {
  const fitting = fittingWords(subject)
  const native = [...nativeWords].filter(([, word]) => fitting.includes(word)).map(([operator]) => operator)
  const near = misspelt(name, native)
  const all = [...native, ...fitting.filter(word => !native.includes(word))]
  const hint = suggest(name, all, 'Operators')
  const said = near === undefined ? hint : `Did you mean "${near}"? Operators: ${all.join(', ')}`
  subject.scope.reporter.error('unknown-word', span, `There is no operator "${name}"`, said)
}

function readHasItem(word: NativeWord, node: Node, subject: Subject): Condition | undefined {
  const { field, scope } = subject
  if (itemFields(field.field).length > 0) {
    const message = `The items of "${field.text}" are objects, but this looks for one value`
    const hint = `Write { fact: ${field.text}, operator: any item, value: { ${itemFields(field.field)[0]?.name}: … } }`
    scope.reporter.error('wrong-kind', node.span, message, hint)
    return undefined
  }
  const value = readValue(node, { ...field, kind: 'part' }, scope.reporter)
  if (value === undefined) return undefined
  return makeTest(word, { kind: 'value', value }, `${field.text} ${word} ${JSON.stringify(value)}`, subject)
}
