import { Operator } from 'json-rules-engine'
import type { Predicate } from './compared.ts'
import type { Leaf } from './judged.ts'
import { unsure } from './question.ts'

/**
 * The operators that conditions are lowered to, shared by all engine runs: they keep no state.
 *
 * The engine copies conditions at each run and compares its arguments. So the operand of a test, possibly a list of
 * 100,000 entries, stays out of the condition: `value` is its predicate, which is not copied. An absent field passes
 * neither `passes` nor `fails`, thanks to the guards, nor does a list with an unknown item; an unsure one passes only
 * what says so. The names do not clash with the engine's own.
 */
export const operators: readonly Operator[] = [
  new Operator('passes', (value: unknown, predicate: Predicate) => predicate(value) === true, isThere) as Operator,
  new Operator('fails', (value: unknown, predicate: Predicate) => predicate(value) === false, isThere) as Operator,
  new Operator('passes or is unsure', orUnsure(true)) as Operator,
  new Operator('fails or is unsure', orUnsure(false)) as Operator,
  new Operator('is present', (value: unknown) => isThere(value)) as Operator,
  new Operator('is absent', (value: unknown) => !isThere(value) && value !== unsure) as Operator,
  new Operator('is present or unsure', (value: unknown) => isThere(value) || value === unsure) as Operator,
  new Operator('is absent or unsure', (value: unknown) => !isThere(value)) as Operator,
]

/** The operator and value of a test that must be definitely true, or definitely false; or may also be unsure. */
export function operatorFor(
  { slot, predicate, isPositive, presence }: Leaf,
  wanted: boolean,
  orUnsure: boolean,
): { operator: string; value: Predicate | true } {
  const isAsked = orUnsure && slot !== 'time' && slot.asks !== undefined
  if (presence !== undefined) {
    const operator = (presence === 'present') === wanted ? 'is present' : 'is absent'
    return { operator: isAsked ? `${operator} or unsure` : operator, value: true }
  }
  const operator = isPositive === wanted ? 'passes' : 'fails'
  return { operator: isAsked ? `${operator} or is unsure` : operator, value: predicate }
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined && value !== unsure
}

function orUnsure(wanted: boolean): (value: unknown, predicate: Predicate) => boolean {
  return (value, predicate) => {
    if (!isThere(value)) return value === unsure
    const passes = predicate(value)
    return passes === wanted || passes === unsure
  }
}
