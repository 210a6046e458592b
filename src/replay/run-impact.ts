import { type ByDraft, ImpactRun, type RunData, type RunOptions } from '../impact/impact-run.ts'
import { readRecorded } from '../impact/recorded.ts'
import { refusalMs } from '../impact/refusals.ts'
import { type Selection, selects } from '../impact/selection.ts'
import { Side } from '../impact/side.ts'
import { unmaskBy } from '../impact/unmask.ts'
import { nothingCovered, readCalls } from '../state/read-calls.ts'
import { type Covered, readSegments } from '../state/read-records.ts'
import type { SourceFile } from '../yaml/source.ts'
import { inOrderOf } from './draft-side.ts'
import { draftInThread } from './draft-thread.ts'
import type { ReplayPlan } from './plan.ts'

/** What was found, and of which instances and hours. */
export type Replayed = { data: RunData; covered: Covered }

export type ReplayOptions = Omit<RunOptions, 'since' | 'warmFrom' | 'areNamesKnown'> & {
  /** The files of the rule sets, for a thread of its own. */
  files: { draft: readonly SourceFile[]; base: readonly SourceFile[] }
  /** The secrets of the masks, as far as they are known. */
  secrets: readonly string[]
  selection: Selection | undefined
  /** The script of the thread that decides by the draft; without it, this thread does both. */
  script: URL | undefined
  /** Called now and then with the time of the record that was reached. */
  onProgress?: (at: number) => void
}

/**
 * Decide the calls on record by two rule sets, and compare. Throws StateUnusable and RecordChanged.
 *
 * Each of two threads reads the record, and decides it by one of the rule sets: both have as much to do, what they count
 * stays exact, and nothing but outcomes goes between them.
 */
export async function runImpact(plan: ReplayPlan, options: ReplayOptions): Promise<Replayed> {
  const { span, warmFrom, segments } = plan
  const { base, draft, secrets, files, selection, script } = options
  const areNamesKnown = secrets.length > 0
  const sampledBy = selection?.kind === 'sample' ? selection.by : undefined
  const run = new ImpactRun({ ...options, since: span.since, warmFrom, areNamesKnown, sampledBy })
  await noteBefore(plan, run)
  const covered = nothingCovered({ since: warmFrom, until: span.until })
  const ruleSets = base === 'record' ? [draft] : [base, draft]
  const see = unmaskBy(secrets, () => ruleSets)
  const isMine = selects(selection, ruleSets)
  const thread = script && draftInThread(script, { plan, draft: files.draft, base: files.base, secrets, selection })
  const byDraft = thread === undefined ? decidedHere(new Side(draft, warmFrom)) : inOrderOf(thread)
  try {
    for await (const batch of readCalls(segments, covered)) {
      for (const lines of batch) {
        const read = readRecorded(lines, see)
        await run.add(read, lines.dir, read.kind === 'decision' && isMine(read), byDraft)
      }
      options.onProgress?.(batch.at(-1)?.at ?? 0)
    }
  } finally {
    await thread?.return(undefined)
  }
  return { data: run.data, covered: within(covered, span.since) }
}

function decidedHere(side: Side): ByDraft {
  return ({ at }, call, without) => side.decide(call, at, without)
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
