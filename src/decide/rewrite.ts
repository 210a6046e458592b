import type { Callback } from '../callbacks/callback.ts'
import { withValue } from '../callbacks/derived.ts'
import { type Pause, withPauses } from '../compile/pause.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { View } from '../compile/view.ts'
import type { Outcome } from '../language/rule.ts'
import type { Value } from './call.ts'
import type { Change } from './decision.ts'
import { type ItemsPlace, rewriteItems } from './rewrite-items.ts'
import { applyInTurn, type Lookup } from './steps.ts'

/** What a rule changes: each of its fields once, all seen as they were before the rule. Long lists are for pauses. */
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

/** The view after a change, with all that is worked out from what changed. Pure. */
export function changed(view: View, callback: Callback, { field, to }: Pick<Change, 'field' | 'to'>): View {
  return new View(withValue<unknown>(callback, view.values, field, to), view.at, view.received, view.answers)
}

/** Fields as they are at a moment. */
export function lookupIn({ slots }: RuleSet, view: View): Lookup {
  return field => view.value(slots.valueOf(field))
}
