import { hash } from 'node:crypto'

/** 2 to the power of this registers: estimates are within 0.41 % of the truth in two of three cases. */
const precision = 16
const registers = 1 << precision
/** The largest value of a register, and one more. */
const ranks = 64 - precision + 1

/**
 * How many different texts there were, estimated in 64 KB however many they are.
 *
 * HyperLogLog with the estimator of Otmar Ertl, “New cardinality estimation algorithms for HyperLogLog sketches”
 * (arXiv:1702.01284), algorithm 6: without bias over the whole range. Two of them join without any loss.
 */
export class HyperLogLog {
  readonly #registers: Uint8Array

  constructor(bytes: Uint8Array = new Uint8Array(registers)) {
    if (bytes.length !== registers) throw new RangeError(`A sketch has ${registers} bytes, not ${bytes.length}`)
    this.#registers = bytes
  }

  /** A copy would be safer, and cost 64 KB: only for writing. */
  get bytes(): Uint8Array {
    return this.#registers
  }

  add(text: string): void {
    const digest = hash('sha256', text, 'hex')
    const index = Number.parseInt(digest.slice(0, precision / 4), 16)
    const rank = rankOf(digest.slice(precision / 4, 16))
    if (rank > (this.#registers[index] as number)) this.#registers[index] = rank
  }

  /** Take everything in that another one has seen. */
  join({ bytes }: HyperLogLog): void {
    for (const [at, rank] of bytes.entries()) if (rank > (this.#registers[at] as number)) this.#registers[at] = rank
  }

  get estimate(): number {
    const counts = new Array<number>(ranks + 1).fill(0)
    for (const rank of this.#registers) counts[rank] = (counts[rank] as number) + 1
    let sum = registers * tau(1 - (counts[ranks] as number) / registers)
    for (let rank = ranks - 1; rank >= 1; rank--) sum = 0.5 * (sum + (counts[rank] as number))
    sum += registers * sigma((counts[0] as number) / registers)
    return Math.round(registers ** 2 / (2 * Math.LN2 * sum))
  }
}

/** One more than the number of zero bits at the start of 48 bits in hex. */
function rankOf(hex: string): number {
  const high = Number.parseInt(hex.slice(0, 6), 16)
  if (high !== 0) return Math.clz32(high) - 8 + 1
  const low = Number.parseInt(hex.slice(6), 16)
  return low === 0 ? ranks : 24 + Math.clz32(low) - 8 + 1
}

function sigma(x: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY
  let [power, factor, sum, before] = [x, 1, x, Number.NaN]
  while (sum !== before) {
    power *= power
    before = sum
    sum += power * factor
    factor += factor
  }
  return sum
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0
  let [root, factor, sum, before] = [x, 1, 1 - x, Number.NaN]
  while (sum !== before) {
    root = Math.sqrt(root)
    before = sum
    factor *= 0.5
    sum -= (1 - root) ** 2 * factor
  }
  return sum / 3
}
