import { Engine, type EngineResult, Operator } from 'json-rules-engine'
import { timeFact } from '../compile/lower.ts'
import { mayBe } from '../compile/may-be.ts'
import { operators } from '../compile/operators.ts'
import { inGroups, judgedAtOnce, type Pause } from '../compile/pause.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { Slot, View } from '../compile/view.ts'

/**
 * Returns the rules that fire, in their order, as decided by json-rules-engine.
 *
 * Uses a new engine for each run: an engine keeps state, and two runs on one silently lose rejects.
 */
export async function judge(
  candidates: readonly CompiledRule[],
  view: View,
  pause: Pause,
): Promise<readonly CompiledRule[]> {
  const inForce = candidates.filter(rule => isInForce(rule, view) && couldFire(rule, view))
  if (inForce.length === 0) return inForce
  const atOnce = judgedAtOnce(view)
  if (inForce.length <= atOnce) return firing(inForce, view)
  const all: CompiledRule[] = []
  for await (const some of inGroups(inForce, atOnce, pause)) all.push(...(await firing(some, view)))
  return all
}

/** False where what a rule asked is known by now and says no: nearly every call that counts needs no engine then. */
function couldFire({ asks, when, unless }: CompiledRule, view: View): boolean {
  return !asks || (mayBe(when, true, view) && unless?.judge(view) !== true)
}

async function firing(rules: readonly CompiledRule[], view: View): Promise<CompiledRule[]> {
  const fired = await run(rules, view)
  // The engine returns rules in the order in which its promises resolved.
  return rules.filter(rule => fired.has(rule.id))
}

/** Run the engine on rules, without the evaluator; returns the ids of those that fire. */
export async function run(rules: readonly CompiledRule[], view: View): Promise<ReadonlySet<string>> {
  const { results } = await ask(rules, view)
  return new Set(results.map(({ name }) => name))
}

/** Run the engine on rules; returns its own results for rules that fire and rules that do not. */
export async function ask(rules: readonly CompiledRule[], view: View): Promise<EngineResult> {
  // We use no paths, and the engine's own resolver would run code from them.
  const engine = new Engine([], { pathResolver: refusePath })
  for (const operator of engineOperators) engine.addOperator(operator)
  for (const slot of slotsOf(rules)) engine.addFact(slot.id, view.value(slot), uncached)
  engine.addFact(timeFact, view.at, uncached)
  for (const { definition } of rules) engine.addRule(definition)
  return engine.run()
}

const engineOperators = operators.map(({ name, test, guard }) => new Operator(name, test, guard) as Operator)

/** Facts are constant, so caching would only cost the engine a hash of each. */
const uncached = { cache: false }

/** Whether a rule is in force at the time of a view. */
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
