import type { Callback, Field } from '../callbacks/callback.ts'
import { withImplied } from '../callbacks/derived.ts'
import type { Judged } from '../compile/judged.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { countsAfter, earlierCalls } from '../count/earlier.ts'
import type { Call, Value } from '../decide/call.ts'
import { decide } from '../decide/decide.ts'
import type { Decision } from '../decide/decision.ts'
import { instantOf, localText, offsetText, readZone } from '../language/clock.ts'
import { durationText } from '../language/duration.ts'
import type { EarlierCall } from '../language/rule.ts'
import type { NewCase } from '../yaml/format.ts'
import { lookedAt, onlyLookedAt } from './looked-at.ts'
import { dependsOnTime, onlyRule } from './run-case.ts'

/** A call as a test of a rule gives it, its time if that matters, and the decision of that rule alone. */
export type CaseOfRule = { given: ReadonlyMap<string, Value>; at?: number; decision: Decision; written: NewCase }

/**
 * Turn a call into a test of a rule: the values that the rule uses, and the decision of that rule alone.
 *
 * `at` is in ms since 1970. Throws what a lookup throws.
 */
export async function caseOf(
  rule: CompiledRule,
  ruleSet: RuleSet,
  { call, at, after = [] }: { call: Call; at: number; after?: readonly EarlierCall[] },
): Promise<CaseOfRule> {
  const alone = onlyRule(rule, ruleSet)
  // Times in tests have no fractions of a second.
  const second = Math.floor(at / 1000) * 1000
  const { values, decision } = await enough(rule, alone, { call, at: second, after })
  const shortCall: Call = { callback: call.callback, values: withImplied(call.callback, values) }
  const isDated = rule.from !== undefined || rule.until !== undefined
  const needsTime = isDated || (await dependsOnTime(alone, shortCall))
  const written: NewCase = {
    ...(call.callback !== rule.rule.callbacks[0] && { callback: call.callback.name }),
    ...(after.length > 0 && { after: after.map(each => writtenEarlier(each, call.callback)) }),
    given: caseValues(values, call.callback.fields),
    ...(needsTime && { at: momentText(rule, second) }),
    expect: expectationOf(decision, call.callback),
  }
  return { given: values, ...(needsTime && { at: second }), decision, written }
}

type Enough = { values: ReadonlyMap<string, Value>; decision: Decision }

/** The values that the rule uses, if they lead to the same decision; otherwise all values of the call. */
async function enough(
  rule: CompiledRule,
  alone: RuleSet,
  { call: { callback, values }, at, after }: { call: Call; at: number; after: readonly EarlierCall[] },
): Promise<Enough> {
  const all = values as ReadonlyMap<string, Value>
  const deciding = async (some: ReadonlyMap<string, Value>) => {
    const call: Call = { callback, values: withImplied<Value>(callback, some) }
    const counts = await countsAfter(alone, earlierCalls(after, at), { call, at, drawing: 'in' })
    return decide(alone, call, at, { counts, drawing: 'in' })
  }
  const whole = await deciding(all)
  for (const some of [enoughOf(all, rule), withoutText(all)]) {
    const decision = await deciding(some)
    const [a, b] = [decision, whole].map(each => JSON.stringify(expectationOf(each, callback)))
    if (a === b) return { values: some, decision }
  }
  return { values: withoutText(all), decision: whole }
}

const [textName, contentName, typeName] = ['message text', 'content', 'contentType'] as const

/** The values that a rule uses. A message is given by its text if its content does not matter. */
function enoughOf(values: ReadonlyMap<string, Value>, rule: CompiledRule): ReadonlyMap<string, Value> {
  const fields = lookedAt(rule)
  if (!fields.has(textName)) return onlyLookedAt(values, fields)
  if (values.has(textName) && !fields.has(contentName)) return onlyLookedAt(values, fields)
  // The message type determines where the text is in the content, or that there is none.
  return onlyLookedAt(withoutText(values), new Map([...fields, [typeName, new Set<string>()]]))
}

/** The values without the text of a message, which is also in its content. */
function withoutText(values: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map([...values].filter(([name]) => name !== textName))
}

/** An earlier call as a test writes it: with all of its values. */
function writtenEarlier({ ago, times, callback, given }: EarlierCall, own: Callback): Record<string, unknown> {
  return {
    ago: durationText(ago),
    ...(times > 1 && { times }),
    ...(callback !== own && { callback: callback.name }),
    given: caseValues(given, callback.fields),
  }
}

/** Values as written in a test; fields that are not in the catalogue are left out. */
export function caseValues(values: ReadonlyMap<string, unknown>, fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(field => {
      const value = values.get(field.name) ?? null
      return value === null ? [] : [[field.name, written(value, field)]]
    }),
  )
}

/** A value as written in a test. Always a new object: YAML would write repeated objects as aliases. */
function written(value: unknown, { names, items }: Field): unknown {
  if (Array.isArray(value) && typeof items === 'object') {
    return value.map(item => caseValues(new Map(Object.entries(item)), items))
  }
  if (Array.isArray(value)) return [...value]
  return [...(names ?? [])].find(([, number]) => number === value)?.[0] ?? value
}

/** Whether a decision refuses or changes a call. */
export function doesSomething(decision: Decision): boolean {
  return decision.kind === 'reject' || decision.rewrites.size > 0
}

/** What a test expects, for a decision to be as it is. */
export function expectationOf(decision: Decision, { fields }: Callback): unknown {
  if (decision.kind === 'reject') return { reject: decision.code }
  if (decision.rewrites.size === 0) return 'allow'
  return { rewrite: caseValues(decision.rewrites, fields) }
}

/** An instant in the time zone of the rule's file, or else with the offset of the zone that its conditions name. */
export function momentText({ rule: { zone: ofFile }, when, unless }: CompiledRule, at: number): string {
  const own = ofFile === undefined ? undefined : readZone(ofFile)
  if (own !== undefined) {
    const text = localText(own, at)
    // If the local time occurs twice, it means the first of the two.
    if (instantOf(own, Date.parse(`${text.replace(' ', 'T')}Z`)) === at) return text
  }
  const zone = own ?? [when, ...(unless === undefined ? [] : [unless])].flatMap(zonesIn).map(readZone)[0]
  if (zone === undefined) return new Date(at).toISOString().replace('.000Z', 'Z')
  return `${localText(zone, at).replace(' ', 'T')}${offsetText(zone, at)}`
}

function zonesIn({ condition, parts }: Judged): readonly string[] {
  return condition.kind === 'time' ? [condition.zone] : parts.flatMap(zonesIn)
}
