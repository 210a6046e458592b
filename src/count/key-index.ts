import type { KeySlots } from './key-slots.ts'
import type { Hash64 } from './keyed-hash.ts'

const shardCount = 256
const smallest = 8

/** Slots at the places that their hashes say, or behind those; 0 where there is none. The length is a power of two. */
type Shard = { places: Uint32Array; count: number }

/**
 * Finds the slot of a key by its hash.
 *
 * In shards that double on their own, so that no single call waits for all of it to be copied.
 */
export class KeyIndex {
  readonly #slots: KeySlots
  readonly #shards: (Shard | undefined)[] = new Array(shardCount).fill(undefined)

  constructor(slots: KeySlots) {
    this.#slots = slots
  }

  /** The slot; 0 if there is none. */
  find(hash: Hash64): number {
    const shard = this.#shards[hash.high >>> 24]
    if (shard === undefined) return 0
    const { places } = shard
    const mask = places.length - 1
    for (let place = hash.low & mask; ; place = (place + 1) & mask) {
      const slot = places[place] as number
      if (slot === 0 || this.#slots.has(slot, hash)) return slot
    }
  }

  add(slot: number): void {
    const at = this.#slots.read(slot, 'high') >>> 24
    let shard = this.#shards[at]
    if (shard === undefined) {
      shard = { places: new Uint32Array(smallest), count: 0 }
      this.#shards[at] = shard
    }
    if (shard.count >= shard.places.length * 0.75) this.#double(shard)
    this.#put(shard.places, slot)
    shard.count += 1
  }

  remove(slot: number): void {
    const shard = this.#shards[this.#slots.read(slot, 'high') >>> 24] as Shard
    const { places } = shard
    const mask = places.length - 1
    let gap = this.#home(slot, mask)
    while (places[gap] !== slot) gap = (gap + 1) & mask
    // Those behind move up, unless that would put them before the place that their hash says.
    for (let place = (gap + 1) & mask; places[place] !== 0; place = (place + 1) & mask) {
      const home = this.#home(places[place] as number, mask)
      if (((place - home) & mask) < ((place - gap) & mask)) continue
      places[gap] = places[place] as number
      gap = place
    }
    places[gap] = 0
    shard.count -= 1
  }

  #double(shard: Shard): void {
    const places = new Uint32Array(shard.places.length * 2)
    for (const slot of shard.places) if (slot !== 0) this.#put(places, slot)
    shard.places = places
  }

  #put(places: Uint32Array, slot: number): void {
    const mask = places.length - 1
    let place = this.#home(slot, mask)
    while (places[place] !== 0) place = (place + 1) & mask
    places[place] = slot
  }

  #home(slot: number, mask: number): number {
    return this.#slots.read(slot, 'low') & mask
  }
}
