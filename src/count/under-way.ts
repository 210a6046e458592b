import type { CountPlace } from '../compile/counter.ts'
import type { Hash64 } from './keyed-hash.ts'

/** A call that is being judged. */
export type JudgedCall = {
  /** When it is judged, by the time of the store. */
  at: number
  /** Tells it apart from other calls in a log. */
  what: number
  /** What it has taken, in that order. */
  taken: Taken[]
}

/** What a call counts as under a key: itself, or its values. */
export type Whats = { all: readonly number[]; areValues: boolean }

/** What a call has taken of a key. */
export type Taken = {
  place: CountPlace
  hash: Hash64
  call: JudgedCall
  whats: Whats
  /** Neighbours among those of the same key. */
  next: Taken | undefined
  before: Taken | undefined
}

/** The calls that have taken places and are not settled, by their refs, and their places by key. */
export class UnderWay {
  readonly #calls = new Map<number, JudgedCall>()
  /** By half of the hash: small integers are the fastest keys of a map. The rare others of the same half are linked too. */
  readonly #byKey = new Map<number, Taken>()

  /** How many calls are under way. */
  get size(): number {
    return this.#calls.size
  }

  find(ref: number): JudgedCall | undefined {
    return this.#calls.get(ref)
  }

  /** What calls other than this one have taken of a key. */
  of({ high, low }: Hash64, call: JudgedCall): readonly Taken[] {
    let taken = this.#calls.size === 0 ? undefined : this.#byKey.get(low | 0)
    if (taken === undefined || (taken.call === call && taken.next === undefined)) return none
    const others: Taken[] = []
    for (; taken !== undefined; taken = taken.next) {
      if (taken.call !== call && taken.hash.high === high && taken.hash.low === low) others.push(taken)
    }
    return others
  }

  take(ref: number, { place, hash, call, whats }: Omit<Taken, 'next' | 'before'>): void {
    if (call.taken.length === 0) this.#calls.set(ref, call)
    const next = this.#byKey.get(hash.low | 0)
    const taken: Taken = { place, hash, call, whats, next, before: undefined }
    call.taken.push(taken)
    if (next !== undefined) next.before = taken
    this.#byKey.set(hash.low | 0, taken)
  }

  /** Gives back every place of a call. */
  end(ref: number): void {
    const call = this.#calls.get(ref)
    if (call === undefined) return
    this.#calls.delete(ref)
    for (const taken of call.taken) this.#giveBack(taken)
  }

  #giveBack({ hash, next, before }: Taken): void {
    if (next !== undefined) next.before = before
    if (before !== undefined) before.next = next
    else if (next !== undefined) this.#byKey.set(hash.low | 0, next)
    else this.#byKey.delete(hash.low | 0)
  }
}

const none: readonly Taken[] = []
