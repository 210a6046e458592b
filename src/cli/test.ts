import { createColors } from 'picocolors'
import { coverageOf } from '../cases/coverage.ts'
import { survivorsOf } from '../cases/mutate.ts'
import { rulesOf, runCases } from '../cases/run-cases.ts'
import { suggestTests } from '../cases/suggest-tests.ts'
import type { Compiled } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { render } from './check.ts'
import { type ExitCode, type Io, print } from './io.ts'
import { load } from './load.ts'
import { renderCases } from './render-cases.ts'
import type { FirstTest, TestOptions, TestRun } from './test-run.ts'

/** Run the tests of a rules folder. Having no tests is not a success. Throws FolderUnreadable and WrongFolder. */
export async function test(options: TestOptions, io: Io): Promise<ExitCode> {
  return showTests(await load(options.dir), options, io)
}

/** Run the tests of compiled rules, or report their errors. */
export async function showTests(compiled: Compiled, { dir, format, mutate }: TestOptions, io: Io): Promise<ExitCode> {
  if (compiled.ruleSet === null) {
    if (format === 'json') io.out(render(compiled, dir, 'json', io))
    else print(render(compiled, dir, 'pretty', io), io)
    return 1
  }
  const run = await runAll(compiled.ruleSet, mutate)
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const text = renderCases(run, format, colors)
  if (format === 'pretty') print(text, io)
  else io.out(text)
  return run.results.length > 0 && run.results.every(({ status }) => status === 'passed') ? 0 : 1
}

async function runAll(ruleSet: RuleSet, mutate: boolean): Promise<TestRun> {
  const results = await runCases(ruleSet)
  const coverage = coverageOf(ruleSet, results)
  // A test that already fails would catch every change.
  const mayMutate = mutate && results.every(({ status }) => status === 'passed')
  const firstTest = results.length === 0 ? await firstTestOf(ruleSet) : undefined
  return {
    ruleSet,
    results,
    coverage,
    ...(mayMutate && { survivors: await survivorsOf(ruleSet) }),
    ...(firstTest && { firstTest }),
  }
}

async function firstTestOf(ruleSet: RuleSet): Promise<FirstTest | undefined> {
  for (const rule of rulesOf(ruleSet)) {
    const tests = await suggestTests(rule, ruleSet)
    if (tests !== undefined) return { rule: rule.id, tests }
  }
  return undefined
}
