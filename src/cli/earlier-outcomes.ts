import type { Earlier } from '../count/earlier.ts'
import type { Decision } from '../decide/decision.ts'

/** What became of the calls that came before one, as far as it is told: how many were let through, and refused by what. */
export class EarlierOutcomes {
  #letThrough = 0
  readonly #refused = new Map<string, number>()

  /** Of callbacks that report past events no call can be refused. */
  add(decision: Decision, { call }: Earlier): void {
    if (decision.kind === 'reject' && call.callback.phase === 'before') {
      this.#refused.set(decision.rule, (this.#refused.get(decision.rule) ?? 0) + 1)
    } else this.#letThrough += 1
  }

  /** In one line: `6 earlier calls: 5 let through, 1 refused by flood`. `count` is how many there are in all. */
  text(count: number): string {
    const calls = `${count} earlier ${count === 1 ? 'call' : 'calls'}`
    const refused = [...this.#refused].map(([rule, times]) => `${times} refused by ${rule}`)
    const decided = this.#letThrough > 0 ? [`${this.#letThrough} let through`, ...refused] : refused
    return decided.length === 0
      ? `${calls}, which make no difference: no rule counts`
      : `${calls}: ${decided.join(', ')}`
  }
}
