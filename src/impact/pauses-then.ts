import { withPaused } from '../compile/paused.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { RecordedEvent } from '../record/record-line.ts'
import { atOnce } from '../yaml/steps.ts'

/** Which rules were paused at a moment of the record, by what it says of pauses up to there. */
export class PausesThen {
  readonly #byInstance = new Map<string, Set<string>>()
  readonly #sets = new Map<string, RuleSet>()

  event({ instance, event, rule }: RecordedEvent, dir: string): void {
    if ((event !== 'paused' && event !== 'resumed') || typeof rule !== 'string') return
    const key = JSON.stringify([dir, instance])
    const rules = this.#byInstance.get(key) ?? new Set<string>()
    this.#byInstance.set(key, rules)
    if (event === 'paused') rules.add(rule)
    else rules.delete(rule)
  }

  /** The paused rules of an instance. */
  of(dir: string, instance: string): ReadonlySet<string> {
    if (this.#byInstance.size === 0) return none
    return this.#byInstance.get(JSON.stringify([dir, instance])) ?? none
  }

  /** A rule set as it decided with these pauses. */
  applied(ruleSet: RuleSet, paused: ReadonlySet<string>): RuleSet {
    if (paused.size === 0) return ruleSet
    const key = JSON.stringify([ruleSet.version, ...[...paused].sort()])
    const known = this.#sets.get(key) ?? atOnce(withPaused(ruleSet, paused))
    this.#sets.set(key, known)
    return known
  }
}

const none: ReadonlySet<string> = new Set()
