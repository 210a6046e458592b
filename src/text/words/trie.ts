/**
 * A set of numbered texts as a tree of UTF-16 code units, to find which of many texts begins at a position in time
 * independent of their count.
 *
 * The edges are one hash table in typed arrays, about 30 bytes per edge. Nodes are numbers; the root is 0.
 */
export class Trie {
  // Small at first: a thousand rules may each search for a single word.
  #parents = new Int32Array(32)
  #units = new Uint16Array(32)
  #children = new Int32Array(32)
  #whole = new Int32Array(16)
  #stems = new Int32Array(16)
  #count = 1
  /**
   * For each node, a bit for the last five bits of each code unit on an edge from it, and all bits if a text ends
   * there: most failing lookups need not read the table.
   */
  #below = new Int32Array(16)

  /** Add a text. Returns its number: the first one given for it stays. A stem is a text that any ending may follow. */
  add(text: string, number: number, kind: 'whole' | 'stem'): number {
    let node = 0
    for (let i = 0; i < text.length; i++) node = this.#childOrNew(node, text.charCodeAt(i))
    const numbers = kind === 'stem' ? this.#stems : this.#whole
    if (numbers[node] === 0) numbers[node] = number + 1
    this.#below[node] = -1
    return (numbers[node] as number) - 1
  }

  /** True if it is time to grow, so that lookups stay quick. */
  get isCrowded(): boolean {
    return this.#count * 10 > this.#parents.length * 6
  }

  /** Double the room for edges. Yields every few milliseconds; no other method may be called in between. */
  *growInSteps(): Generator<undefined> {
    const [parents, units, children] = [this.#parents, this.#units, this.#children]
    this.#parents = new Int32Array(parents.length * 2)
    this.#units = new Uint16Array(parents.length * 2)
    this.#children = new Int32Array(parents.length * 2)
    for (let slot = 0; slot < parents.length; slot++) {
      const node = (parents[slot] as number) - 1
      const unit = units[slot] as number
      if (node >= 0) this.#put(this.#slot(node, unit), node, unit, children[slot] as number)
      if (slot % 50_000 === 49_999) yield
    }
  }

  /** True if a text ends at a node or continues with a code unit; rarely true otherwise. */
  leadsOn(node: number, unit: number): boolean {
    return (((this.#below[node] as number) >>> (unit & 31)) & 1) !== 0
  }

  /** The node at the end of an edge, or -1. */
  child(node: number, unit: number): number {
    if (!this.leadsOn(node, unit)) return -1
    const parents = this.#parents
    const units = this.#units
    const mask = parents.length - 1
    let slot = hash(node, unit) & mask
    while (parents[slot] !== node + 1 || units[slot] !== unit) {
      if (parents[slot] === 0) return -1
      slot = (slot + 1) & mask
    }
    return this.#children[slot] as number
  }

  /** True if a text ends at a node; rarely true otherwise. */
  mayEnd(node: number): boolean {
    return this.#below[node] === -1
  }

  /** The node at the end of several edges, or -1. */
  follow(node: number, units: readonly number[]): number {
    let at = node
    for (let i = 0; i < units.length && at !== -1; i++) at = this.child(at, units[i] as number)
    return at
  }

  /** The number of the text that ends here, or -1. */
  whole(node: number): number {
    return (this.#whole[node] as number) - 1
  }

  /** The number of the stem that ends here, or -1. */
  stem(node: number): number {
    return (this.#stems[node] as number) - 1
  }

  #childOrNew(node: number, unit: number): number {
    const slot = this.#slot(node, unit)
    if (this.#parents[slot] !== 0) return this.#children[slot] as number
    const child = this.#count++
    this.#below[node] = (this.#below[node] as number) | (1 << (unit & 31))
    this.#put(slot, node, unit, child)
    if (this.#count === this.#whole.length) {
      this.#whole = grown(this.#whole)
      this.#stems = grown(this.#stems)
      this.#below = grown(this.#below)
    }
    // Callers that add many texts grow the table in steps before this happens.
    if (this.#count * 10 > this.#parents.length * 8) for (const _ of this.growInSteps());
    return child
  }

  /** The slot of an edge, or the free slot for it. Parents are stored plus one: 0 is a free slot. */
  #slot(node: number, unit: number): number {
    const mask = this.#parents.length - 1
    let slot = hash(node, unit) & mask
    while (this.#parents[slot] !== 0 && (this.#parents[slot] !== node + 1 || this.#units[slot] !== unit)) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  #put(slot: number, node: number, unit: number, child: number): void {
    this.#parents[slot] = node + 1
    this.#units[slot] = unit
    this.#children[slot] = child
  }
}

function hash(node: number, unit: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit + 1, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

function grown(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(numbers.length * 2)
  copy.set(numbers)
  return copy
}
/** A match of an entry in a text: its number in the list, and a half-open range in UTF-16 code units. */
export type Hit = { number: number; start: number; end: number }
