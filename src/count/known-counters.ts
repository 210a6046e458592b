import type { Counter } from '../compile/counter.ts'

/** A counter as the store knows it. Instants are in ms since 1970. */
export type KnownCounter = Counter & {
  /** Its number in the table: a counter that is gone and comes back gets another one. */
  number: number
  /** Everything after this instant was counted, as far as it was not forgotten. Infinity: from its next use on. */
  since: number
  /** The newest instant of all that was forgotten for room. */
  forgotAt: number
}

/** The counters in use, by their ids and numbers. */
export class KnownCounters {
  readonly #byId = new Map<string, KnownCounter>()
  readonly #byNumber = new Map<number, KnownCounter>()
  #numbers = 0

  byId(id: string): KnownCounter | undefined {
    return this.#byId.get(id)
  }

  byNumber(number: number): KnownCounter | undefined {
    return this.#byNumber.get(number)
  }

  all(): Iterable<KnownCounter> {
    return this.#byId.values()
  }

  /** What is used from now on; of new ones everything after `since` is known. */
  use(counters: readonly Counter[], at: number, since: number): void {
    const ids = new Set(counters.map(({ id }) => id))
    for (const known of [...this.#byId.values()]) if (!ids.has(known.id)) this.#forget(known)
    for (const counter of counters) {
      const known = this.#byId.get(counter.id)
      if (known === undefined) this.#add({ ...counter, number: 0, since, forgotAt: -Infinity })
      else change(known, counter, at)
    }
  }

  /** Adds one that was saved, with the next number. */
  restore(saved: Omit<KnownCounter, 'number'>): KnownCounter {
    return this.#add({ ...saved, number: 0 })
  }

  #add(counter: KnownCounter): KnownCounter {
    this.#numbers += 1
    counter.number = this.#numbers
    this.#byId.set(counter.id, counter)
    this.#byNumber.set(counter.number, counter)
    return counter
  }

  #forget({ id, number }: KnownCounter): void {
    this.#byId.delete(id)
    this.#byNumber.delete(number)
  }
}

/** What was older than the old `keepMs` may be gone already. */
function change(known: KnownCounter, { counting, keepMs, most }: Counter, at: number): void {
  known.since = Math.min(known.since, at)
  if (keepMs > known.keepMs) known.since = Math.max(known.since, at - known.keepMs)
  known.counting = counting
  known.keepMs = keepMs
  known.most = most
}
