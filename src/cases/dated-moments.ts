import type { Judged } from '../compile/judged.ts'
import { instantOf, oneDayMs, readZone } from '../language/clock.ts'
import type { TimeTest } from '../language/condition.ts'

/** Of so many ranges of dates some day will do. */
const mostRanges = 20

/** When the dates that tests of the time name begin, and when they have ended, in ms since 1970. Pure. */
export function startsOfDates(timed: readonly TimeTest[]): number[] {
  return timed.flatMap(({ on = [], notOn = [], zone: name }) => {
    const zone = readZone(name)
    const ranges = [...on, ...notOn].flatMap(dates => dates.ranges).slice(0, mostRanges)
    const days = ranges.flatMap(({ first, last }) => [first, last + 1])
    return zone === undefined ? [] : days.map(day => instantOf(zone, day * oneDayMs))
  })
}

/** The tests of the time in a condition. Pure. */
export function timeTestsIn({ condition, parts }: Judged): readonly TimeTest[] {
  return condition.kind === 'time' ? [condition] : parts.flatMap(timeTestsIn)
}
