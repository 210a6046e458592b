import { Operator } from 'json-rules-engine'
import type { Predicate } from './compared.ts'
import type { Leaf } from './judged.ts'
import { unsure } from './question.ts'

/**
 * The operators that conditions are lowered to, shared by all engine runs: they keep no state.
 *
 * The engine copies conditions at each run and compares its arguments. So the operand of a test, possibly a list of
 * 100,000 entries, stays out of the condition: `value` is its predicate, which is not copied. An absent or unsure field
 * passes neither `passes` nor `fails`, thanks to the guards, and neither does a list with an unknown item. The names do
 * not clash with the engine's own.
 */
export const operators: readonly Operator[] = [
  new Operator('passes', (value: unknown, predicate: Predicate) => predicate(value) === true, isThere) as Operator,
  new Operator('fails', (value: unknown, predicate: Predicate) => predicate(value) === false, isThere) as Operator,
  new Operator('is present', (value: unknown) => isThere(value)) as Operator,
  new Operator('is absent', (value: unknown) => !isThere(value) && value !== unsure) as Operator,
]

/** The operator and value of a test that must be definitely true, or definitely false. */
export function operatorFor(
  { predicate, isPositive, presence }: Leaf,
  wanted: boolean,
): { operator: string; value: Predicate | true } {
  if (presence !== undefined) {
    return { operator: (presence === 'present') === wanted ? 'is present' : 'is absent', value: true }
  }
  return { operator: isPositive === wanted ? 'passes' : 'fails', value: predicate }
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined && value !== unsure
}
