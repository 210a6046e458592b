import { joinedRuns } from '../impact/part-result.ts'
import { halfOf } from '../impact/selection.ts'
import type { SourceFile } from '../yaml/source.ts'
import { HalfThread } from './half-thread.ts'
import type { ReplayPlan } from './plan.ts'
import { type Replayed, type ReplayOptions, replayCalls } from './replay-calls.ts'

/** The record is not the same for both threads: a file of it was removed while it was read. */
export class RecordChanged extends Error {
  override name = 'RecordChanged'
  override message = 'The record changed while it was read: a file of it was removed. Try again'
}

export type RunImpactOptions = ReplayOptions & {
  /** The files of the rule sets, for a thread of its own. */
  files: { draft: readonly SourceFile[]; base: readonly SourceFile[] }
  /** The script of the second thread; without it, this one decides all calls. */
  script: URL | undefined
}

/**
 * Decide the calls on record by two rule sets, and compare. Throws StateUnusable and RecordChanged.
 *
 * Two threads read the record, and each decides half of its calls by both rule sets: calls that are counted together are
 * in the same half, so counts stay exact, and what both rule sets look at is read and folded once.
 */
export async function runImpact(plan: ReplayPlan, { files, script, ...options }: RunImpactOptions): Promise<Replayed> {
  if (script === undefined) return replayCalls(plan, options)
  const { base, secrets, selection, app } = options
  const thread = new HalfThread(script, {
    ...{ plan, secrets, app, draft: files.draft, selection: halfOf(selection, 2) },
    base: base === 'record' ? base : files.base,
  })
  try {
    const first = replayCalls(plan, { ...options, selection: halfOf(selection, 1) })
    const [here, there] = await Promise.all([first, thread.result])
    if (here.lines !== there.lines) throw new RecordChanged()
    const data = joinedRuns([
      { data: here.data, withEvents: true },
      { data: there.data, withEvents: false },
    ])
    return { ...here, data }
  } finally {
    await thread.end()
  }
}
