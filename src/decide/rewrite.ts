import type { Callback } from '../callbacks/callback.ts'
import { withValue } from '../callbacks/derived.ts'
import { type Pause, withPauses } from '../compile/pause.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import type { View } from '../compile/view.ts'
import type { Outcome } from '../language/rule.ts'
import type { Value } from './call.ts'
import type { Change } from './decision.ts'
import { type ItemsPlace, rewriteItems } from './rewrite-items.ts'
import { applyInTurn, type Lookup } from './steps.ts'

/** The changes of a rule, one per field, all based on the values before the rule. Pauses in long lists. */
export function rewriteBy(rule: CompiledRule, ruleSet: RuleSet, view: View, pause: Pause): Promise<Change[]> {
  return withPauses(changesBy(rule, { slots: ruleSet.slots, view, lookup: lookupIn(ruleSet, view) }), pause)
}

function* changesBy(rule: CompiledRule, place: Omit<ItemsPlace, 'list' | 'rule'>): Generator<undefined, Change[]> {
  const { fields } = rule.outcome as Extract<Outcome, { kind: 'rewrite' }>
  const changes: Change[] = []
  for (const { field, steps } of fields) {
    const from = place.lookup(field) as Value
    let to = from
    for (const step of steps) {
      to =
        step.kind === 'each item'
          ? yield* rewriteItems(step, to, { ...place, list: field, rule })
          : yield* applyInTurn([step], to, place.lookup)
    }
    if (to !== from) changes.push({ field: field.text, from, to, rule: rule.id })
  }
  return changes
}

/** The view after a change, with derived values updated. */
export function changed(view: View, callback: Callback, { field, to }: Pick<Change, 'field' | 'to'>): View {
  return view.changed(withValue<unknown>(callback, view.values, field, to))
}

/** Looks up fields in a view. */
export function lookupIn({ slots }: RuleSet, view: View): Lookup {
  return field => view.value(slots.valueOf(field))
}
