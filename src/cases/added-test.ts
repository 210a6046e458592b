import { withImplied } from '../callbacks/derived.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import type { Call, Value } from '../decide/call.ts'
import { suggest } from '../language/advice/suggest.ts'
import type { Case, EarlierCall } from '../language/rule.ts'
import { visible } from '../language/show/visible.ts'
import type { NewCase } from '../yaml/format.ts'
import { shownPlacesIn } from '../yaml/places.ts'
import { actualOf, expectedOf } from './describe-case.ts'
import { lookedAt, onlyLookedAt } from './looked-at.ts'
import { isExpected } from './run-case.ts'
import { rulesOf } from './run-cases.ts'
import { type CaseOfRule, caseOf } from './written-case.ts'

/** A call that was tried, and the rule to add it to as a test. */
export type TriedCall = {
  ruleSet: RuleSet
  call: Call
  at: number
  after: readonly EarlierCall[]
  ruleId: string
  /** What the test is to expect, if not what the rule does now: a test that fails until the rule is changed. */
  wanted?: WantedResult
}

/** Another result than that of today. */
export type WantedResult = 'allow' | { reject: number }

/**
 * What becomes of a call as a test of a rule: the test to write into a file; what to say of one that is there already, where
 * `isRight` is false if it expects something else; or why there is no such test.
 */
export type AddedTest =
  | { kind: 'new'; file: string; written: NewCase }
  | { kind: 'known'; text: string; isRight: boolean }
  | { kind: 'no'; problem: string }

/** Turns a call into a test of a rule, which expects the result of that rule alone, or what is wanted. */
export async function addedTest(tried: TriedCall): Promise<AddedTest> {
  const { ruleSet, call, at, after, ruleId, wanted } = tried
  const rules = rulesOf(ruleSet)
  const rule = rules.find(({ id }) => id === ruleId)
  if (rule === undefined) {
    const ids = rules.map(({ id }) => id)
    return { kind: 'no', problem: `There is no rule "${ruleId}". ${suggest(ruleId, ids, 'Rules')}` }
  }
  const { callbacks, span } = rule.rule
  if (!callbacks.includes(call.callback)) {
    const names = callbacks.map(({ name }) => name).join(', ')
    return { kind: 'no', problem: `"${ruleId}" does not decide ${call.callback.name}, only ${names}` }
  }
  const made = await caseOf(rule, ruleSet, { call, at, after })
  const known = rule.rule.cases.find(
    each => isOfShare(each) && each.callback === call.callback && isSameCall(each, made, rule),
  )
  if (known !== undefined) return { kind: 'known', ...alreadyThere(known, made, tried) }
  const written = wanted === undefined ? made.written : { ...made.written, expect: wanted }
  return { kind: 'new', file: span.file, written }
}

/** What is saved is the result of the rule where it is in force. */
function isOfShare({ share }: Case): boolean {
  return share?.side !== 'out'
}

/** Whether two tests have the same input, as far as the rule uses it, and the same time. */
function isSameCall({ given, at, callback }: Case, made: CaseOfRule, rule: CompiledRule): boolean {
  const [a, b] = [given as ReadonlyMap<string, Value>, made.given].map(values => {
    const all = onlyLookedAt(withImplied<Value>(callback, values), lookedAt(rule))
    return JSON.stringify([...all].sort(([one], [other]) => (one < other ? -1 : 1)))
  })
  return a === b && (made.at === undefined || at === made.at)
}

function alreadyThere(
  known: Case,
  { decision }: CaseOfRule,
  { ruleSet, wanted }: TriedCall,
): { text: string; isRight: boolean } {
  const place = visible(shownPlacesIn(ruleSet.sources)(known.span))
  const isRight = wanted === undefined ? isExpected(known, decision) : isWanted(known, wanted)
  if (isRight) return { text: `This test already exists: ${place}`, isRight }
  const result =
    wanted === undefined ? `the result is ${actualOf(decision, known)}` : `this one would expect ${wantedText(wanted)}`
  const differs = `The test at ${place} has the same input but expects ${expectedOf(known)}; ${result}`
  return { text: `${differs}. Nothing was added`, isRight }
}

function isWanted({ expect }: Case, wanted: WantedResult): boolean {
  if (wanted === 'allow') return expect.kind === 'allow'
  return expect.kind === 'reject' && expect.code === wanted.reject
}

function wantedText(wanted: WantedResult): string {
  return wanted === 'allow' ? 'allowed, nothing changed' : `rejected with ${wanted.reject}`
}
