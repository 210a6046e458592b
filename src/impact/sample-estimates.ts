import type { DividedBy } from './count-groups.ts'
import { type DifferenceKind, differenceKinds } from './difference.ts'
import { Distinct } from './distinct.ts'
import type { KindData } from './tally.ts'

/** Which share of the people or groups was looked at, chosen by chance. */
export type Sample = { share: number; by: DividedBy }

/** How many there are in all, in 95 of 100 samples between the two bounds. */
export type Estimate = { low: number; likely: number; high: number }

/** What a sample says about all calls, and all people or groups. */
export type SampleEstimates = Sample & {
  totals: Readonly<Record<DifferenceKind, { calls: Estimate; named: Estimate }>>
}

/**
 * What the figures of a sample say about all. Pure.
 *
 * People are chosen, not calls: who calls often makes the number of calls less certain, so its interval goes by how the
 * calls are spread over the people.
 */
export function estimatesOf(kinds: Readonly<Record<DifferenceKind, KindData>>, sample: Sample): SampleEstimates {
  const { share, by } = sample
  const of = ({ calls, squares = 0, people, groups }: KindData) => {
    const named = Distinct.of(by === 'user' ? people : groups).size
    const independent = squares === 0 ? 0 : (calls * calls) / squares
    return { calls: scaled(calls, independent, share), named: scaled(named, named, share) }
  }
  const totals = Object.fromEntries(differenceKinds.map(kind => [kind, of(kinds[kind])]))
  return { share, by, totals: totals as SampleEstimates['totals'] }
}

/** Of so many cases that came independently of each other. */
function scaled(count: number, independent: number, share: number): Estimate {
  const likely = count / share
  if (independent === 0) return { low: 0, likely: 0, high: Math.round(boundsOf(0).high / share) }
  const { low, high } = boundsOf(independent)
  const part = (bound: number) => Math.round((likely * bound) / independent)
  return { low: Math.max(count, part(low)), likely: Math.round(likely), high: part(high) }
}

/** Between which numbers the mean of a number of rare events is, in 95 of 100 cases: the approximation of Byar. */
function boundsOf(count: number): { low: number; high: number } {
  const more = count + 1
  const low = count === 0 ? 0 : count * (1 - 1 / (9 * count) - deviations / (3 * Math.sqrt(count))) ** 3
  return { low, high: more * (1 - 1 / (9 * more) + deviations / (3 * Math.sqrt(more))) ** 3 }
}

/** Standard deviations around the mean of a normal distribution that 95 of 100 cases are within. */
const deviations = 1.96
