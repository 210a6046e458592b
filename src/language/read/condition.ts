import { type Advice, replacing, write } from '../../yaml/fix.ts'
import { isFlow } from '../../yaml/layout.ts'
import type { Entry, ListNode, Node, ScalarNode } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import { adviceForShape, exampleFor, fieldName } from '../advice/condition-advice.ts'
import { nearestField } from '../advice/field-advice.ts'
import { oftenMeant } from '../advice/meant-rate.ts'
import { nearest } from '../advice/suggest.ts'
import type { Condition } from '../condition.ts'
import { readScopedField } from '../item.ts'
import { findTestWord, keys } from '../vocabulary.ts'
import { exampleField } from './count-keys.ts'
import { readEachInSteps } from './each.ts'
import { readNative } from './native.ts'
import { readOften } from './often.ts'
import type { ItemScope, Scope, TestPlace } from './scope.ts'
import { asList, asText, cover, describeNode, headOf } from './shape.ts'
import { readSince } from './since.ts'
import { allOf, readTest } from './test.ts'
import { readTime } from './time.ts'

/**
 * A condition: a mapping whose keys must all be true.
 *
 * Undefined if invalid (reported).
 */
export function* readCondition(node: Node, scope: Scope): Steps<Condition | undefined> {
  if (node.kind === 'broken') return undefined
  if (node.kind !== 'map') return refuseShape(node, scope)
  const [first] = node.entries
  if (first === undefined) {
    const message = 'This condition is empty, so it would always be true'
    scope.reporter.error('empty', node.span, message, `Write a field and a test, as in ${exampleFor(scope)}`)
    return undefined
  }
  if (node.entries.some(({ key }) => key === 'fact' || key === 'operator')) return yield* readNative(node, scope)
  const inBraces = isFlow(node, scope.text)
  const read = (entry: Entry, at: number) => readEntry({ entry, inBraces }, node.entries[at - 1], scope)
  const parts = yield* readEachInSteps(node.entries, scope.reporter, read)
  return allOf(parts, cover(first.keySpan, node.span))
}

/** One key of a condition. `before` is the previous one. */
function* readEntry(place: TestPlace, before: Entry | undefined, scope: Scope): Steps<Condition | undefined> {
  const { entry } = place
  const { key, keySpan, value } = entry
  const span = cover(keySpan, value.span)
  switch (key) {
    case 'all':
    case 'any':
    case 'none':
      return yield* readGroup(key, entry, scope)
    case 'not': {
      if (value.kind === 'list') return refuseSeveral(value, scope)
      const part = yield* readCondition(value, within(scope))
      return part && { kind: 'not', part, text: 'not', span }
    }
    case 'use':
      return yield* readUse(entry, scope)
    case 'time':
      return scope.item === undefined ? readTime(entry, scope) : refuseTime(entry, scope.item, scope)
    case 'how often':
      return readOften(entry, scope)
    case 'how long since':
      return readSince(entry, scope)
  }
  if (isMisplaced(entry, before, scope)) return undefined
  const field = readScopedField(key, keySpan, scope)
  return field && (yield* readTest(value, { field, span, isExact: false, scope, place }))
}

/** The scope inside a group: there only what counters count can be asked. */
function within(scope: Scope, kind?: 'all' | 'any' | 'none'): Scope {
  const { counts, ...others } = scope
  if (counts === undefined || counts === 'nothing') return scope
  return kind === 'all' ? { ...others, counts: 'own calls beside' } : others
}

function refuseTime({ keySpan }: Entry, { list }: ItemScope, { reporter }: Scope): undefined {
  const message = '"time" tests the call, not an item of a list'
  reporter.error('unknown-field', keySpan, message, `Write it beside "${list.text}", not inside it`)
  return undefined
}

/** Whether a key is something other than a field; if so, it is reported. */
function isMisplaced({ key, keySpan, value }: Entry, before: Entry | undefined, scope: Scope): boolean {
  const { callbacks, item, reporter } = scope
  const sources = item === undefined ? callbacks : [...callbacks, ...item.outer.callbacks]
  if (sources.some(callback => nearestField(key, callback) !== undefined)) return false
  if (scope.names.hasCondition(key)) {
    const hint = `Write use: ${key}`
    reporter.error('unknown-field', keySpan, `Expected a field, got the condition name "${key}"`, hint)
    return true
  }
  const message = `There is no key "${key}" in a condition`
  if (findTestWord(key) !== undefined) {
    // An empty field above was meant to hold this word, and that has been reported.
    if (before?.value.kind === 'broken') return true
    const hint = `Write it inside a field, as in ${exampleFor(scope, key)}`
    reporter.error('unknown-field', keySpan, `Expected a field, got the test word "${key}"`, hint)
    return true
  }
  // Inside JSON any name is valid.
  if (item?.holds === 'json') return false
  const meant = nearest(key, keys.condition)
  if (meant !== undefined) {
    const hint = `Did you mean "${meant}"? Keys: ${keys.condition.join(', ')}, or a field`
    reporter.error('unknown-key', keySpan, message, countAdvice(meant, { keySpan, value }, scope) ?? hint)
    return true
  }
  const ofRule = keys.rule.find(name => name === key)
  if (ofRule === undefined) return false
  const hint = ofRule === 'when' ? 'Remove it' : `It belongs to the rule: indent "${key}" to the level of "when"`
  reporter.error('unknown-key', keySpan, message, hint)
  return true
}

/** Advice for a count by another name; undefined for other keys. */
function countAdvice(
  meant: string,
  { keySpan, value }: Pick<Entry, 'keySpan' | 'value'>,
  scope: Scope,
): Advice | undefined {
  if (meant !== 'how often' && meant !== 'how long since') return undefined
  const whole = meant === 'how often' && value.kind === 'scalar' ? oftenMeant(value, exampleField(scope)) : undefined
  if (whole !== undefined) return write(cover(keySpan, value.span), `${meant}: ${whole}`)
  const example = `{ same: ${exampleField(scope)}, in: 10 seconds, more than: 5 }`
  const hint = `Write ${meant}${meant === 'how often' ? `, as in how often: ${example}` : ''}`
  return { hint, fixes: value.kind === 'map' ? [replacing(keySpan, meant)] : [] }
}

function refuseSeveral({ span }: ListNode, { reporter }: Scope): undefined {
  const hint = 'Write none: before the list if none of them may be true'
  reporter.error('wrong-shape', span, '"not" takes one condition, got a list', hint)
}

function* readGroup(
  kind: 'all' | 'any' | 'none',
  { keySpan, value }: Entry,
  scope: Scope,
): Steps<Condition | undefined> {
  const { reporter } = scope
  const hint = `Start each condition under "${kind}" with a dash: - ${exampleFor(scope)}`
  const items = asList(value, `"${kind}"`, reporter, hint)
  if (items === undefined) return undefined
  if (items.length === 0) {
    const message = `"${kind}" has no conditions, so it would ${kind === 'any' ? 'never' : 'always'} be true`
    reporter.error('empty', value.span, message, `Write at least one, as in ${kind}: [${exampleFor(scope)}]`)
    return undefined
  }
  if (items.every(item => item.kind === 'scalar')) {
    const message = `"${kind}" takes conditions, got values`
    const field = fieldName(scope)
    reporter.error('wrong-shape', value.span, message, `For one field with several values, write ${field}: [a, b]`)
    return undefined
  }
  const inner = within(scope, kind)
  const parts = yield* readEachInSteps(items, reporter, item => readCondition(item, inner))
  if (parts.some(part => part === undefined)) return undefined
  return { kind, parts: parts as Condition[], text: `${kind} of`, span: cover(keySpan, value.span) }
}

function* readUse({ keySpan, value }: Entry, scope: Scope): Steps<Condition | undefined> {
  const several = 'For several, write all: [{ use: … }, { use: … }]'
  const name = asText(value, 'the name of a condition', scope.reporter, several)
  if (name === undefined) return undefined
  const part = yield* scope.names.condition(name, value.span, scope)
  return part && { kind: 'use', part, text: `use: ${name}`, span: cover(keySpan, value.span) }
}

function refuseShape(node: ListNode | ScalarNode, scope: Scope): undefined {
  const message = `A condition must be "key: value" lines, got ${describeNode(node)}`
  scope.reporter.error('wrong-shape', headOf(node), message, adviceForShape(node, scope))
  return undefined
}
