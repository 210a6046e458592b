import type { Callback } from '../callbacks/callback.ts'
import { withImplied } from '../callbacks/derived.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import { countsIn } from '../compile/without-counts.ts'
import { countsAfter } from '../count/earlier.ts'
import type { Call, Value } from '../decide/call.ts'
import { judged } from '../decide/decide.ts'
import type { Decision } from '../decide/decision.ts'
import { durationText } from '../language/duration.ts'
import { fitting } from '../language/read/earlier.ts'
import type { NewCase } from '../yaml/format.ts'
import { type CountWish, type EarlierCalls, earlierFor, keyFields } from './earlier-calls.ts'
import { valuesFor } from './field-values.ts'
import { dependsOnTime, onlyRule } from './run-case.ts'
import { type Wish, waysTo } from './ways.ts'
import { choicesFor, combined, timeFor } from './witness.ts'
import { caseValues, doesSomething, expectationOf, momentText } from './written-case.ts'

/** How many tests are run before giving up on a rule. */
const mostRuns = 60

/** Whether a rule asks how often or how long ago something was. */
export function hasCounts({ rule: { when, unless } }: CompiledRule): boolean {
  return [when, ...(unless ? [unless] : [])].some(condition => countsIn(condition).length > 0)
}

/** A test before it is run: what came before, and the values and the time of the call. */
type Draft = { after: readonly EarlierCalls[]; given: ReadonlyMap<string, Value>; at: number }

/**
 * A test with earlier calls for which a rule fires, and one like it for which it does not; undefined if none are found.
 *
 * Both have been run.
 */
export async function suggestCounted(
  rule: CompiledRule,
  callback: Callback,
  ruleSet: RuleSet,
): Promise<readonly [NewCase, NewCase] | undefined> {
  const alone = onlyRule(rule, ruleSet)
  const shows = (decision: Decision) => (rule.stage === 'exempt' ? fires(rule, decision) : doesSomething(decision))
  const isQuiet = (decision: Decision) => (rule.stage === 'exempt' ? !fires(rule, decision) : !doesSomething(decision))
  let runs = 0
  for (const { draft, near } of draftsOf(rule, callback, ruleSet)) {
    runs += 1
    if (runs > mostRuns) return undefined
    const firing = await run(alone, callback, draft)
    if (!shows(firing)) continue
    for (const other of [...near, ...withoutOneField(draft)]) {
      const quiet = await run(alone, callback, other)
      if (!isQuiet(quiet)) continue
      const [one, two] = [await written(rule, alone, callback, draft), await written(rule, alone, callback, other)]
      return [one, two]
    }
  }
  return undefined
}

function fires({ id }: CompiledRule, { matches }: Decision): boolean {
  return matches.some(({ rule }) => rule === id)
}

/** Tests that may make the rule fire, each with some like it that may not. */
function* draftsOf(
  rule: CompiledRule,
  callback: Callback,
  ruleSet: RuleSet,
): Generator<{ draft: Draft; near: readonly Draft[] }> {
  for (const wishes of waysTo(rule.when, true)) {
    const counts = wishes.flatMap(countWish)
    const others = wishes.filter(wish => countWish(wish).length === 0)
    const at = timeFor(rule, others)
    const choices = at === undefined ? undefined : choicesFor(rule, callback, others, at)
    if (at === undefined || choices === undefined) continue
    for (const some of combined(choices)) {
      const given = withKeys(some, counts, callback, at)
      for (const ways of together(counts.map(wish => earlierFor(wish, { callback, given, at, ruleSet })))) {
        const draft = { after: ways.flatMap(({ calls }) => calls), given, at }
        const near = ways.flatMap((way, which) =>
          way.near === undefined
            ? []
            : { ...draft, after: ways.flatMap(({ calls }, place) => (place === which ? (way.near ?? []) : calls)) },
        )
        yield { draft, near }
      }
    }
  }
}

function countWish({ judged: { condition }, wanted }: Wish): CountWish[] {
  return condition.kind === 'often' || condition.kind === 'since' ? [{ count: condition, wanted }] : []
}

/** The values of a call, with one for each field by which it is counted. */
function withKeys(
  given: ReadonlyMap<string, Value>,
  counts: readonly CountWish[],
  callback: Callback,
  at: number,
): ReadonlyMap<string, Value> {
  const all = new Map(given)
  for (const name of counts.flatMap(({ count }) => keyFields(count))) {
    const field = callback.fields.find(each => each.name === name)
    const value = field && !all.has(name) ? valuesFor(field, [], [], at)[0] : undefined
    if (value !== undefined) all.set(name, value)
  }
  return all
}

function together<T>(choices: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return choices.reduce<readonly (readonly T[])[]>(
    (all, some) => all.flatMap(way => some.map(each => [...way, each])).slice(0, 8),
    [[]],
  )
}

function withoutOneField(draft: Draft): Draft[] {
  return [...draft.given.keys()].map(name => ({
    ...draft,
    given: new Map([...draft.given].filter(([each]) => each !== name)),
  }))
}

async function run(alone: RuleSet, callback: Callback, draft: Draft): Promise<Decision> {
  return (await judgedAfter(alone, callback, draft)).decision
}

async function judgedAfter(alone: RuleSet, callback: Callback, { after, given, at }: Draft) {
  const call: Call = { callback, values: withImplied(callback, given) }
  const earlier = after.flatMap(each => {
    const values = new Map([...fitting({ callback, given }, each.callback), ...each.over])
    const one = { callback: each.callback, values: withImplied<Value>(each.callback, values) }
    return Array.from({ length: each.times }, () => ({ call: one, at: at - each.ago }))
  })
  const counts = await countsAfter(alone, earlier, { call, at, drawing: 'in' })
  return { call, ...(await judged(alone, call, at, { counts, drawing: 'in' })) }
}

async function written(rule: CompiledRule, alone: RuleSet, callback: Callback, draft: Draft): Promise<NewCase> {
  const { call, decision, answers } = await judgedAfter(alone, callback, draft)
  const isDated = rule.from !== undefined || rule.until !== undefined
  const needsTime = isDated || (await dependsOnTime(alone, call, answers))
  const after = draft.after.map(({ times, ago, over, callback: other }) => ({
    ...(times > 1 && { times }),
    ago: durationText(ago),
    ...(other !== callback && { callback: other.name }),
    ...(over.size > 0 && { given: caseValues(over, other.fields) }),
  }))
  return {
    ...(after.length > 0 && { after }),
    given: caseValues(draft.given, callback.fields),
    ...(needsTime && { at: momentText(rule, draft.at) }),
    expect: expectationOf(decision, callback),
  }
}
