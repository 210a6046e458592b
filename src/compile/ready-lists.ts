import type { Condition } from '../language/condition.ts'
import type { FieldRewrite, Rule } from '../language/rule.ts'
import { asGist } from './gist-operand.ts'
import { readyInSteps } from './list-lookup.ts'
import { hostsInSteps, maskedBy, wayOf } from './list-words.ts'

/**
 * Indexes the lists of a rule's tests and steps ahead of time, so that neither the compiler, which compiles a rule in
 * one go, nor the first call waits for it. Pauses after each small piece of work. `known` collects the conditions
 * already handled.
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
  const test = condition.kind === 'test' ? asGist(condition) : undefined
  const way = test && wayOf(test)
  if (test?.operand.kind !== 'values' || way === undefined) return
  yield* readyInSteps(test.operand.values, way)
}

function partsOf(condition: Condition): readonly Condition[] {
  if (condition.kind === 'test') return condition.operand.kind === 'item' ? [condition.operand.item] : []
  return 'parts' in condition ? condition.parts : 'part' in condition ? [condition.part] : []
}
