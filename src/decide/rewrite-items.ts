import type { CompiledRule } from '../compile/ruleset.ts'
import type { Slots } from '../compile/slot.ts'
import type { View } from '../compile/view.ts'
import type { FieldRef } from '../language/field.ts'
import type { EachItem } from '../language/rule.ts'
import type { Value } from './decision.ts'
import { takes } from './possible.ts'
import { applySteps, type Lookup } from './steps.ts'

/** What items are rewritten by: the rule, and the call as it was before it. */
export type ItemsPlace = { list: FieldRef; rule: CompiledRule; slots: Slots; view: View; lookup: Lookup }

/** An item that is an object. */
type Item = { readonly [key: string]: Value }

/**
 * A list after one step for each item; the same list where no item changes, and the same item where it does not.
 *
 * Which items are meant, and what texts say of them, goes by what they were before the rule. An item that the server
 * could not find again stays as it is: an answer about it crashes some. Pure.
 */
export function rewriteItems(step: EachItem, value: Value, place: ItemsPlace): Value {
  const { list, rule, slots, view } = place
  const views = view.value(slots.ofItems(list))
  if (!Array.isArray(value) || !Array.isArray(views)) return value
  const when = step.when && rule.ofItems.get(step.when)
  const items = value.map((item, at) => {
    const isMeant = isFound(item, list) && (when === undefined || when.judge(views[at]) === true)
    return isMeant ? rewriteItem(step, item, views[at], place) : item
  })
  return items.some((item, at) => item !== value[at]) ? items : value
}

function isFound(item: Value, { field }: FieldRef): item is Item {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false
  const key = field.rewrite?.changedBy
  return key === undefined || typeof own(item as Item, key) === 'string'
}

function rewriteItem({ fields }: EachItem, item: Item, seen: View, { list, slots, lookup }: ItemsPlace): Item {
  const ofItem = slots.within(list)
  const look: Lookup = field => (field.ofItem === undefined ? lookup(field) : seen.value(ofItem.valueOf(field)))
  const changes = fields.flatMap(({ field, steps }): [string, Value][] => {
    const from = own(item, field.text)
    const to = applySteps(steps, from, look)
    return to === from || !takes(field.field, from, to) ? [] : [[field.text, to]]
  })
  return changes.length === 0 ? item : { ...item, ...Object.fromEntries(changes) }
}

/** `constructor` and the like are not there unless sent. */
function own(item: Item, key: string): Value {
  return Object.hasOwn(item, key) ? (item[key] ?? null) : null
}
