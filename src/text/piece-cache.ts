import { textOf } from './units.ts'

/**
 * What short pieces of texts become by a change that alters a text piece by piece, such as NFC: the same few pieces
 * come again and again, and to find one here takes a fiftieth of the time that it takes to change it.
 *
 * A piece is a row of code units, the last of which may only be its company: what comes of them is not told. It is
 * changed by `make`, which must be pure; the cache remembers some thousand pieces, and for a new one forgets an old one.
 */
export class PieceCache {
  readonly #make: (text: string, company: number) => string
  readonly #pieces = new Uint16Array(slots * longestPiece)
  readonly #lengths = new Uint8Array(slots)
  readonly #madeLengths = new Uint8Array(slots)
  readonly #pairs = new Uint32Array(slots)
  readonly #madeOfPairs = new Uint32Array(slots)
  /** How many pieces may still be unknown. */
  #misses = 0

  /** What the pieces became, `mostMade` code units to a slot. */
  readonly made = new Uint16Array(slots * mostMade)

  constructor(make: (text: string, company: number) => string) {
    this.#make = make
  }

  /**
   * Begin a text in which so many pieces may be unknown: one whose pieces are all different is changed quicker as a
   * whole, and is then told so by -1.
   */
  begin(misses: number): void {
    this.#misses = misses
  }

  /** The slot of what a piece becomes; -1 when it is too long to be kept, or too many in this text were unknown. */
  find(units: Uint16Array, start: number, end: number, company: number): number {
    const length = end - start
    if (length > longestPiece) return -1
    let hash = 0
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (units[at] as number), 0x9e3779b1) ^ (hash >>> 15)
    const slot = (hash ^ (hash >>> 16)) & (slots - 1)
    if (this.#lengths[slot] === length) {
      const from = slot * longestPiece
      let at = 0
      while (at < length && this.#pieces[from + at] === units[start + at]) at++
      if (at === length) return slot
    }
    return this.#remember(slot, units.subarray(start, end), company)
  }

  /**
   * What two code units become without company, which is told quicker: one code unit or, in the upper half of the
   * number, a second. 0 where `find` is to be asked.
   */
  pair(first: number, second: number): number {
    const pair = ((first << 16) | second) >>> 0
    const slot = Math.imul(pair, 0x9e3779b1) >>> pairShift
    return this.#pairs[slot] === pair ? (this.#madeOfPairs[slot] as number) : this.#rememberPair(slot, pair)
  }

  /** How many code units there are of `made` in a slot. */
  lengthIn(slot: number): number {
    return this.#madeLengths[slot] as number
  }

  #rememberPair(slot: number, pair: number): number {
    if (--this.#misses < 0) return 0
    const made = this.#make(String.fromCharCode(pair >>> 16, pair & 0xffff), 0)
    this.#pairs[slot] = pair
    this.#madeOfPairs[slot] = made.length > 2 ? 0 : (made.charCodeAt(1) << 16) | made.charCodeAt(0)
    return this.#madeOfPairs[slot] as number
  }

  #remember(slot: number, piece: Uint16Array, company: number): number {
    if (--this.#misses < 0) return -1
    // Own copies: to change a piece may read other texts.
    const made = this.#make(textOf(piece.slice()), company)
    if (made.length > mostMade) return -1
    this.#pieces.set(piece, slot * longestPiece)
    for (let at = 0; at < made.length; at++) this.made[slot * mostMade + at] = made.charCodeAt(at)
    this.#lengths[slot] = piece.length
    this.#madeLengths[slot] = made.length
    return slot
  }
}

const slots = 4096
const pairShift = 20

/** In UTF-16 code units: a flag of tags and a letter behind it need twenty. */
export const longestPiece = 24

/** In UTF-16 code units: more than any character of Unicode 16 becomes (U+FDFA in NFKC: 18). */
export const mostMade = 24

/** How many pieces may be unknown in a text of so many code units: to change one by itself takes as long as some 50. */
export function fewMisses(length: number): number {
  return Math.min(manyMisses, 2 + (length >> 5))
}

/** The same where it matters more that there are pieces at all. */
export const manyMisses = 200
