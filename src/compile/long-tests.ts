import type { Judged, Leaf } from './judged.ts'
import { isKnown } from './question.ts'
import type { Slot, View } from './view.ts'

/** The tests of a condition that may take long. */
export function longTestsIn({ leaf, parts }: Judged): LongTest[] {
  if (leaf === undefined) return parts.flatMap(longTestsIn)
  return leaf.ahead === undefined || leaf.slot === 'time' ? [] : [{ slot: leaf.slot, ahead: leaf.ahead }]
}

/** A test that may take long: what it looks at, and what computes it. */
export type LongTest = { slot: Slot; ahead: NonNullable<Leaf['ahead']> }

/** Computes, in small steps, the results of slow tests for a view. */
export function* workOut(tests: readonly LongTest[], view: View): Generator<undefined, void> {
  for (const { slot, ahead } of tests) {
    const value = view.value(slot)
    if (isKnown(value)) yield* ahead(value)
  }
}
