import { longestShort } from './last-long.ts'
import type { Seen } from './seen.ts'

/**
 * The rows of characters in a long text from which no key of a tree was reached: where the same row comes again, it
 * need not be walked again. Most long texts repeat themselves.
 */
export type DeadEnds = {
  /** True when what stands at a place, and before it, has led nowhere. */
  has(start: number): boolean
  /** Remember a walk from a place that was never told of an end and did not read on behind `end`. */
  add(start: number, end: number): void
}

/** No row is known yet. It remembers some thousand, and for a new one forgets an old one. */
export function deadEndsIn({ points, count }: Seen): DeadEnds {
  if (count <= longestShort) return none
  const starts = new Uint32Array(slots)
  const lengths = new Uint32Array(slots)
  const slotAt = (start: number) => {
    const two = Math.imul(points[start] as number, 0x9e3779b1) + (points[start + 1] as number)
    const four = Math.imul(Math.imul(two, 0x85ebca6b) + (points[start + 2] as number), 0xc2b2ae35)
    return Math.imul(four ^ (points[start + 3] as number), 0x9e3779b1) >>> shift
  }
  return {
    has(start) {
      if (start === 0 || start + 3 >= count) return false
      const slot = slotAt(start)
      const length = lengths[slot] as number
      if (length === 0 || start + length > count) return false
      // The place before may be the first of three the same.
      const known = (starts[slot] as number) - 1
      for (let i = 0, at = start - 1; i <= length; i++) if (points[known + i] !== points[at + i]) return false
      return true
    },
    add(start, end) {
      if (start === 0 || start + 3 >= count || end >= count) return
      const slot = slotAt(start)
      starts[slot] = start
      lengths[slot] = end - start
    },
  }
}

const none: DeadEnds = { has: () => false, add: () => {} }

const shift = 20
const slots = 2 ** (32 - shift)
