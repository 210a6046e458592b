import type { Judged, Leaf } from './evaluate.ts'
import { groupOf } from './needed.ts'
import { type Question, unsure } from './question.ts'
import type { Slot } from './slot.ts'
import type { View } from './view.ts'

/**
 * False when a condition cannot be definitely true (or false, as is wanted), whatever comes of its tests that may take
 * long and of the questions that are open: neither needs to be gone into then. Pure.
 */
export function mayBe(judged: Judged, wanted: boolean, view: View): boolean {
  const { condition, parts, leaf } = judged
  switch (condition.kind) {
    case 'test':
    case 'time':
      if (leaf === undefined || leaf.slot === 'time') return judged.judge(view) === wanted
      if (view.openQuestion(leaf.slot) !== undefined) return true
      if (leaf.ahead === undefined) return judged.judge(view) === wanted
      return isKnown(view.value(leaf.slot))
    case 'use':
      return mayBe(parts[0] as Judged, wanted, view)
    case 'not':
      return mayBe(parts[0] as Judged, !wanted, view)
    case 'all':
    case 'any':
    case 'none': {
      const { isEach, wantedOfParts } = groupOf(condition.kind, wanted)
      const may = (part: Judged) => mayBe(part, wantedOfParts, view)
      return isEach ? parts.every(may) : parts.some(may)
    }
  }
}

/** The tests of a condition that may take long. Pure. */
export function longTestsIn({ leaf, parts }: Judged): LongTest[] {
  if (leaf === undefined) return parts.flatMap(longTestsIn)
  return leaf.ahead === undefined || leaf.slot === 'time' ? [] : [{ slot: leaf.slot, ahead: leaf.ahead }]
}

/** A test that may take long: what it looks at, and what works it out. */
export type LongTest = { slot: Slot; ahead: NonNullable<Leaf['ahead']> }

/** Work out, in small steps, what tests that may take long say of a view. */
export function* workOut(tests: readonly LongTest[], view: View): Generator<undefined, void> {
  for (const { slot, ahead } of tests) {
    const value = view.value(slot)
    if (isKnown(value)) yield* ahead(value)
  }
}

function isKnown(value: unknown): boolean {
  return value !== null && value !== unsure
}

/** True when a condition looks at facts that no call carries. Pure. */
export function asksIn({ leaf, parts }: Judged): boolean {
  if (leaf === undefined) return parts.some(asksIn)
  return leaf.slot !== 'time' && leaf.slot.field.field.asked !== undefined
}

/**
 * The open questions without whose answers it cannot be told whether a condition is definitely true (or false, as is
 * wanted). None when it is so already, or cannot become so. Pure.
 */
export function questionsOf(judged: Judged, wanted: boolean, view: View): Question[] {
  if (judged.judge(view) === wanted || !mayBe(judged, wanted, view)) return []
  const { condition, parts, leaf } = judged
  switch (condition.kind) {
    case 'test':
    case 'time': {
      const question = leaf === undefined || leaf.slot === 'time' ? undefined : view.openQuestion(leaf.slot)
      return question === undefined ? [] : [question]
    }
    case 'use':
      return questionsOf(parts[0] as Judged, wanted, view)
    case 'not':
      return questionsOf(parts[0] as Judged, !wanted, view)
    case 'all':
    case 'any':
    case 'none':
      return parts.flatMap(part => questionsOf(part, groupOf(condition.kind, wanted).wantedOfParts, view))
  }
}
