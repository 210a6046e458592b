import type { Diagnostic, DiagnosticCode, Fix } from './diagnostic.ts'
import { type Advice, handy } from './fix.ts'
import type { Span } from './source.ts'

/** Collects problems found by readers. Advice is text alone, or comes with fixes. */
export type Reporter = {
  error(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void
  warning(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void
  add(diagnostic: Diagnostic): void
  /** True once no more errors are kept: the rest need not be read. */
  readonly isFull: boolean
}

/**
 * What was found.
 *
 * `left` is the severity of possible further findings: errors, since reading stops once no more are kept, or warnings
 * that were dropped. Undefined if this is all.
 */
export type FileFindings = { diagnostics: readonly Diagnostic[]; left: Diagnostic['severity'] | undefined }

/** How many errors and how many warnings of a file are reported. */
export const maxOfFile = 100

/**
 * A reporter that keeps diagnostics in order, each code once per place, up to a limit.
 *
 * A condition that several rules use is read for each of them, but reported once.
 */
export class Findings implements Reporter, FileFindings {
  readonly diagnostics: Diagnostic[] = []
  readonly #counts = { error: 0, warning: 0 }
  #hasMoreWarnings = false
  readonly #seen = new Set<string>()

  get isFull(): boolean {
    return this.#counts.error >= maxOfFile
  }

  get errors(): number {
    return this.#counts.error
  }

  get left(): Diagnostic['severity'] | undefined {
    if (this.isFull) return 'error'
    return this.#hasMoreWarnings ? 'warning' : undefined
  }

  error(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void {
    this.add({ severity: 'error', code, message, span, ...advised(advice) })
  }

  warning(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void {
    this.add({ severity: 'warning', code, message, span, ...advised(advice) })
  }

  add(diagnostic: Diagnostic): void {
    const { code, span, severity } = diagnostic
    const key = `${span.start} ${span.end} ${code} ${span.file}`
    if (this.#seen.has(key)) return
    if (this.#counts[severity] >= maxOfFile) {
      this.#hasMoreWarnings ||= severity === 'warning'
      return
    }
    this.#seen.add(key)
    this.#counts[severity] += 1
    this.diagnostics.push(inShort(diagnostic))
  }

  /** Adds everything found by another reporter, or at another time. */
  addAll({ diagnostics, left }: FileFindings): void {
    for (const each of diagnostics) this.add(each)
    this.#hasMoreWarnings ||= left === 'warning'
  }
}

/** The hint and fixes of a diagnostic. */
export function advised(advice: string | Advice | undefined): { hint?: string; fixes?: readonly Fix[] } {
  if (advice === undefined) return {}
  if (typeof advice === 'string') return { hint: advice }
  const fixes = handy(advice.fixes)
  return { hint: advice.hint, ...(fixes.length > 0 && { fixes }) }
}

/** A diagnostic with overlong sentences shortened. */
export function inShort(diagnostic: Diagnostic): Diagnostic {
  const { message, hint, fixes } = diagnostic
  return {
    ...diagnostic,
    message: brief(message, 300),
    ...(hint !== undefined && { hint: brief(hint, 1_500) }),
    ...(fixes !== undefined && { fixes: fixes.map(({ label, edits }) => ({ label: brief(label, 300), edits })) }),
  }
}

/** A sentence shortened to one line. The long part is an author's text in its middle. */
function brief(sentence: string, longest: number): string {
  const half = longest >> 1
  const short = sentence.length > longest ? `${sentence.slice(0, half)}…${sentence.slice(1 - half)}` : sentence
  return short.replaceAll(/\s*\n\s*/g, ' ')
}
