import { withImplied } from '../callbacks/derived.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { Drawing } from '../compile/share.ts'
import type { Call, Value } from '../decide/call.ts'
import { decide } from '../decide/decide.ts'
import type { Decision } from '../decide/decision.ts'
import type { CountsOfCall } from '../decide/gather.ts'
import type { EarlierCall } from '../language/rule.ts'
import { CallCounts, countedCall } from './call-counts.ts'
import { MemoryCounts } from './memory-counts.ts'

/** A call that came before another one; `at` is in ms since 1970, and `drawing` how shares are drawn for it. */
export type Earlier = { call: Call; at: number; drawing?: Drawing }

/** The calls that came before one at an instant, as tests write them. */
export function earlierCalls(written: readonly EarlierCall[] = [], at: number): readonly Earlier[] {
  return written.flatMap(({ ago, times, callback, given, share }) => {
    const call: Call = { callback, values: withImplied<Value>(callback, given) }
    return Array.from({ length: times }, () => ({ call, at: at - ago, ...(share && { drawing: share }) }))
  })
}

/**
 * Where a call counts that comes after some others, which are decided by the same rules: as if nothing else had ever
 * come. Undefined when the rules count nothing. Shares are drawn for them as for the call, unless they say otherwise.
 * `onDecided` is told what became of each of the others, in order.
 */
export async function countsAfter(
  ruleSet: RuleSet,
  earlier: readonly Earlier[],
  { call, at, drawing }: Earlier,
  onDecided?: (decision: Decision, earlier: Earlier) => void,
): Promise<CountsOfCall | undefined> {
  if (ruleSet.counters.size === 0) return undefined
  const store = new MemoryCounts({ secret: '', since: Number.NEGATIVE_INFINITY })
  const inOrder = [...earlier].sort((a, b) => a.at - b.at)
  store.use([...ruleSet.counters.values()], Math.min(at, inOrder[0]?.at ?? at))
  for (const each of inOrder) {
    const counts = new CallCounts(store, ruleSet.counters, countedCall(each.call, each.at))
    const decision = await decide(ruleSet, each.call, each.at, { counts, drawing: each.drawing ?? drawing })
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
