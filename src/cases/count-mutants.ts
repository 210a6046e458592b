import type { Condition, Counting, CountLimit, Often, Since } from '../language/condition.ts'
import type { Span } from '../yaml/source.ts'

/** A condition with a small change. */
export type Spoilt = { condition: Condition; what: string; span: Span }

/**
 * The mutants of a count: its limit one higher and one lower, its time halved, one of the values of `same` left out,
 * other calls counted.
 */
export function movedCounts(condition: Often | Since): Spoilt[] {
  if (condition.kind === 'since') {
    const { word, ago } = condition.limit
    return [spoilt({ ...condition, limit: { word, ago: Math.max(1, Math.floor(ago / 2)) } }, 'half the time')]
  }
  const { limit, within, same, of } = condition
  return [
    ...movedLimits(limit).map(each => spoilt({ ...condition, limit: each.limit }, each.what)),
    spoilt({ ...condition, within: Math.floor(within / 2) }, 'half the time'),
    // A named counter has its own values and its own calls.
    ...(of.kind === 'rule' ? without(same).map(each => spoilt({ ...condition, same: each.same }, each.what)) : []),
    ...(of.kind === 'rule'
      ? others(of.counting).map(counting =>
          spoilt({ ...condition, of: { ...of, counting } }, `counting ${counting} instead`),
        )
      : []),
  ]
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

function without(same: Often['same']): { same: Often['same']; what: string }[] {
  return same.map((key, at) => ({ same: same.filter((_, which) => which !== at), what: `without same ${key.text}` }))
}

function others(counting: Counting): Counting[] {
  return (['let through', 'refused', 'all'] as const).filter(each => each !== counting)
}
