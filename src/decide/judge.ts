import { Engine, type EngineResult } from 'json-rules-engine'
import { timeFact } from '../compile/lower.ts'
import { judgedAtOnce, type Pause } from '../compile/pause.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import type { Slot } from '../compile/slot.ts'
import type { View } from '../compile/view.ts'

/**
 * Which of some rules fire, in their order: json-rules-engine says so.
 *
 * A new engine for each run: an engine keeps its state on itself, and two runs on one lose rejects without a word.
 * Throws what a look-up throws.
 */
export async function judge(
  candidates: readonly CompiledRule[],
  ruleSet: RuleSet,
  view: View,
  pause: Pause,
): Promise<readonly CompiledRule[]> {
  const inForce = candidates.filter(rule => isInForce(rule, view))
  const firing: CompiledRule[] = []
  for (let from = 0; from < inForce.length; from += judgedAtOnce) {
    if (from > 0) await pause()
    const some = inForce.slice(from, from + judgedAtOnce)
    const fired = await run(some, ruleSet, view)
    // The engine's own order is that in which promises were kept.
    for (const rule of some) if (fired.has(rule.id)) firing.push(rule)
  }
  return firing
}

/** Ask the engine about rules, whatever the evaluator thinks of them. */
export async function run(rules: readonly CompiledRule[], ruleSet: RuleSet, view: View): Promise<ReadonlySet<string>> {
  const { results } = await ask(rules, ruleSet, view)
  return new Set(results.map(({ name }) => name))
}

/** What json-rules-engine says of a run with these rules: its own results, of those that fire and those that do not. */
export async function ask(rules: readonly CompiledRule[], ruleSet: RuleSet, view: View): Promise<EngineResult> {
  // Paths are not ours: the engine's own resolver runs code from them.
  const engine = new Engine([], { pathResolver: refusePath })
  for (const operator of ruleSet.operators.all) engine.addOperator(operator)
  for (const slot of slotsOf(rules)) engine.addFact(slot.id, factOf(slot, view), remembered)
  engine.addFact(timeFact, view.at, remembered)
  for (const { definition } of rules) engine.addRule(definition)
  return engine.run()
}

/** The view remembers what was looked up: the engine would make a hash of each fact to do it again. */
const remembered = { cache: false }

function factOf(slot: Slot, view: View): unknown {
  return view.hasPending ? () => view.lookUp(slot) : view.value(slot)
}

/** Whether a rule is in force at the moment that a view is of. Pure. */
export function isInForce({ mode, from, until }: CompiledRule, { at }: View): boolean {
  return mode !== 'disabled' && (from === undefined || at >= from) && (until === undefined || at < until)
}

function slotsOf(rules: readonly CompiledRule[]): Iterable<Slot> {
  const [only, ...others] = rules
  return others.length === 0 ? (only?.slots ?? []) : new Set(rules.flatMap(({ slots }) => slots))
}

function refusePath(): never {
  throw new Error('No condition has a path')
}
