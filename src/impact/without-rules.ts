import type { RuleSet, StageRules, Stages } from '../compile/ruleset.ts'

/** A rule set in which some rules never fire, nor count. Pure; nothing is compiled again. */
export function withoutRules(ruleSet: RuleSet, ids: ReadonlySet<string>): RuleSet {
  const of = ({ rules, mayFire }: StageRules): StageRules => ({
    rules,
    mayFire: async (view, pause) => (await mayFire(view, pause)).filter(({ id }) => !ids.has(id)),
  })
  const stages = new Map<string, Stages>(
    Array.from(ruleSet.stages, ([command, { rewrite, exempt, reject }]) => [
      command,
      { rewrite: of(rewrite), exempt: of(exempt), reject: of(reject) },
    ]),
  )
  return { ...ruleSet, stages }
}
