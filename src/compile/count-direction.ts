import type { CountLimit, Often, Since } from '../language/condition.ts'
import { writtenMeaning } from '../language/written.ts'
import { numbersOf } from './count-test.ts'
import { type Direction, joinedDirection } from './operand-direction.ts'

/** How a test of a count changed: of another counter, or with other values, it cannot be compared. */
export function countDirection(was: Often | Since, is: Often | Since): Direction {
  if (was.kind === 'since' || is.kind === 'since')
    return was.kind === is.kind ? sinceDirection(was as Since, is as Since) : 'other'
  if (writtenMeaning([was.of, was.same]) !== writtenMeaning([is.of, is.same])) return 'other'
  const [before, now] = [numbersOf(was.limit), numbersOf(is.limit)]
  const isLowOpen = before.low === 0 && now.low === 0
  const isHighOpen = before.high === now.high && now.high === Number.POSITIVE_INFINITY
  // The longer the time, the more calls there are in it.
  const longer: Direction = isHighOpen ? 'wider' : isLowOpen ? 'narrower' : 'other'
  const shorter: Direction = isHighOpen ? 'narrower' : isLowOpen ? 'wider' : 'other'
  return joinedDirection([
    limitDirection(was.limit, is.limit),
    was.within === is.within ? 'same' : is.within > was.within ? longer : shorter,
    numberDirection(was.thenFor ?? 0, is.thenFor ?? 0),
  ])
}

function limitDirection(was: CountLimit, is: CountLimit): Direction {
  const [before, now] = [numbersOf(was), numbersOf(is)]
  return joinedDirection([numberDirection(now.low, before.low), numberDirection(before.high, now.high)])
}

function sinceDirection(was: Since, is: Since): Direction {
  if (writtenMeaning([was.counter, was.same]) !== writtenMeaning([is.counter, is.same])) return 'other'
  if (was.limit.word !== is.limit.word) return 'other'
  return is.limit.word === 'less than'
    ? numberDirection(was.limit.ago, is.limit.ago)
    : numberDirection(is.limit.ago, was.limit.ago)
}

function numberDirection(was: number, is: number): Direction {
  return was === is ? 'same' : is > was ? 'wider' : 'narrower'
}
