import type { CountLimit, Often, Since } from '../language/condition.ts'
import type { Predicate } from './compared.ts'
import type { Counted } from './counter.ts'
import { unsure } from './question.ts'

type Verdict = ReturnType<Predicate>

/** Whether a count holds: for any of its keys. Of what is known only in part, no less is concluded than is certain. */
export function oftenTest({ limit }: Pick<Often, 'limit'>): Predicate {
  return value => anyOf((value as readonly Counted[]).map(counted => holdsLimit(limit, counted)))
}

/** Whether one key holds the limit. */
export function holdsLimit(limit: CountLimit, { count, isWhole, isPartial, heldForMs }: Counted): Verdict {
  if (heldForMs !== undefined) return true
  const { low, high } = numbersOf(limit)
  // There may be more, never fewer.
  if (count > high) return false
  if (high === Number.POSITIVE_INFINITY && count >= low) return true
  if (isPartial) return unsure
  return isWhole ? count >= low : null
}

/**
 * In how many ms a key no longer holds, if nothing comes until then; 0 where it does not hold, or where waiting does not
 * end it. The others must be told.
 */
export function againInMs({ of, limit, within, thenFor = 0 }: Often, counted: Counted): number {
  const { low, high } = numbersOf(limit)
  if (holdsLimit(limit, counted) !== true || high !== Number.POSITIVE_INFINITY) return 0
  const { heldForMs = 0, count, others = [] } = counted
  if (heldForMs > 0) return heldForMs
  const own = count - others.length
  const { counting } = of.kind === 'named' ? of.counter : of
  // Where refused calls count, this one is another one for the next.
  const all = counting === 'let through' ? others : [...others, ...Array<number>(Math.max(own, 1)).fill(0)]
  // The next call counts as this one did; so many of the others must have left the window before it.
  const last = all[all.length - (low - own)] ?? 0
  return Math.max(within - last, thenFor)
}

/** Whether the last earlier call was so long ago; unknown when there was none. */
export function sinceTest({ limit: { word, ago } }: Pick<Since, 'limit'>): Predicate {
  return value =>
    anyOf(
      (value as readonly Counted[]).map(({ agoMs, isPartial }) => {
        // Others may know of a later call, never of an earlier last one.
        if (word === 'less than' && agoMs !== undefined && agoMs < ago) return true
        if (word === 'more than' && agoMs !== undefined && agoMs <= ago) return false
        if (isPartial) return unsure
        return agoMs === undefined ? null : word === 'more than'
      }),
    )
}

/** The numbers that hold a limit, both ends among them. */
export function numbersOf(limit: CountLimit): { low: number; high: number } {
  switch (limit.word) {
    case 'more than':
      return { low: limit.number + 1, high: Number.POSITIVE_INFINITY }
    case 'at least':
      return { low: limit.number, high: Number.POSITIVE_INFINITY }
    case 'at most':
      return { low: 0, high: limit.number }
    case 'less than':
      return { low: 0, high: limit.number - 1 }
    case 'is':
      return { low: limit.number, high: limit.number }
    case 'between':
      return { low: limit.low, high: limit.high }
  }
}

/** The largest number of calls that makes a difference. */
export function mostOf(limit: CountLimit): number {
  const { low, high } = numbersOf(limit)
  return Math.max(high === Number.POSITIVE_INFINITY ? low : high + 1, 1)
}

function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true
  if (verdicts.includes(unsure)) return unsure
  return verdicts.includes(null) ? null : false
}
