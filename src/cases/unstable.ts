import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { CaseResult } from './run-case.ts'

/**
 * Warnings about rewrites that change their own result in cases.
 *
 * The IM server sends every change: a rewritten value may come back, and would be rewritten again.
 */
export function unstableRewrites(results: readonly CaseResult[]): Diagnostic[] {
  return results.flatMap(({ case: { span }, unstable }) => {
    if (unstable === undefined) return []
    const { field, from, to, rule } = unstable
    const message = `Run on its own result, "${rule}" changes ${field} again: from ${shortened(from)} to ${shortened(to)}`
    const hint = `Add a condition to "${rule}" that excludes values it has already rewritten`
    return [{ severity: 'warning', code: 'not-idempotent', message, span, hint }]
  })
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
