import type { FieldRef } from '../language/field.ts'
import type { CountPlace } from './counter.ts'
import { type Answers, type Question, unsure } from './question.ts'

/** The values of a call, by field. */
export type Values = ReadonlyMap<string, unknown>

/**
 * The facts of one call at one moment: its values, the values as received, the time, and the answers about facts that
 * no call carries.
 *
 * Never changed: a rewrite creates another view. Derived facts are computed once and kept.
 */
export class View {
  /** In ms since 1970; NaN for a view without a time, where tests of the time are unknown. */
  readonly at: number
  readonly values: Values
  readonly received: Values
  readonly answers: Answers
  /** The places that the call takes in named counters. */
  readonly places: readonly CountPlace[]
  /** Facts that follow from the values alone, the same for all views of these values. */
  #derived = new Map<Slot, unknown>()
  /** Facts that follow from answers. */
  readonly #asked = new Map<Slot, unknown>()
  #questions: Map<Slot, Question | null> | undefined
  #characters: number | undefined

  constructor(
    values: Values,
    at: number,
    received: Values = values,
    answers: Answers = none,
    places: readonly CountPlace[] = noPlaces,
  ) {
    this.places = places
    this.values = values
    this.at = at
    this.received = received
    this.answers = answers
  }

  /** The total length of its texts in UTF-16 code units, plus one for each value. */
  get characters(): number {
    this.#characters ??= sizeOf(this.values)
    return this.#characters
  }

  /** The value of a slot; null is absent, and `unsure` is not answered yet or unanswerable. */
  value(slot: Slot): unknown {
    const facts = slot.asks === undefined ? this.#derived : this.#asked
    const known = facts.get(slot)
    if (known !== undefined) return known
    const derived = derive(slot, slot.via === undefined ? this.#base(slot) : this.value(slot.via))
    facts.set(slot, derived)
    return derived
  }

  /** The question that must be answered before a slot has its value; undefined nearly always. */
  openQuestion(slot: Slot): Question | undefined {
    if (slot.asks === undefined) return undefined
    const question = this.questionOf(slot)
    return question === null || this.answers.has(question.id) ? undefined : question
  }

  /** The question that a fact is the answer to; null where there is none. Worked out once. */
  questionOf(slot: Slot): Question | null {
    const known = this.#questions?.get(slot)
    if (known !== undefined) return known
    const question = slot.asks?.(this) ?? null
    this.#questions ??= new Map()
    this.#questions.set(slot, question)
    return question
  }

  /** The same facts with more answers. Derived facts are kept. */
  answered(answers: Answers): View {
    const view = new View(this.values, this.at, this.received, new Map([...this.answers, ...answers]), this.places)
    view.#derived = this.#derived
    return view
  }

  /** The same with answers about counts, on which no other question depends. */
  counted(answers: Answers): View {
    const view = this.answered(answers)
    view.#questions = this.#questions
    return view
  }

  /** The same facts of a call that takes some places: what is derived from its values is worked out once for both. */
  withPlaces(places: readonly CountPlace[]): View {
    const view = new View(this.values, this.at, this.received, this.answers, places)
    view.#derived = this.#derived
    return view
  }

  /** The same call after its values changed. */
  changed(values: Values): View {
    return new View(values, this.at, this.received, this.answers, this.places)
  }

  /** The values that a slot looks at: as they are now, or as they were received. */
  valuesOf({ field }: Slot): Values {
    return field.original ? this.received : this.values
  }

  #base(slot: Slot): unknown {
    if (slot.asks === undefined) return this.valuesOf(slot).get(slot.field.field.name)
    const question = this.questionOf(slot)
    const answer = question === null ? absent : this.answers.get(question.id)
    if (answer === undefined || answer.kind === 'unsure') return unsure
    return answer.kind === 'absent' ? null : answer.value
  }
}

const absent = { kind: 'absent' } as const
const noPlaces: readonly CountPlace[] = []
const none: Answers = new Map()

function sizeOf(values: Values): number {
  let size = values.size
  for (const value of values.values()) if (typeof value === 'string') size += value.length
  return size
}

function derive(slot: Slot, from: unknown): unknown {
  if (from === unsure) return unsure
  return from === null || from === undefined ? null : (slot.derive(from) ?? null)
}
/**
 * How a value is looked at: as it is, made comparable, counted, as a host, or searched for patterns: also without
 * disguises, or only as it was received.
 */
export type Form =
  | 'plain'
  | 'folded'
  | 'folded whole'
  | 'graphemes'
  | 'code points'
  | 'host'
  | 'searched'
  | 'searched as received'

/**
 * A fact that conditions look at: a field or a part of it, in one form.
 *
 * It is computed once per call, however many rules look at it.
 */
export type Slot = {
  /** Unique: the same text is the same fact. */
  id: string
  field: FieldRef
  /** The slot that this one is derived from; without it, the field's value. */
  via?: Slot
  /** Of a fact that no call carries: the question that it is the answer to; null when it is absent. Pure. */
  asks?(view: View): Question | null
  /** Computes the fact from the present value it is derived from; null is absent. Pure. */
  derive(value: unknown): unknown
}
