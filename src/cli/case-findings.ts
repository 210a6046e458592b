import { actualOf, expectedOf } from '../cases/describe-case.ts'
import type { CaseResult } from '../cases/run-case.ts'
import { unstableRewrites } from '../cases/unstable.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'

/** The findings of a test run: failed tests, and rewrites that change their own result. */
export function caseFindings(results: readonly CaseResult[]): Diagnostic[] {
  return [...results.flatMap(failed), ...unstableRewrites(results)]
}

function failed({ case: each, status, decision }: CaseResult): Diagnostic[] {
  const finding = { severity: 'error', code: 'failed-test', span: each.span } as const
  switch (status) {
    case 'passed':
      return []
    case 'needs time': {
      const message = 'The result of this test depends on the time'
      return [{ ...finding, message, hint: 'Add at: "2026-03-01 23:30" (or another time)' }]
    }
    case 'failed': {
      const message = `This test expects ${expectedOf(each)}; the result is ${actualOf(decision, each)}`
      return [{ ...finding, message, hint: 'Run "hookwarden test" to see which conditions caused this' }]
    }
  }
}
