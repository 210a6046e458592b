/**
 * Properties of code points, according to the Unicode data of this version of Node.
 *
 * They are computed for 128 code points at once on first use: running a pattern over a whole block takes a fiftieth of
 * the time of testing each character.
 */
export const isLetter: (point: number) => boolean = setOf(withAll(/\p{L}+/gu))
export const isMark: (point: number) => boolean = setOf(withAll(/\p{M}+/gu))
export const isLetterOrNumber: (point: number) => boolean = setOf(withAll(/[\p{L}\p{N}]+/gu))
export const isHan: (point: number) => boolean = setOf(withAll(/\p{Script=Han}+/gu))

/** True for characters that are the same in upper and lower case. */
export const isCaseless: (point: number) => boolean = setOf(
  eachOf(text => text.toUpperCase() === text && text.toLowerCase() === text),
)

/** True for characters that no normal form changes by themselves. */
export const isDecomposed: (point: number) => boolean = setOf(eachOf(text => text.normalize('NFKD') === text))

/** Marks which characters of a text, whose code points start at `first`, are in a set: 2, or 1 if not. */
type Mark = (text: string, first: number, known: Uint8Array) => void

/** A set of the characters that a pattern matches. */
export function withAll(runs: RegExp): Mark {
  return (text, first, known) => {
    const size = text.length / blockSize
    known.fill(1, first, first + blockSize)
    runs.lastIndex = 0
    for (let found = runs.exec(text); found !== null; found = runs.exec(text)) {
      known.fill(2, first + found.index / size, first + runs.lastIndex / size)
    }
  }
}

/** A set defined by a property that a text has exactly if each of its characters has it. */
function eachOf(has: (text: string) => boolean): Mark {
  return function mark(text, first, known) {
    const size = first < 0x10000 ? 1 : 2
    const count = text.length / size
    if (count === 1 || has(text)) {
      known.fill(has(text) ? 2 : 1, first, first + count)
      return
    }
    // Characters with a property are in blocks of their own or few: of sixteen that are mixed, each is asked.
    const part = count > 16 ? count / 2 : 1
    for (let at = 0; at < count; at += part) mark(text.slice(at * size, (at + part) * size), first + at, known)
  }
}

/** The set of code points that `mark` marks. */
export function setOf(mark: Mark): (point: number) => boolean {
  const known = new Uint8Array(0x110000)
  return point => {
    if (known[point] === 0) {
      const first = point - (point % blockSize)
      mark(blockAt(first), first, known)
    }
    return known[point] === 2
  }
}

const blockSize = 128

let lastBlock = { first: -1, text: '' }

/** The characters of a block; the last is kept, since several properties are often computed for the same block. */
function blockAt(first: number): string {
  if (lastBlock.first !== first) {
    const points: number[] = []
    for (let i = 0; i < blockSize; i++) points.push(first + i)
    lastBlock = { first, text: String.fromCodePoint(...points) }
  }
  return lastBlock.text
}
