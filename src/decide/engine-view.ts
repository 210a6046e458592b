import type { CompiledRule } from '../compile/ruleset.ts'
import { SearchedText } from '../compile/searched-text.ts'
import { View } from '../compile/view.ts'
import { ask } from './judge.ts'

/**
 * What json-rules-engine returned for one rule, unfiltered: whether it fires, and each condition as the engine holds
 * it. A condition that it did not evaluate has no result.
 */
export type EngineRule = { rule: string; fires: boolean; conditions: EngineCondition }

/** A group, or a test of a fact; `saw` is the value of the fact, or the number of items of a list. */
export type EngineCondition =
  | { group: 'all' | 'any' | 'not'; parts: readonly EngineCondition[] }
  | { fact: string; operator: string; saw?: unknown; result?: boolean }

/** Run the engine on these rules only; the results are in their order. */
export async function engineView(rules: readonly CompiledRule[], view: View): Promise<readonly EngineRule[]> {
  if (rules.length === 0) return []
  const { results, failureResults } = await ask(rules, view)
  const byName = new Map([...results, ...failureResults].map(result => [result.name, result]))
  return rules.flatMap(({ id }) => {
    const result = byName.get(id)
    return result === undefined
      ? []
      : [{ rule: id, fires: result.result === true, conditions: conditionOf(result.conditions) }]
  })
}

/** The engine's own results: objects of its classes. */
type Raw = {
  all?: readonly Raw[]
  any?: readonly Raw[]
  not?: Raw
  fact?: string
  operator?: string
  factResult?: unknown
  result?: boolean
}

function conditionOf(raw: unknown): EngineCondition {
  const { all, any, not, fact = '', operator = '', factResult, result } = raw as Raw
  if (all !== undefined) return { group: 'all', parts: all.map(conditionOf) }
  if (any !== undefined) return { group: 'any', parts: any.map(conditionOf) }
  if (not !== undefined) return { group: 'not', parts: [conditionOf(not)] }
  const saw = sawOf(factResult)
  return { fact, operator, ...(saw !== undefined && { saw }), ...(result !== undefined && { result }) }
}

function sawOf(fact: unknown): unknown {
  if (fact instanceof SearchedText) return fact.text
  return Array.isArray(fact) && fact[0] instanceof View ? `${fact.length} items` : fact
}
