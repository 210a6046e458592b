import type { Diagnostic, DiagnosticCode, Fix } from './diagnostic.ts'
import { type Advice, handy } from './fix.ts'
import type { Span } from './source.ts'

/** Where readers leave what they find wrong. What to do about it is told in words alone, or with fixes. */
export type Reporter = {
  error(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void
  warning(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void
  add(diagnostic: Diagnostic): void
  /** True once no more errors are kept: what is still to be read is not read. */
  readonly isFull: boolean
}

/**
 * What was found.
 *
 * `left` is the severity of what there may be beside it: errors, since reading ends where no more are kept, or warnings
 * that were not kept. Undefined when this is all.
 */
export type FileFindings = { diagnostics: readonly Diagnostic[]; left: Diagnostic['severity'] | undefined }

/** So many errors and so many warnings of a file are told: who has more mends those first. */
export const maxOfFile = 100

/**
 * A reporter that keeps what it is told, in order, each code once a place, up to a number.
 *
 * A condition that several rules use is read for each of them; its author is told once.
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

  /** All that was found by another, or at another time. */
  addAll({ diagnostics, left }: FileFindings): void {
    for (const each of diagnostics) this.add(each)
    this.#hasMoreWarnings ||= left === 'warning'
  }
}

/** What a diagnostic says of what to do. Pure. */
export function advised(advice: string | Advice | undefined): { hint?: string; fixes?: readonly Fix[] } {
  if (advice === undefined) return {}
  if (typeof advice === 'string') return { hint: advice }
  const fixes = handy(advice.fixes)
  return { hint: advice.hint, ...(fixes.length > 0 && { fixes }) }
}

/** A diagnostic whose sentences are of a length that can be read. Pure. */
export function inShort(diagnostic: Diagnostic): Diagnostic {
  const { message, hint, fixes } = diagnostic
  return {
    ...diagnostic,
    message: brief(message, 300),
    ...(hint !== undefined && { hint: brief(hint, 1_500) }),
    ...(fixes !== undefined && { fixes: fixes.map(({ label, edits }) => ({ label: brief(label, 300), edits })) }),
  }
}

/** A sentence on one line. What is long in it is a text of its author, which stands in its middle. */
function brief(sentence: string, longest: number): string {
  const half = longest >> 1
  const short = sentence.length > longest ? `${sentence.slice(0, half)}…${sentence.slice(1 - half)}` : sentence
  return short.replaceAll(/\s*\n\s*/g, ' ')
}
