import type { RuleSet } from '../compile/ruleset.ts'
import { durationMeant } from '../language/advice/meant-duration.ts'
import { suggest } from '../language/advice/suggest.ts'
import { durationText, longestMs, readDurationText } from '../language/duration.ts'
import { visible } from '../language/show/visible.ts'
import { check } from '../lint/check.ts'
import { readHistory } from '../state/history.ts'
import { readRules } from '../state/kept-rules.ts'
import { isOver, type RulePause, readPauses, withoutPause, withPause, writePauses } from '../state/pauses.ts'
import { openState } from '../state/state.ts'
import { StateInUse } from '../state/state-errors.ts'
import { readRulesFolder } from '../store/files.ts'
import { FolderUnreadable } from '../store/folder-unreadable.ts'
import { askAt, askService, type ServiceAnswer, whoAsks } from './ask-service.ts'
import { type ExitCode, type Io, print, UsageError } from './io.ts'
import { pauseNote } from './paused-rules.ts'
import { stateFolder } from './state-folder.ts'

/** The rule to pause or resume, the folders, and the admin addresses of other services to ask. */
export type PauseTarget = { rule: string; state: string | undefined; rules: string; peers: readonly string[] }

/** Options of `hookwarden pause`. `forTime` is a length of time as rules write it. */
export type PauseOptions = PauseTarget & { why: string; forTime: string | undefined }

/** What a service answers: the pause that holds now, and why it is not kept, or not known to others, if so. */
type Answer = { pause: RulePause | null; notKept?: string; notShared?: string }

/** Put a rule into shadow, in the running service or for the next one. Throws UsageError. */
export async function pauseRule(options: PauseOptions, io: Io): Promise<ExitCode> {
  const { rule, why, forTime } = options
  if (why.trim() === '') throw new UsageError('--why must say why, such as --why "refuses honest names"')
  const who = whoAsks(io.env)
  const forMs = forTime === undefined ? undefined : lengthOf(forTime)
  return changePause(options, io, {
    path: '/pause',
    body: { rule, why, who, ...(forMs !== undefined && { forMs }) },
    ofFile: async (pauses, dir) => {
      await checkRule(options, dir)
      const now = io.now().getTime()
      const until = forMs === undefined ? {} : { until: new Date(now + forMs).toISOString() }
      return withPause(pauses, { rule, since: new Date(now).toISOString(), ...until, why, who })
    },
  })
}

/** Enforce a paused rule again. Throws UsageError. */
export async function resumeRule(target: PauseTarget, io: Io): Promise<ExitCode> {
  const { rule } = target
  return changePause(target, io, {
    path: '/resume',
    body: { rule, who: whoAsks(io.env) },
    ofFile: async pauses => {
      const paused = pauses.map(each => each.rule)
      if (paused.includes(rule)) return withoutPause(pauses, rule)
      throw new UsageError(`The rule "${rule}" is not paused. ${suggest(rule, paused, 'Paused')}`)
    },
  })
}

/** A change to make: by asking a service, or in the file. */
type PauseChange = {
  path: '/pause' | '/resume'
  body: object
  ofFile(pauses: readonly RulePause[], dir: string): Promise<readonly RulePause[]>
}

async function changePause({ rule, state, peers }: PauseTarget, io: Io, change: PauseChange): Promise<ExitCode> {
  const dir = await stateFolder(state, io)
  const own = await askService<Answer>(dir, change.path, change.body)
  const answers = own === undefined ? [await changeFile(dir, rule, change, io)] : [own]
  for (const url of peers) {
    const answer = await askAt<Answer>(url, change.path, change.body)
    answers.push(answer === 'unreachable' ? { url, problem: 'No service answers there' } : answer)
  }
  const [only] = answers
  if (answers.length === 1 && only !== undefined && 'problem' in only) throw new UsageError(only.problem)
  for (const answer of answers) print(`${outcomeOf(answer, rule)}\n`, io)
  return answers.every(answer => 'body' in answer) ? 0 : 1
}

function outcomeOf(answer: ServiceAnswer<Answer>, rule: string): string {
  const { url } = answer
  if ('problem' in answer) return `${visible(url)}: ${answer.problem}`
  const { pause, notKept, notShared } = answer.body
  const done = pause === null ? `${rule} is enforced again` : `${rule} is ${pauseNote(pause)}`
  const lost = notKept === undefined ? '' : `, but only until that process ends: ${notKept}`
  const alone = notShared === undefined ? '' : `. Instances that share its store do not know it: ${notShared}`
  return `${done} (${visible(url)})${lost}${alone}`
}

/** Changes the file: a service that cannot be asked reads it within a second, one that starts does so, too. */
async function changeFile(dir: string, rule: string, change: PauseChange, io: Io): Promise<ServiceAnswer<Answer>> {
  const release = await lockUnlessServed(dir)
  try {
    const now = io.now().getTime()
    const pauses = await change.ofFile(
      (await readPauses(dir)).filter(pause => !isOver(pause, now)),
      dir,
    )
    await writePauses(dir, pauses)
    const pause = pauses.find(each => each.rule === rule) ?? null
    const reader = release === undefined ? 'the running service reads it within a second' : 'no service runs there'
    return { url: `${dir}/pauses.json; ${reader}`, body: { pause } }
  } finally {
    await release?.()
  }
}

/** Undefined if a service that does not answer uses the folder: it never waits for anybody, and reads the file. */
async function lockUnlessServed(dir: string): Promise<(() => Promise<void>) | undefined> {
  try {
    return (await openState(dir)).release
  } catch (error) {
    if (error instanceof StateInUse) return undefined
    throw error
  }
}

function lengthOf(text: string): number {
  const ms = readDurationText(text.trim())
  if (ms !== undefined && ms <= longestMs) return ms
  const meant = durationMeant(text)
  const hint =
    meant === undefined ? 'Write a length of time, as in --for "2 hours"' : `Write --for "${durationText(meant)}"`
  throw new UsageError(`--for must be a length of time up to 30 days, not "${text}". ${hint}`)
}

/** A rule that no file has, or none enforces, cannot be paused. Files with errors are not asked. */
async function checkRule({ rule, rules }: PauseOptions, dir: string): Promise<void> {
  const ruleSet = (await ruleSetOn(rules)) ?? (await lastInForce(dir))
  if (ruleSet === undefined) return
  const all = [...ruleSet.compiled.values()]
  const found = all.find(({ id }) => id === rule)
  if (found === undefined) {
    const ids = all.map(({ id }) => id)
    throw new UsageError(`There is no rule "${rule}" in ${rules}. ${suggest(rule, ids, 'Rules')}`)
  }
  if (found.mode === 'enforce') return
  const mode = found.mode === 'shadow' ? 'in shadow' : 'disabled'
  throw new UsageError(`The rule "${rule}" is already ${mode} in ${found.rule.span.file}`)
}

async function ruleSetOn(dir: string): Promise<RuleSet | undefined> {
  try {
    return check(await readRulesFolder(dir)).ruleSet ?? undefined
  } catch (error) {
    if (error instanceof FolderUnreadable) return undefined
    throw error
  }
}

async function lastInForce(dir: string): Promise<RuleSet | undefined> {
  const last = (await readHistory(dir)).lines.at(-1)
  const kept = last && (await readRules(dir, last.version))
  return kept && (check(kept.files).ruleSet ?? undefined)
}
