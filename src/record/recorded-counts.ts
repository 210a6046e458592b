import type { Counted } from '../compile/counter.ts'
import type { CountsOfCall } from '../decide/gather.ts'
import type { RecordedDecision } from './record-line.ts'

/** Answers what a decision asked with what it was told then. What is not on record stays unsure. Pure. */
export function recordedCounts(facts: RecordedDecision['facts'] = {}): CountsOfCall {
  return {
    take: () => {},
    ask: async questions => {
      const known = questions.flatMap(({ id }) => {
        const value = Object.hasOwn(facts, id) ? facts[id] : undefined
        return Array.isArray(value) ? [[id, value as unknown as readonly Counted[]] as const] : []
      })
      return new Map(known)
    },
  }
}
