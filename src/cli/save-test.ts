import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withImplied } from '../callbacks/derived.ts'
import { lookedAt, onlyLookedAt } from '../cases/looked-at.ts'
import { isExpected } from '../cases/run-case.ts'
import { rulesOf } from '../cases/run-cases.ts'
import { type CaseOfRule, caseOf } from '../cases/written-case.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import type { Call, Value } from '../decide/call.ts'
import { suggest } from '../language/advice/suggest.ts'
import type { Case, EarlierCall } from '../language/rule.ts'
import { visible } from '../language/show/visible.ts'
import { decode } from '../yaml/decode.ts'
import { addCase } from '../yaml/format.ts'
import { shownPlacesIn } from '../yaml/places.ts'
import { actualOf, expectedOf } from './describe-case.ts'
import { replace } from './fmt.ts'
import { UsageError } from './io.ts'

/** A call that was tried, and the rule to add it to as a test. */
export type Tried = {
  ruleSet: RuleSet
  call: Call
  at: number
  after: readonly EarlierCall[]
  dir: string
  ruleId: string
  /** What the test is to expect, if not what the rule does now: a test that fails until the rule is changed. */
  wanted?: WantedResult
}

/** Another result than that of today. */
export type WantedResult = 'allow' | { reject: number }

/** The outcome, in words; `isRight` is false if the rule has a test with the same input and another expectation. */
export type Saved = { text: string; isRight: boolean }

/**
 * Append a call to the tests of a rule, unless the rule has that test already.
 *
 * The test expects the result of that rule alone, or what is wanted. Throws UsageError if there is no such rule, or if it does not decide
 * such calls.
 */
export async function saveTest(tried: Tried): Promise<Saved> {
  const { ruleSet, call, at, after, dir, ruleId, wanted } = tried
  const rule = findRule(ruleSet, ruleId)
  const { callbacks, span } = rule.rule
  if (!callbacks.includes(call.callback)) {
    const names = callbacks.map(({ name }) => name).join(', ')
    throw new UsageError(`"${ruleId}" does not decide ${call.callback.name}, only ${names}`)
  }
  const made = await caseOf(rule, ruleSet, { call, at, after })
  const known = rule.rule.cases.find(each => each.callback === call.callback && isSameCall(each, made, rule))
  if (known !== undefined) return alreadyThere(known, made, tried)
  const path = join(dir, span.file)
  const written = wanted === undefined ? made.written : { ...made.written, expect: wanted }
  const text = addCase(decode({ file: span.file, content: await readFile(path) }).source.text, ruleId, written)
  if (text === undefined) throw new UsageError(`${span.file} has changed in the meantime: try again`)
  await replace(path, text)
  return { text: `Added to the tests of ${ruleId} in ${visible(span.file)}`, isRight: true }
}

function findRule(ruleSet: RuleSet, ruleId: string): CompiledRule {
  const rules = rulesOf(ruleSet)
  const rule = rules.find(({ id }) => id === ruleId)
  if (rule !== undefined) return rule
  const ids = rules.map(({ id }) => id)
  throw new UsageError(`There is no rule "${ruleId}". ${suggest(ruleId, ids, 'Rules')}`)
}

/** Whether two tests have the same input, as far as the rule uses it, and the same time. */
function isSameCall({ given, at, callback }: Case, made: CaseOfRule, rule: CompiledRule): boolean {
  const [a, b] = [given as ReadonlyMap<string, Value>, made.given].map(values => {
    const all = onlyLookedAt(withImplied<Value>(callback, values), lookedAt(rule))
    return JSON.stringify([...all].sort(([one], [other]) => (one < other ? -1 : 1)))
  })
  return a === b && (made.at === undefined || at === made.at)
}

function alreadyThere(known: Case, { decision }: CaseOfRule, { ruleSet, wanted }: Tried): Saved {
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
