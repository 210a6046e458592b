import type { Condition } from '../language/condition.ts'
import type { FieldRewrite, Rule } from '../language/rule.ts'
import { readyInSteps } from './list-lookup.ts'
import { hostsInSteps, maskedBy, wayOf } from './list-words.ts'

/**
 * Make the lists of a rule's tests and steps ready, so that nobody waits for it later: not the compiler, which makes a
 * rule at one go, and not the first call. Pauses after each small piece of work. `known` learns which conditions have
 * been seen to.
 */
export function* readyLists({ when, unless, outcome }: Rule, known: Set<Condition>): Generator<undefined> {
  yield* readyIn(when, known)
  if (unless !== undefined) yield* readyIn(unless, known)
  if (outcome.kind === 'rewrite') yield* readyFor(outcome.fields, known)
}

function* readyFor(fields: readonly FieldRewrite[], known: Set<Condition>): Generator<undefined> {
  for (const step of fields.flatMap(({ steps }) => steps)) {
    if (step.kind === 'mask words in' || step.kind === 'replace words in')
      yield* readyInSteps(step.words.values, maskedBy(step.words))
    if (step.kind !== 'each item') continue
    if (step.when !== undefined) yield* readyIn(step.when, known)
    yield* readyFor(step.fields, known)
  }
}

function* readyIn(condition: Condition, known: Set<Condition>): Generator<undefined> {
  if (known.has(condition)) return
  known.add(condition)
  if (known.size % 20 === 0) yield
  for (const part of partsOf(condition)) yield* readyIn(part, known)
  if (condition.kind === 'test' && condition.operand.kind === 'hosts') {
    yield* hostsInSteps(condition.operand.hosts)
    yield* hostsInSteps(condition.operand.except ?? [])
  }
  const way = condition.kind === 'test' ? wayOf(condition) : undefined
  if (condition.kind !== 'test' || condition.operand.kind !== 'values' || way === undefined) return
  yield* readyInSteps(condition.operand.values, way)
}

function partsOf(condition: Condition): readonly Condition[] {
  if (condition.kind === 'test') return condition.operand.kind === 'item' ? [condition.operand.item] : []
  return 'parts' in condition ? condition.parts : 'part' in condition ? [condition.part] : []
}
