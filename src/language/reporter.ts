import type { Diagnostic, DiagnosticCode } from './diagnostic.ts'
import type { Span } from './source.ts'

/** Where readers leave what they find wrong. */
export type Reporter = {
  error(code: DiagnosticCode, span: Span, message: string, hint?: string): void
  warning(code: DiagnosticCode, span: Span, message: string, hint?: string): void
  add(diagnostic: Diagnostic): void
}

/**
 * A reporter that keeps what it is told, in order, each code once a place.
 *
 * A condition that several rules use is read for each of them; its author is told once.
 */
export class Findings implements Reporter {
  readonly diagnostics: Diagnostic[] = []
  readonly #seen = new Set<string>()

  error(code: DiagnosticCode, span: Span, message: string, hint?: string): void {
    this.add({ severity: 'error', code, message, span, ...(hint === undefined ? {} : { hint }) })
  }

  warning(code: DiagnosticCode, span: Span, message: string, hint?: string): void {
    this.add({ severity: 'warning', code, message, span, ...(hint === undefined ? {} : { hint }) })
  }

  add(diagnostic: Diagnostic): void {
    const { code, span } = diagnostic
    const key = `${span.start} ${span.end} ${code} ${span.file}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.diagnostics.push(diagnostic)
  }
}
