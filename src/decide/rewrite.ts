import type { Callback, Field } from '../callbacks/callback.ts'
import { withValue } from '../callbacks/derived.ts'
import { isObject } from '../callbacks/json-texts.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { View } from '../compile/view.ts'
import type { Outcome } from '../language/rule.ts'
import type { Change, Value } from './decision.ts'
import { applySteps, type Lookup } from './steps.ts'

/** What a rule changes: each of its fields once, all seen as they were before the rule. */
export async function rewriteBy(rule: CompiledRule, ruleSet: RuleSet, view: View): Promise<Change[]> {
  const outcome = rule.outcome as Extract<Outcome, { kind: 'rewrite' }>
  const lookup = await lookupIn(ruleSet, view)
  return outcome.fields.flatMap(({ field, steps }) => {
    const from = lookup(field) as Value
    const to = applySteps(steps, from, lookup)
    return to === from ? [] : [{ field: field.text, from, to, rule: rule.id }]
  })
}

/** The view after a change, with all that is worked out from what changed. Pure. */
export function changed(view: View, callback: Callback, { field, to }: Pick<Change, 'field' | 'to'>): View {
  return new View(withValue<unknown>(callback, view.values, field, to), view.at, view.received)
}

/** Fields as they are at a moment, everything looked up. */
export async function lookupIn({ slots }: RuleSet, view: View): Promise<Lookup> {
  const settled = await view.settled()
  return field => settled.value(slots.valueOf(field))
}

/**
 * Whether the server would do it: what it would not, no rule that judges the call may believe to be done.
 *
 * A rule may be for several callbacks, and not all let a field be rewritten as far. Pure.
 */
export function isPossible({ fields }: Callback, { field: name, from, to }: Change): boolean {
  const { origin, rewrite = {} } = fields.find(field => field.name === name) as Field
  if (from === null && (rewrite.onlyIfPresent || origin === 'message text')) return false
  if (rewrite.notEmpty && (to === '' || (Array.isArray(to) && to.length === 0))) return false
  // A message that came without an object is one of an older server, which wants none.
  const wantsObject = rewrite.jsonObject && origin !== 'message text' && typeof from === 'string' && isObject(from)
  return !wantsObject || (typeof to === 'string' && isObject(to))
}
