import type { Judged } from '../compile/judged.ts'
import { workOut } from '../compile/long-tests.ts'
import { inGroups, judgedAtOnce, noPause, type Pause, withPauses } from '../compile/pause.ts'
import type { Answers } from '../compile/question.ts'
import type { CompiledRule, RuleSet, Stage } from '../compile/ruleset.ts'
import type { View } from '../compile/view.ts'
import { type PlaceOf, placesIn } from '../yaml/places.ts'
import type { Call, Value } from './call.ts'
import { judged, noStages, receive } from './decide.ts'
import type { Decision, Match } from './decision.ts'
import { type EngineRule, engineView } from './engine-view.ts'
import type { Answering } from './gather.ts'
import { isInForce } from './judge.ts'
import { type Otherwise, otherwise, type Told } from './near-miss.ts'
import { changed } from './rewrite.ts'
import { type Trace, trace } from './trace.ts'

/** The result of one rule: it fired, did not fire, lacked a value, was exempted, or is not in force at this time. */
export type Result = 'matched' | 'not matched' | 'unknown' | 'exempted' | 'not in force'

/** One rule with its result and the reason. `changes` is what it rewrote. */
export type ExplainedRule = {
  rule: string
  stage: Stage
  mode: CompiledRule['mode']
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
export type ExplainOptions = { engine?: boolean; pause?: Pause } & Answering

/**
 * Decide a call and explain the decision.
 *
 * The decision comes from `decide`; the explanation only evaluates the same views again. Throws what `pause` throws.
 */
export async function explain(
  ruleSet: RuleSet,
  call: Call,
  at: number,
  { engine = false, pause = noPause, ...answering }: ExplainOptions = {},
): Promise<Explanation> {
  const { decision, answers } = await judged(ruleSet, call, at, { pause, ...answering })
  const received = receive(ruleSet, call, at).answered(answers)
  const stages = ruleSet.stages.get(call.callback.command) ?? noStages
  const explainer = explainerOf(ruleSet, decision)
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
      rules.push({ ...explainer.rule(rule, before), ...(shown.length > 0 && { changes: shown }) })
      if (engine) engineRules.push(...(await engineView([rule], before)))
    }
  }
  for await (const some of inGroups([...stages.exempt.rules, ...stages.reject.rules], judgedAtOnce(view), pause)) {
    for (const rule of some) {
      await withPauses(workOut(rule.longTests, view), pause)
      rules.push(explainer.rule(rule, view))
    }
    if (engine) engineRules.push(...(await engineView(some, view)))
  }
  return {
    decision,
    rules,
    answers,
    otherwise: otherwise(stages, view, decision, explainer.conditions(view)),
    ...(engine && { engine: engineRules }),
  }
}

type Explainer = {
  rule(rule: CompiledRule, view: View): ExplainedRule
  conditions(view: View): (judged: Judged) => Told
}

function explainerOf(ruleSet: RuleSet, decision: Decision): Explainer {
  const matches = new Map(decision.matches.map(match => [match.rule, match]))
  const place = placesIn(ruleSet.sources)
  return {
    rule(rule, view) {
      const { id, stage, mode } = rule
      const result = resultOf(rule, view, matches.get(id))
      return { rule: id, stage, mode, result, conditions: traceRule(rule, ruleSet, view, place) }
    },
    conditions: view => judged => {
      const { verdict, children, found, items, ...shown } = trace(judged, ruleSet.slots, view, place)
      return shown
    },
  }
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
