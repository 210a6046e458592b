import type { Coverage } from '../cases/coverage.ts'
import type { Survivors } from '../cases/mutate.ts'
import type { CaseResult } from '../cases/run-case.ts'
import type { RuleSet } from '../compile/ruleset.ts'

/** Output formats: for people, TAP, JUnit XML, JSON. */
export const testFormats = ['pretty', 'tap', 'junit', 'json'] as const

/** Options of `hookwarden test`. */
export type TestOptions = { dir: string; format: (typeof testFormats)[number]; mutate: boolean }

/** The results of running the tests of a folder. */
export type TestRun = {
  ruleSet: RuleSet
  results: readonly CaseResult[]
  coverage: Coverage
  survivors?: Survivors
  /** A first test to add, if there are no tests and one can be generated. */
  firstTest?: FirstTest
}

/** A rule, and tests to write below it. */
export type FirstTest = { rule: string; tests: string }
