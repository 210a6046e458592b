import { ImpactRun, type RunData, type RunOptions } from '../impact/impact-run.ts'
import { readRecorded, type SeeCall } from '../impact/recorded.ts'
import { refusalMs } from '../impact/refusals.ts'
import { Side } from '../impact/side.ts'
import { nothingCovered, readCalls } from '../state/read-calls.ts'
import { type Covered, readSegments } from '../state/read-records.ts'
import type { ReplayPlan } from './plan.ts'

/** What was found, and of which instances and hours. */
export type Replayed = { data: RunData; covered: Covered }

export type ReplayOptions = Omit<RunOptions, 'since' | 'warmFrom'> & {
  see: SeeCall
  /** Called now and then with the time of the record that was reached. */
  onProgress?: (at: number) => void
}

/** Decide the calls on record by two rule sets, and compare. Throws StateUnusable. */
export async function runImpact(plan: ReplayPlan, options: ReplayOptions): Promise<Replayed> {
  const { span, warmFrom, segments } = plan
  const run = new ImpactRun({ ...options, since: span.since, warmFrom })
  await noteBefore(plan, run)
  const covered = nothingCovered({ since: warmFrom, until: span.until })
  const draft = new Side(options.draft, warmFrom)
  for await (const batch of readCalls(segments, covered)) {
    for (const lines of batch) {
      await run.add(readRecorded(lines, options.see), lines.dir, true, (call, at, without) =>
        draft.decide(call, at, without),
      )
    }
    options.onProgress?.(batch.at(-1)?.at ?? 0)
  }
  return { data: run.data, covered: within(covered, span.since) }
}

/** Who was refused before the time that is read, and what was paused. */
async function noteBefore({ dirs, warmFrom }: ReplayPlan, run: ImpactRun): Promise<void> {
  const refused = { since: Math.max(0, warmFrom - refusalMs), until: warmFrom - 1, bytes: ['"decision":"reject"'] }
  const pauses = { since: 0, until: warmFrom - 1, bytes: [['"event":"paused"', '"event":"resumed"']] }
  for (const wanted of [refused, pauses]) {
    if (wanted.until < wanted.since) continue
    await readSegments(dirs, wanted, ({ at, id, text, segment: { dir } }) => {
      run.before(readRecorded({ at, id, text, dir }), dir)
    })
  }
}

const hourMs = 3_600_000

/** What only fills the counts is not part of the answer. */
function within(covered: Covered, since: number): Covered {
  const instances = covered.instances
    .map(each => ({ ...each, hours: each.hours.filter(hour => hour + hourMs > since) }))
    .filter(({ hours }) => hours.length > 0)
  return { ...covered, since, instances }
}
