import { numbersOf } from '../compile/count-test.ts'
import type { OwnOften } from '../compile/without-counts.ts'
import type { Condition, Counting, CountLimit, Often, Since } from '../language/condition.ts'
import { shortestMs } from '../language/duration.ts'
import type { Rule } from '../language/rule.ts'
import type { Span } from '../yaml/source.ts'

/** A condition with a small change. */
export type Spoilt = { condition: Condition; what: string; span: Span }

/** What a mutant must know of the rule that a count belongs to. */
type Asker = Pick<Rule, 'callbacks' | 'when' | 'outcome'>

/**
 * The mutants of a count: its limit one higher and one lower, its time halved, one of the values of `same` left out,
 * other calls counted. Those that no call can tell from the original are left out.
 */
export function movedCounts(condition: Often | Since, asker: Asker): Spoilt[] {
  if (condition.kind === 'since') {
    const { word, ago } = condition.limit
    return halved(ago).map(each => spoilt({ ...condition, limit: { word, ago: each } }, 'half the time'))
  }
  const { limit, within, of } = condition
  return [
    ...movedLimits(limit)
      .filter(each => !isAlike(each.limit, limit, leastOf(condition)))
      .map(each => spoilt({ ...condition, limit: each.limit }, each.what)),
    ...halved(within).map(each => spoilt({ ...condition, within: each }, 'half the time')),
    // A named counter has its own values and its own calls.
    ...(of.kind === 'rule' ? ofOwnCalls({ ...condition, of }, asker) : []),
  ]
}

/** No test has calls less than a second apart. */
function halved(span: number): number[] {
  return span < 2 * shortestMs ? [] : [Math.floor(span / 2)]
}

/** The call being judged counts itself, unless refused ones are counted. */
function leastOf({ of }: Often): number {
  return of.kind === 'rule' && of.counting !== 'refused' ? 1 : 0
}

/** Whether two limits hold for the same numbers, of which none is below the least. */
function isAlike(one: CountLimit, other: CountLimit, least: number): boolean {
  const [a, b] = [numbersOf(one), numbersOf(other)]
  return Math.max(a.low, least) === Math.max(b.low, least) && a.high === b.high
}

function ofOwnCalls(often: OwnOften, { callbacks, when, outcome }: Asker): Spoilt[] {
  const { same, of } = often
  const fixed = fixedIn(when)
  const isTold = callbacks.every(({ rejectable }) => !rejectable)
  return [
    ...without(same)
      .filter(({ left }) => !fixed.has(left))
      .map(each => spoilt({ ...often, same: each.same }, `without same ${each.left}`)),
    // Of what has happened already, nothing is refused.
    ...(isTold ? [] : others(of.counting, outcome)).map(counting =>
      spoilt({ ...often, of: { ...of, counting } }, `counting ${counting} instead`),
    ),
  ]
}

/** The fields that have one value in all calls for which a condition is true. */
function fixedIn(condition: Condition): ReadonlySet<string> {
  const parts = condition.kind === 'all' ? condition.parts : [condition]
  return new Set(
    parts.flatMap(part => (part.kind === 'test' && part.word === 'is' && !part.isExact ? part.field.text : [])),
  )
}

function spoilt(condition: Often | Since, what: string): Spoilt {
  return { condition, what: `${what}: ${condition.text}`, span: condition.span }
}

function movedLimits(limit: CountLimit): { limit: CountLimit; what: string }[] {
  const by = [-1, 1].map(step => ({ step, sign: step > 0 ? 'one higher' : 'one lower' }))
  if (limit.word !== 'between') {
    return by
      .map(({ step, sign }) => ({ limit: { ...limit, number: limit.number + step }, what: sign }))
      .filter(moved => moved.limit.number >= 0)
  }
  return by.flatMap(({ step, sign }) => [
    { limit: { ...limit, low: limit.low + step }, what: `lower bound ${sign}` },
    { limit: { ...limit, high: limit.high + step }, what: `upper bound ${sign}` },
  ])
}

function without(same: Often['same']): { same: Often['same']; left: string }[] {
  return same.map((key, at) => ({ same: same.filter((_, which) => which !== at), left: key.text }))
}

/** In the tests of a rule that refuses nothing itself, all calls are let through. */
function others(counting: Counting, outcome: Rule['outcome']): Counting[] {
  const isLet = (each: Counting) => outcome.kind !== 'reject' && each !== 'refused'
  return (['let through', 'refused', 'all'] as const).filter(
    each => each !== counting && !(isLet(each) && isLet(counting)),
  )
}
