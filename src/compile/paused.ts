import type { Rule } from '../language/rule.ts'
import type { Steps } from '../yaml/steps.ts'
import type { CompiledRule, RuleSet, StageRules, Stages } from './ruleset.ts'
import { makeSieve } from './sieve.ts'

/**
 * The same rule set with these rules in shadow, and all others as their files have them.
 *
 * Only rules that are enforced can be paused. What they count stays the same. Pauses after each piece of work, so that
 * the caller can let other work run; what does not change is reused.
 */
export function* withPaused(ruleSet: RuleSet, ids: ReadonlySet<string>): Steps<RuleSet> {
  const { compiled, stages, counts } = ruleSet
  const chosen = [...compiled.values()].filter(({ id, mode }) => mode === 'enforce' && ids.has(id))
  const paused = Object.freeze(chosen.map(({ id }) => id).sort())
  if (paused.join('\n') === ruleSet.paused.join('\n')) return ruleSet
  const inShadow = new Map(chosen.map(rule => [rule.rule, Object.freeze({ ...rule, mode: 'shadow' as const })]))
  const enforced = counts.enforce + ruleSet.paused.length - paused.length
  const shadowed = counts.shadow - ruleSet.paused.length + paused.length
  const modes = { compiled, inShadow }
  const changed = new Map<string, Stages>()
  for (const [command, { rewrite, exempt, reject }] of stages) {
    changed.set(command, {
      rewrite: yield* inModes(rewrite, modes),
      exempt: yield* inModes(exempt, modes),
      reject: yield* inModes(reject, modes),
    })
  }
  const newCounts = Object.freeze({ ...counts, enforce: enforced, shadow: shadowed })
  return Object.freeze({ ...ruleSet, paused, counts: newCounts, stages: changed })
}

/** The rules as their files have them, and those to use instead. */
type Modes = { compiled: RuleSet['compiled']; inShadow: ReadonlyMap<Rule, CompiledRule> }

function* inModes(stage: StageRules, { compiled, inShadow }: Modes): Steps<StageRules> {
  const rules = stage.rules.map(each => inShadow.get(each.rule) ?? compiled.get(each.rule) ?? each)
  yield
  if (rules.every((rule, at) => rule === stage.rules[at])) return stage
  return { rules, mayFire: yield* makeSieve(rules) }
}
