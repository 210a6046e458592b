import type { RuleSet } from '../../src/compile/ruleset.ts'
import { CallCounts, countedCall } from '../../src/count/call-counts.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { decide } from '../../src/decide/decide.ts'
import { reply } from '../../src/protocol/reply.ts'
import type { Received } from './_recorded.ts'

/** A call of which a draft would tell the IM server something else: by its place, how, and by which rule. */
export type NaiveDifference = { call: number; kind: string; rule: string }

type Answer = { refusedBy: string | undefined; code: number; body: string }

/** Decides every call by one rule set with a fresh store, and keeps the bodies of the replies. */
async function answersBy(ruleSet: RuleSet, calls: readonly Received[]): Promise<Answer[]> {
  const store = new MemoryCounts({ secret: 'naive' })
  store.use([...ruleSet.counters.values()], calls[0]?.at ?? 0)
  const answers: Answer[] = []
  for (const { at, call } of calls) {
    const counts = new CallCounts(store, ruleSet.counters, countedCall(call, at))
    const decision = await decide(ruleSet, call, at, { counts })
    const body = reply(call, decision)
    counts.settle(body.nextCode === 1 ? 'refused' : 'let through', decision.effects)
    const refusedBy = decision.kind === 'reject' && body.nextCode === 1 ? decision.rule : undefined
    answers.push({ refusedBy, code: body.errCode, body: JSON.stringify(body) })
  }
  return answers
}

/** What a draft changes, by comparing the replies of both. The rule of a rewrite is left out. */
export async function naiveDifferences(
  base: RuleSet,
  draft: RuleSet,
  calls: readonly Received[],
): Promise<NaiveDifference[]> {
  const [before, after] = [await answersBy(base, calls), await answersBy(draft, calls)]
  return before.flatMap((old, call) => {
    const now = after[call] as Answer
    if (old.body === now.body) return []
    if (old.refusedBy === undefined) {
      if (now.refusedBy === undefined) return [{ call, kind: 'rewritten otherwise', rule: '' }]
      return [{ call, kind: 'newly refused', rule: now.refusedBy }]
    }
    if (now.refusedBy === undefined) return [{ call, kind: 'no longer refused', rule: old.refusedBy }]
    return [{ call, kind: old.code === now.code ? 'other message' : 'other code', rule: now.refusedBy }]
  })
}
