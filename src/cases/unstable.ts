import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { CaseResult } from './run-case.ts'

/**
 * Warnings of rewrites that change their own result, as cases show it.
 *
 * The IM server asks about every change: what a call was rewritten to comes back, and would be rewritten again. Pure.
 */
export function unstableRewrites(results: readonly CaseResult[]): Diagnostic[] {
  return results.flatMap(({ case: { span }, unstable }) => {
    if (unstable === undefined) return []
    const { field, from, to, rule } = unstable
    const message = `Run on its own result, "${rule}" changes ${field} again: from ${told(from)} to ${told(to)}`
    const hint = `Add a condition to "${rule}" that excludes values it has already rewritten`
    return [{ severity: 'warning', code: 'not-idempotent', message, span, hint }]
  })
}

function told(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
