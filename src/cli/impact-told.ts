import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RuleSet } from '../compile/ruleset.ts'
import type { ImpactReport } from '../impact/report.ts'
import { visible } from '../language/show/visible.ts'
import { reasonIn } from '../state/state-errors.ts'
import { replace } from './fmt.ts'
import { type Judging, judge, readJudging } from './impact-judge.ts'
import { impactPage } from './impact-page.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { isFolder } from './load.ts'
import { renderImpact, type ShownImpact } from './render-impact.ts'

/** How a report is told, as typed. */
export type ToldFlags = { json?: true; html?: string; judge?: string }

/** How a report is told, and who judges it. */
export type Told = ToldFlags & { judging?: Judging }

/** Read the flags before the record is read, which takes a while. Throws UsageError. */
export async function readTold({ json, html, judge: most }: ToldFlags, io: Io): Promise<Told> {
  if (html !== undefined) await refuseUnwritable(html)
  return {
    ...(json && { json }),
    ...(html !== undefined && { html }),
    ...(most !== undefined && { judging: await readJudging(most, io) }),
  }
}

/** The draft, and the folder that its tests are added to. */
export type ToldDraft = { ruleSet: RuleSet; dir: string }

/** Ask for judgements, write the page, and print the report. 1 if a call is told of otherwise. Throws UsageError. */
export async function tellImpact(
  found: ImpactReport,
  { shown, draft, told }: { shown: ShownImpact; draft: ToldDraft | undefined; told: Told },
  io: Io,
): Promise<ExitCode> {
  const { json, html, judging } = told
  const judged = judging && (await judge(found, { draft, asked: shown.asked }, judging, io))
  const report = judged === undefined ? found : { ...found, judged }
  if (json) printJson(report, io)
  else print(`${judged === undefined ? '' : '\n'}${renderImpact(report, shown, io)}`, io)
  if (html !== undefined) await writePage(html, await impactPage(report, shown, draft?.ruleSet), io)
  return Object.values(report.totals).every(({ calls }) => calls === 0) ? 0 : 1
}

async function refuseUnwritable(path: string): Promise<void> {
  if (await isFolder(path)) throw new UsageError(`--html ${path} is a folder: name a file in it, such as impact.html`)
  const folder = dirname(path)
  if (!(await isFolder(folder))) throw new UsageError(`--html ${path}: there is no folder ${folder}`)
  const isOther = await stat(path).then(
    found => !found.isFile(),
    () => false,
  )
  if (isOther) throw new UsageError(`--html ${path} is not a file: name one that may be written`)
}

async function writePage(path: string, page: string, io: Io): Promise<void> {
  try {
    await replace(path, page)
  } catch (cause) {
    throw new UsageError(`Cannot write ${visible(path)}: ${reasonIn(cause)}`, { cause })
  }
  io.err(`Wrote ${visible(path)}\n`)
}
