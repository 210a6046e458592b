import { withImplied } from '../callbacks/derived.ts'
import type { Compiled } from '../compile/compile.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import type { Value } from '../decide/call.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { caseText, type NewCase } from '../yaml/format.ts'
import { hasCounts, suggestCounted } from './counted-cases.ts'
import { rulesOf } from './run-cases.ts'
import { counterexamplesTo, type Witness, witnessesOf } from './witness.ts'
import { type CaseOfRule, caseOf, doesSomething } from './written-case.ts'

/**
 * Add tests to paste to the findings that a rule has none, if they can be generated.
 *
 * Every suggested test has been run, and passes for the current rule.
 */
export async function withSuggestedTests(compiled: Compiled): Promise<Compiled> {
  const { ruleSet, diagnostics } = compiled
  if (ruleSet === null) return compiled
  const rules = new Map(rulesOf(ruleSet).map(rule => [placeOf(rule.rule), rule]))
  const suggested: Diagnostic[] = []
  for (const each of diagnostics) {
    const rule = each.code === 'no-test' ? rules.get(placeOf(each)) : undefined
    const cases = rule && (await suggestCases(rule, ruleSet))
    const more = /\. (There are \d+ more like this)$/.exec(each.hint ?? '')?.[1]
    suggested.push(
      cases === undefined
        ? each
        : { ...each, hint: [hintOf(cases, rule), ...(more === undefined ? [] : [more])].join('\n') },
    )
  }
  return { ...compiled, diagnostics: suggested }
}

function placeOf({ span }: Pick<Diagnostic, 'span'>): string {
  return `${span.file} ${span.start}`
}

function hintOf(cases: readonly NewCase[], rule: CompiledRule | undefined): string {
  const [firing] = cases
  const hasTests = (rule?.rule.cases.length ?? 0) > 0 && firing !== undefined
  return hasTests ? `Add to its tests: ${caseText(firing)}` : `Write ${testsOf(cases)}`
}

function testsOf(cases: readonly NewCase[]): string {
  return `tests: [${cases.map(caseText).join(', ')}]`
}

/** `tests: […]` for a rule: a call for which it fires and one for which it does not; undefined if none are found. */
export async function suggestTests(rule: CompiledRule, ruleSet: RuleSet): Promise<string | undefined> {
  const cases = await suggestCases(rule, ruleSet)
  return cases && testsOf(cases)
}

/** A call for which a rule fires and one for which it does not; undefined if none are found. */
async function suggestCases(rule: CompiledRule, ruleSet: RuleSet): Promise<readonly NewCase[] | undefined> {
  const [callback] = rule.rule.callbacks
  if (callback === undefined) return undefined
  if (hasCounts(rule)) return suggestCounted(rule, callback, ruleSet)
  const made = async ({ given, at }: Witness) =>
    caseOf(rule, ruleSet, { call: { callback, values: withImplied<Value>(callback, given) }, at })
  const shows = ({ decision }: CaseOfRule) => rule.stage === 'exempt' || doesSomething(decision)
  let runs = 0
  for (const witness of witnessesOf(rule, callback)) {
    runs += 1
    if (runs > mostRuns) return undefined
    const firing = await made(witness)
    if (!shows(firing)) continue
    for (const other of counterexamplesTo(rule, callback, witness)) {
      const quiet = await made(other)
      if (!doesSomething(quiet.decision)) return [firing.written, quiet.written]
    }
  }
  return undefined
}

/** A rule that did nothing in this many calls for which it fires will do nothing in the next. */
const mostRuns = 20
