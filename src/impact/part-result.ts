import { RunCoverage } from './coverage.ts'
import type { RunData } from './impact-run.ts'
import { RecordCheck } from './record-check.ts'
import { impactFormat, type ReportAbout } from './report.ts'
import { Tally } from './tally.ts'

/** Of a run in several parts: which one, and whether each decides the calls of a time, or some calls of all times. */
export type PartOf = { number: number; of: number; by: 'time' | 'key' }

/** What a part of a run found, as it is written to a file. `C` says what of the record it covers. */
export type PartResult<C> = {
  kind: 'part of an impact'
  format: typeof impactFormat
  part: PartOf
  about: ReportAbout
  /** What it is compared with, in words. */
  named: string
  data: RunData
  covered: C
}

/** Whether something is the result of a part. */
export function isPartResult<C>(value: unknown): value is PartResult<C> {
  const { kind, format } = (value ?? {}) as Partial<PartResult<C>>
  return kind === 'part of an impact' && format === impactFormat
}

/** Why some results do not make one run together; undefined if they do. Pure. */
export function partsMisfit(results: readonly PartResult<unknown>[]): string | undefined {
  const [first] = results
  if (first === undefined) return 'There is no part'
  const ofRun = (each: PartResult<unknown>) => {
    const { compared, since, until, app } = each.about
    return JSON.stringify([compared, since, until, app, each.part.of, each.part.by])
  }
  if (results.some(each => ofRun(each) !== ofRun(first))) {
    return 'The parts are not of one run: their rules, times, numbers of parts and versions of hookwarden must be the same'
  }
  const numbers = results.map(({ part }) => part.number)
  const twice = numbers.find((number, at) => numbers.indexOf(number) !== at)
  if (twice !== undefined) return `Part ${twice} of ${first.part.of} is there twice`
  const missing = Array.from({ length: first.part.of }, (_, at) => at + 1).filter(number => !numbers.includes(number))
  return missing.length === 0 ? undefined : `Of ${first.part.of} parts there is no ${missing.slice(0, 10).join(', ')}`
}

/** What all parts of a run found together: calls are counted exactly, people within 1 %. Pure. */
export function joinedData(results: readonly PartResult<unknown>[]): RunData {
  const inOrder = [...results].sort((a, b) => a.part.number - b.part.number)
  // Parts by key all read the same events.
  return joinedRuns(inOrder.map(({ part, data }) => ({ data, withEvents: part.by === 'time' || part.number === 1 })))
}

/** The same for what was found, where events are taken from some of it. Pure. */
export function joinedRuns(runs: readonly { data: RunData; withEvents: boolean }[]): RunData {
  const tally = new Tally()
  const coverage = new RunCoverage()
  const check = new RecordCheck({ rulesThen: async () => undefined, app: '' })
  for (const { data, withEvents } of runs) {
    tally.join(data.tally)
    coverage.join(data.coverage, { withEvents })
    check.join(data.check)
  }
  return { tally: tally.data, coverage: coverage.data, check: check.data }
}
