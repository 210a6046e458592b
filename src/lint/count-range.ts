import { numbersOf } from '../compile/count-test.ts'
import type { Literal } from '../compile/needed.ts'
import type { CountKey, CountLimit, Often } from '../language/condition.ts'

/** The numbers of calls that pass, both ends among them. */
export type CountRange = { low: number; high: number }

/** A test that is about a count of calls. */
export function oftenOf({ judged: { condition } }: Literal): Often | undefined {
  return condition.kind === 'often' ? condition : undefined
}

/** The numbers that pass a test of a count; undefined if they are no range. */
export function rangeOfCount(literal: Literal): CountRange | undefined {
  const often = oftenOf(literal)
  return often && rangeOfLimit(often.limit, literal.wanted)
}

/** The numbers that hold a limit, or those that do not; undefined if they are no range. */
export function rangeOfLimit(limit: CountLimit, wanted: boolean): CountRange | undefined {
  const { low, high } = numbersOf(limit)
  if (wanted) return { low, high }
  if (low <= 0) return { low: high + 1, high: Number.POSITIVE_INFINITY }
  return high === Number.POSITIVE_INFINITY ? { low: 0, high: low - 1 } : undefined
}

/** Whether calls are counted by each item of a list, so that one item is enough. */
export function isByItems({ same }: { same: readonly CountKey[] }): boolean {
  return same.some(key => 'list' in key)
}
