import { compileRule } from '../compile/compile.ts'
import { countingOf, needingBoth } from '../compile/counting.ts'
import { Evaluator } from '../compile/evaluate.ts'
import type { Pause } from '../compile/pause.ts'
import type { CompiledRule, RuleSet, StageRules } from '../compile/ruleset.ts'
import type { View } from '../compile/view.ts'
import { atOnce } from '../yaml/steps.ts'
import { type Mutant, mutantsOf } from './mutants.ts'
import { onlyRule, passes } from './run-case.ts'
import { rulesOf } from './run-cases.ts'

/** The changes to rules that no case catches. `tried` counts all changes. */
export type Survivors = { tried: number; survivors: readonly (Mutant & { id: string })[] }

/** Try every mutant of every rule, and return those that no case catches. Slow: cases run again for each mutant. */
export async function survivorsOf(ruleSet: RuleSet): Promise<Survivors> {
  let tried = 0
  const survivors: (Mutant & { id: string })[] = []
  for (const rule of rulesOf(ruleSet)) {
    if (rule.mode === 'disabled') continue
    for (const mutant of mutantsOf(rule.rule)) {
      tried += 1
      if (!(await isNoticed(mutant, rule, ruleSet))) survivors.push({ ...mutant, id: rule.id })
    }
  }
  return { tried, survivors }
}

async function isNoticed(mutant: Mutant, rule: CompiledRule, ruleSet: RuleSet): Promise<boolean> {
  const counting = atOnce(countingOf({ rules: [mutant.rule] }))
  const spoilt = compileRule(mutant.rule, rule.place, new Evaluator(ruleSet.slots, counting))
  const counters = withCounters(ruleSet.counters, counting.counters)
  const alone = onlyRule(spoilt, { ...ruleSet, counters })
  for (const each of rule.rule.cases) {
    if (!(await passes(alone, each))) return true
  }
  const others = {
    ...ruleSet,
    counters,
    stages: new Map(
      [...ruleSet.stages].map(([command, stages]) => [
        command,
        {
          rewrite: swapped(stages.rewrite, rule, spoilt),
          exempt: swapped(stages.exempt, rule, spoilt),
          reject: swapped(stages.reject, rule, spoilt),
        },
      ]),
    ),
  }
  for (const each of ruleSet.cases) {
    if (rule.rule.callbacks.includes(each.callback) && !(await passes(others, each, alone))) return true
  }
  return false
}

/** The counters of a rule set and those of a mutant, which may count something else, or look back further. */
function withCounters(all: RuleSet['counters'], own: RuleSet['counters']): RuleSet['counters'] {
  if (own.size === 0) return all
  const counters = new Map(all)
  for (const [id, counter] of own) counters.set(id, needingBoth(counter, all.get(id) ?? counter))
  return counters
}

/** The stage with one rule replaced. */
function swapped(stage: StageRules, rule: CompiledRule, spoilt: CompiledRule): StageRules {
  if (!stage.rules.includes(rule)) return stage
  const mayFire = async (view: View, pause: Pause) =>
    [...(await stage.mayFire(view, pause)).filter(other => other !== rule), spoilt].sort((a, b) => a.place - b.place)
  return { rules: stage.rules.map(other => (other === rule ? spoilt : other)), mayFire }
}
