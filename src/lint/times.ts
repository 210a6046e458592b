import { isWithin } from '../compile/evaluate.ts'
import type { Literal } from '../compile/needed.ts'
import { readZone, type Zone } from '../language/clock.ts'
import type { TimeTest } from '../language/condition.ts'

const dayMinutes = 24 * 60
const minuteMs = 60_000

/** Whether a time test is true for every minute of a week, or for none. */
export function isEveryTime(test: TimeTest, wanted: boolean): boolean {
  return momentsFor([test]).every(at => holds(test, at) === wanted)
}

/** Two time tests in the same zone that are never both true; undefined if none are found. */
export function apartInTime(literals: readonly Literal[]): { literal: Literal; other: Literal } | undefined {
  const timed = literals.filter(({ judged: { condition } }) => condition.kind === 'time').slice(0, maxCompared)
  for (const [index, literal] of timed.entries()) {
    const other = timed.slice(index + 1).find(each => areApart(literal, each))
    if (other !== undefined) return { literal: other, other: literal }
  }
  return undefined
}

/** Each is compared with all others, minute by minute. */
const maxCompared = 20

function areApart(one: Literal, other: Literal): boolean {
  const [first, second] = [one.judged.condition as TimeTest, other.judged.condition as TimeTest]
  if (first.zone !== second.zone) return false
  return !momentsFor([first, second]).some(at => holds(first, at) === one.wanted && holds(second, at) === other.wanted)
}

/** Neither test changes between two neighbouring moments of this list. In ms, as local time. */
function momentsFor(tests: readonly TimeTest[]): number[] {
  const edges = tests.flatMap(({ within }) => (within === undefined ? [] : [within.start, within.end % dayMinutes]))
  const minutes = [...new Set([0, ...edges])]
  return [0, 1, 2, 3, 4, 5, 6].flatMap(day => minutes.map(minute => (day * dayMinutes + minute) * minuteMs))
}

/** Evaluated in a zone without clock changes: every local time of other zones occurs in its week. */
function holds(test: TimeTest, at: number): boolean {
  return isWithin(test, readZone('UTC') as Zone, at)
}
