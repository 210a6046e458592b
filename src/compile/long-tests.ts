import type { Judged, Leaf } from './evaluate.ts'
import { groupOf } from './needed.ts'
import type { Slot } from './slot.ts'
import type { View } from './view.ts'

/**
 * False when a condition cannot be definitely true (or false, as is wanted), whatever comes of its tests that may take
 * long: those need not be worked out then. Pure.
 */
export function mayBe(judged: Judged, wanted: boolean, view: View): boolean {
  const { condition, parts, leaf } = judged
  switch (condition.kind) {
    case 'test':
    case 'time':
      return leaf?.ahead === undefined || leaf.slot === 'time'
        ? judged.judge(view) === wanted
        : view.value(leaf.slot) !== null
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
    if (value !== null) yield* ahead(value)
  }
}
