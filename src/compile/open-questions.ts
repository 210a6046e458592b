import type { Judged } from './judged.ts'
import { mayBe } from './may-be.ts'
import { groupOf } from './needed.ts'
import type { Question } from './question.ts'
import type { View } from './view.ts'

/** True when a condition looks at facts that no call carries. */
export function asksIn({ leaf, parts }: Judged): boolean {
  if (leaf === undefined) return parts.some(asksIn)
  return leaf.slot !== 'time' && leaf.slot.asks !== undefined
}

/**
 * The open questions whose answers decide whether a condition is definitely true (or false, as wanted). None if it
 * already is, or can never be.
 */
export function questionsOf(judged: Judged, wanted: boolean, view: View): Question[] {
  if (judged.judge(view) === wanted || !mayBe(judged, wanted, view)) return []
  const { condition, parts, leaf } = judged
  switch (condition.kind) {
    case 'test':
    case 'often':
    case 'since':
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
