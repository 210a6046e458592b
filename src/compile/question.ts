import type { Field } from '../callbacks/callback.ts'

/**
 * Something that a call does not say and rules need to know: a fact of an object that is found by some of the call's
 * values. Plain data. `id` is the same for the same question.
 */
export type Question = {
  id: string
  field: string
  /** The values that the object is found by, in the order in which the field names them. */
  keys: readonly unknown[]
  round: Round
}

/** Look-ups come first: a count counts only calls for which everything beside it holds. */
export type Round = 'look-up' | 'count'

/** What became of a question. `unsure`: it failed, came too late, or nobody could be asked. */
export type Answer = { kind: 'value'; value: unknown } | { kind: 'absent' } | { kind: 'unsure' }

/** What a fact is as long as it has not been told: unknown in every test, and neither present nor absent. */
export const unsure = Symbol('unsure')

/** By the ids of their questions. */
export type Answers = ReadonlyMap<string, Answer>

/** The question that a field stands for; null where the call lacks what the object is found by. Pure. */
export function questionOf(
  { name, asked }: Field & { asked: NonNullable<Field['asked']> },
  values: ReadonlyMap<string, unknown>,
): Question | null {
  const keys = asked.by.map(key => values.get(key) ?? null)
  if (keys.includes(null)) return null
  return { id: JSON.stringify([name, ...keys]), field: name, keys, round: asked.round }
}
export function isKnown(value: unknown): boolean {
  return value !== null && value !== unsure
}
