import { numbersOf } from '../compile/count-test.ts'
import { counterId } from '../compile/counting.ts'
import type { Literal } from '../compile/needed.ts'
import type { CountKey, CountLimit, Often, Since } from '../language/condition.ts'

/** The numbers of calls that pass, both ends among them. */
export type CountRange = { low: number; high: number }

/** A test that is about a count of calls. */
export function oftenIn({ judged: { condition } }: Literal): Often | undefined {
  return condition.kind === 'often' ? condition : undefined
}

/** True for a test that is about what came before. */
export function isOfCount({ judged: { condition } }: Literal): boolean {
  return condition.kind === 'often' || condition.kind === 'since'
}

/** The numbers that pass a test of a count; undefined if they are no range. If there are none, `low` is above `high`. */
export function rangeOfCount(literal: Literal): CountRange | undefined {
  const often = oftenIn(literal)
  return often && rangeOfLimit(often.limit, literal.wanted)
}

function rangeOfLimit(limit: CountLimit, wanted: boolean): CountRange | undefined {
  const { low, high } = numbersOf(limit)
  if (wanted) return { low, high }
  if (high === Number.POSITIVE_INFINITY) return { low: 0, high: low - 1 }
  return low <= 0 ? { low: high + 1, high: Number.POSITIVE_INFINITY } : undefined
}

/**
 * Whether a test of what came before is true for every call for which another one is.
 *
 * Own counts of two rules are compared as if each call that the rule of `known` counts is counted by the other rule, too.
 */
export function impliesCount(known: Literal, other: Literal): boolean {
  const [one, two] = [known.judged.condition, other.judged.condition]
  if ((one.kind !== 'often' && one.kind !== 'since') || one.kind !== two.kind) return false
  if (known.wanted !== other.wanted && isByItems(one)) return false
  if (one.kind === 'since' && two.kind === 'since') return known.wanted === other.wanted && isLater(one, two, known)
  if (one.kind !== 'often' || two.kind !== 'often') return false
  const [inner, outer] = [rangeOfCount(known), rangeOfCount(other)]
  if (inner === undefined || outer === undefined || !isSameCounter(one, two)) return false
  const isLow = outer.low <= 0 || (inner.low >= outer.low && two.within >= one.within)
  const isHigh =
    outer.high === Number.POSITIVE_INFINITY || (inner.high <= outer.high && two.within <= one.within && isNamed(two))
  // A silence may go on when the count no longer holds.
  return isLow && isHigh && one.thenFor === undefined
}

/** Tests of one named counter that no number passes. */
export function apartInCounts(literals: readonly Literal[]): { literal: Literal; other: Literal } | undefined {
  const counts = literals.filter(literal => {
    const often = oftenIn(literal)
    const { low, high } = rangeOfCount(literal) ?? nothing
    return often !== undefined && isNamed(often) && !isByItems(often) && low <= high
  })
  for (const literal of counts) {
    const other = counts.find(each => areApart(each, literal))
    if (other !== undefined) return { literal, other }
  }
  return undefined
}

const nothing: CountRange = { low: 1, high: 0 }

/** Whether one needs more calls than the other allows in no less time. */
function areApart(more: Literal, fewer: Literal): boolean {
  const [one, two] = [oftenIn(more), oftenIn(fewer)] as [Often, Often]
  const [{ low } = { low: 0 }, { high } = { high: Number.POSITIVE_INFINITY }] = [
    rangeOfCount(more),
    rangeOfCount(fewer),
  ]
  return isSameCounter(one, two) && low > high && one.within <= two.within
}

function isNamed({ of }: Often): boolean {
  return of.kind === 'named'
}

/** Whether the second count has every call that the first one has. */
function isSameCounter(one: Often, two: Often): boolean {
  const [a, b] = [one.same, two.same].map(keys => keys.map(({ text }) => text)) as [string[], string[]]
  if (one.of.kind === 'named' && two.of.kind === 'named')
    return counterId(one.of.counter) === counterId(two.of.counter) && a.join() === b.join()
  if (one.of.kind !== 'rule' || two.of.kind !== 'rule' || one.of.counting !== two.of.counting) return false
  return one.of.different?.text === two.of.different?.text && b.every(text => a.includes(text))
}

function isLater(one: Since, two: Since, { wanted }: Literal): boolean {
  const keys = [one, two].map(({ counter, same }) => `${counterId(counter)} ${same.map(({ text }) => text)}`)
  if (keys[0] !== keys[1] || one.limit.word !== two.limit.word) return false
  const isLess = (one.limit.word === 'less than') === wanted
  return isLess ? one.limit.ago <= two.limit.ago : one.limit.ago >= two.limit.ago
}

/** Whether calls are counted by each item of a list, so that one item is enough. */
function isByItems({ same }: { same: readonly CountKey[] }): boolean {
  return same.some(key => 'list' in key)
}
