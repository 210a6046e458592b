import type { MapNode, Node } from '../../yaml/node.ts'
import type { Steps } from '../../yaml/steps.ts'
import { misspelt, synonymOf } from '../advice/suggest.ts'
import type { Condition } from '../condition.ts'
import { itemItself, itemScope } from '../item.ts'
import { findTestWord, keys } from '../vocabulary.ts'
import { readCondition } from './condition.ts'
import type { Scope, Subject } from './scope.ts'
import { describeNode, inBraces } from './shape.ts'
import { fittingWords, readTest } from './test.ts'

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
  const isOfFields = holds === 'json' && node.kind === 'map' && !isTest(node, subject)
  return isOfFields ? yield* readCondition(node, scope) : yield* readTest(node, subject)
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
