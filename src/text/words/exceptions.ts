import type { Range } from '../sources.ts'

/**
 * Hits that lie within none of some exceptions, both in the order in which they begin. Pure, linear.
 *
 * Of the hits at one place the longest is enough: what covers it covers the shorter ones, too.
 */
export function uncovered<T extends Range>(hits: readonly T[], exceptions: readonly Range[]): T[] {
  let next = 0
  let coveredTo = -1
  return hits.filter(({ start, end }) => {
    for (let each = exceptions[next]; each !== undefined && each.start <= start; each = exceptions[++next]) {
      coveredTo = Math.max(coveredTo, each.end)
    }
    return end > coveredTo
  })
}

/** The first exception that covers a hit. Pure. */
export function coveringOf<T extends Range>({ start, end }: Range, exceptions: readonly T[]): T | undefined {
  return exceptions.find(each => each.start <= start && each.end >= end)
}
