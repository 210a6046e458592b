import type { AskedKey, Counted, Counter, CountPlace, CountQuestion, Hold } from '../compile/counter.ts'
import type { CountedCall, CountStore, Settled } from './count-store.ts'
import { KeyLogs, type TableLimits } from './key-logs.ts'
import { type Hash64, KeyedHashes } from './keyed-hash.ts'
import { type KnownCounter, KnownCounters } from './known-counters.ts'
import { readSnapshot } from './read-snapshot.ts'
import { savedLogs } from './snapshot.ts'
import { tally } from './tally.ts'
import { type JudgedCall, type Taken, UnderWay, type Whats } from './under-way.ts'

type MemoryOptions = Partial<TableLimits> & {
  /** What keys and values are hashed with: whoever knows it can choose some that collide. */
  secret: string
  /** Since when everything is known of the counters used first; by default since they are used. For tests -Infinity. */
  since?: number
}

type Answers = ReadonlyMap<string, readonly Counted[]>

/**
 * Counts in the memory of this process, exactly.
 *
 * Keeps hashes of keys and values, never themselves. When there is no more room, it forgets the keys that were idle
 * longest, and says of what it counts from then on that there may have been more. Time never goes backwards here.
 */
export class MemoryCounts implements CountStore {
  readonly #hashes: KeyedHashes
  readonly #counters = new KnownCounters()
  readonly #logs: KeyLogs
  readonly #underWay = new UnderWay()
  #firstSince: number | undefined
  #now = -Infinity
  #changes = 0
  /** The last number of a call without an id. They go down from -1, since those of ids and values are above 0. */
  #unnamed = 0

  constructor({ secret, since, mostKeys = 1_000_000, mostBytes = 256 * 1024 * 1024 }: MemoryOptions) {
    this.#hashes = new KeyedHashes(secret)
    this.#firstSince = since
    this.#logs = new KeyLogs(this.#counters, { mostKeys, mostBytes })
  }

  /** How many keys are known, and how many bytes their tables take. */
  get size(): { keys: number; bytes: number } {
    return { keys: this.#logs.keys, bytes: this.#logs.bytes }
  }

  /** Grows with everything that may have changed what would be saved. */
  get changes(): number {
    return this.#changes
  }

  /** Since when everything is known of a counter, in ms since 1970; null of one that is not in use. */
  sinceOf(id: string): number | null {
    const known = this.#counters.byId(id)
    return known === undefined ? null : Math.max(known.since, known.forgotAt)
  }

  use(counters: readonly Counter[], at: number): void {
    this.#advance(at)
    this.#counters.use(counters, this.#now, this.#firstSince ?? this.#now)
    this.#firstSince = undefined
  }

  take(call: CountedCall, places: readonly CountPlace[]): void {
    this.#advance(call.at)
    const judged = this.#judged(call)
    for (const place of places) {
      const hash = this.#hashes.key(place.counter, place.key)
      this.#underWay.take(call.ref, { place, hash, call: judged, whats: this.#whatsOf(judged, place.values) })
    }
  }

  ask(call: CountedCall, questions: readonly CountQuestion[]): Promise<Answers> {
    this.#advance(call.at)
    return Promise.resolve(this.#answers(call, questions, { takes: true }))
  }

  peek(call: CountedCall, questions: readonly CountQuestion[]): Promise<Answers> {
    return Promise.resolve(this.#answers(call, questions, { takes: false }))
  }

  settle(call: CountedCall, { kept, holds }: Settled): void {
    this.#advance(call.at)
    const judged = this.#judged(call)
    this.#underWay.end(call.ref)
    for (const [at, place] of kept.entries()) this.#keep(judged, place, judged.taken[at])
    for (const hold of holds) this.#hold(judged, hold)
  }

  /**
   * Forgets what is counted by a value alone, and returns how many keys that were.
   *
   * Keys of several values are hashes that say nothing, and go when their time is over.
   */
  forget(value: string): number {
    this.#changes += 1
    const key = JSON.stringify(value)
    return [...this.#counters.all()].filter(counter => this.#logs.remove(this.#hashes.key(counter.id, key), counter))
      .length
  }

  /**
   * A snapshot in slices, to be written one after another; calls may be counted in between.
   *
   * A slice is valid only until the next one is asked for. Returns true if nothing was under way and nothing changed
   * since the first slice: then the snapshot is all that was ever known.
   */
  *save(): Generator<Uint8Array, boolean> {
    const changes = this.#changes
    yield* savedLogs(this.#logs, this.#hashes, () => {
      return { now: this.#now, unnamed: this.#unnamed, counters: [...this.#counters.all()] }
    })
    return this.#underWay.size === 0 && this.#changes === changes
  }

  /**
   * Goes on with what a snapshot has. Before anything is used or counted.
   *
   * `hasGap`: something may have been counted after the snapshot was made, so nothing older than the first use is whole.
   *
   * Throws SnapshotRefused, and changes nothing.
   */
  load(bytes: Uint8Array, { at, hasGap }: { at: number; hasGap: boolean }): void {
    const snapshot = readSnapshot(bytes, this.#hashes, at)
    this.#firstSince = undefined
    this.#now = snapshot.now
    this.#unnamed = snapshot.unnamed
    const byNumber = new Map<number, KnownCounter>()
    for (const { number, ...saved } of snapshot.counters) {
      byNumber.set(number, this.#counters.restore(hasGap ? { ...saved, since: Infinity } : saved))
    }
    for (const { counter, hash, log } of snapshot.logs()) {
      const known = byNumber.get(counter)
      if (known !== undefined) this.#logs.restore(hash, known, log, this.#now)
    }
  }

  #advance(at: number): void {
    this.#changes += 1
    if (at > this.#now) this.#now = at
  }

  #judged({ ref, id }: CountedCall): JudgedCall {
    const underWay = this.#underWay.find(ref)
    if (underWay !== undefined) return underWay
    if (id === undefined) this.#unnamed -= 1
    return { at: this.#now, what: id === undefined ? this.#unnamed : this.#hashes.id(id), taken: [] }
  }

  #answers(call: CountedCall, questions: readonly CountQuestion[], { takes }: { takes: boolean }): Answers {
    const judged = this.#judged(call)
    const now = Math.max(this.#now, call.at)
    const answers = new Map<string, readonly Counted[]>()
    for (const question of questions) {
      const counted = question.keys.map(asked => {
        const hash = this.#hashes.key(question.counter, asked.key)
        const whats = asked.isOwn ? this.#whatsOf(judged, asked.values) : nothing
        const answer = this.#count({ call: judged, question, asked, hash, whats, now })
        if (takes) this.#touch(question, asked, hash)
        if (takes && question.takes && asked.isOwn) {
          this.#underWay.take(call.ref, { place: placeOf(question, asked), hash, call: judged, whats })
        }
        return answer
      })
      answers.set(question.id, counted)
    }
    return answers
  }

  #count({ call, question, asked, hash, whats, now }: Counting): Counted {
    const counter = this.#counters.byId(question.counter)
    if (counter === undefined) return { count: whats.all.length, isWhole: false }
    const { withinMs } = question
    const { counting, keepMs, since, forgotAt } = counter
    const slot = this.#logs.find(hash, counter)
    const isRefused = counting === 'refused'
    const taken = isRefused ? [] : this.#underWay.of(hash, call)
    const own = isRefused ? [] : whats.all
    // A value that was refused before counts, whoever sends it again.
    const itself = isRefused && whats.areValues ? [] : whats.all
    const from = Math.max(since, forgotAt, this.#logs.droppedAt(slot))
    const isWhole = withinMs <= keepMs && from <= now - withinMs
    const counted = tally({ logs: this.#logs, slot, taken, call, own, itself, isWhole, now, keepMs }, question)
    const heldForMs = this.#heldForMs(question, asked, now)
    if (heldForMs !== undefined) counted.heldForMs = heldForMs
    return counted
  }

  /** Whoever is refused all the time is not idle, although nothing is added to their log. */
  #touch({ counter, hold }: CountQuestion, { key }: AskedKey, hash: Hash64): void {
    const known = this.#counters.byId(counter)
    if (known !== undefined) this.#logs.touch(hash, known)
    const held = hold && this.#counters.byId(hold.counter)
    if (hold && held) this.#logs.touch(this.#hashes.key(hold.counter, key), held)
  }

  #heldForMs({ hold }: CountQuestion, { key }: AskedKey, now: number): number | undefined {
    if (hold === undefined) return undefined
    const until = this.#heldSince(hold.counter, key) + hold.forMs
    return until > now ? until - now : undefined
  }

  #heldSince(counter: string, key: string): number {
    const known = this.#counters.byId(counter)
    if (known === undefined) return -Infinity
    const newest = this.#logs.newest(this.#logs.find(this.#hashes.key(counter, key), known))
    return newest === 0 ? -Infinity : this.#logs.at(newest)
  }

  #keep(judged: JudgedCall, place: CountPlace, taken: Taken | undefined): void {
    const { counter, key, values } = place
    const known = this.#counters.byId(counter)
    if (known === undefined) return
    // What is kept is mostly what was taken, in the same order.
    const isTaken = taken?.place.key === key && taken.place.counter === counter
    const hash = isTaken ? taken.hash : this.#hashes.key(counter, key)
    const isSame = isTaken && taken.place.values === values
    const { all, areValues } = isSame ? taken.whats : this.#whatsOf(judged, values)
    for (const what of all) this.#logs.add(hash, known, { at: judged.at, what, isValue: areValues }, this.#now)
  }

  #hold(judged: JudgedCall, { counter, key, forMs }: Hold): void {
    const known = this.#counters.byId(counter)
    if (known === undefined) return
    const since = this.#heldSince(counter, key)
    if (since > judged.at - forMs && since <= judged.at) return
    const silence = { at: judged.at, what: 0, isValue: true }
    this.#logs.add(this.#hashes.key(counter, key), known, silence, this.#now)
  }

  #whatsOf(judged: JudgedCall, values: readonly string[] | undefined): Whats {
    if (values === undefined) return { all: [judged.what], areValues: false }
    return { all: [...new Set(values)].map(value => this.#hashes.value(value)), areValues: true }
  }
}

/** A key that is asked for, with what the call itself counts as. */
type Counting = {
  call: JudgedCall
  question: CountQuestion
  asked: AskedKey
  hash: Hash64
  whats: Whats
  now: number
}

const nothing: Whats = { all: [], areValues: false }

function placeOf({ counter }: CountQuestion, { key, values }: AskedKey): CountPlace {
  return values === undefined ? { counter, key } : { counter, key, values }
}
