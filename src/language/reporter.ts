import type { Diagnostic, DiagnosticCode, Fix } from './diagnostic.ts'
import { type Advice, handy } from './fix.ts'
import type { Span } from './source.ts'

/** Where readers leave what they find wrong. What to do about it is told in words alone, or with fixes. */
export type Reporter = {
  error(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void
  warning(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void
  add(diagnostic: Diagnostic): void
  /** True once no more errors are kept: what is still to be read need not be. */
  readonly isFull: boolean
}

/** What was found. `left` is the severest of what was not kept, since there was too much; undefined when all was. */
export type Found = { diagnostics: readonly Diagnostic[]; left: Diagnostic['severity'] | undefined }

/** So many errors and so many warnings of a file are told: who has more mends those first. */
export const maxOfFile = 100

/**
 * A reporter that keeps what it is told, in order, each code once a place, up to a number.
 *
 * A condition that several rules use is read for each of them; its author is told once.
 */
export class Findings implements Reporter, Found {
  readonly diagnostics: Diagnostic[] = []
  readonly #counts = { error: 0, warning: 0 }
  readonly #left = { error: false, warning: false }
  readonly #seen = new Set<string>()

  get isFull(): boolean {
    return this.#counts.error >= maxOfFile
  }

  get errors(): number {
    return this.#counts.error
  }

  get left(): Diagnostic['severity'] | undefined {
    if (this.#left.error) return 'error'
    return this.#left.warning ? 'warning' : undefined
  }

  error(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void {
    this.add({ severity: 'error', code, message, span, ...advised(advice) })
  }

  warning(code: DiagnosticCode, span: Span, message: string, advice?: string | Advice): void {
    this.add({ severity: 'warning', code, message, span, ...advised(advice) })
  }

  add(diagnostic: Diagnostic): void {
    const { code, span, severity } = diagnostic
    const isRoom = this.#counts[severity] < maxOfFile
    const key = `${span.start} ${span.end} ${code} ${span.file}`
    if (this.#seen.has(key)) return
    if (!isRoom) {
      this.#left[severity] = true
      return
    }
    this.#seen.add(key)
    this.#counts[severity] += 1
    this.diagnostics.push(inShort(diagnostic))
  }

  /** All that was found by another, or at another time. */
  addAll({ diagnostics, left }: Found): void {
    for (const each of diagnostics) this.add(each)
    if (left !== undefined) this.#left[left] = true
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

/**
 * What is read of each of some things, in order; undefined for one that is wrong.
 *
 * Once no more errors are kept, the rest is not read: only one more `undefined` stands for it.
 */
export function readEach<T, R>(
  things: readonly T[],
  reporter: Reporter,
  read: (thing: T, at: number) => R | undefined,
): (R | undefined)[] {
  const found: (R | undefined)[] = []
  for (const [at, thing] of things.entries()) {
    if (reporter.isFull) return [...found, undefined]
    found.push(read(thing, at))
  }
  return found
}
