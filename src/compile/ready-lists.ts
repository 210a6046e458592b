import type { Condition } from '../language/condition.ts'
import type { Rule } from '../language/rule.ts'
import { readyInSteps } from './list-lookup.ts'
import { maskedBy, wayOf } from './list-words.ts'

/**
 * Make the lists of all tests and steps ready, so that nobody waits for it later: not the compiler, which makes a rule
 * at one go, and not the first call. Pauses after each small piece of work.
 */
export function* readyLists(rules: readonly Rule[]): Generator<undefined> {
  const known = new Set<Condition>()
  for (const { when, unless, outcome } of rules) {
    yield* readyIn(when, known)
    if (unless !== undefined) yield* readyIn(unless, known)
    for (const { steps } of outcome.kind === 'rewrite' ? outcome.fields : []) {
      for (const step of steps) if (step.kind === 'mask words in') yield* readyInSteps(step.words.values, maskedBy)
    }
  }
}

function* readyIn(condition: Condition, known: Set<Condition>): Generator<undefined> {
  if (known.has(condition)) return
  known.add(condition)
  if ('parts' in condition) for (const part of condition.parts) yield* readyIn(part, known)
  if ('part' in condition) yield* readyIn(condition.part, known)
  if (condition.kind !== 'test' || condition.operand.kind !== 'values') return
  const way = wayOf(condition)
  if (way !== undefined) yield* readyInSteps(condition.operand.values, way)
}
