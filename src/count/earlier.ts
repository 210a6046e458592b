import { withImplied } from '../callbacks/derived.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { Call, Value } from '../decide/call.ts'
import { decide } from '../decide/decide.ts'
import type { Decision } from '../decide/decision.ts'
import type { CountsOfCall } from '../decide/gather.ts'
import type { EarlierCall } from '../language/rule.ts'
import { CallCounts, countedCall } from './call-counts.ts'
import { MemoryCounts } from './memory-counts.ts'

/** A call that came before another one; `at` is in ms since 1970. */
export type Earlier = { call: Call; at: number }

/** The calls that came before one at an instant, as tests write them. */
export function earlierCalls(written: readonly EarlierCall[] = [], at: number): readonly Earlier[] {
  return written.flatMap(({ ago, times, callback, given }) => {
    const call: Call = { callback, values: withImplied<Value>(callback, given) }
    return Array.from({ length: times }, () => ({ call, at: at - ago }))
  })
}

/**
 * Where a call counts that comes after some others, which are decided by the same rules: as if nothing else had ever
 * come. Undefined when the rules count nothing. `onDecided` is told what became of each of the others, in order.
 */
export async function countsAfter(
  ruleSet: RuleSet,
  earlier: readonly Earlier[],
  { call, at }: Earlier,
  onDecided?: (decision: Decision, earlier: Earlier) => void,
): Promise<CountsOfCall | undefined> {
  if (ruleSet.counters.size === 0) return undefined
  const store = new MemoryCounts({ secret: '', since: Number.NEGATIVE_INFINITY })
  const inOrder = [...earlier].sort((a, b) => a.at - b.at)
  store.use([...ruleSet.counters.values()], Math.min(at, inOrder[0]?.at ?? at))
  for (const each of inOrder) {
    const counts = new CallCounts(store, ruleSet.counters, countedCall(each.call, each.at))
    const decision = await decide(ruleSet, each.call, each.at, { counts })
    onDecided?.(decision, each)
    const { kind, effects } = decision
    counts.settle(kind === 'reject' && each.call.callback.phase === 'before' ? 'refused' : 'let through', effects)
  }
  const counts = new CallCounts(store, ruleSet.counters, countedCall(call, at))
  return {
    take: places => counts.take(places),
    ask: questions => counts.ask(questions.map(question => ({ ...question, tellsOthers: true }))),
  }
}
