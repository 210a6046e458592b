import { availableParallelism } from 'node:os'
import type { RuleSet } from '../compile/ruleset.ts'
import { changedRules } from '../impact/changed-rules.ts'
import type { PartResult } from '../impact/part-result.ts'
import { impactFormat } from '../impact/report.ts'
import type { Selection } from '../impact/selection.ts'
import { shortCounts } from '../impact/short-counts.ts'
import { check } from '../lint/check.ts'
import { planReplay } from '../replay/plan.ts'
import { draftBeside } from '../replay/rule-sets.ts'
import { runImpact } from '../replay/run-impact.ts'
import type { Covered } from '../state/covered.ts'
import { secretsOf } from '../state/secrets.ts'
import type { SourceFile } from '../yaml/source.ts'
import { render } from './check.ts'
import { type Against, readAgainst } from './impact-against.ts'
import { mustBeWhole, readSelection, type SelectionFlags } from './impact-flags.ts'
import { readParts } from './impact-parts.ts'
import { progressOf } from './impact-progress.ts'
import { readTold, type ToldFlags, tellImpact } from './impact-told.ts'
import { type ExitCode, type Io, print, UsageError } from './io.ts'
import { readFilesOf } from './load.ts'
import { type RecordFlags, type RecordsAsked, readRecordFlags } from './records-asked.ts'
import { saveExamples } from './save-examples.ts'

/** Options of `hookwarden impact`, as typed. */
export type ImpactOptions = RecordFlags &
  SelectionFlags &
  ToldFlags & {
    /** The folder of the draft. */
    draft?: string
    against?: string
    secretFile?: string
    merge?: readonly string[]
    saveTest?: readonly string[]
    /** The version of this program, and the script of its second thread. */
    app: string
    script: URL
  }

/** Tell whom a draft of the rules would hit, by deciding recorded calls again. Throws UsageError and StateUnusable. */
export async function impact(options: ImpactOptions, io: Io): Promise<ExitCode> {
  const asked = await readRecordFlags(options, io)
  if (options.saveTest !== undefined) return saveExamples(options.saveTest, options, asked, io)
  const told = await readTold(options, io)
  const draft = options.draft === undefined ? undefined : await readDraft(options.draft, io)
  if (draft === null) return 2
  if (options.merge !== undefined) return tellImpact(await readParts(options.merge), { asked, draft, told }, io)
  if (draft === undefined) throw new UsageError('Name the folder of the draft: hookwarden impact my-draft')
  const result = await resultFor({ options, asked, draft, selection: readSelection(options) }, io)
  if (options.part === undefined) return tellImpact(result, { asked, draft, told }, io)
  io.out(`${JSON.stringify(result)}\n`)
  return 0
}

type Draft = { ruleSet: RuleSet; files: readonly SourceFile[]; dir: string }

/** The rules of the draft; null if they have errors, which are printed. */
async function readDraft(dir: string, io: Io): Promise<Draft | null> {
  const files = await readFilesOf(dir)
  const checked = check(files)
  if (checked.ruleSet !== null) return { ruleSet: checked.ruleSet, files, dir }
  print(render(checked, dir, 'pretty', io), io)
  return null
}

type Asked = { options: ImpactOptions; asked: RecordsAsked; draft: Draft; selection: Selection | undefined }

async function resultFor({ options, asked, draft: { files }, selection }: Asked, io: Io): Promise<PartResult<Covered>> {
  const { app, script, secretFile } = options
  const against = await readAgainst(options.against, asked)
  const { base } = against
  const draft = draftBeside(files, base)
  const ruleSets = base === 'record' ? [draft] : [base, draft]
  mustBeWhole(selection, ruleSets)
  const part = partOf(selection, ruleSets)
  const plan = await planReplay(asked.places.folders, asked, ruleSets, part.by === 'time' ? part : undefined)
  const secrets = await secretsOf(asked.places.folders, secretFile)
  const progress = progressOf(plan.span, io)
  const { data, covered } = await runImpact(plan, {
    ...{ base, draft, app, secrets, files: { draft: files, base: against.files } },
    selection: part.by === 'time' ? undefined : selection,
    script: availableParallelism() > 1 ? script : undefined,
    onProgress: progress.reached,
  })
  progress.end()
  const about = {
    app,
    ...aboutRules(against, draft),
    ...plan.whole,
    refusalsSince: plan.refusalsSince,
    shortCounts: shortCounts(ruleSets, { ...plan.whole, warmFrom: plan.warmFrom }),
    ...sampleOf(selection),
  }
  return { kind: 'part of an impact', format: impactFormat, part, about, named: against.named, data, covered }
}

function aboutRules({ base, inForce }: Against, draft: RuleSet) {
  const compared = { draft: draft.version, base: base === 'record' ? null : base.version }
  return { compared, changed: changedRules(inForce, draft) }
}

function sampleOf(selection: Selection | undefined) {
  return selection?.kind === 'sample' ? { sample: { share: selection.share, by: selection.by } } : {}
}

/** Where nothing is counted, each part has a time of its own, and reads nothing else. */
function partOf(selection: Selection | undefined, ruleSets: readonly RuleSet[]): PartResult<Covered>['part'] {
  if (selection?.kind !== 'part') return { number: 1, of: 1, by: 'key' }
  const { number, of } = selection
  return { number, of, by: ruleSets.every(({ counters }) => counters.size === 0) ? 'time' : 'key' }
}
