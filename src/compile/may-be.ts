import type { Judged, Leaf } from './judged.ts'
import { groupOf } from './needed.ts'
import { isKnown, unsure } from './question.ts'
import type { View } from './view.ts'

/**
 * False if a condition cannot be definitely true (or false, as wanted), whatever its slow tests and open questions turn
 * out to be, and facts that could not be had: neither needs to be resolved then.
 */
export function mayBe(judged: Judged, wanted: boolean, view: View): boolean {
  const { condition, parts, leaf } = judged
  switch (condition.kind) {
    case 'test':
    case 'time':
    case 'often':
    case 'since':
      if (leaf === undefined || leaf.slot === 'time') return judged.judge(view) === wanted
      if (view.openQuestion(leaf.slot) !== undefined || isUnsure(leaf, view)) return true
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

/** True for a test of a fact that could not be had, or only a part of it that does not decide. */
function isUnsure({ slot, predicate }: Leaf, view: View): boolean {
  if (slot === 'time' || slot.asks === undefined) return false
  const value = view.value(slot)
  return value === unsure || (value !== null && predicate(value) === unsure)
}
