import { EntryPool } from './entry-pool.ts'
import { KeyIndex } from './key-index.ts'
import { KeySlots } from './key-slots.ts'
import type { Hash64 } from './keyed-hash.ts'
import type { KnownCounter, KnownCounters } from './known-counters.ts'
import { Room } from './room.ts'

/** How many keys may be known, and how much memory they may take. */
export type TableLimits = { mostKeys: number; mostBytes: number }

/** Something counted: `what` tells calls or values apart within a key. Of one value the newest instant counts. */
export type LogEntry = { at: number; what: number; isValue: boolean }

/** The log of a key, the oldest entry first. */
export type SavedLog = { droppedAt: number; entries: readonly Pick<LogEntry, 'at' | 'what'>[] }

/** How many slots are looked at for each entry, so that what has expired goes gradually. */
const sweptEachTime = 4

/** How many are looked at before a key that has not expired is forgotten for room. */
const sweptForRoom = 32

/**
 * The logs of all keys of all counters: what was counted, ordered by time, the newest `most` of each key.
 *
 * A log is a ring of entries: the slot of the key knows the newest one, which links to the oldest one.
 */
export class KeyLogs {
  readonly #counters: KnownCounters
  readonly #mostKeys: number
  readonly #room: Room
  readonly #slots: KeySlots
  readonly #entries: EntryPool
  readonly #index: KeyIndex
  #swept = 1

  constructor(counters: KnownCounters, { mostKeys, mostBytes }: TableLimits) {
    this.#counters = counters
    this.#mostKeys = Math.max(1, mostKeys)
    this.#room = new Room(mostBytes)
    this.#slots = new KeySlots(this.#room)
    this.#entries = new EntryPool(this.#room)
    this.#index = new KeyIndex(this.#slots)
  }

  get keys(): number {
    return this.#slots.count
  }

  get bytes(): number {
    return this.#room.bytes
  }

  /** All slots are below this. */
  get end(): number {
    return this.#slots.end
  }

  /** The number of the counter of a slot; 0 if it is free, or nobody will ask for it any more. */
  counterOf(slot: number, now: number): number {
    return this.#isExpired(slot, now) ? 0 : this.#slots.read(slot, 'counter')
  }

  hashOf(slot: number): Hash64 {
    return { high: this.#slots.read(slot, 'high'), low: this.#slots.read(slot, 'low') }
  }

  /** The slot of a key; 0 if nothing is known of it. */
  find(hash: Hash64, { number }: KnownCounter): number {
    const slot = this.#index.find(hash)
    return slot !== 0 && this.#slots.read(slot, 'counter') === number ? slot : 0
  }

  /** Makes a key the one used last, if anything is known of it. */
  touch(hash: Hash64, counter: KnownCounter): void {
    const slot = this.find(hash, counter)
    if (slot !== 0) this.#slots.touch(slot)
  }

  /** The newest entry; 0 if there is none. */
  newest(slot: number): number {
    return slot === 0 ? 0 : this.#slots.read(slot, 'newest')
  }

  /** The next newer entry; the oldest one after the newest. */
  next(entry: number): number {
    return this.#entries.next(entry)
  }

  at(entry: number): number {
    return this.#entries.at(entry)
  }

  what(entry: number): number {
    return this.#entries.what(entry)
  }

  size(slot: number): number {
    return slot === 0 ? 0 : this.#slots.read(slot, 'size')
  }

  /** The newest instant of what was dropped from the log. */
  droppedAt(slot: number): number {
    return slot === 0 ? -Infinity : this.#slots.droppedAt(slot)
  }

  /** Adds an entry to the log of a key. At the time `now`, what is older than the counter keeps is as good as gone. */
  add(hash: Hash64, counter: KnownCounter, entry: LogEntry, now: number): void {
    this.#sweep(sweptEachTime, now)
    const from = now - counter.keepMs
    if (entry.at <= from) return
    const slot = this.find(hash, counter) || this.#newSlot(hash, counter, now)
    this.#slots.touch(slot)
    while (this.size(slot) > 0 && this.at(this.#oldest(slot)) <= from) this.#dropOldest(slot)
    if (!this.#isKnown(slot, entry)) this.#insert(slot, entry)
    // A log that is empty would be swept, and nobody would know what was dropped from it.
    while (this.size(slot) > Math.max(1, counter.most)) {
      this.#slots.dropped(slot, this.at(this.#oldest(slot)))
      this.#dropOldest(slot)
    }
  }

  /** Puts back a log as it was, the key as the one used last. */
  restore(hash: Hash64, counter: KnownCounter, { droppedAt, entries }: SavedLog, now: number): void {
    const slot = this.#newSlot(hash, counter, now)
    this.#slots.dropped(slot, droppedAt)
    for (const entry of entries) this.#insert(slot, entry)
  }

  /** Removes a key; false if nothing is known of it. */
  remove(hash: Hash64, counter: KnownCounter): boolean {
    const slot = this.find(hash, counter)
    if (slot !== 0) this.#remove(slot)
    return slot !== 0
  }

  /** True if the log has the same one already, at the instant that counts; one at another instant is taken out. */
  #isKnown(slot: number, { at, what, isValue }: LogEntry): boolean {
    const newest = this.newest(slot)
    if (newest === 0) return false
    let before = newest
    do {
      const entry = this.next(before)
      if (this.what(entry) === what) {
        if (isValue ? at <= this.at(entry) : at >= this.at(entry)) return true
        this.#unlink(slot, before)
        return false
      }
      before = entry
    } while (before !== newest)
    return false
  }

  #insert(slot: number, { at, what }: Pick<LogEntry, 'at' | 'what'>): void {
    const entry = this.#newEntry(slot, at, what)
    const newest = this.newest(slot)
    this.#slots.write(slot, 'size', this.size(slot) + 1)
    const isNewest = newest === 0 || at >= this.at(newest)
    if (newest !== 0) {
      let before = newest
      if (!isNewest) while (this.at(this.next(before)) <= at) before = this.next(before)
      this.#entries.link(entry, this.next(before))
      this.#entries.link(before, entry)
    }
    if (isNewest) this.#slots.write(slot, 'newest', entry)
  }

  #oldest(slot: number): number {
    return this.next(this.newest(slot))
  }

  #dropOldest(slot: number): void {
    this.#unlink(slot, this.newest(slot))
  }

  /** Takes out the entry that comes after `before`. */
  #unlink(slot: number, before: number): void {
    const entry = this.next(before)
    const newest = this.newest(slot)
    if (entry === newest) this.#slots.write(slot, 'newest', entry === before ? 0 : before)
    this.#entries.link(before, this.next(entry))
    this.#slots.write(slot, 'size', this.size(slot) - 1)
    this.#entries.giveBack(entry, entry)
  }

  #newSlot(hash: Hash64, counter: KnownCounter, now: number): number {
    // The same key of a counter that is gone, whose slot was not swept yet.
    const stale = this.#index.find(hash)
    if (stale !== 0) this.#remove(stale)
    if (this.#slots.count >= this.#mostKeys) this.#sweep(sweptForRoom, now)
    while (this.#slots.count >= this.#mostKeys) this.#forget(this.#slots.idlest)
    let slot = this.#slots.take(hash, counter.number)
    while (slot === 0) {
      this.#forget(this.#slots.idlest)
      slot = this.#slots.take(hash, counter.number)
    }
    this.#index.add(slot)
    return slot
  }

  /** An entry for a slot, which is the one used last. For room others are forgotten first, then its own oldest. */
  #newEntry(slot: number, at: number, what: number): number {
    for (;;) {
      const entry = this.#entries.take(at, what)
      if (entry !== 0) return entry
      if (this.#slots.idlest !== slot) this.#forget(this.#slots.idlest)
      else {
        this.#slots.dropped(slot, this.at(this.#oldest(slot)))
        this.#dropOldest(slot)
      }
    }
  }

  /** Forgets a key for room; its counter remembers when the newest of it was. */
  #forget(slot: number): void {
    const counter = this.#counters.byNumber(this.#slots.read(slot, 'counter'))
    const newest = this.newest(slot)
    if (counter !== undefined && newest !== 0) counter.forgotAt = Math.max(counter.forgotAt, this.at(newest))
    this.#remove(slot)
  }

  #remove(slot: number): void {
    const newest = this.newest(slot)
    if (newest !== 0) this.#entries.giveBack(this.next(newest), newest)
    this.#index.remove(slot)
    this.#slots.giveBack(slot)
  }

  /** Looks at some slots, those after the ones looked at last, and removes what nobody will ask for. */
  #sweep(many: number, now: number): void {
    for (let looked = 0; looked < many; looked++) {
      if (this.#swept >= this.#slots.end) this.#swept = 1
      if (this.#swept < this.#slots.end && this.#isExpired(this.#swept, now)) this.#remove(this.#swept)
      this.#swept += 1
    }
  }

  #isExpired(slot: number, now: number): boolean {
    const number = this.#slots.read(slot, 'counter')
    if (number === 0) return false
    const counter = this.#counters.byNumber(number)
    const newest = this.newest(slot)
    return counter === undefined || newest === 0 || this.at(newest) <= now - counter.keepMs
  }
}
