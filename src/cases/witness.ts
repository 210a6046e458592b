import type { Callback, Field } from '../callbacks/callback.ts'
import { withImplied } from '../callbacks/derived.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import { View } from '../compile/view.ts'
import type { Value } from '../decide/call.ts'
import { oneDayMs } from '../language/clock.ts'
import { startsOfDates, timeTestsIn } from './dated-moments.ts'
import { byField, isAsWished, valuesFor } from './field-values.ts'
import { rewriteStarts } from './rewrite-starts.ts'
import { type Wish, waysTo } from './ways.ts'

/** The input and time (in ms since 1970) of a call, as in a test. */
export type Witness = { given: ReadonlyMap<string, Value>; at: number }

/** An ordinary time: noon on a Wednesday. */
const anyTime = Date.UTC(2026, 0, 7, 12)

/** How many combinations of values are tried before giving up on a rule. */
const mostTried = 200

/**
 * Calls for which a rule fires, the shortest first; none if no guess is right.
 *
 * Each has been checked against the conditions of the rule.
 */
export function* witnessesOf(rule: CompiledRule, callback: Callback): Generator<Witness> {
  let tried = 0
  for (const wishes of waysTo(rule.when, true)) {
    const at = timeFor(rule, wishes)
    const fields = at === undefined ? undefined : choicesFor(rule, callback, wishes, at)
    if (at === undefined || fields === undefined) continue
    for (const given of combined(fields)) {
      if (fires(rule, callback, { given, at })) yield { given, at }
      tried += 1
      if (tried === mostTried) return
    }
  }
}

/** Calls for which a rule does not fire, similar to one for which it does. */
export function* counterexamplesTo(rule: CompiledRule, callback: Callback, witness: Witness): Generator<Witness> {
  for (const other of likeIt(rule, callback, witness)) if (!fires(rule, callback, other)) yield other
}

/** Similar calls: another value in one field, another time of the week, one field less, and failing conditions. */
function* likeIt(rule: CompiledRule, callback: Callback, { given, at }: Witness): Generator<Witness> {
  for (const [name, value] of given) {
    const field = callback.fields.find(each => each.name === name)
    for (const other of field === undefined ? [] : otherValues(field, value)) {
      yield { given: new Map(given).set(name, other), at }
    }
  }
  const timed = waysTo(rule.when, true).flat().filter(isTimed)
  if (timed.length > 0) for (const step of stepsInWeek) yield { given, at: at + step }
  for (const day of daysOf(timed)) yield { given, at: day + (at % oneDayMs) }
  for (const name of given.keys()) yield { given: new Map([...given].filter(([each]) => each !== name)), at }
  for (const wishes of waysTo(rule.when, false)) {
    for (const failing of combined(choicesFor(rule, callback, wishes, at) ?? [])) yield { given: failing, at }
  }
}

function isTimed({ judged }: Wish): boolean {
  return judged.condition.kind === 'time'
}

function otherValues(field: Field, value: Value): readonly Value[] {
  return valuesFor(field, [], [], anyTime).filter(other => JSON.stringify(other) !== JSON.stringify(value))
}

function fires(rule: CompiledRule, callback: Callback, { given, at }: Witness): boolean {
  const { when, unless, from, until } = rule
  if ((from !== undefined && at < from) || (until !== undefined && at >= until)) return false
  const view = new View(withImplied<Value>(callback, given), at)
  return when.judge(view) === true && unless?.judge(view) !== true
}

const halfHourMs = 30 * 60_000

/** The half hours of a week, in ms. */
const stepsInWeek: readonly number[] = Array.from({ length: 7 * 48 }, (_, step) => step * halfHourMs)

/** A time at which a rule is in force and its time tests have the wanted verdict; undefined if there is none. */
export function timeFor({ from = anyTime, until }: CompiledRule, wishes: readonly Wish[]): number | undefined {
  const timed = wishes.filter(isTimed)
  const start =
    until !== undefined && until <= Math.max(from, anyTime)
      ? Math.min(from, until - halfHourMs)
      : Math.max(from, anyTime)
  const starts = [start, ...daysOf(timed).filter(day => day >= from)]
  return starts
    .flatMap(first => stepsInWeek.map(step => first + step))
    .find(at => (until === undefined || at < until) && isAsWished(timed, '', null, at))
}

function daysOf(timed: readonly Wish[]): number[] {
  return startsOfDates(timed.flatMap(({ judged }) => timeTestsIn(judged)))
}

/** Possible values of each field for the rule to fire; null is absent. */
export type Choices = readonly { name: string; values: readonly Value[] }[]

/** The possible values of each field; undefined if a field has none. */
export function choicesFor(
  rule: CompiledRule,
  callback: Callback,
  wishes: readonly Wish[],
  at: number,
): Choices | undefined {
  const starts = rewriteStarts(rule, at)
  const tested = byField(wishes)
  const choices: { name: string; values: readonly Value[] }[] = []
  for (const [name, { field, own }] of tested) {
    const isAbsent = isAsWished(own, name, null, at)
    const values = isAbsent ? [null] : valuesFor(field, own, starts.get(name) ?? [], at)
    if (values.length === 0) return undefined
    choices.push({ name, values })
  }
  for (const [name, values] of starts) {
    const isGiven = callback.fields.some(field => field.name === name && field.origin !== 'answer')
    if (isGiven && !tested.has(name) && values.length > 0) choices.push({ name, values: [...values, null] })
  }
  return choices
}

/** Every combination of one value per field, in order. */
export function* combined([first, ...others]: Choices): Generator<ReadonlyMap<string, Value>> {
  if (first === undefined) {
    yield new Map()
    return
  }
  for (const value of first.values) {
    for (const rest of combined(others)) yield value === null ? rest : new Map([[first.name, value], ...rest])
  }
}
