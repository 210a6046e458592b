import type { Condition } from '../language/condition.ts'
import type { Rule } from '../language/rule.ts'
import type { Steps } from '../yaml/steps.ts'
import type { Evaluator } from './evaluate.ts'

/** How many conditions are compiled in a fraction of a millisecond. */
const conditionsInPiece = 20

/**
 * Compiles the conditions of a rule part by part, so that the rule itself can then be compiled in one go.
 *
 * Pauses every few conditions.
 */
export function* readyConditions({ when, unless }: Rule, evaluator: Evaluator): Steps<void> {
  const make = (condition: Condition) => evaluator.ready(condition)
  yield* readyParts(when, make, evaluator)
  if (unless !== undefined) yield* readyParts(unless, make, evaluator)
}

type Make = (condition: Condition) => unknown

/** Parts first: their results are reused when the whole is compiled. */
function* readyParts(condition: Condition, make: Make, evaluator: Evaluator): Steps<void> {
  if (condition.kind === 'test' && condition.operand.kind === 'item') {
    const { field, operand } = condition
    yield* readyParts(operand.item, item => evaluator.readyForItem(field, item), evaluator)
  }
  const parts = 'parts' in condition ? condition.parts : 'part' in condition ? [condition.part] : []
  for (const [at, part] of parts.entries()) {
    if (at % conditionsInPiece === 0) yield
    yield* readyParts(part, make, evaluator)
  }
  make(condition)
}
