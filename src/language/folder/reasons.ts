import { type Diagnostic, sortDiagnostics } from '../../yaml/diagnostic.ts'

/**
 * One diagnostic for one mistake, sorted.
 *
 * Curly quotes and full-width commas in a text are warnings, as the text may be meant so. Where the text is also wrong
 * as it stands, they are the reason: the warning becomes the error, and nothing else is said of it. Pure.
 */
export function withReasons(diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>): Diagnostic[] {
  const sorted = sortDiagnostics(diagnostics)
  const reasons = new Map<Diagnostic, Diagnostic>()
  for (const [at, each] of sorted.entries()) {
    if (!isReason(each)) continue
    const wrong = around(at, sorted).find(other => isTextWith(each, other, sources))
    if (wrong !== undefined && !reasons.has(wrong)) reasons.set(wrong, each)
  }
  const told = new Set(reasons.values())
  return sorted.flatMap(each => (reasons.has(each) ? [] : told.has(each) ? { ...each, severity: 'error' } : each))
}

function isReason({ severity, code }: Diagnostic): boolean {
  return severity === 'warning' && (code === 'curly-quotes' || code === 'full-width-comma')
}

/** What is said of a place and of one that begins shortly before stands near it. */
function around(at: number, sorted: readonly Diagnostic[]): readonly Diagnostic[] {
  return sorted.slice(Math.max(0, at - 4), at + 4)
}

/** Whether what is wrong is one text, unquoted and on one line, that the reason stands in. */
function isTextWith({ span }: Diagnostic, other: Diagnostic, sources: ReadonlyMap<string, string>): boolean {
  const { file, start, end } = other.span
  if (other.severity !== 'error' || file !== span.file || start > span.start || end < span.end) return false
  return !/[\n{}[\]"']/.test((sources.get(file) ?? '').slice(start, end))
}
