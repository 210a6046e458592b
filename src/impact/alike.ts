import type { CompiledRule, RuleSet, StageRules } from '../compile/ruleset.ts'
import { countGroups } from './count-groups.ts'

/**
 * The callbacks, by their names, of which two rule sets decide every call in the same way: by the same compiled rules,
 * and, where these count, so do they for all that is counted together. Pure.
 *
 * Finds them only where one rule set was compiled beside the other, so that rules of unchanged files are the same.
 */
export function alikeCallbacks(base: RuleSet, draft: RuleSet): ReadonlySet<string> {
  const callbacks = new Map(
    [base, draft].flatMap(({ compiled }) =>
      Array.from(compiled.values(), ({ rule }) => rule.callbacks).flatMap(some =>
        some.map(({ name, command }) => [name, command] as const),
      ),
    ),
  )
  const alike = new Set([...callbacks].flatMap(([name, command]) => (isAlike(base, draft, command) ? [name] : [])))
  for (const group of countGroups([base, draft])) {
    // Of a callback without rules nothing differs but what others ask of it.
    if (group.callbacks.every(name => alike.has(name) || !callbacks.has(name))) continue
    for (const name of group.callbacks) alike.delete(name)
  }
  return alike
}

function isAlike(base: RuleSet, draft: RuleSet, command: string): boolean {
  const [before, after] = [base, draft].map(({ stages }) => stages.get(command))
  if (before === undefined || after === undefined) return false
  return (['rewrite', 'exempt', 'reject'] as const).every(stage => areSame(before[stage], after[stage]))
}

function areSame({ rules: before }: StageRules, { rules: after }: StageRules): boolean {
  return before.length === after.length && before.every((rule, at) => isSame(rule, after[at]))
}

/** Only its place among all rules may differ. */
function isSame(before: CompiledRule, after: CompiledRule | undefined): boolean {
  return before.rule === after?.rule && before.when === after.when && before.mode === after.mode
}
