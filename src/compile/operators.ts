import type { Predicate } from './compared.ts'
import type { Leaf } from './judged.ts'
import { unsure } from './question.ts'

/** An operator for json-rules-engine, as data: rules are compiled without loading the engine. */
type NamedOperator = {
  name: string
  test: (value: unknown, predicate: Predicate) => boolean
  /** Without it, every value is tested. */
  guard?: (value: unknown) => boolean
}

/**
 * The operators that conditions are lowered to, shared by all engine runs: they keep no state.
 *
 * The engine copies conditions at each run and compares its arguments. So the operand of a test, possibly a list of
 * 100,000 entries, stays out of the condition: `value` is its predicate, which is not copied. An absent field passes
 * neither `passes` nor `fails`, thanks to the guards, nor does a list with an unknown item; an unsure one passes only
 * what says so. The names do not clash with the engine's own.
 */
export const operators: readonly NamedOperator[] = [
  { name: 'passes', test: (value, predicate) => predicate(value) === true, guard: isThere },
  { name: 'fails', test: (value, predicate) => predicate(value) === false, guard: isThere },
  { name: 'passes or is unsure', test: orUnsure(true) },
  { name: 'fails or is unsure', test: orUnsure(false) },
  { name: 'is present', test: isThere },
  { name: 'is absent', test: value => !isThere(value) && value !== unsure },
  { name: 'is present or is unsure', test: value => isThere(value) || value === unsure },
  { name: 'is absent or is unsure', test: value => !isThere(value) },
]

/** The operator and value of a test that must be definitely true, or definitely false; or may also be unsure. */
export function operatorFor(
  { slot, predicate, isPositive, presence }: Leaf,
  wanted: boolean,
  orUnsure: boolean,
): { operator: string; value: Predicate | true } {
  const suffix = orUnsure && slot !== 'time' && slot.asks !== undefined ? ' or is unsure' : ''
  if (presence !== undefined) {
    return { operator: `${(presence === 'present') === wanted ? 'is present' : 'is absent'}${suffix}`, value: true }
  }
  return { operator: `${isPositive === wanted ? 'passes' : 'fails'}${suffix}`, value: predicate }
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
