import type { RawLine } from './raw-lines.ts'

/** The lines of some pieces, in order as far as they are not late by more than `lateMs`. */
export async function* nearlyInOrder(unsorted: AsyncIterable<RawLine[]>): AsyncGenerator<RawLine[]> {
  let late: RawLine[] = []
  for await (const lines of unsorted) {
    const sorted = [...late, ...lines].sort((a, b) => a.at - b.at)
    const end = Math.max(sorted.length - mostLate, firstAfter(sorted, (sorted.at(-1)?.at ?? 0) - lateMs))
    late = sorted.slice(end)
    if (end > 0) yield sorted.slice(0, end)
  }
  if (late.length > 0) yield late
}

/** Lines come in the order of answers: by how much a call that was judged before may be answered later. */
const lateMs = 2000

/** So many lines wait at most for one that is late. */
const mostLate = 20_000

/** The place of the first line after an instant. */
function firstAfter(sorted: readonly RawLine[], at: number): number {
  let place = sorted.length
  while (place > 0 && (sorted[place - 1] as RawLine).at > at) place -= 1
  return place
}

/** One source and where it is in its present batch. */
type Head = { source: AsyncGenerator<RawLine[]>; batch: RawLine[]; next: number }

/** So many lines are handed on together, where one source does not have more in a row. */
const leastTogether = 500

/** The lines of sources, each of which is in order, in the order of time: always the earliest one of all. */
export async function* mergeLines(sources: readonly AsyncGenerator<RawLine[]>[]): AsyncGenerator<RawLine[]> {
  const started = await Promise.all(sources.map(source => refill({ source, batch: [], next: 0 })))
  let heads = started.filter(head => head !== undefined)
  let lines: RawLine[] = []
  try {
    while (heads.length > 0) {
      const [earliest, second] = twoEarliest(heads)
      const some = takeUntil(earliest, second === undefined ? Number.POSITIVE_INFINITY : atOf(second))
      lines = lines.length === 0 ? some : lines.concat(some)
      if (lines.length >= leastTogether) {
        yield lines
        lines = []
      }
      if (earliest.next < earliest.batch.length) continue
      if ((await refill(earliest)) === undefined) heads = heads.filter(head => head !== earliest)
    }
    if (lines.length > 0) yield lines
  } finally {
    await Promise.all(sources.map(source => source.return(undefined)))
  }
}

/** The same head with its next batch; undefined at its end. */
async function refill(head: Head): Promise<Head | undefined> {
  const { value, done } = await head.source.next()
  if (done) return undefined
  head.batch = value
  head.next = 0
  return head
}

function atOf({ batch, next }: Head): number {
  return (batch[next] as RawLine).at
}

function twoEarliest(heads: readonly Head[]): [Head, Head | undefined] {
  let [first, second]: [Head, Head | undefined] = [heads[0] as Head, undefined]
  for (const head of heads.slice(1)) {
    if (atOf(head) < atOf(first)) [first, second] = [head, first]
    else if (second === undefined || atOf(head) < atOf(second)) second = head
  }
  return [first, second]
}

/** The lines of a head up to an instant, at least one. */
function takeUntil(head: Head, until: number): RawLine[] {
  const from = head.next
  do head.next += 1
  while (head.next < head.batch.length && atOf(head) <= until)
  return head.batch.slice(from, head.next)
}
