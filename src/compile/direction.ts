import type { Condition, Often, Since, Test, TimeTest } from '../language/condition.ts'
import { daysAround } from '../language/dates.ts'
import { countDirection } from './count-direction.ts'
import { isOnClock } from './evaluate.ts'
import { type Direction, joinedDirection, operandDirection, setDirection } from './operand-direction.ts'

/** How the calls that match one condition differ from those that match another. The contents of lists count. */
export function directionOf(before: Condition, after: Condition): Direction {
  return between(plain(before), plain(after), new Map())
}

/** Pairs already compared: the parts of groups are compared with each other, and so are their parts. */
type Compared = Map<Plain, Map<Plain, Direction>>

/** The direction for the negation of a condition. */
export function turned(direction: Direction): Direction {
  return direction === 'wider' ? 'narrower' : direction === 'narrower' ? 'wider' : direction
}

/** A condition with names, negative words and redundant groups resolved. */
type Plain =
  | { kind: 'all' | 'any'; parts: readonly Plain[] }
  | { kind: 'not'; part: Plain }
  | { kind: 'test'; test: Test; word: string }
  | { kind: 'time'; time: TimeTest }
  | { kind: 'count'; count: Often | Since }

function plain(condition: Condition): Plain {
  switch (condition.kind) {
    case 'use':
      return plain(condition.part)
    case 'time':
      return { kind: 'time', time: condition }
    case 'often':
    case 'since':
      return { kind: 'count', count: condition }
    case 'test': {
      const [word, isNo] = positive.get(condition.word) ?? [condition.word, false]
      const test: Plain = { kind: 'test', test: condition, word }
      return isNo ? { kind: 'not', part: test } : test
    }
    case 'not':
      return opposite(plain(condition.part))
    case 'none':
      return opposite(group('any', condition.parts.map(plain)))
    case 'all':
    case 'any':
      return group(condition.kind, condition.parts.map(plain))
  }
}

/** Each word with the word it is compared as, and whether it is negative. */
const positive: ReadonlyMap<string, readonly [word: string, isNo: boolean]> = new Map([
  ['is', ['one of', false]],
  ['is not', ['one of', true]],
  ['not one of', ['one of', true]],
  ['in list', ['one of', false]],
  ['not in list', ['one of', true]],
  ['absent', ['present', true]],
  ['has no item', ['has item', true]],
  ['has word', ['has word in', false]],
  ['contains', ['contains any', false]],
  ['starts with any', ['starts with', false]],
  ['ends with any', ['ends with', false]],
])

function opposite(condition: Plain): Plain {
  return condition.kind === 'not' ? condition.part : { kind: 'not', part: condition }
}

function group(kind: 'all' | 'any', parts: readonly Plain[]): Plain {
  const flat = parts.flatMap(part => (part.kind === kind ? part.parts : [part]))
  const [only, another] = flat
  return only !== undefined && another === undefined ? only : { kind, parts: flat }
}

function between(a: Plain, b: Plain, compared: Compared): Direction {
  const known = compared.get(a)?.get(b)
  if (known !== undefined) return known
  const direction = compare(a, b, compared)
  compared.set(a, (compared.get(a) ?? new Map<Plain, Direction>()).set(b, direction))
  return direction
}

function compare(a: Plain, b: Plain, compared: Compared): Direction {
  if (a.kind === 'not' && b.kind === 'not') {
    // Where a field is absent, its test is unknown, and so is what says no to it.
    const isOfPresence = (presenceOf(a.part) === undefined) !== (presenceOf(b.part) === undefined)
    return isOfPresence ? 'other' : turned(between(a.part, b.part, compared))
  }
  if (a.kind === 'count' && b.kind === 'count') return countDirection(a.count, b.count)
  if (a.kind === 'time' && b.kind === 'time') return timeDirection(a.time, b.time)
  if (a.kind === 'test' && b.kind === 'test') return testDirection(a, b)
  const kinds = [a.kind, b.kind]
  const kind = kinds.includes('all') ? 'all' : kinds.includes('any') ? 'any' : undefined
  if (kind === undefined) return presenceDirection(a, b)
  return groupDirection(kind, [partsOf(a, kind), partsOf(b, kind)], compared)
}

function partsOf(condition: Plain, kind: 'all' | 'any'): readonly Plain[] {
  return condition.kind === kind ? condition.parts : [condition]
}

/** Parts in both groups are ignored; changed parts are compared; added or removed parts narrow or widen. */
function groupDirection(
  kind: 'all' | 'any',
  [was, is]: readonly [readonly Plain[], readonly Plain[]],
  compared: Compared,
): Direction {
  const gone = [...was]
  const take = (part: Plain, isFit: (direction: Direction) => boolean): Direction | undefined => {
    const at = gone.findIndex(each => isFit(between(each, part, compared)))
    const [found] = at === -1 ? [] : gone.splice(at, 1)
    return found && between(found, part, compared)
  }
  const others = is.filter(part => take(part, direction => direction === 'same') === undefined)
  const paired = others.map(part => take(part, direction => direction !== 'other'))
  const hasCome = paired.includes(undefined)
  const [less, more] = kind === 'all' ? (['wider', 'narrower'] as const) : (['narrower', 'wider'] as const)
  return joinedDirection([
    ...paired.filter(direction => direction !== undefined),
    ...(gone.length > 0 ? [less] : []),
    ...(hasCome ? [more] : []),
  ])
}

function testDirection(a: Plain & { kind: 'test' }, b: Plain & { kind: 'test' }): Direction {
  if (a.test.field.text !== b.test.field.text) return 'other'
  if (a.word === 'present' || b.word === 'present') return presenceDirection(a, b)
  const [one, other] = [a.test.operand, b.test.operand]
  if (one.kind === 'item' && other.kind === 'item') {
    return a.word === b.word ? directionOf(one.item, other.item) : 'other'
  }
  return a.test.isExact === b.test.isExact ? operandDirection([a.word, one], [b.word, other], a.test.isExact) : 'other'
}

/** Every other test of a field is only true when the field is present. */
function presenceDirection(a: Plain, b: Plain): Direction {
  const [was, is] = [presenceOf(a), presenceOf(b)]
  if (was !== undefined && is !== undefined) return was === is ? 'same' : 'other'
  if (was !== undefined) return fieldOf(b) === was ? 'narrower' : 'other'
  return is !== undefined && fieldOf(a) === is ? 'wider' : 'other'
}

function presenceOf(condition: Plain): string | undefined {
  return condition.kind === 'test' && condition.word === 'present' ? condition.test.field.text : undefined
}

function fieldOf(condition: Plain): string | undefined {
  const inner = condition.kind === 'not' ? condition.part : condition
  return inner.kind === 'test' && presenceOf(inner) === undefined ? inner.test.field.text : undefined
}

/** Compares the minutes of a week in one zone, at each minute where something may start or end. */
function timeDirection(a: TimeTest, b: TimeTest): Direction {
  if (a.zone !== b.zone) return 'other'
  const edges = [0, ...[a, b].flatMap(({ within }) => (within === undefined ? [] : [within.start, within.end % 1440]))]
  const dates = daysAround([a, b].flatMap(({ on = [], notOn = [] }) => [...on, ...notOn]))
  if (dates === undefined) return 'other'
  const shown = dates.flatMap(date => edges.map(minutes => ({ minutes, date })))
  const [was, is] = [a, b].map(time => new Set(shown.filter(clock => isOnClock(time, clock)))) as [
    Set<unknown>,
    Set<unknown>,
  ]
  return setDirection(was, is)
}
