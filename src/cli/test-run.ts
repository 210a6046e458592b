import type { Coverage } from '../cases/coverage.ts'
import type { Survivors } from '../cases/mutate.ts'
import type { CaseResult } from '../cases/run-case.ts'
import type { RuleSet } from '../compile/ruleset.ts'

/** How results are written: for people, as TAP, as JUnit XML, as JSON. */
export const testFormats = ['pretty', 'tap', 'junit', 'json'] as const

/** What `hookwarden test` is asked. */
export type TestOptions = { dir: string; format: (typeof testFormats)[number]; mutate: boolean }

/** All that a run of the tests of a folder shows. */
export type TestRun = {
  ruleSet: RuleSet
  results: readonly CaseResult[]
  coverage: Coverage
  survivors?: Survivors
  /** Where there is no test at all: one to begin with, as far as it can be made. */
  firstTest?: FirstTest
}

/** A rule, and tests for it as they are written below it. */
export type FirstTest = { rule: string; tests: string }
