import { workOut } from '../compile/long-tests.ts'
import { inGroups, judgedAtOnce, noPause, type Pause, withPauses } from '../compile/pause.ts'
import type { Answers } from '../compile/question.ts'
import type { CompiledRule, RuleSet, Stage } from '../compile/ruleset.ts'
import { asDrawn, type Drawing, drawnBy } from '../compile/share.ts'
import type { View } from '../compile/view.ts'
import { type PlaceOf, placesIn } from '../yaml/places.ts'
import type { Call, Value } from './call.ts'
import { judged, noStages, receive } from './decide.ts'
import type { Decision, Match } from './decision.ts'
import { type EngineRule, engineView } from './engine-view.ts'
import type { Answering } from './gather.ts'
import { isInForce } from './judge.ts'
import { type Otherwise, otherwise, type Showing } from './near-miss.ts'
import { changed } from './rewrite.ts'
import { type Trace, trace } from './trace.ts'

/** The result of one rule: it fired, did not fire, lacked a value, was exempted, or is not in force at this time. */
export type Result = 'matched' | 'not matched' | 'unknown' | 'exempted' | 'not in force'

/** The share of a rule, and whether the call is in it. `value` is what it is drawn by; null if the call has nothing. */
export type ExplainedShare = { percent: number; by: string; value: string | null; isIn: boolean }

/** One rule with its result and the reason. `changes` is what it rewrote. */
export type ExplainedRule = {
  rule: string
  stage: Stage
  /** For this call: in shadow if it is not in the share of the rule. */
  mode: CompiledRule['mode']
  share?: ExplainedShare
  result: Result
  conditions: Trace
  changes?: readonly { field: string; from: Value; to: Value }[]
}

/**
 * A decision; every rule for the callback in the order they run, and why it fired or not; and what would have changed
 * the decision.
 */
export type Explanation = {
  decision: Decision
  rules: readonly ExplainedRule[]
  otherwise: Otherwise
  /** What was answered of facts that the call does not carry. */
  answers: Answers
  engine?: readonly EngineRule[]
}

/** With `engine`, the explanation also has what json-rules-engine returned for every rule. */
export type ExplainOptions = { engine?: boolean; pause?: Pause; drawing?: Drawing } & Answering

/**
 * Decide a call and explain the decision.
 *
 * The decision comes from `decide`; the explanation only evaluates the same views again. Throws what `pause` throws.
 */
export async function explain(
  ruleSet: RuleSet,
  call: Call,
  at: number,
  { engine = false, pause = noPause, drawing, ...answering }: ExplainOptions = {},
): Promise<Explanation> {
  const { decision, answers } = await judged(ruleSet, call, at, { pause, drawing, ...answering })
  const received = receive(ruleSet, call, at).answered(answers)
  const stages = ruleSet.stages.get(call.callback.command) ?? noStages
  const explainer = explainerOf(ruleSet, decision, rule => asDrawn(rule, received, drawing))
  const rules: ExplainedRule[] = []
  const engineRules: EngineRule[] = []
  let view = received
  // Each rewrite rule is explained with the values that it saw, all others with the result of the rewrites.
  for await (const some of inGroups(stages.rewrite.rules, judgedAtOnce(received), pause)) {
    for (const rule of some) {
      const before = view
      const changes = decision.changes.filter(change => change.rule === rule.id)
      for (const change of changes) view = changed(view, call.callback, change)
      const shown = changes.map(({ field, from, to }) => ({ field, from, to }))
      await withPauses(workOut(rule.longTests, before), pause)
      rules.push({ ...explainer.rule(rule, before, received), ...(shown.length > 0 && { changes: shown }) })
      if (engine) engineRules.push(...(await engineView([rule], before)))
    }
  }
  for await (const some of inGroups([...stages.exempt.rules, ...stages.reject.rules], judgedAtOnce(view), pause)) {
    for (const rule of some) {
      await withPauses(workOut(rule.longTests, view), pause)
      rules.push(explainer.rule(rule, view, received))
    }
    if (engine) engineRules.push(...(await engineView(some, view)))
  }
  return {
    decision,
    rules,
    answers,
    otherwise: otherwise(stages, view, decision, explainer),
    ...(engine && { engine: engineRules }),
  }
}

type Explainer = Showing & { rule(rule: CompiledRule, view: View, received: View): ExplainedRule }

/** `drawn` is a rule in its mode for the call. */
function explainerOf(ruleSet: RuleSet, decision: Decision, drawn: Showing['drawn']): Explainer {
  const matches = new Map(decision.matches.map(match => [match.rule, match]))
  const place = placesIn(ruleSet.sources)
  return {
    drawn,
    rule(rule, view, received) {
      const { id, stage } = rule
      const { mode } = drawn(rule)
      const result = resultOf(rule, view, matches.get(id))
      const share = shareOf(rule, mode, received)
      return {
        ...{ rule: id, stage, mode, ...(share && { share }) },
        ...{ result, conditions: traceRule(rule, ruleSet, view, place) },
      }
    },
    show: (judged, view) => {
      const { verdict, children, found, items, ...shown } = trace(judged, ruleSet.slots, view, place)
      return shown
    },
  }
}

function shareOf({ share, mode }: CompiledRule, drawn: CompiledRule['mode'], received: View) {
  if (share === undefined || mode !== 'enforce') return undefined
  const { percent, by } = share
  return { percent, by: by.text, value: drawnBy(share, received), isIn: drawn === 'enforce' }
}

function resultOf(rule: CompiledRule, view: View, match: Match | undefined): Result {
  if (!isInForce(rule, view)) return 'not in force'
  if (match !== undefined) return match.exempted ? 'exempted' : 'matched'
  const verdict = rule.when.judge(view)
  if (verdict === null) return 'unknown'
  return verdict ? 'exempted' : 'not matched'
}

function traceRule(rule: CompiledRule, ruleSet: RuleSet, view: View, place: PlaceOf): Trace {
  const when = trace(rule.when, ruleSet.slots, view, place)
  if (rule.unless === undefined) return when
  const unless = trace(rule.unless, ruleSet.slots, view, place)
  const verdict = unless.verdict === true ? false : when.verdict
  const { file } = when
  const exemption = { text: 'unless', file: unless.file, line: unless.line, actual: null, verdict: unless.verdict }
  const children = [when, { ...exemption, children: [unless] }]
  return { text: 'when and unless', file, line: when.line, actual: null, verdict, children }
}
