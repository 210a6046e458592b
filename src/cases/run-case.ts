import { withImplied, withValue } from '../callbacks/derived.ts'
import { noPause } from '../compile/pause.ts'
import type { Answers } from '../compile/question.ts'
import type { CompiledRule, RuleSet, StageRules, Stages } from '../compile/ruleset.ts'
import type { Drawing } from '../compile/share.ts'
import type { View } from '../compile/view.ts'
import { countsAfter, earlierCalls } from '../count/earlier.ts'
import type { Call, Value } from '../decide/call.ts'
import { decide, judged, receive } from '../decide/decide.ts'
import type { Change, Decision } from '../decide/decision.ts'
import { type ExplainedRule, explain } from '../decide/explain.ts'
import { judge } from '../decide/judge.ts'
import type { Case } from '../language/rule.ts'
import { startsOfDates, timeTestsIn } from './dated-moments.ts'

/**
 * The result of one case.
 *
 * `rule` is present if the case belongs to a rule, and ran against that rule alone. `rules` explains each rule that
 * ran.
 */
export type CaseResult = {
  case: Case
  rule?: CompiledRule
  status: 'passed' | 'failed' | 'needs time'
  decision: Decision
  rules: readonly ExplainedRule[]
  /** What changes again if the rewrites run on their own result; undefined if nothing does. */
  unstable?: Change
}

/** An ordinary time: cases without a time must have the same result at any other. */
const anyTime = Date.UTC(2026, 0, 7, 12)

/** Run one case of a file against the whole rule set. */
export function runCase(ruleSet: RuleSet, each: Case): Promise<CaseResult> {
  return runIn(ruleSet, each)
}

/** Whether a case passes. `suspects` limits the check for time dependence to rules that changed since it passed. */
export async function passes(ruleSet: RuleSet, each: Case, suspects = ruleSet): Promise<boolean> {
  const call: Call = { callback: each.callback, values: each.given }
  const at = each.at ?? anyTime
  const drawing = drawingOf(each)
  const counts = await countsAfter(ruleSet, earlierCalls(each.after, at), { call, at, drawing })
  const { decision, answers } = await judged(ruleSet, call, at, { counts, drawing })
  if (!isExpected(each, decision)) return false
  return each.at !== undefined || !(await dependsOnTime(suspects, call, answers))
}

/** Run one case of a rule against that rule alone, as if it were enforced, so that rules in any mode can be tested. */
export async function runOwnCase(ruleSet: RuleSet, rule: CompiledRule, each: Case): Promise<CaseResult> {
  return { ...(await runIn(onlyRule(rule, ruleSet), each)), rule }
}

/** A case says on which side of all shares its call is: in them, unless it says otherwise. */
function drawingOf({ share }: Case): Drawing {
  return share?.side ?? 'in'
}

async function runIn(ruleSet: RuleSet, each: Case): Promise<CaseResult> {
  const call: Call = { callback: each.callback, values: withImplied<Value>(each.callback, each.given) }
  const at = each.at ?? anyTime
  const drawing = drawingOf(each)
  const counts = await countsAfter(ruleSet, earlierCalls(each.after, at), { call, at, drawing })
  const { decision, rules, answers } = await explain(ruleSet, call, at, { counts, drawing })
  if (each.at === undefined && (await dependsOnTime(ruleSet, call, answers))) {
    return { case: each, status: 'needs time', decision, rules }
  }
  const status = isExpected(each, decision) ? 'passed' : 'failed'
  const unstable = await changedAgain(ruleSet, call, decision, { at, drawing })
  return { case: each, status, decision, rules, ...(unstable && { unstable }) }
}

/** The rule set with only this rule, enforced, for its share if it has one. Its named counters go on counting. */
export function onlyRule(rule: CompiledRule, ruleSet: RuleSet): RuleSet {
  const only: CompiledRule = { ...rule, mode: 'enforce' }
  const none: StageRules = { rules: [], mayFire: () => [] }
  const stages: Stages = {
    rewrite: none,
    exempt: none,
    reject: none,
    [rule.stage]: { rules: [only], mayFire: () => [only] },
  }
  return { ...ruleSet, stages: new Map(rule.rule.callbacks.map(({ command }) => [command, stages])) }
}

/** Whether a decision is what a case expects. */
export function isExpected({ expect }: Case, decision: Decision): boolean {
  switch (expect.kind) {
    case 'allow':
      return decision.kind === 'allow' && decision.rewrites.size === 0
    case 'reject':
      return (
        decision.kind === 'reject' &&
        decision.code === expect.code &&
        (expect.message === undefined || decision.message === expect.message.text) &&
        (expect.by === undefined || decision.rule === expect.by.id)
      )
    case 'rewrite':
      return decision.kind === 'allow' && isSame(decision.rewrites, expect.fields) && isBy(expect.by?.id, decision)
  }
}

function isSame(actual: ReadonlyMap<string, Value>, expected: ReadonlyMap<string, unknown>): boolean {
  return actual.size === expected.size && [...expected].every(([field, value]) => isAlike(actual.get(field), value))
}

/** Whether values are deeply equal; a field missing from an item is absent, like one that is null. */
function isAlike(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b) || (Array.isArray(a) && a.length !== (b as unknown[]).length)) return false
  const [one, other] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return [...new Set([...one.keys(), ...other.keys()])].every(key => isAlike(one.get(key), other.get(key)))
}

/** Whether a rule made the last change to each field that changed. */
function isBy(id: string | undefined, { changes }: Decision): boolean {
  const last = new Map(changes.map(({ field, rule }) => [field, rule]))
  return id === undefined || [...last.values()].every(rule => rule === id)
}

/** A change that the rules would make again to the rewritten call. */
async function changedAgain(
  ruleSet: RuleSet,
  call: Call,
  decision: Decision,
  { at, drawing }: { at: number; drawing: Drawing },
): Promise<Change | undefined> {
  if (decision.kind !== 'allow' || decision.rewrites.size === 0) return undefined
  const { callback } = call
  let { values } = call
  for (const [field, value] of decision.rewrites) values = withValue<Value>(callback, values, field, value)
  const again = await decide(ruleSet, { callback, values }, at, { drawing })
  if (again.kind !== 'allow') return undefined
  return again.changes.find(({ field }) => again.rewrites.has(field))
}

/** Half an hour: nobody writes a shorter time span that matters. */
const stepMs = 30 * 60_000
const stepsInDay = 48
const stepsInWeek = 7 * stepsInDay

/** Of more days none is looked at: a case shows its time by the first of them. */
const mostDays = 60

/** Whether the decision on a call depends on the time of the week or on the date. */
export async function dependsOnTime(ruleSet: RuleSet, call: Call, answers: Answers = new Map()): Promise<boolean> {
  const viewAt = (at: number) => receive(ruleSet, call, at).answered(answers)
  const { rewrite, exempt, reject } = ruleSet.stages.get(call.callback.command) ?? {}
  const rules = [rewrite, exempt, reject].flatMap(stage => stage?.rules ?? [])
  const dated = rules.filter(rule => rule.mode !== 'disabled' && (rule.from !== undefined || rule.until !== undefined))
  const timeless = dated.map(({ from, until, ...rule }) => rule)
  if ((await judge(timeless, viewAt(anyTime), noPause)).length > 0) return true
  const atAnyTime = viewAt(Number.NaN)
  const timed = rules.filter(rule => rule.mode !== 'disabled' && mayFire(rule, atAnyTime) && usesTime(rule))
  return timed.some(rule => firesAtTimes(rule, viewAt))
}

function mayFire({ when, unless }: CompiledRule, view: View): boolean {
  return when.judge(view) !== false && unless?.judge(view) !== true
}

/** Whether a rule fires at some times and not at others: of the week, or of days that it names and those after them. */
function firesAtTimes({ when, unless }: CompiledRule, viewAt: (at: number) => View): boolean {
  const days = startsOfDates([when, ...(unless === undefined ? [] : [unless])].flatMap(timeTestsIn))
  const spans = [{ start: anyTime, steps: stepsInWeek }].concat(
    days.slice(0, mostDays).map(start => ({ start, steps: stepsInDay })),
  )
  const verdicts = new Set<boolean>()
  for (const { start, steps } of spans) {
    for (let step = 0; step < steps && verdicts.size < 2; step += 1) {
      const view = viewAt(start + step * stepMs)
      verdicts.add(when.judge(view) === true && unless?.judge(view) !== true)
    }
  }
  return verdicts.size === 2
}

function usesTime({ when, unless }: CompiledRule): boolean {
  const hasTime = ({ leaf, parts }: CompiledRule['when']): boolean => leaf?.slot === 'time' || parts.some(hasTime)
  return hasTime(when) || (unless !== undefined && hasTime(unless))
}
