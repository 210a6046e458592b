/**
 * The UTF-16 code units of a text, to be done with before the next text is read: passes over a long text take half the
 * time on them, and cost the same however the text is kept in memory. Linear.
 *
 * Those of long texts are in one place, used again and again: to touch new memory takes longer than a whole pass.
 */
export function unitsOf(text: string): Uint16Array {
  if (text.length > longestByHand) {
    const units = reading(text.length)
    const bytes = Buffer.from(units.buffer, units.byteOffset, units.byteLength)
    bytes.write(text, 'utf16le')
    if (isBigEndian) bytes.swap16()
    return units
  }
  const units = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) units[at] = text.charCodeAt(at)
  return units
}

/** Room for as many code units of a text to be made, to be done with before the next is. What is in it is left over. */
export function unitsToWrite(length: number): Uint16Array {
  return length > longestByHand ? writing(length) : new Uint16Array(length)
}

/** The text of the first `length` code units; halves of pairs stay. Pure, linear. */
export function textOf(units: Uint16Array, length: number = units.length): string {
  if (length > longestByHand) {
    const bytes = Buffer.from(units.buffer, units.byteOffset, length * 2)
    return (isBigEndian ? Buffer.from(bytes).swap16() : bytes).toString('utf16le')
  }
  const all = length === units.length ? units : units.subarray(0, length)
  // Spread out it would be twice as slow; what is wanted here is only something like a list.
  return String.fromCharCode.apply(null, all as unknown as number[])
}

/** The code point at a place; half a pair stands for itself. Pure. */
export function pointAt(units: Uint16Array, at: number): number {
  const unit = units[at] as number
  if (unit < 0xd800 || unit > 0xdbff || at + 1 === units.length) return unit
  const low = units[at + 1] as number
  return low < 0xdc00 || low > 0xdfff ? unit : (unit - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000
}

/** How many code units the character at a place has. Pure. */
export function sizeAt(units: Uint16Array, at: number): number {
  return pointAt(units, at) > 0xffff ? 2 : 1
}

/** Whole numbers up to 2^32 - 1. */
export type Numbers = Uint32Array | number[]

/** Room for so many numbers. A few are given it quicker by a plain array. */
export function roomFor(count: number): Numbers {
  return count > longestByHand ? new Uint32Array(count) : new Array<number>(count).fill(0)
}

/** Memory for one text at a time, never cleared. What is far more than a call needs is given back. */
function memory(): (length: number) => Uint16Array {
  let kept = new Uint16Array(0)
  return length => {
    if (length > mostKept) return new Uint16Array(length)
    if (length > kept.length) kept = new Uint16Array(Math.min(mostKept, 2 * length))
    return kept.subarray(0, length)
  }
}

const mostKept = 2 ** 23
const reading = memory()
const writing = memory()

/** Of so few code units the setting up of a copy in one go costs more than the copying. */
const longestByHand = 100

/** Where the numbers of an array have their upper byte first (s390x, AIX), a text for a Buffer has it last all the same. */
const isBigEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0
