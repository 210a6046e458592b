import { withImplied } from '../callbacks/derived.ts'
import type { Compiled } from '../compile/compile.ts'
import type { CompiledRule, RuleSet } from '../compile/ruleset.ts'
import type { Value } from '../decide/call.ts'
import type { Decision } from '../decide/decision.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { caseText } from '../yaml/format.ts'
import { rulesOf } from './run-cases.ts'
import { counterexamplesTo, type Witness, witnessesOf } from './witness.ts'
import { type CaseOfRule, caseOf } from './written-case.ts'

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
    const tests = rule && (await suggestTests(rule, ruleSet))
    const more = /\. (There are \d+ more like this)$/.exec(each.hint ?? '')?.[1]
    suggested.push(
      tests === undefined
        ? each
        : { ...each, hint: [`Write ${tests}`, ...(more === undefined ? [] : [more])].join('\n') },
    )
  }
  return { ...compiled, diagnostics: suggested }
}

function placeOf({ span }: Pick<Diagnostic, 'span'>): string {
  return `${span.file} ${span.start}`
}

/** `tests: […]` for a rule: a call for which it fires and one for which it does not; undefined if none are found. */
export async function suggestTests(rule: CompiledRule, ruleSet: RuleSet): Promise<string | undefined> {
  const [callback] = rule.rule.callbacks
  if (callback === undefined) return undefined
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
      if (!doesSomething(quiet.decision))
        return `tests: [${[firing, quiet].map(each => caseText(each.written)).join(', ')}]`
    }
  }
  return undefined
}

/** A rule that did nothing in this many calls for which it fires will do nothing in the next. */
const mostRuns = 20

function doesSomething(decision: Decision): boolean {
  return decision.kind === 'reject' || decision.rewrites.size > 0
}
