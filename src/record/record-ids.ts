/**
 * Makes ids: unique over processes, instances and years, and sorted by time.
 *
 * 20 characters of Crockford's Base32 in lower case: 9 for the time in ms since 1970, good for a thousand years; 3 that
 * count within a ms; 8 by chance for the process, 40 bits. Two processes have the same id only if they drew the same
 * one of 10^12 numbers, and then in the same ms.
 */
export class RecordIds {
  readonly #process: string
  #at = 0
  #count = 0
  #time = ''

  /** `random` is 5 bytes by chance. */
  constructor(random: Uint8Array) {
    const number = random.slice(0, 5).reduce((sum, byte) => sum * 256 + byte, 0)
    this.#process = base32(number, 8)
  }

  /** The next id; `at` is in ms since 1970. Later ids sort after earlier ones even if the clock is set back. */
  next(at: number): string {
    if (at > this.#at || this.#count === mostInOneMs) {
      this.#at = Math.max(at, this.#at + 1)
      this.#count = 0
      this.#time = base32(this.#at, 9)
    }
    const count = this.#count++
    return `${this.#time}${counts[count >> 5]}${digits[count & 31]}${this.#process}`
  }
}

/** The time in an id, in ms since 1970; undefined if it is not one of these. */
export function timeOfId(id: string): number | undefined {
  if (!/^[0-9a-hjkmnp-tv-z]{20}$/.test(id)) return undefined
  return [...id.slice(0, 9)].reduce((sum, digit) => sum * 32 + digits.indexOf(digit), 0)
}

/** Without i, l, o and u, which people misread. */
const digits = '0123456789abcdefghjkmnpqrstvwxyz'

const mostInOneMs = 32 ** 3

/** All pairs of digits. */
const counts = [...digits].flatMap(first => [...digits].map(second => first + second))

function base32(number: number, length: number): string {
  let text = ''
  for (let left = number; text.length < length; left = Math.floor(left / 32)) text = digits[left % 32] + text
  return text
}
