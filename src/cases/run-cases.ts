import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { type CaseResult, runCase, runOwnCase } from './run-case.ts'

/** Run every case of a rule set: those of a rule against that rule alone, those of files against all rules. */
export async function runCases(ruleSet: RuleSet): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = []
  for (const rule of rulesOf(ruleSet)) {
    for (const each of rule.rule.cases) results.push(await runOwnCase(ruleSet, rule, each))
  }
  for (const each of ruleSet.cases) results.push(await runCase(ruleSet, each))
  return results.sort((a, b) => compare(a, b))
}

/** Every rule once, in the order they run. */
export function rulesOf({ stages }: RuleSet): readonly CompiledRule[] {
  const rules = new Set<CompiledRule>()
  for (const { rewrite, exempt, reject } of stages.values()) {
    for (const stage of [rewrite, exempt, reject]) for (const rule of stage.rules) rules.add(rule)
  }
  return [...rules].sort((a, b) => a.place - b.place)
}

/** Order by file, then by place. */
function compare({ case: a }: CaseResult, { case: b }: CaseResult): number {
  if (a.span.file !== b.span.file) return a.span.file < b.span.file ? -1 : 1
  return a.span.start - b.span.start
}
