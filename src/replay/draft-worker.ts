import { parentPort, workerData } from 'node:worker_threads'
import { compile } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { type Selection, selects } from '../impact/selection.ts'
import { unmaskBy } from '../impact/unmask.ts'
import { lazily } from '../text/memo.ts'
import type { SourceFile } from '../yaml/source.ts'
import { type DraftBatch, decideByDraft } from './draft-side.ts'
import type { ReplayPlan } from './plan.ts'

/** What the thread is started with. */
export type DraftWorkerData = {
  plan: ReplayPlan
  draft: readonly SourceFile[]
  /** The rules that the draft is compared with, as far as they name values that masks hide. */
  base: readonly SourceFile[]
  secrets: readonly string[]
  selection: Selection | undefined
}

/** What the thread tells, and is told: how many batches were taken. */
export type FromDraftWorker = { kind: 'batch'; batch: DraftBatch } | { kind: 'end' }
export type ToDraftWorker = { taken: number }

/** So many batches wait at most to be taken. */
const mostWaiting = 64

/** The thread that decides by the draft, while another one decides by the rules in force. */
async function run({ plan, draft, base, secrets, selection }: DraftWorkerData): Promise<void> {
  let [told, taken] = [0, 0]
  let onTaken = () => {}
  parentPort?.on('message', (message: ToDraftWorker) => {
    taken = message.taken
    onTaken()
  })
  const ruleSet = ruleSetOf(draft)
  const ruleSets = lazily(() => (base.length === 0 ? [ruleSet] : [ruleSetOf(base), ruleSet]))
  const isMine = selection === undefined ? () => true : selects(selection, ruleSets())
  const options = { draft: ruleSet, see: unmaskBy(secrets, ruleSets), areNamesKnown: secrets.length > 0, isMine }
  for await (const batch of decideByDraft(plan, options)) {
    parentPort?.postMessage({ kind: 'batch', batch } satisfies FromDraftWorker, [batch.flags.buffer])
    told += 1
    while (told - taken > mostWaiting) {
      await new Promise<void>(resolve => {
        onTaken = resolve
      })
    }
  }
  parentPort?.postMessage({ kind: 'end' } satisfies FromDraftWorker)
  parentPort?.removeAllListeners()
}

/** Rules that loaded a moment ago. */
function ruleSetOf(files: readonly SourceFile[]): RuleSet {
  const { ruleSet } = compile(files, { allowEmpty: true })
  if (ruleSet === null) throw new Error('The rules changed while they were read')
  return ruleSet
}

await run(workerData)
