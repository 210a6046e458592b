/** How a person is told from others in a set: 53 bits of a hash that nobody can foresee, who does not know the seed. */
export function personNumber(id: string, seed: number): number {
  let [high, low] = [seed ^ 0x2545_f491, seed ^ 0x6a09_e667]
  for (let at = 0; at < id.length; at += 1) {
    const unit = id.charCodeAt(at)
    high = Math.imul(high ^ unit, 0x85eb_ca6b)
    high = (high << 13) | (high >>> 19)
    low = Math.imul(low ^ unit ^ (high >>> 3), 0xc2b2_ae35)
    low = (low << 15) | (low >>> 17)
  }
  high = Math.imul(high ^ (low >>> 16), 0x27d4_eb2f)
  low = Math.imul(low ^ (high >>> 13), 0x1656_67b1)
  // 0 is an empty place of the set.
  return ((high ^ (high >>> 15)) & 0x1f_ffff) * 0x1_0000_0000 + ((low ^ (low >>> 14)) >>> 0) || 1
}

/** What is left of a set when it moves between threads. */
export type PeopleTable = { table: Float64Array<ArrayBuffer>; size: number; most: number }

/** A set of people by their numbers: exact up to so many, 16 bytes each; of more, those that came first. */
export class PeopleSet {
  readonly #most: number
  #table: Float64Array<ArrayBuffer>
  #size: number

  constructor(most: number, moved?: PeopleTable) {
    this.#most = most
    this.#table = moved?.table ?? new Float64Array(leastPlaces)
    this.#size = moved?.size ?? 0
  }

  /** A set that came from another thread. */
  static from(moved: PeopleTable): PeopleSet {
    return new PeopleSet(moved.most, moved)
  }

  get size(): number {
    return this.#size
  }

  get isFull(): boolean {
    return this.#size >= this.#most
  }

  /** To be moved: the set must not be used afterwards. */
  get moved(): PeopleTable {
    return { table: this.#table, size: this.#size, most: this.#most }
  }

  has(person: number): boolean {
    return this.#table[placeOf(this.#table, person)] === person
  }

  /** False for somebody who does not fit. */
  add(person: number): boolean {
    const place = placeOf(this.#table, person)
    if (this.#table[place] === person) return true
    if (this.isFull) return false
    this.#table[place] = person
    this.#size += 1
    if (this.#size * 2 > this.#table.length) this.#grow()
    return true
  }

  *[Symbol.iterator](): Generator<number> {
    for (const person of this.#table) if (person !== 0) yield person
  }

  #grow(): void {
    const larger = new Float64Array(this.#table.length * 2)
    for (const person of this.#table) if (person !== 0) larger[placeOf(larger, person)] = person
    this.#table = larger
  }
}

/** A power of two, as all numbers of places are. */
const leastPlaces = 64

/** Where somebody is, or would be. */
function placeOf(table: Float64Array, person: number): number {
  const last = table.length - 1
  let place = (person % 0x1_0000_0000) & last
  while (table[place] !== 0 && table[place] !== person) place = (place + 1) & last
  return place
}
