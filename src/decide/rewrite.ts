import type { Callback } from '../callbacks/callback.ts'
import { withValue } from '../callbacks/derived.ts'
import type { Pause } from '../compile/pause.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { View } from '../compile/view.ts'
import type { Outcome } from '../language/rule.ts'
import type { Change, Value } from './decision.ts'
import { rewriteItems } from './rewrite-items.ts'
import { applyInTurn, type Lookup } from './steps.ts'

/** What a rule changes: each of its fields once, all seen as they were before the rule. */
export async function rewriteBy(rule: CompiledRule, ruleSet: RuleSet, view: View, pause: Pause): Promise<Change[]> {
  const outcome = rule.outcome as Extract<Outcome, { kind: 'rewrite' }>
  const settled = view.hasPending ? await view.settled() : view
  const lookup = await lookupIn(ruleSet, settled)
  const changes: Change[] = []
  for (const { field, steps } of outcome.fields) {
    const from = lookup(field) as Value
    const items = { list: field, rule, slots: ruleSet.slots, view: settled, lookup, pause }
    const to = await applyInTurn(steps, from, {
      lookup,
      pause,
      rewriteItems: (step, value) => rewriteItems(step, value, items),
    })
    if (to !== from) changes.push({ field: field.text, from, to, rule: rule.id })
  }
  return changes
}

/** The view after a change, with all that is worked out from what changed. Pure. */
export function changed(view: View, callback: Callback, { field, to }: Pick<Change, 'field' | 'to'>): View {
  return new View(withValue<unknown>(callback, view.values, field, to), view.at, view.received)
}

/** Fields as they are at a moment, everything looked up. */
export async function lookupIn({ slots }: RuleSet, view: View): Promise<Lookup> {
  const settled = view.hasPending ? await view.settled() : view
  return field => settled.value(slots.valueOf(field))
}
