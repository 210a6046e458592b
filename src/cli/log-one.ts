import { createColors } from 'picocolors'
import type { Colors } from 'picocolors/types.js'
import { findCallback } from '../callbacks/catalogue.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { visible } from '../language/show/visible.ts'
import { type Report, report } from '../protocol/report.ts'
import { readCall } from '../protocol/request.ts'
import type { RecordedDecision } from '../record/record-line.ts'
import { recordedCounts } from '../record/recorded-counts.ts'
import { coverageJson, coverageLines, missingLines, secondText } from './covered.ts'
import { outcomeText, whoText } from './decision-line.ts'
import { draftText } from './draft-text.ts'
import { type FoundDecision, findDecision, withDraft } from './find-decision.ts'
import { type ExitCode, type Io, print, printJson } from './io.ts'
import { filesOfVersion } from './kept-files.ts'
import { readFilesOf } from './load.ts'
import type { Places } from './places.ts'
import { type RecordFlags, type RecordsAsked, readRecordFlags } from './records-asked.ts'
import { renderReport } from './render-report.ts'

/** Options of `hookwarden log ID`: with `rules`, the decision is also made by those; with `all`, every rule is shown. */
export type LogOneOptions = RecordFlags & { id: string; rules?: string; all?: true; json?: true }

/** A report by some rules, or why there is none. */
type Redecided = { report: Report } | { problem: string }

/** Tell everything about one decision on record. Throws UsageError, StateUnusable, FolderUnreadable and WrongFolder. */
export async function logOne(options: LogOneOptions, io: Io): Promise<ExitCode> {
  const asked = await readRecordFlags(options, io)
  const { found: bare, coverage } = await findDecision(options.id, asked)
  const found = bare && (await withDraft(bare))
  if (found === undefined) {
    const lines = [`There is no decision ${options.id} on record`, ...coverageLines(coverage, asked)]
    if (options.json) printJson({ decision: null, covers: coverageJson(coverage, asked.now) }, io)
    else print(`${lines.join('\n')}\n`, io)
    return 1
  }
  const { decision } = found
  const then = await redecide(found, () => rulesThen(found))
  const today = options.rules === undefined ? undefined : await rulesToday(options.rules, found)
  if (options.json)
    printJson(
      { decision, content: found.content ?? null, draft: found.draft ?? null, then, ...(today && { today }) },
      io,
    )
  else {
    const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
    const parts = [
      headOf(found, asked, colors),
      reasonsThen(then, found, { colors, all: options.all === true }),
      ...(today === undefined ? [] : [reasonsToday(today, decision, { colors, dir: options.rules ?? '' })]),
    ]
    print(`${parts.join('\n\n')}\n`, io)
  }
  return 0
}

/** The rules that decided, as they are kept in the state folder. */
async function rulesThen({ place, decision }: FoundDecision): Promise<RuleSet | string> {
  const files = await filesOfVersion(place, decision.rules)
  if (files === undefined)
    return lackOf(place) ?? `The rules of that time, ${decision.rules}, are not in the state folder`
  return ruleSetOf(compile(files), 'The rules of that time do not load in this version of hookwarden')
}

async function rulesToday(rules: string, found: FoundDecision): Promise<Redecided> {
  const files = await readFilesOf(rules)
  return redecide(found, async () =>
    ruleSetOf(compile(files), `The rules in ${rules} have errors: hookwarden check ${rules}`),
  )
}

function ruleSetOf({ ruleSet }: Compiled, problem: string): RuleSet | string {
  return ruleSet ?? problem
}

const noContent = 'What the call said is no longer on record, so its reasons cannot be shown'

/** Why a place that had the decision did not answer further questions. */
function lackOf({ missing }: Places): string | undefined {
  return missing.length === 0 ? undefined : missingLines(missing).join('\n')
}

async function redecide(
  { decision, content, place }: FoundDecision,
  rulesOf: () => Promise<RuleSet | string>,
): Promise<Redecided> {
  if (content === undefined) return { problem: lackOf(place) ?? noContent }
  const callback = findCallback(decision.callback)
  if (callback === undefined) return { problem: `This version of hookwarden does not know ${decision.callback}` }
  const read = readCall(callback, content.call, { maxTextBytes: Number.MAX_SAFE_INTEGER })
  if (!read.ok) return { problem: `The call on record cannot be read: ${read.problem}` }
  const ruleSet = await rulesOf()
  if (typeof ruleSet === 'string') return { problem: ruleSet }
  return { report: await report(ruleSet, read.call, decision.at, { counts: recordedCounts(decision.facts) }) }
}

function headOf({ decision, content, draft }: FoundDecision, { zone }: RecordsAsked, colors: Colors): string {
  const { id, at, code, operationID, instance, rules, masked = [] } = decision
  const detail = content?.detail
  const message = content?.message ?? decision.message
  const sees = decision.decision === 'reject' && !decision.callback.startsWith('after')
  const row = (name: string, text: string) => `${name.padEnd(10)}${text}`
  return [
    colors.bold(`${secondText(at, zone)} ${zone.name}  ${whoText(decision)}`),
    row('call', visible(decision.callback)),
    row('outcome', outcomeText(decision, colors)),
    ...(sees ? [row('user saw', message === undefined ? `code ${code}` : `${visible(message)} (code ${code})`)] : []),
    ...(detail === undefined ? [] : [row('detail', visible(detail))]),
    ...(draft === undefined ? [] : [row('draft', `${draftText(draft, colors)} (draft ${draft.rules})`)]),
    ...(masked.length === 0
      ? []
      : [row('masked', `${masked.join(', ')}: what rules see of it here is not what was sent`)]),
    row('decision', colors.dim(`${visible(id)} on ${visible(instance)}, rules ${rules}`)),
    ...(operationID === '' ? [] : [row('operation', visible(operationID))]),
  ].join('\n')
}

function reasonsThen(
  then: Redecided,
  { decision }: FoundDecision,
  { colors, all }: { colors: Colors; all: boolean },
): string {
  if ('problem' in then) return colors.yellow(then.problem)
  const isSame = isSameDecision(then.report, decision)
  const warning = isSame ? '' : `${colors.yellow(otherwiseThen(decision))}\n\n`
  const left = all ? then.report : decisiveOnly(then.report)
  const hidden = then.report.rules.length - left.rules.length
  const more =
    hidden > 0
      ? `\n${colors.dim(`${hidden} ${hidden === 1 ? 'rule' : 'rules'} more did not match: --all shows them`)}`
      : ''
  return `${warning}${colors.bold('By the rules of that time')}\n${renderReport(left, colors).trimEnd()}${more}`
}

/** Only what fits on a screen: rules that matched, and what would have avoided the refusal. */
function decisiveOnly(made: Report): Report {
  const rules = made.rules.filter(({ result }) => result === 'matched' || result === 'exempted')
  // Where nothing matched, people ask why not.
  return rules.length === 0 ? made : { ...made, rules, nearMisses: [] }
}

function otherwiseThen({ masked = [], unsure }: RecordedDecision): string {
  const why =
    masked.length > 0
      ? 'fields are masked'
      : unsure
        ? 'not everything was known when it was decided'
        : 'counts or this version of hookwarden differ'
  return `Deciding the call again gives something else than on record, since ${why}. On record is what happened`
}

type TodayOptions = { colors: Colors; dir: string }

function reasonsToday(today: Redecided, decision: RecordedDecision, { colors, dir }: TodayOptions): string {
  if ('problem' in today) return colors.yellow(today.problem)
  const { version } = today.report
  if (version === decision.rules) return colors.dim(`The rules in ${visible(dir)} are the same`)
  const title = colors.bold(`By the rules in ${visible(dir)}`)
  if (isSameDecision(today.report, decision)) return `${title}\nThe same decision (rules ${version})`
  return `${title}\n${renderReport(decisiveOnly(today.report), colors).trimEnd()}`
}

function isSameDecision({ decision: made }: Report, { decision, code, rule, changes }: RecordedDecision): boolean {
  if (made.kind === 'reject') return decision === 'reject' && made.code === code && made.rule === rule
  const fields = new Set(changes.map(({ field }) => field))
  const rewritten = Object.keys(made.rewrites ?? {})
  return decision === 'allow' && fields.size === rewritten.length && rewritten.every(field => fields.has(field))
}
