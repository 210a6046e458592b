import type { Field } from '../callbacks/callback.ts'
import { View } from '../compile/view.ts'
import type { Value } from '../decide/call.ts'
import type { FieldRef } from '../language/field.ts'
import { type Demand, numbersIn, textCandidates, urlCandidates } from './candidates.ts'
import { shapeSamples } from './shape-samples.ts'
import { type Wish, waysTo } from './ways.ts'

/** How many passing values are worth trying. */
const mostPassing = 4

/**
 * Values of a field that pass its tests, the simplest first; empty if no guess passes.
 *
 * `usual` are typical values, which are tried first. `at` is in ms since 1970.
 */
export function valuesFor(
  field: Field,
  wishes: readonly Wish[],
  usual: readonly Value[],
  at: number,
): readonly Value[] {
  const passes = (value: Value) => isAsWished(wishes, field.name, value, at)
  const passing: Value[] = []
  for (const value of [...usual, ...guesses(field, wishes, at)]) {
    if (passing.length < mostPassing && !passing.includes(value) && passes(value)) passing.push(value)
  }
  return passing
}

/** Whether all tests of one field have the wanted verdict for a value; null is absent. */
export function isAsWished(wishes: readonly Wish[], name: string, value: Value, at: number): boolean {
  const view = new View(new Map(value === null ? [] : [[name, value]]), at)
  return wishes.every(({ judged, wanted }) => judged.judge(view) === wanted)
}

function guesses(field: Field, wishes: readonly Wish[], at: number): readonly Value[] {
  const demands = demandsOf(wishes)
  switch (field.kind) {
    case 'text':
    case 'id':
      return [...linkTexts(wishes, at), ...textCandidates(demands, usualTexts(field)), ...shapeSamples(demands)]
    case 'url':
      return urlCandidates(demands)
    case 'json':
      return [...jsonGuesses(field, wishes, at), '{}', ...textCandidates(demands, ['{"level":3}', 'no JSON'])]
    case 'enum':
    case 'integer':
      return [...(field.names?.values() ?? []), ...numbersIn(demands), 0, 1]
    case 'flag':
      return [true, false]
    case 'list':
      return listGuesses(wishes, itemOf(field), at)
  }
}

/** Texts with such links as are asked for. */
function linkTexts(wishes: readonly Wish[], at: number): readonly Value[] {
  const own = wishes.filter(({ judged: { condition } }) => condition.kind === 'test' && isOfLinks(condition.field))
  if (own.length === 0) return []
  const lists = [['https://example.com'], ...listGuesses(own, 'https://example.com', at)] as Value[][]
  return lists.map(links => `see ${links.map(linkText).join(' ')}`.trimEnd())
}

function isOfLinks({ part }: FieldRef): boolean {
  return part.kind === 'links' || (part.kind === 'count' && part.of.part.kind === 'links')
}

/** A link as it is typed: what is asked of its parts alone comes as an object. */
function linkText(link: Value): string {
  if (typeof link !== 'object' || link === null) return String(link)
  const { item = 'https://example.com', '.shown host': shown } = link as Record<string, Value>
  if (typeof shown !== 'string') return String(item)
  return `[${shown.includes('.') ? shown : 'elsewhere.com'}](${item})`
}

/** Typical values of a field: a name or an id. */
function usualTexts({ kind, name }: Field): readonly string[] {
  if (kind === 'text') return ['Ann', 'hello']
  return /group/i.test(name) ? ['g-1', 'g-2'] : ['u-1', 'u-2']
}

function demandsOf(wishes: readonly Wish[]): readonly Demand[] {
  return wishes.flatMap(({ judged: { condition }, wanted }) =>
    condition.kind === 'test' ? [{ test: condition, wanted }] : [],
  )
}

/** An item for a list whose items are not tested. */
function itemOf({ items = 'text' }: Field): Value {
  if (typeof items === 'string') return items === 'integer' ? 1 : 'u-1'
  const [first] = items
  return first === undefined ? {} : { [first.name]: first.kind === 'id' ? 'u-1' : 'Ann' }
}

/** Lists with the item counts named in tests, including items that pass their tests. */
function listGuesses(wishes: readonly Wish[], plain: Value, at: number): readonly Value[] {
  const items = wishes.flatMap(wish => itemsFor(wish, at).slice(0, 1))
  const counts = numbersIn(demandsOf(wishes)).filter(count => count >= 0 && count <= mostItems)
  const filler = items[0] ?? plain
  const counted = counts.map(count => Array.from({ length: count }, (_, index) => items[index] ?? filler))
  // Each somebody else, where different ones are counted.
  const different = counts.map(count => Array.from({ length: count }, (_, index) => `u-${index + 1}`))
  return [
    ...items.map(item => [item]),
    ...(items.length > 1 ? [items] : []),
    [plain],
    [],
    ...counted,
    ...(plain === 'u-1' ? different : []),
  ]
}

/** The longest list: longer ones make no better tests. */
const mostItems = 60

/** Items that pass, or fail, the test of list items. */
function itemsFor({ judged: { condition, leaf }, wanted }: Wish, at: number): readonly Value[] {
  if (leaf.item === undefined || condition.kind !== 'test') return []
  return waysTo(leaf.item, wanted).flatMap(way => itemFrom(way, at) ?? [])
}

/** An item that passes the tests of one way; undefined if no guess does. */
export function itemFrom(wishes: readonly Wish[], at: number): Value | undefined {
  const byName = byField(wishes)
  const made = new Map<string, Value>()
  for (const [name, { field, own }] of byName) {
    const isJson = own.some(({ judged: { condition } }) => condition.kind === 'test' && condition.field.kind === 'part')
    const usual = isJson ? [...jsonValues(field, own, at, value => value), ...partGuesses(own, at)] : []
    const [value] = isAsWished(own, name, null, at) ? [null] : valuesFor(field, own, usual, at)
    if (value === undefined) return undefined
    if (wishes.some(isOfItself)) return value
    if (value !== null) made.set(name, value)
  }
  return Object.fromEntries(made)
}

function isOfItself({ judged: { condition } }: Wish): boolean {
  return condition.kind === 'test' && (condition.field.ofItem === 'itself' || condition.field.part.kind === 'inside')
}

/** Tests grouped by the field that they test. */
export function byField(wishes: readonly Wish[]): ReadonlyMap<string, { field: Field; own: readonly Wish[] }> {
  const groups = new Map<string, { field: Field; own: Wish[] }>()
  for (const wish of wishes) {
    const { condition } = wish.judged
    if (condition.kind !== 'test') continue
    const { field, part } = condition.field
    const tested = part.kind === 'count' ? part.of.field : field
    const group = groups.get(tested.name) ?? { field: tested, own: [] }
    group.own.push(wish)
    groups.set(tested.name, group)
  }
  return groups
}

/** JSON texts whose parts pass their tests. */
function jsonGuesses(field: Field, wishes: readonly Wish[], at: number): readonly Value[] {
  return jsonValues(field, wishes, at, value => JSON.stringify(value))
}

/** Objects whose parts each pass their tests. */
function jsonValues(
  field: Field,
  wishes: readonly Wish[],
  at: number,
  asField: (value: Value) => Value,
): readonly Value[] {
  const byPath = new Map<string, Wish[]>()
  for (const wish of wishes) {
    const path = pathOf(wish)
    if (path !== undefined) byPath.set(path.join('.'), [...(byPath.get(path.join('.')) ?? []), wish])
  }
  let object: Value = {}
  for (const own of byPath.values()) {
    const path = pathOf(own[0] as Wish) ?? []
    const part = partGuesses(own, at).find(value => isAsWished(own, field.name, asField(nested({}, path, value)), at))
    if (part === undefined && !isAsWished(own, field.name, asField({}), at)) return []
    if (part !== undefined) object = nested(object, path, part)
  }
  return byPath.size > 0 ? [asField(object)] : []
}

function pathOf({ judged: { condition } }: Wish): readonly string[] | undefined {
  if (condition.kind !== 'test') return undefined
  const { part } = condition.field
  const tested = part.kind === 'count' ? part.of.part : part
  return tested.kind === 'json' || tested.kind === 'inside' ? tested.path : undefined
}

function partGuesses(wishes: readonly Wish[], at: number): readonly Value[] {
  const demands = demandsOf(wishes)
  const lists = wishes.some(({ judged }) => judged.leaf.item !== undefined) || hasCount(wishes)
  return [
    ...(lists ? listGuesses(wishes, 'a', at) : []),
    ...numbersIn(demands),
    ...textCandidates(demands, ['a']),
    true,
    false,
  ]
}

function hasCount(wishes: readonly Wish[]): boolean {
  return demandsOf(wishes).some(({ test }) => test.field.part.kind === 'count')
}

/** An object with a value set at a path, and everything else unchanged. */
function nested(object: Value, path: readonly string[], value: Value): Value {
  const [key, ...rest] = path
  if (key === undefined) return value
  const own = typeof object === 'object' && object !== null && !Array.isArray(object) ? object : {}
  const inside = Object.hasOwn(own, key) ? ((own as Record<string, Value>)[key] ?? {}) : {}
  return { ...own, [key]: nested(inside, rest, value) }
}
