import type { RuleSet } from '../compile/ruleset.ts'
import { ImpactRun, type RunData } from '../impact/impact-run.ts'
import { readRecorded } from '../impact/recorded.ts'
import { refusalMs } from '../impact/refusals.ts'
import { type Selection, selects } from '../impact/selection.ts'
import { unmaskBy } from '../impact/unmask.ts'
import { whoIsProtected } from '../impact/who-is-protected.ts'
import type { Covered } from '../state/covered.ts'
import { nothingCovered, readCalls } from '../state/read-calls.ts'
import { readSegments } from '../state/read-records.ts'
import type { ReplayPlan } from './plan.ts'
import { rulesThen } from './rule-sets.ts'

/** What is needed to decide the calls on record, besides the record. */
export type ReplayOptions = {
  base: RuleSet | 'record'
  draft: RuleSet
  /** The secrets of the masks, as far as they are known. */
  secrets: readonly string[]
  selection: Selection | undefined
  /** The version of this program. */
  app: string
  /** Called now and then with the time of the record that was reached. */
  onProgress?: ((at: number) => void) | undefined
}

/** What was found, and of which instances and hours; `lines` is how many were read. */
export type Replayed = { data: RunData; covered: Covered; lines: number }

/** Goes through the record, and decides the selected calls by both rule sets. Throws StateUnusable. */
export async function replayCalls(plan: ReplayPlan, options: ReplayOptions): Promise<Replayed> {
  const { span, warmFrom, segments } = plan
  const { base, draft, secrets, selection, app, onProgress } = options
  const ruleSets = base === 'record' ? [draft] : [base, draft]
  const sampledBy = selection?.kind === 'sample' ? selection.by : undefined
  const run = new ImpactRun({
    ...{ base, draft, app, rulesThen, since: span.since, warmFrom, sampledBy },
    whoIsProtected: whoIsProtected(ruleSets, secrets),
    areNamesKnown: secrets.length > 0,
  })
  await noteBefore(plan, run)
  const covered = nothingCovered({ since: warmFrom, until: span.until })
  const see = unmaskBy(secrets, () => ruleSets)
  const isMine = selects(selection, ruleSets)
  let lines = 0
  for await (const batch of readCalls(segments, covered)) {
    for (const each of batch) {
      const read = readRecorded(each, see)
      await run.add(read, each.dir, read.kind === 'decision' && isMine(read))
    }
    lines += batch.length
    onProgress?.(batch.at(-1)?.at ?? 0)
  }
  return { data: run.data, covered: within(covered, span.since), lines }
}

/** Who was refused before the time that is read, and what was paused. */
async function noteBefore({ dirs, warmFrom }: ReplayPlan, run: ImpactRun): Promise<void> {
  const refused = { since: Math.max(0, warmFrom - refusalMs), until: warmFrom - 1, bytes: ['"decision":"reject"'] }
  const pauses = { since: 0, until: warmFrom - 1, bytes: [['"event":"paused"', '"event":"resumed"']] }
  for (const wanted of [refused, pauses]) {
    if (wanted.until < wanted.since) continue
    await readSegments(dirs, wanted, ({ at, id, text, place: dir }) => {
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
