import type { Field } from '../callbacks/callback.ts'
import type { Counted, CountQuestion } from './counter.ts'

/** Something that rules need to know and a call does not carry. Plain data; `id` is the same for the same question. */
export type Question = LookUp | CountQuestion

/** A fact about an object identified by some of the call's values. */
export type LookUp = {
  id: string
  round: 'look-up'
  field: string
  /** The values that identify the object, in the order in which the field names them. */
  keys: readonly unknown[]
}

/** Look-ups come first: a count counts only calls for which everything else is true. */
export type Round = Question['round']

/**
 * The answer to a question: of a count, what is known of each of its keys. `unsure`: it failed, came too late, or there
 * was nobody to ask.
 */
export type Answer =
  | { kind: 'value'; value: unknown }
  | { kind: 'counted'; value: readonly Counted[] }
  | { kind: 'absent' }
  | { kind: 'unsure' }

/** A fact that is not known yet: unknown in every test, and neither present nor absent. */
export const unsure = Symbol('unsure')

/** By the ids of their questions. */
export type Answers = ReadonlyMap<string, Answer>

/** The question that a field stands for; null if the call lacks the values that identify the object. */
export function questionOf(
  { name, asked }: Field & { asked: NonNullable<Field['asked']> },
  values: ReadonlyMap<string, unknown>,
): LookUp | null {
  const keys = asked.by.map(key => values.get(key) ?? null)
  if (keys.includes(null)) return null
  return { id: JSON.stringify([name, ...keys]), round: 'look-up', field: name, keys }
}

/** True for a value that is neither absent nor unsure. */
export function isKnown(value: unknown): boolean {
  return value !== null && value !== unsure
}
