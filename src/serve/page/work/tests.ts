import { caseName, expectedOf, problemOf } from '../../../cases/describe-case.ts'
import { type CaseResult, runCase, runOwnCase } from '../../../cases/run-case.ts'
import { rulesOf } from '../../../cases/run-cases.ts'
import type { RuleSet } from '../../../compile/ruleset.ts'
import { placesIn } from '../../../yaml/places.ts'
import type { TestShown } from '../answers.ts'
import type { Between } from '../rule-sets.ts'

/** Run the tests of a rule, of a file, or all of them, in the order of the file. */
export async function testsOfRules(
  ruleSet: RuleSet,
  { file, rule: id }: { file?: string; rule?: string },
  between: Between,
): Promise<readonly TestShown[]> {
  const place = placesIn(ruleSet.sources)
  const tests: TestShown[] = []
  const add = (result: CaseResult) => tests.push(shownTest(result, place(result.case.span).line))
  for (const rule of rulesOf(ruleSet)) {
    if (id !== undefined ? rule.id !== id : file !== undefined && rule.rule.span.file !== file) continue
    for (const each of rule.rule.cases) {
      between()
      add(await runOwnCase(ruleSet, rule, each))
    }
  }
  for (const each of id === undefined ? ruleSet.cases : []) {
    if (file !== undefined && each.span.file !== file) continue
    between()
    add(await runCase(ruleSet, each))
  }
  return tests
}

function shownTest(result: CaseResult, line: number): TestShown {
  const { case: each, rule, status } = result
  return {
    rule: rule?.id ?? null,
    file: each.span.file,
    line,
    name: caseName(each),
    expected: expectedOf(each),
    status,
    problem: problemOf(result),
  }
}
