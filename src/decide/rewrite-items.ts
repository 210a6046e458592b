import { longTestsIn, workOut } from '../compile/long-tests.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { Slots } from '../compile/slots.ts'
import type { View } from '../compile/view.ts'
import type { FieldRef } from '../language/field.ts'
import type { EachItem } from '../language/rule.ts'
import { mostGrowth } from './bounded.ts'
import type { Value } from './call.ts'
import { takes } from './can-apply.ts'
import { applyInTurn, type Lookup } from './steps.ts'

/** What items are rewritten with: the rule, and the call as it was before the rule. */
export type ItemsPlace = { list: FieldRef; rule: CompiledRule; slots: Slots; view: View; lookup: Lookup }

/** An item that is an object. */
type Item = { readonly [key: string]: Value }

/**
 * A list after a step on each item. Returns the same list if nothing changes, and the same object for unchanged items.
 *
 * Conditions and templates use the items as they were before the rule. An item that the server could not find again is
 * left unchanged, since a reply about it crashes some servers. Once the list has grown to its limit, items that would
 * grow are left unchanged too: a long field in the text of each of many items would fill the memory. Yields after each
 * small piece of work.
 */
export function* rewriteItems(step: EachItem, value: Value, place: ItemsPlace): Generator<undefined, Value> {
  const { list, rule, slots, view } = place
  const views = view.value(slots.ofItems(list))
  if (!Array.isArray(value) || !Array.isArray(views)) return value
  const when = step.when && rule.ofItems.get(step.when)
  const longTests = when === undefined ? [] : longTestsIn(when)
  const items: Value[] = []
  let room = mostGrowth
  let left = charactersAtOnce
  for (const [at, item] of value.entries()) {
    const itemView = views[at] as View
    left -= itemView.characters
    if (left < 0) {
      yield
      left = charactersAtOnce
    }
    yield* workOut(longTests, itemView)
    const isMeant = isFound(item, list) && (when === undefined || when.judge(itemView) === true)
    const { made, growth } = isMeant ? yield* rewriteItem(step, item, itemView, place) : { made: item, growth: 0 }
    items.push(growth > room ? item : made)
    if (growth <= room) room -= growth
  }
  return items.some((item, at) => item !== value[at]) ? items : value
}

/** How many characters of items are rewritten without a pause. */
const charactersAtOnce = 16_384

function isFound(item: Value, { field }: FieldRef): item is Item {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false
  const key = field.rewrite?.changedBy
  return key === undefined || typeof own(item as Item, key) === 'string'
}

/** An item after a step, and how much its texts grew, in UTF-16 code units. */
type MadeItem = { made: Item; growth: number }

function* rewriteItem(
  { fields }: EachItem,
  item: Item,
  itemView: View,
  { list, slots, lookup }: ItemsPlace,
): Generator<undefined, MadeItem> {
  const ofItem = slots.within(list)
  const look: Lookup = field => (field.ofItem === undefined ? lookup(field) : itemView.value(ofItem.valueOf(field)))
  const made: Record<string, Value> = {}
  let growth = 0
  for (const { field, steps } of fields) {
    const from = own(item, field.text)
    const to = yield* applyInTurn(steps, from, look)
    if (to === from || !takes(field.field, from, to)) continue
    made[field.text] = to
    growth += Math.max(0, lengthOf(to) - lengthOf(from))
  }
  return { made: Object.keys(made).length === 0 ? item : { ...item, ...made }, growth }
}

function lengthOf(value: Value): number {
  return typeof value === 'string' ? value.length : 0
}

/** Own keys only: `constructor` and the like are absent unless sent. */
function own(item: Item, key: string): Value {
  return Object.hasOwn(item, key) ? (item[key] ?? null) : null
}
