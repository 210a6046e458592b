import { availableParallelism } from 'node:os'
import { compile } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { changedRules } from '../impact/changed-rules.ts'
import { type ImpactReport, reportOf } from '../impact/report.ts'
import { check } from '../lint/check.ts'
import { planReplay } from '../replay/plan.ts'
import { runImpact } from '../replay/run-impact.ts'
import { readRules } from '../state/kept-rules.ts'
import type { SourceFile } from '../yaml/source.ts'
import { render } from './check.ts'
import { type Against, readAgainst } from './impact-against.ts'
import { readTold, type ToldFlags, tellImpact } from './impact-told.ts'
import { type ExitCode, type Io, print } from './io.ts'
import { readFilesOf } from './load.ts'
import { type RecordFlags, type RecordsAsked, readRecordFlags, secretsOf } from './records-asked.ts'
import { saveExamples } from './save-examples.ts'

/** Options of `hookwarden impact`, as typed. */
export type ImpactOptions = RecordFlags &
  ToldFlags & {
    /** The folder of the draft. */
    draft: string
    against?: string
    secretFile?: string
    saveTest?: readonly string[]
    /** The version of this program, and the script of its second thread. */
    app: string
    script: URL
  }

/** Tell whom a draft of the rules would hit, by deciding recorded calls again. Throws UsageError and StateUnusable. */
export async function impact(options: ImpactOptions, io: Io): Promise<ExitCode> {
  const asked = readRecordFlags(options, io)
  if (options.saveTest !== undefined) return saveExamples(options.saveTest, options, asked, io)
  const told = await readTold(options, io)
  const draft = await readDraft(options.draft, io)
  if (draft === undefined) return 2
  const against = await readAgainst(options.against, asked)
  const { report, covered } = await reportFor({ options, asked, draft, against })
  const shown = { asked, covered, named: against.named }
  return tellImpact(report, { shown, draft: { ruleSet: draft.ruleSet, dir: options.draft }, told }, io)
}

type Draft = { ruleSet: RuleSet; files: readonly SourceFile[] }

/** The rules of the draft; undefined if they have errors, which are printed. */
async function readDraft(dir: string, io: Io): Promise<Draft | undefined> {
  const files = await readFilesOf(dir)
  const checked = check(files)
  if (checked.ruleSet !== null) return { ruleSet: checked.ruleSet, files }
  print(render(checked, dir, 'pretty', io), io)
  return undefined
}

type Asked = { options: ImpactOptions; asked: RecordsAsked; draft: Draft; against: Against }

async function reportFor({ options, asked, draft, against }: Asked) {
  const { app, script, secretFile } = options
  const { base } = against
  const ruleSets = base === 'record' ? [draft.ruleSet] : [base, draft.ruleSet]
  const plan = await planReplay(asked.dirs, asked, ruleSets)
  const { data, covered } = await runImpact(plan, {
    ...{ base, draft: draft.ruleSet, app, rulesThen, whoIsProtected: new Map() },
    files: { draft: draft.files, base: against.files },
    secrets: await secretsOf(asked.dirs, secretFile),
    script: availableParallelism() > 1 ? script : undefined,
  })
  const compared = { draft: draft.ruleSet.version, base: base === 'record' ? null : base.version }
  const changed = changedRules(against.inForce, draft.ruleSet)
  const report: ImpactReport = reportOf(data, { app, compared, ...plan.span, changed })
  return { report, covered }
}

/** The rules of a version as they are kept; undefined if they are lost, or this program cannot load them. */
async function rulesThen(dir: string, version: string): Promise<RuleSet | undefined> {
  const kept = await readRules(dir, version)
  return kept === undefined ? undefined : (compile(kept.files).ruleSet ?? undefined)
}
