import type { Judged } from '../compile/judged.ts'
import { workOut } from '../compile/long-tests.ts'
import { inGroups, judgedAtOnce, noPause, type Pause, withPauses } from '../compile/pause.ts'
import type { CompiledRule, RuleSet, Stage } from '../compile/ruleset.ts'
import { View } from '../compile/view.ts'
import { type PlaceOf, placesIn } from '../yaml/places.ts'
import type { Call, Value } from './call.ts'
import { decide, noStages } from './decide.ts'
import type { Decision, Match } from './decision.ts'
import { type EngineRule, engineView } from './engine-view.ts'
import { isInForce } from './judge.ts'
import { type Otherwise, otherwise, type Told } from './near-miss.ts'
import { changed } from './rewrite.ts'
import { type Trace, trace } from './trace.ts'

/** What became of one rule: it fired, it did not, it could not tell, something exempted, or its time is not now. */
export type Result = 'matched' | 'not matched' | 'unknown' | 'exempted' | 'not in force'

/** One rule, with why. `changes` is what it rewrote, or in shadow would have. */
export type ExplainedRule = {
  rule: string
  stage: Stage
  mode: CompiledRule['mode']
  result: Result
  conditions: Trace
  changes?: readonly { field: string; from: Value; to: Value }[]
}

/**
 * A decision, of every rule for the callback why it fired or not, in the order in which they run, and what would have
 * decided otherwise.
 */
export type Explanation = {
  decision: Decision
  rules: readonly ExplainedRule[]
  otherwise: Otherwise
  engine?: readonly EngineRule[]
}

/** With `engine`, a report also has what json-rules-engine itself says of every rule. */
export type ExplainOptions = { engine?: boolean; pause?: Pause }

/**
 * Decide a call and say why.
 *
 * The decision is `decide`'s own; what follows only looks at the same views again. Throws what `pause` throws.
 */
export async function explain(
  ruleSet: RuleSet,
  call: Call,
  at: number,
  { engine = false, pause = noPause }: ExplainOptions = {},
): Promise<Explanation> {
  const received = new View(call.values, at)
  const decision = await decide(ruleSet, call, at, { pause })
  const stages = ruleSet.stages.get(call.callback.command) ?? noStages
  const teller = tellerOf(ruleSet, decision)
  const rules: ExplainedRule[] = []
  const said: EngineRule[] = []
  let view = received
  // Each rewrite rule is asked about what it saw, all others about what came of the rewrites.
  for await (const some of inGroups(stages.rewrite.rules, judgedAtOnce(received), pause)) {
    for (const rule of some) {
      const seen = view
      const changes = decision.changes.filter(change => change.rule === rule.id)
      for (const change of changes) view = changed(view, call.callback, change)
      const told = changes.map(({ field, from, to }) => ({ field, from, to }))
      await withPauses(workOut(rule.longTests, seen), pause)
      rules.push({ ...teller.rule(rule, seen), ...(told.length > 0 && { changes: told }) })
      if (engine) said.push(...(await engineView([rule], seen)))
    }
  }
  for await (const some of inGroups([...stages.exempt.rules, ...stages.reject.rules], judgedAtOnce(view), pause)) {
    for (const rule of some) {
      await withPauses(workOut(rule.longTests, view), pause)
      rules.push(teller.rule(rule, view))
    }
    if (engine) said.push(...(await engineView(some, view)))
  }
  return {
    decision,
    rules,
    otherwise: otherwise(stages, view, decision, teller.tell(view)),
    ...(engine && { engine: said }),
  }
}

type Teller = { rule(rule: CompiledRule, view: View): ExplainedRule; tell(view: View): (judged: Judged) => Told }

function tellerOf(ruleSet: RuleSet, decision: Decision): Teller {
  const matches = new Map(decision.matches.map(match => [match.rule, match]))
  const place = placesIn(ruleSet.sources)
  return {
    rule(rule, view) {
      const { id, stage, mode } = rule
      const result = resultOf(rule, view, matches.get(id))
      return { rule: id, stage, mode, result, conditions: traceRule(rule, ruleSet, view, place) }
    },
    tell: view => judged => {
      const { verdict, children, found, items, ...told } = trace(judged, ruleSet.slots, view, place)
      return told
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
