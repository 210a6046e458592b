import { compile } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { changedRules } from '../impact/changed-rules.ts'
import { type ImpactReport, reportOf } from '../impact/report.ts'
import { unmaskBy } from '../impact/unmask.ts'
import { planReplay } from '../replay/plan.ts'
import { runImpact } from '../replay/run-impact.ts'
import { readRules } from '../state/kept-rules.ts'
import { loadOrPrint } from './check.ts'
import { type Against, readAgainst } from './impact-against.ts'
import { type ExitCode, type Io, print, printJson } from './io.ts'
import { type RecordFlags, type RecordsAsked, readRecordFlags, secretsOf } from './records-asked.ts'
import { renderImpact } from './render-impact.ts'

/** Options of `hookwarden impact`, as typed. */
export type ImpactOptions = RecordFlags & {
  /** The folder of the draft. */
  draft: string
  against?: string
  secretFile?: string
  json?: true
  /** The version of this program. */
  app: string
}

/** Tell whom a draft of the rules would hit, by deciding recorded calls again. Throws UsageError and StateUnusable. */
export async function impact(options: ImpactOptions, io: Io): Promise<ExitCode> {
  const asked = readRecordFlags(options, io)
  const draft = await loadOrPrint(options.draft, io)
  if (draft === undefined) return 2
  const against = await readAgainst(options.against, asked, io)
  const secrets = await secretsOf(asked.dirs, options.secretFile)
  const { report, covered } = await reportFor({ asked, draft, against, secrets, app: options.app })
  if (options.json) printJson(report, io)
  else print(renderImpact(report, { asked, covered, draftDir: options.draft, named: against.named }, io), io)
  return report.verdict === 'nothing changes' || isNothing(report) ? 0 : 1
}

function isNothing({ totals }: ImpactReport): boolean {
  return Object.values(totals).every(({ calls }) => calls === 0)
}

type Asked = { asked: RecordsAsked; draft: RuleSet; against: Against; secrets: readonly string[]; app: string }

async function reportFor({ asked, draft, against, secrets, app }: Asked) {
  const { dirs, since, until } = asked
  const ruleSets = against.base === 'record' ? [draft] : [against.base, draft]
  const plan = await planReplay(dirs, { since, until }, ruleSets)
  const { data, covered } = await runImpact(plan, {
    ...{ base: against.base, draft, app, rulesThen, see: unmaskBy(secrets, ruleSets) },
    areNamesKnown: secrets.length > 0,
    whoIsProtected: new Map(),
  })
  const base = against.base === 'record' ? null : against.base.version
  const compared = { draft: draft.version, base }
  const changed = changedRules(against.inForce, draft)
  const first = Math.min(until, ...covered.instances.flatMap(({ hours }) => hours))
  return { report: reportOf(data, { app, compared, since: Math.max(since, first), until, changed }), covered }
}

/** The rules of a version as they are kept; undefined if they are lost, or this program cannot load them. */
async function rulesThen(dir: string, version: string): Promise<RuleSet | undefined> {
  const kept = await readRules(dir, version)
  return kept === undefined ? undefined : (compile(kept.files).ruleSet ?? undefined)
}
