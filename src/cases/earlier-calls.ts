import type { Callback } from '../callbacks/callback.ts'
import { numbersOf } from '../compile/count-test.ts'
import { nothingCounted } from '../compile/counting.ts'
import { Evaluator } from '../compile/evaluate.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { Value } from '../decide/call.ts'
import type { CountKey, NamedCounter, Often, Since } from '../language/condition.ts'
import { longestMs, shortestMs, units } from '../language/duration.ts'
import { fitting } from '../language/read/earlier.ts'
import { byField, isAsWished, valuesFor } from './field-values.ts'
import { waysTo } from './ways.ts'

/** Earlier calls of a test, all alike: `ago` is in ms, and `over` is laid over the values of the test. */
export type EarlierCalls = { ago: number; times: number; callback: Callback; over: ReadonlyMap<string, Value> }

/** A test of a count that must be true, or must be false. */
export type CountWish = { count: Often | Since; wanted: boolean }

/** Calls after which a count is as wished, and others, almost the same, after which it is not. */
type Way = { calls: readonly EarlierCalls[]; near?: readonly EarlierCalls[] }

/** The call that comes after them. */
type Last = { callback: Callback; given: ReadonlyMap<string, Value>; at: number; ruleSet: RuleSet }

/** More different values make no readable test. */
const mostDifferent = 12

/** Ways to make a count true or false by what came before; none if no guess is likely to. */
export function earlierFor(wish: CountWish, last: Last): readonly Way[] {
  const { count, wanted } = wish
  if (count.kind === 'since') return since(count, wanted, last)
  const { of, limit } = count
  const { low, high } = numbersOf(limit)
  const [is, isNot] = wanted ? [low, low > 0 ? low - 1 : high + 1] : [low > 0 ? low - 1 : high + 1, low]
  const isOpen = high === Number.POSITIVE_INFINITY
  // Of a range with an end, what is just outside is above it if there is no room below.
  const outside = !isOpen && low <= 1 ? high + 1 : isNot
  if (of.kind === 'rule') {
    const least = of.counting === 'refused' ? 0 : 1
    const before = (number: number) => calls(count, of, number - least, last)
    return way(before(Math.max(is, least)), before(wanted ? outside : isNot))
  }
  // The call itself may be one of those that count.
  return [1, 0].flatMap(own => {
    const before = (number: number) => calls(count, of.counter, number - own, last)
    return way(before(is), before(wanted ? outside : isNot))
  })
}

function way(some: readonly EarlierCalls[] | undefined, near: readonly EarlierCalls[] | undefined): Way[] {
  return some === undefined ? [] : [{ calls: some, ...(near && { near }) }]
}

/** So many earlier calls, or different values, that count; undefined if there are none such. */
function calls(
  { same, within }: Often,
  counted: Pick<NamedCounter, 'different'> | NamedCounter,
  number: number,
  last: Last,
): readonly EarlierCalls[] | undefined {
  const ago = justWithin(within)
  if (number < 0 || (number > 0 && ago === undefined)) return undefined
  if (number === 0 || ago === undefined) return []
  const one = 'callbacks' in counted ? ofCounter(counted, same, last) : { callback: last.callback, over: new Map() }
  if (one === undefined) return undefined
  const { different } = counted
  if (different === undefined) return [{ ...one, ago, times: number }]
  if (number > mostDifferent) return undefined
  const values = Array.from({ length: number }, (_, at) => otherValue(different, last.given, at + 1))
  if (values.includes(undefined)) return undefined
  return values.map(value => {
    const [name, other] = value as readonly [string, Value]
    return { ...one, ago, times: 1, over: new Map([...one.over, [name, other]]) }
  })
}

function since({ counter, same, limit }: Since, wanted: boolean, last: Last): readonly Way[] {
  const one = ofCounter(counter, same, last)
  if (one === undefined) return []
  const { word, ago } = limit
  const at = (time: number | undefined) => (time === undefined ? undefined : [{ ...one, ago: time, times: 1 }])
  const holds = word === 'less than' ? justWithin(ago) : justAfter(ago)
  return wanted ? way(at(holds), at(ago)) : way(at(ago), at(holds))
}

/** A little less than a span, in a unit that it is written in; undefined if no test can have it. */
function justWithin(span: number): number | undefined {
  const unit = Object.values(units).find(each => span % each === 0 && span > each)
  return unit === undefined ? undefined : span - unit
}

function justAfter(span: number): number | undefined {
  const unit = Object.values(units).find(each => span % each === 0) ?? shortestMs
  return span + unit > longestMs ? undefined : span + unit
}

/** A call that a named counter counts by the values of the last one; undefined if no guess is right. */
function ofCounter(
  counter: NamedCounter,
  same: readonly CountKey[],
  { callback: own, given, at, ruleSet }: Last,
): Pick<EarlierCalls, 'callback' | 'over'> | undefined {
  const callback = counter.callbacks.includes(own) ? own : counter.callbacks[0]
  if (callback === undefined || counter.counting === 'refused') return undefined
  const values = new Map(fitting({ callback: own, given }, callback))
  const over = new Map<string, Value>()
  const lay = (name: string, value: Value) => {
    if (JSON.stringify(values.get(name)) === JSON.stringify(value)) return
    values.set(name, value)
    over.set(name, value)
  }
  for (const [place, key] of counter.same.entries()) {
    const asked = same[place]
    const value = asked && keptBy(asked, given)
    if (value === undefined || value === null) return undefined
    if ('field' in key) lay(key.field.field.name, value)
    else lay(key.list.field.name, [key.item === undefined ? value : { [key.item.field.name]: value }] as Value)
  }
  const when = counter.when && new Evaluator(ruleSet.slots, nothingCounted).ready(counter.when)
  const [wishes = []] = when === undefined ? [] : waysTo(when, true)
  for (const [name, { field, own: ofField }] of byField(wishes)) {
    if (isAsWished(ofField, name, values.get(name) ?? null, at)) continue
    const [value] = valuesFor(field, ofField, [], at)
    if (value === undefined) return undefined
    lay(name, value)
  }
  return { callback, over }
}

/** The fields whose values are counted by. */
export function keyFields(count: Often | Since): readonly string[] {
  const own = count.kind === 'often' && count.of.kind === 'rule' ? count.of.different : undefined
  return [...count.same, ...(own ? [own] : [])].map(key => ('field' in key ? key.field : key.list).field.name)
}

/** The value of a key in a call: of a list, that of its first item. */
function keptBy(key: CountKey, given: ReadonlyMap<string, Value>): Value | undefined {
  if ('field' in key) return key.field.part.kind === 'whole' ? given.get(key.field.field.name) : undefined
  const list = given.get(key.list.field.name)
  const [first] = Array.isArray(list) ? list : []
  if (key.item === undefined || first === undefined) return first
  return (first as Record<string, Value>)[key.item.field.name]
}

/** Another value of what is counted, one for each number; undefined if there is none. */
function otherValue(
  key: CountKey,
  given: ReadonlyMap<string, Value>,
  number: number,
): readonly [name: string, value: Value] | undefined {
  const value = keptBy(key, given)
  const other = typeof value === 'number' ? value + number : typeof value === 'string' ? another(value, number) : null
  if (other === null) return undefined
  if ('field' in key) return [key.field.field.name, other]
  const list = given.get(key.list.field.name)
  const [first] = Array.isArray(list) ? list : []
  const item = key.item === undefined ? other : { ...(first as object), [key.item.field.name]: other }
  return [key.list.field.name, [item] as Value]
}

/** `u-1` becomes `u-2`, `boss` becomes `boss-2`. */
function another(value: string, number: number): string {
  const [, before = '', digits] = /^(.*?)(\d{1,9})$/s.exec(value) ?? []
  return digits === undefined ? `${value}-${number + 1}` : `${before}${Number(digits) + number}`
}
