import type { Hash64 } from './keyed-hash.ts'
import type { Room } from './room.ts'

const chunkBits = 11
const chunkRows = 1 << chunkBits
const mask = chunkRows - 1

/** Of the columns below, and at most 11 for the place in the index. */
const rowBytes = 47

type Chunk = {
  high: Uint32Array
  low: Uint32Array
  /** The number of its counter; 0 in a slot that is free. */
  counter: Uint32Array
  /** The newest entry of its log, which links to the oldest one; 0 if there is none. */
  newest: Uint32Array
  size: Uint32Array
  /** Neighbours in the order of last use. */
  older: Uint32Array
  newer: Uint32Array
  droppedAt: Float64Array
}

type Column = Exclude<keyof Chunk, 'droppedAt'>

/**
 * The keys of all counters, a slot each, in the order of last use.
 *
 * Slots are numbers from 1; 0 is none. A slot stays where it is as long as its key is known.
 */
export class KeySlots {
  readonly #room: Room
  readonly #chunks: Chunk[] = []
  #rows = 1
  #free = 0
  #count = 0
  #idlest = 0
  #latest = 0

  constructor(room: Room) {
    this.#room = room
  }

  /** How many keys are known. */
  get count(): number {
    return this.#count
  }

  /** All slots, free ones too, are below this. */
  get end(): number {
    return this.#rows
  }

  /** The slot that was used longest ago. */
  get idlest(): number {
    return this.#idlest
  }

  read(slot: number, column: Column): number {
    return this.#chunkOf(slot)[column][slot & mask] as number
  }

  write(slot: number, column: 'newest' | 'size', value: number): void {
    this.#chunkOf(slot)[column][slot & mask] = value
  }

  droppedAt(slot: number): number {
    return this.#chunkOf(slot).droppedAt[slot & mask] as number
  }

  dropped(slot: number, at: number): void {
    if (at > this.droppedAt(slot)) this.#chunkOf(slot).droppedAt[slot & mask] = at
  }

  has(slot: number, { high, low }: Hash64): boolean {
    const chunk = this.#chunkOf(slot)
    return chunk.low[slot & mask] === low && chunk.high[slot & mask] === high
  }

  /** A slot for a key without entries, as the one used last; 0 if there is no room. */
  take({ high, low }: Hash64, counter: number): number {
    const slot = this.#row()
    if (slot === 0) return 0
    const chunk = this.#chunkOf(slot)
    const row = slot & mask
    chunk.high[row] = high
    chunk.low[row] = low
    chunk.counter[row] = counter
    chunk.newest[row] = 0
    chunk.size[row] = 0
    chunk.droppedAt[row] = -Infinity
    this.#count += 1
    this.#linkAsLatest(slot)
    return slot
  }

  giveBack(slot: number): void {
    this.#unlink(slot)
    const chunk = this.#chunkOf(slot)
    chunk.counter[slot & mask] = 0
    chunk.newer[slot & mask] = this.#free
    this.#free = slot
    this.#count -= 1
  }

  /** Makes it the slot used last. */
  touch(slot: number): void {
    if (slot === this.#latest) return
    this.#unlink(slot)
    this.#linkAsLatest(slot)
  }

  #linkAsLatest(slot: number): void {
    const chunk = this.#chunkOf(slot)
    chunk.older[slot & mask] = this.#latest
    chunk.newer[slot & mask] = 0
    if (this.#latest === 0) this.#idlest = slot
    else this.#chunkOf(this.#latest).newer[this.#latest & mask] = slot
    this.#latest = slot
  }

  #unlink(slot: number): void {
    const older = this.read(slot, 'older')
    const newer = this.read(slot, 'newer')
    if (older === 0) this.#idlest = newer
    else this.#chunkOf(older).newer[older & mask] = newer
    if (newer === 0) this.#latest = older
    else this.#chunkOf(newer).older[newer & mask] = older
  }

  #row(): number {
    if (this.#free !== 0) {
      const slot = this.#free
      this.#free = this.read(slot, 'newer')
      return slot
    }
    if (this.#rows >>> chunkBits >= this.#chunks.length && !this.#grow()) return 0
    return this.#rows++
  }

  #grow(): boolean {
    if (!this.#room.take(chunkRows * rowBytes, this.#chunks.length === 0)) return false
    const column = () => new Uint32Array(chunkRows)
    this.#chunks.push({
      high: column(),
      low: column(),
      counter: column(),
      newest: column(),
      size: column(),
      older: column(),
      newer: column(),
      droppedAt: new Float64Array(chunkRows),
    })
    return true
  }

  #chunkOf(slot: number): Chunk {
    return this.#chunks[slot >>> chunkBits] as Chunk
  }
}
