import type { Counted, Counter, CountPlace, CountQuestion } from '../compile/counter.ts'
import type { Call } from '../decide/call.ts'
import type { CountEffects, ToldCount } from '../decide/decision.ts'
import type { CountsOfCall } from '../decide/gather.ts'
import type { CountedCall, CountStore } from './count-store.ts'

/** What became of a call: it went on, rewritten or not, or it was refused, by a rule or by the failure policy. */
export type CallOutcome = 'let through' | 'refused'

/** Where one call counts: it knows which places were taken, and settles them once. */
export class CallCounts implements CountsOfCall {
  readonly #store: CountStore
  readonly #counters: ReadonlyMap<string, Counter>
  readonly #call: CountedCall
  #taken: CountPlace[] | undefined
  #isSettled = false
  #told: ToldCount[] | undefined

  /** `counters` are those of the rules that decide. */
  constructor(store: CountStore, counters: ReadonlyMap<string, Counter>, call: CountedCall) {
    this.#store = store
    this.#counters = counters
    this.#call = call
  }

  /** What the decision was told, in the order of its questions; undefined if it asked for nothing. */
  get told(): readonly ToldCount[] | undefined {
    return this.#told
  }

  take(places: readonly CountPlace[]): void {
    if (this.#isSettled) return
    this.#taken ??= []
    this.#taken.push(...places)
    this.#store.take(this.#call, places)
  }

  ask(questions: readonly CountQuestion[]): Promise<ReadonlyMap<string, readonly Counted[]>> {
    // A decision that goes on after its call was answered counts no more.
    if (this.#isSettled) return this.#store.peek(this.#call, questions)
    for (const { takes, counter, keys } of questions) {
      if (!takes) continue
      this.#taken ??= []
      for (const { key, values } of keys) this.#taken.push({ counter, key, ...(values && { values }) })
    }
    return this.#store.ask(this.#call, questions).then(answers => {
      this.#told ??= []
      for (const { id } of questions) this.#told.push({ id, counted: answers.get(id) })
      return answers
    })
  }

  /**
   * Keeps the places that count after this outcome and gives back all others; later calls have no effect. A rule in
   * shadow that would have refused the call takes it for refused.
   */
  settle(outcome: CallOutcome, { wouldRefuse, holds }: CountEffects = noEffects): void {
    if (this.#isSettled) return
    this.#isSettled = true
    if (this.#taken === undefined && holds.length === 0) return
    const kept = (this.#taken ?? []).filter(({ counter }) => {
      const counting = this.#counters.get(counter)?.counting
      return counting === 'all' || counting === (wouldRefuse.includes(counter) ? 'refused' : outcome)
    })
    this.#store.settle(this.#call, { kept, holds })
  }
}

const noEffects: CountEffects = { wouldRefuse: [], holds: [] }

/** A call as a store sees it: calls of a message with one id are one call. `requestId` names a call that has none. */
export function countedCall({ values }: Call, at: number, requestId?: string): CountedCall {
  lastRef += 1
  const message = values.get('serverMsgID')
  const id = typeof message === 'string' && message !== '' ? message : requestId
  return { ref: lastRef, at, ...(id !== undefined && { id }) }
}

let lastRef = 0
