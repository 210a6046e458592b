import { isOnClock } from '../compile/evaluate.ts'
import type { Literal } from '../compile/needed.ts'
import type { WallClock } from '../language/clock.ts'
import type { TimeTest } from '../language/condition.ts'
import { daysAround } from '../language/dates.ts'

const dayMinutes = 24 * 60

/** Whether a time test is true for every minute of a week, or for none. */
export function isEveryTime(test: TimeTest, wanted: boolean): boolean {
  return momentsFor([test])?.every(clock => isOnClock(test, clock) === wanted) === true
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
  const areTogether = (clock: WallClock) =>
    isOnClock(first, clock) === one.wanted && isOnClock(second, clock) === other.wanted
  return momentsFor([first, second])?.some(areTogether) === false
}

/** Between two of these moments, neither test changes; undefined of very many dates. */
function momentsFor(tests: readonly TimeTest[]): readonly WallClock[] | undefined {
  const edges = tests.flatMap(({ within }) => (within === undefined ? [] : [within.start, within.end % dayMinutes]))
  const minutes = [...new Set([0, ...edges])]
  const dates = daysAround(tests.flatMap(({ on = [], notOn = [] }) => [...on, ...notOn]))
  return dates?.flatMap(date => minutes.map(each => ({ minutes: each, date })))
}
