import { Engine, type EngineResult } from 'json-rules-engine'
import { timeFact } from '../compile/lower.ts'
import { operators } from '../compile/operators.ts'
import { inGroups, judgedAtOnce, type Pause } from '../compile/pause.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { Slot, View } from '../compile/view.ts'

/**
 * Which of some rules fire, in their order: json-rules-engine says so.
 *
 * A new engine for each run: an engine keeps its state on itself, and two runs on one lose rejects without a word.
 */
export async function judge(
  candidates: readonly CompiledRule[],
  view: View,
  pause: Pause,
): Promise<readonly CompiledRule[]> {
  const inForce = candidates.filter(rule => isInForce(rule, view))
  if (inForce.length === 0) return inForce
  const atOnce = judgedAtOnce(view)
  if (inForce.length <= atOnce) return firing(inForce, view)
  const all: CompiledRule[] = []
  for await (const some of inGroups(inForce, atOnce, pause)) all.push(...(await firing(some, view)))
  return all
}

async function firing(rules: readonly CompiledRule[], view: View): Promise<CompiledRule[]> {
  const fired = await run(rules, view)
  // The engine's own order is that in which promises were kept.
  return rules.filter(rule => fired.has(rule.id))
}

/** Ask the engine about rules, whatever the evaluator thinks of them. */
export async function run(rules: readonly CompiledRule[], view: View): Promise<ReadonlySet<string>> {
  const { results } = await ask(rules, view)
  return new Set(results.map(({ name }) => name))
}

/** What json-rules-engine says of a run with these rules: its own results, of those that fire and those that do not. */
export async function ask(rules: readonly CompiledRule[], view: View): Promise<EngineResult> {
  // Paths are not ours: the engine's own resolver runs code from them.
  const engine = new Engine([], { pathResolver: refusePath })
  for (const operator of operators) engine.addOperator(operator)
  for (const slot of slotsOf(rules)) engine.addFact(slot.id, view.value(slot), remembered)
  engine.addFact(timeFact, view.at, remembered)
  for (const { definition } of rules) engine.addRule(definition)
  return engine.run()
}

/** Facts are settled: the engine would make a hash of each to remember it. */
const remembered = { cache: false }

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
