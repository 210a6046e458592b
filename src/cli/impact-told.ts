import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RuleSet } from '../compile/ruleset.ts'
import type { PartResult } from '../impact/part-result.ts'
import { reportOf } from '../impact/report.ts'
import { visible } from '../language/show/visible.ts'
import type { Covered } from '../state/covered.ts'
import { reasonIn } from '../state/state-errors.ts'
import { replace } from './fmt.ts'
import { type Judging, judgeCalls, readJudging } from './impact-judge.ts'
import { impactPage } from './impact-page.ts'
import { type ExitCode, type Io, print, printJson, UsageError } from './io.ts'
import { isFolder } from './load.ts'
import type { RecordsAsked } from './records-asked.ts'
import { renderImpact } from './render-impact.ts'

/** How a report is told, as typed. */
export type ToldFlags = { json?: true; html?: string; judge?: string }

/** How a report is told, and who judges it. */
export type HowTold = ToldFlags & { judging?: Judging }

/** Read the flags before the record is read, which takes a while. Throws UsageError. */
export async function readTold(
  { json, html, judge: most, part }: ToldFlags & { part?: string },
  io: Io,
): Promise<HowTold> {
  if (part !== undefined && (json ?? html ?? most) !== undefined) {
    throw new UsageError('A part prints what it found for --merge: take --json, --html and --judge there')
  }
  if (html !== undefined) await refuseUnwritable(html)
  return {
    ...(json && { json }),
    ...(html !== undefined && { html }),
    ...(most !== undefined && { judging: await readJudging(most, io) }),
  }
}

/** What is told of: the draft is not known where parts are joined without it. */
export type Telling = { asked: RecordsAsked; draft: { ruleSet: RuleSet; dir: string } | undefined; told: HowTold }

/** What was found, of all parts. */
type Found = Omit<PartResult<Covered>, 'kind' | 'format' | 'part'>

/** Ask for judgements, write the page, and print the report. 1 unless nothing changes. Throws UsageError. */
export async function tellImpact(
  { data, about, named, covered }: Found,
  { asked, draft, told }: Telling,
  io: Io,
): Promise<ExitCode> {
  if (draft !== undefined && draft.ruleSet.version !== about.compared.draft) {
    throw new UsageError(`The parts are of another draft than ${draft.dir}: leave it out, or run them again`)
  }
  const { json, html, judging } = told
  const found = reportOf(data, about)
  const judged = judging && (await judgeCalls(found, { draft, asked }, judging, io))
  const report = judged === undefined ? found : { ...found, judged }
  const shown = { asked, covered, named }
  if (json) printJson(report, io)
  else print(`${judged === undefined ? '' : '\n'}${renderImpact(report, shown, io)}`, io)
  if (html !== undefined) await writePage(html, await impactPage(report, shown, draft?.ruleSet), io)
  return report.verdict === 'nothing changes' ? 0 : 1
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
