import { Operator } from 'json-rules-engine'
import type { Leaf } from './evaluate.ts'
import type { Predicate } from './predicate.ts'

/**
 * The operators that a rule set's conditions are lowered to.
 *
 * The engine copies conditions at each run and compares what it is given. So what a test compares with, which may
 * be a list of 100,000 entries, stays out of the condition: `value` is its number here. An absent field passes
 * neither `passes` nor `fails`, which the guards see to, and nor does a list of whose items one is unknown. The names are none of the engine's own.
 */
export class Operators {
  readonly #predicates: Predicate[] = []
  readonly #numbers = new Map<Predicate, number>()

  /** For the engine: shared by all of its runs, since operators keep no state. */
  readonly all: readonly Operator[] = [
    new Operator('passes', (value: unknown, number: number) => this.#test(number, value) === true, isThere) as Operator,
    new Operator('fails', (value: unknown, number: number) => this.#test(number, value) === false, isThere) as Operator,
    new Operator('is present', (value: unknown) => isThere(value)) as Operator,
    new Operator('is absent', (value: unknown) => !isThere(value)) as Operator,
  ]

  /** The operator and value for a test that must be definitely true, or definitely false. */
  of({ predicate, isPositive, presence }: Leaf, wanted: boolean): { operator: string; value: number | boolean } {
    if (presence !== undefined) {
      return { operator: (presence === 'present') === wanted ? 'is present' : 'is absent', value: true }
    }
    return { operator: isPositive === wanted ? 'passes' : 'fails', value: this.#numberOf(predicate) }
  }

  #numberOf(predicate: Predicate): number {
    const known = this.#numbers.get(predicate)
    if (known !== undefined) return known
    const number = this.#predicates.push(predicate) - 1
    this.#numbers.set(predicate, number)
    return number
  }

  #test(number: number, value: unknown): boolean | null {
    return (this.#predicates[number] as Predicate)(value)
  }
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined
}
