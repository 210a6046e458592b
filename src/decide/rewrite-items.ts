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

/** What items are rewritten by: the rule, and the call as it was before it. */
export type ItemsPlace = { list: FieldRef; rule: CompiledRule; slots: Slots; view: View; lookup: Lookup }

/** An item that is an object. */
type Item = { readonly [key: string]: Value }

/**
 * A list after one step for each item; the same list where no item changes, and the same item where it does not.
 *
 * Which items are meant, and what texts say of them, goes by what they were before the rule. An item that the server
 * could not find again stays as it is: an answer about it crashes some. So do those that would grow when the list has
 * grown as far as there is room: a long field in the text of each of many items would fill the memory. Pauses after
 * each small piece of work. Pure.
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
    const seen = views[at] as View
    left -= seen.characters
    if (left < 0) {
      yield
      left = charactersAtOnce
    }
    yield* workOut(longTests, seen)
    const isMeant = isFound(item, list) && (when === undefined || when.judge(seen) === true)
    const { made, growth } = isMeant ? yield* rewriteItem(step, item, seen, place) : { made: item, growth: 0 }
    items.push(growth > room ? item : made)
    if (growth <= room) room -= growth
  }
  return items.some((item, at) => item !== value[at]) ? items : value
}

/** So many characters of items are rewritten without a pause. */
const charactersAtOnce = 16_384

function isFound(item: Value, { field }: FieldRef): item is Item {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false
  const key = field.rewrite?.changedBy
  return key === undefined || typeof own(item as Item, key) === 'string'
}

/** An item after a step, and by how many UTF-16 code units its texts have grown. */
type MadeItem = { made: Item; growth: number }

function* rewriteItem(
  { fields }: EachItem,
  item: Item,
  seen: View,
  { list, slots, lookup }: ItemsPlace,
): Generator<undefined, MadeItem> {
  const ofItem = slots.within(list)
  const look: Lookup = field => (field.ofItem === undefined ? lookup(field) : seen.value(ofItem.valueOf(field)))
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

/** `constructor` and the like are not there unless sent. */
function own(item: Item, key: string): Value {
  return Object.hasOwn(item, key) ? (item[key] ?? null) : null
}
