import type { RuleSet } from '../compile/ruleset.ts'
import type { View } from '../compile/view.ts'
import { CallCounts, countedCall } from '../count/call-counts.ts'
import { MemoryCounts } from '../count/memory-counts.ts'
import type { Call } from '../decide/call.ts'
import { decide } from '../decide/decide.ts'
import { outcomeOf, type Replied } from '../decide/replied.ts'
import { withoutRules } from './without-rules.ts'

/** What a rule set makes of a call. `isEarly`: a count was asked for that reaches back before what was read. */
export type Decided = { outcome: Replied; isEarly: boolean }

/** The most memory of the counts of one rule set, in bytes: two of them are counted beside each other. */
const mostBytes = 96 * 1024 * 1024

/**
 * A rule set with counts of its own, which decides calls in the order of the record: each is settled by its own outcome.
 *
 * Counts begin at `since`: what came before is not known, as after a start of the service.
 */
export class Side {
  readonly ruleSet: RuleSet
  readonly #store: MemoryCounts | undefined
  readonly #without = new Map<string, RuleSet>()

  constructor(ruleSet: RuleSet, since: number) {
    this.ruleSet = ruleSet
    if (ruleSet.counters.size === 0) return
    this.#store = new MemoryCounts({ secret: '', mostBytes })
    this.#store.use([...ruleSet.counters.values()], since)
  }

  /** `without` are rules that cannot be judged on this call, by their ids; `facts` are those of the call. */
  async decide(call: Call, facts: View, without: ReadonlySet<string> = none): Promise<Decided> {
    const { at } = facts
    const ruleSet = without.size === 0 ? this.ruleSet : this.#setWithout(without)
    if (this.#store === undefined) {
      return { outcome: outcomeOf(await decide(ruleSet, call, at, { facts }), call.callback), isEarly: false }
    }
    const counts = new CallCounts(this.#store, ruleSet.counters, countedCall(call, at))
    const decision = await decide(ruleSet, call, at, { counts, facts })
    const isRefused = decision.kind === 'reject' && call.callback.phase === 'before'
    counts.settle(isRefused ? 'refused' : 'let through', decision.effects)
    const isEarly = counts.told?.some(({ counted }) => counted?.some(({ isWhole }) => !isWhole)) === true
    return { outcome: outcomeOf(decision, call.callback), isEarly }
  }

  #setWithout(ids: ReadonlySet<string>): RuleSet {
    const key = JSON.stringify([...ids])
    const known = this.#without.get(key) ?? withoutRules(this.ruleSet, ids)
    this.#without.set(key, known)
    return known
  }
}

const none: ReadonlySet<string> = new Set()
