import type { Literal } from '../compile/needed.ts'
import { isNegative, testOf } from './literal.ts'

/** A range of numbers; an open end is excluded. */
type Range = { low: number; lowOpen: boolean; high: number; highOpen: boolean }

/** Tests of one number that exclude every number. */
export function emptyRange(literals: readonly Literal[]): { literal: Literal; other: Literal } | undefined {
  const ranges = literals.flatMap(literal => {
    const range = rangeOf(literal)
    return range === undefined ? [] : [{ literal, range }]
  })
  for (const [at, { literal, range }] of ranges.entries()) {
    const isWhole = !isInsideJson(literal)
    const other = ranges
      .slice(0, at)
      .find(before => isEmpty(before.range, range, isWhole) && (isWhole || isOneTrue(literal, before.literal)))
    if (other !== undefined) return { literal, other: other.literal }
  }
  return undefined
}

/** Whether a test compares with numbers. */
export function isRange(literal: Literal): boolean {
  return rangeOf(literal) !== undefined
}

/** Whether the numbers that pass one test all pass another. */
export function isNarrower(known: Literal, other: Literal): boolean {
  const [inner, outer] = [rangeOf(known), rangeOf(other)]
  if (inner === undefined || outer === undefined || (isInsideJson(known) && isNegative(known))) return false
  const isLow = inner.low > outer.low || (inner.low === outer.low && (inner.lowOpen || !outer.lowOpen))
  const isHigh = inner.high < outer.high || (inner.high === outer.high && (inner.highOpen || !outer.highOpen))
  return isLow && isHigh
}

/** There a number may have a fraction, and anything but a number passes every negative test. */
function isInsideJson(literal: Literal): boolean {
  return testOf(literal)?.field.part.kind === 'json'
}

function isOneTrue(a: Literal, b: Literal): boolean {
  return !isNegative(a) || !isNegative(b)
}

function isEmpty(a: Range, b: Range, isWholeNumber: boolean): boolean {
  const [low, lowOpen] = a.low > b.low || (a.low === b.low && a.lowOpen) ? [a.low, a.lowOpen] : [b.low, b.lowOpen]
  const [high, highOpen] =
    a.high < b.high || (a.high === b.high && a.highOpen) ? [a.high, a.highOpen] : [b.high, b.highOpen]
  if (isWholeNumber) return low + (lowOpen ? 1 : 0) > high - (highOpen ? 1 : 0)
  return low > high || (low === high && (lowOpen || highOpen))
}

/** The range of numbers that pass, if they are a range. */
function rangeOf(literal: Literal): Range | undefined {
  const test = testOf(literal)
  if (test === undefined) return undefined
  const isTrue = !isNegative(literal)
  const { operand } = test
  if (operand.kind === 'range') {
    return isTrue ? { low: operand.low, lowOpen: false, high: operand.high, highOpen: false } : undefined
  }
  if (operand.kind !== 'number') return undefined
  const { value } = operand
  switch (test.word) {
    case 'at least':
      return isTrue ? from(value, false) : upTo(value, true)
    case 'more than':
    case 'longer than':
      return isTrue ? from(value, true) : upTo(value, false)
    case 'at most':
      return isTrue ? upTo(value, false) : from(value, true)
    case 'less than':
    case 'shorter than':
      return isTrue ? upTo(value, true) : from(value, false)
    default:
      return undefined
  }
}

function from(low: number, lowOpen: boolean): Range {
  return { low, lowOpen, high: Number.POSITIVE_INFINITY, highOpen: false }
}

function upTo(high: number, highOpen: boolean): Range {
  return { low: Number.NEGATIVE_INFINITY, lowOpen: false, high, highOpen }
}
