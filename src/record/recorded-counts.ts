import type { Counted, CountQuestion } from '../compile/counter.ts'
import type { Value } from '../decide/call.ts'
import type { ToldCount } from '../decide/decision.ts'
import type { CountsOfCall } from '../decide/gather.ts'
import type { RecordedDecision } from './record-line.ts'

/** What the record has of counts: the facts by name, and whether one that was asked for was not known for certain. */
export type RecordedCounts = { facts: { [name: string]: Value }; isUnsure: boolean }

/**
 * The counts that a decision was told, as facts of the record. Pure.
 *
 * Their names say what was counted, and never by which value: a mask may hide that.
 */
export function factsOf(told: readonly ToldCount[]): RecordedCounts {
  const nameOf = namer()
  const facts: { [name: string]: Value } = {}
  let isUnsure = false
  for (const { id, counted } of told) {
    const name = nameOf(id)
    if (counted === undefined || counted.some(({ isPartial }) => isPartial)) isUnsure = true
    if (counted !== undefined) facts[name] = counted as unknown as Value
  }
  return { facts, isUnsure }
}

/** Answers what a decision asks with what it was told then, in the same order. What is not on record stays unsure. Pure. */
export function recordedCounts(facts: RecordedDecision['facts'] = {}): CountsOfCall {
  const nameOf = namer()
  const answer = ({ id }: CountQuestion) => {
    const name = nameOf(id)
    const counted = Object.hasOwn(facts, name) ? facts[name] : undefined
    return Array.isArray(counted) ? [[id, counted as unknown as readonly Counted[]] as const] : []
  }
  return { take: () => {}, ask: async questions => new Map(questions.flatMap(answer)) }
}

/** Names questions: the same text for the same count, with a number where it is asked again by other values. */
function namer(): (id: string) => string {
  const times = new Map<string, number>()
  return id => {
    const [count] = JSON.parse(id) as [string]
    const before = times.get(count) ?? 0
    times.set(count, before + 1)
    return before === 0 ? count : `${count} #${before + 1}`
  }
}
