import { parentPort, workerData } from 'node:worker_threads'
import type { Selection } from '../impact/selection.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { ReplayPlan } from './plan.ts'
import { type Replayed, replayCalls } from './replay-calls.ts'
import { compiled, draftBeside } from './rule-sets.ts'

/** What the thread is started with. */
export type HalfWorkerData = {
  plan: ReplayPlan
  draft: readonly SourceFile[]
  base: readonly SourceFile[] | 'record'
  secrets: readonly string[]
  selection: Selection
  app: string
}

/** What the thread tells in the end. */
export type FromHalfWorker = Pick<Replayed, 'data' | 'lines'>

/** The thread that decides half of the calls, while another one decides the others. */
async function run({ plan, draft, base, secrets, selection, app }: HalfWorkerData): Promise<void> {
  const ruleSet = base === 'record' ? base : compiled(base)
  const options = { base: ruleSet, draft: draftBeside(draft, ruleSet), secrets, selection, app }
  const { data, lines } = await replayCalls(plan, options)
  parentPort?.postMessage({ data, lines } satisfies FromHalfWorker)
}

await run(workerData)
