import { type Diagnostic, sortDiagnostics } from '../../yaml/diagnostic.ts'

/**
 * Merges diagnostics about the same mistake, and sorts them.
 *
 * Curly quotes and full-width commas in a text are warnings, since they may be intended. If the text also causes an
 * error, they are its cause: the warning becomes the error and replaces it.
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

/** The neighbours of a diagnostic: in sorted order, those about the same text are close together. */
function around(at: number, sorted: readonly Diagnostic[]): readonly Diagnostic[] {
  return sorted.slice(Math.max(0, at - 4), at + 4)
}

/** Whether a diagnostic is about one text, unquoted and on one line, that contains the other. */
function isTextWith({ span }: Diagnostic, other: Diagnostic, sources: ReadonlyMap<string, string>): boolean {
  const { file, start, end } = other.span
  if (other.severity !== 'error' || file !== span.file || start > span.start || end < span.end) return false
  return !/[\n{}[\]"']/.test((sources.get(file) ?? '').slice(start, end))
}
