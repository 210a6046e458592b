/** Whole days from a first to a last, both of them in it, counted from 1970-01-01, which is 0. */
export type DayRange = { first: number; last: number }

/** Days by the name that `dates:` gives them; without a name they stand in the condition. Ranges are in order and apart. */
export type Dates = { name?: string; ranges: readonly DayRange[] }

/** Whether a day is one of some dates. Pure; takes time in the logarithm of their number. */
export function isOnDates({ ranges }: Dates, date: number): boolean {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle] as DayRange).last < date) low = middle + 1
    else high = middle
  }
  const found = ranges[low]
  return found !== undefined && found.first <= date
}

/** Ranges in order, those as one that overlap or follow each other. Pure. */
export function inOrder(ranges: readonly DayRange[]): DayRange[] {
  const ordered: DayRange[] = []
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    const before = ordered.at(-1)
    if (before !== undefined && range.first <= before.last + 1) {
      ordered[ordered.length - 1] = { first: before.first, last: Math.max(before.last, range.last) }
    } else ordered.push(range)
  }
  return ordered
}

/** Of more ranges nothing is worked out: it takes time in the product of their number and what they are compared for. */
const mostCompared = 100

/**
 * The weeks before, at both ends of and after each range, and one other: whatever tests of dates and of weekdays can
 * tell apart is there. Undefined of very many ranges. Pure.
 */
export function daysAround(dates: readonly Dates[]): readonly number[] | undefined {
  const ranges = dates.flatMap(each => each.ranges)
  if (ranges.length > mostCompared) return undefined
  const starts = [0, ...ranges.flatMap(({ first, last }) => [first - 7, first, last - 6, last + 1])]
  return [...new Set(starts.flatMap(start => week.map(day => start + day)))]
}

const week = [0, 1, 2, 3, 4, 5, 6]

/** A range as it is written: `2027-10-01 to 2027-10-07`. Pure. */
export function rangeText({ first, last }: DayRange): string {
  const [from, to] = [first, last].map(day => new Date(day * 86_400_000).toISOString().slice(0, 10))
  return from === to ? (from as string) : `${from} to ${to}`
}
