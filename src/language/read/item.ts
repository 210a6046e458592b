import type { Entry, MapNode, Node } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import { misspelt, synonymOf } from '../advice/suggest.ts'
import { suggestAt } from '../advice/suggested.ts'
import type { Condition } from '../condition.ts'
import { linkParts } from '../field.ts'
import { itemItself, itemScope, linkPart } from '../item.ts'
import { findTestWord, keys } from '../vocabulary.ts'
import { readCondition } from './condition.ts'
import { readEachInSteps } from './each.ts'
import type { Scope, Subject } from './scope.ts'
import { cover, describeNode, inBraces } from './shape.ts'
import { allOf, fittingWords, readTest } from './test.ts'

/**
 * The condition on an item of a list: a test if it is a single value, a condition over its fields if it is an object.
 *
 * Inside JSON it may be either, depending on what is written. Reports problems.
 */
export function* readItem(node: Node, { field, span, isExact }: Subject, outer: Scope): Steps<Condition | undefined> {
  if (node.kind === 'broken') return undefined
  const scope = itemScope(field, outer, span)
  if (scope?.item === undefined) return undefined
  const { holds } = scope.item
  if (holds === 'objects') return node.kind === 'map' ? yield* readCondition(node, scope) : refuseValues(node, scope)
  const subject = { field: itemItself(holds), span: node.span, isExact, scope }
  if (holds === 'url') return yield* readLink(node, subject)
  const isOfFields = holds === 'json' && node.kind === 'map' && !isTest(node, subject)
  return isOfFields ? yield* readCondition(node, scope) : yield* readTest(node, subject)
}

/** A test of a link, and of parts of it, whose names begin with a dot; all must hold. */
function* readLink(node: Node, subject: Subject): Steps<Condition | undefined> {
  if (node.kind !== 'map' || !namesPart(node)) return yield* readTest(node, subject)
  const { reporter } = subject.scope
  const own = node.entries.filter(entry => !namesPartIn(entry))
  const conditions = yield* readEachInSteps(node.entries.filter(namesPartIn), reporter, entry =>
    readOfPart(entry, subject),
  )
  const ofItself = own.length === 0 ? [] : [yield* readTest({ ...node, entries: own }, subject)]
  return allOf([...ofItself, ...conditions], node.span)
}

function namesPart({ entries }: MapNode): boolean {
  return entries.some(namesPartIn)
}

function namesPartIn({ key, value }: Entry): boolean {
  if (key.startsWith('.')) return true
  if (key === 'not') return value.kind === 'map' && namesPart(value)
  const isGroup = key === 'all' || key === 'any' || key === 'none'
  return isGroup && value.kind === 'list' && value.items.every(item => item.kind === 'map')
}

/** A part with its test, or a group of conditions on links. */
function* readOfPart({ key, keySpan, value }: Entry, subject: Subject): Steps<Condition | undefined> {
  const span = cover(keySpan, value.span)
  if (key === 'not') {
    const part = yield* readLink(value, subject)
    return part && { kind: 'not', part, text: 'not', span }
  }
  if (key === 'all' || key === 'any' || key === 'none') {
    const items = value.kind === 'list' ? value.items : []
    const parts = yield* readEachInSteps(items, subject.scope.reporter, item => readLink(item, subject))
    if (parts.length === 0 || parts.some(part => part === undefined)) return undefined
    return { kind: key, parts: parts as Condition[], text: `${key} of`, span }
  }
  const field = linkPart(key)
  if (field !== undefined) return yield* readTest(value, { ...subject, field, span })
  const advice = suggestAt(keySpan, key, linkParts, 'Parts of a link')
  subject.scope.reporter.error('unknown-field', keySpan, `A link has no part "${key}"`, advice)
  return undefined
}

/** Reports values where an object has fields. */
function refuseValues(
  node: Exclude<Node, { kind: 'map' | 'broken' }>,
  { callbacks, item, reporter }: Scope,
): undefined {
  const name = callbacks[0]?.fields[0]?.name
  const message = `The items of "${item?.list.text}" have fields, got ${describeNode(node)}`
  const value = node.kind === 'scalar' ? inBraces(node) : '[…]'
  reporter.error('wrong-shape', node.span, message, `Write any item: { ${name}: ${value} }`)
  return undefined
}

/** Whether a mapping has test words, or keys meant as such: inside JSON other names can be anything. */
function isTest({ entries }: MapNode, subject: Subject): boolean {
  // Names such as count and items are as likely to be names inside JSON as synonyms of our words.
  const fitting = fittingWords(subject).filter(name => !findTestWord(name)?.kinds.includes('list'))
  if (entries.length === 0) return true
  return entries.some(({ key, value }) => {
    if (key === 'not') return value.kind !== 'map' || isTest(value, subject)
    if (keys.condition.some(other => other === key)) return value.kind === 'list' && value.items.some(isOfTests)
    return findTestWord(key) !== undefined || synonymOf(key, fitting) !== undefined || isNear(key, fitting)
  })
}

function isOfTests(node: Node): boolean {
  return node.kind === 'map' && node.entries.some(({ key }) => key !== 'not' && findTestWord(key) !== undefined)
}

/** Short names are similar to many words by chance. */
function isNear(key: string, fitting: readonly string[]): boolean {
  return key.length > 4 && misspelt(key, fitting) !== undefined
}
