import type { RuleSet } from '../compile/ruleset.ts'
import { CallCounts, countedCall } from '../count/call-counts.ts'
import type { CountStore } from '../count/count-store.ts'
import { decide } from '../decide/decide.ts'
import type { Deciding, ToJudge } from './webhook.ts'

/** What judging needs: the rules in force, null if there are none, and where and when calls count. */
export type JudgeDeps = { current(): RuleSet | null; counts(): CountStore; now?(): number }

/** Judges calls by the rules in force. The caller settles what they count, once they are answered. */
export function judgeBy({ current, counts: storeOf, now = steadyNow }: JudgeDeps): (asked: ToJudge) => Deciding | null {
  return ({ call, at, pause, requestId }) => {
    const ruleSet = current()
    if (ruleSet === null) return null
    const { version, counters } = ruleSet
    if (counters.size === 0) return { version, decision: decide(ruleSet, call, at, { pause }) }
    const counts = new CallCounts(storeOf(), counters, countedCall(call, now(), requestId))
    return { version, counts, decision: decide(ruleSet, call, at, { pause, counts }) }
  }
}

/** In ms since 1970, by a clock that nobody can set back: else a window could end an hour late. */
export function steadyNow(): number {
  return Math.floor(performance.timeOrigin + performance.now())
}
