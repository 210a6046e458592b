import type { Diagnostic, DiagnosticCode, Fix } from './diagnostic.ts'
import { type Advice, handy } from './fix.ts'
import type { Span } from './source.ts'

/** Where readers leave what they find wrong. What to do about it is told in words alone, or with fixes. */
export type Reporter = {
  error(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void
  warning(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void
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

  error(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void {
    this.add({ severity: 'error', code, message: brief(message, 300), span, ...told(advice) })
  }

  warning(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void {
    this.add({ severity: 'warning', code, message: brief(message, 300), span, ...told(advice) })
  }

  add(diagnostic: Diagnostic): void {
    const { code, span } = diagnostic
    const key = `${span.start} ${span.end} ${code} ${span.file}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.diagnostics.push(diagnostic)
  }
}

function told(advice: string | Advice | undefined): { hint?: string; fixes?: readonly Fix[] } {
  if (advice === undefined) return {}
  if (typeof advice === 'string') return { hint: brief(advice, 1_500) }
  const fixes = handy(advice.fixes).map(({ label, edits }) => ({ label: brief(label, 300), edits }))
  return { hint: brief(advice.hint, 1_500), ...(fixes.length > 0 && { fixes }) }
}

/** A sentence on one line. What is long in it is a text of its author, which stands in its middle. */
function brief(sentence: string, longest: number): string {
  const half = longest >> 1
  const short = sentence.length > longest ? `${sentence.slice(0, half)}…${sentence.slice(-half)}` : sentence
  return short.replaceAll(/\s*\n\s*/g, ' ')
}
