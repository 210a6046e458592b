import type { Room } from './room.ts'

/** Rows of one chunk: small enough that a new one takes no time, and that a store for one test is small. */
const chunkBits = 11
const chunkRows = 1 << chunkBits
const mask = chunkRows - 1
const rowBytes = 20

type Chunk = { at: Float64Array; what: Float64Array; next: Uint32Array }

/**
 * The entries of all logs: when something was counted, and what. Each entry links to a next one.
 *
 * Entries are numbers from 1; 0 is none. They lie in chunks of fixed size, so that growing copies nothing.
 */
export class EntryPool {
  readonly #room: Room
  readonly #chunks: Chunk[] = []
  #rows = 1
  #free = 0

  constructor(room: Room) {
    this.#room = room
  }

  at(entry: number): number {
    return this.#chunkOf(entry).at[entry & mask] as number
  }

  what(entry: number): number {
    return this.#chunkOf(entry).what[entry & mask] as number
  }

  next(entry: number): number {
    return this.#chunkOf(entry).next[entry & mask] as number
  }

  link(entry: number, next: number): void {
    this.#chunkOf(entry).next[entry & mask] = next
  }

  /** A new entry that links to itself; 0 if there is no room. */
  take(at: number, what: number): number {
    const entry = this.#row()
    if (entry === 0) return 0
    const chunk = this.#chunkOf(entry)
    chunk.at[entry & mask] = at
    chunk.what[entry & mask] = what
    chunk.next[entry & mask] = entry
    return entry
  }

  /** Gives back the entries from the first to the last one of a chain. */
  giveBack(first: number, last: number): void {
    this.link(last, this.#free)
    this.#free = first
  }

  #row(): number {
    if (this.#free !== 0) {
      const entry = this.#free
      this.#free = this.next(entry)
      return entry
    }
    if (this.#rows >>> chunkBits >= this.#chunks.length && !this.#grow()) return 0
    return this.#rows++
  }

  #grow(): boolean {
    if (!this.#room.take(chunkRows * rowBytes, this.#chunks.length === 0)) return false
    this.#chunks.push({
      at: new Float64Array(chunkRows),
      what: new Float64Array(chunkRows),
      next: new Uint32Array(chunkRows),
    })
    return true
  }

  #chunkOf(entry: number): Chunk {
    return this.#chunks[entry >>> chunkBits] as Chunk
  }
}
