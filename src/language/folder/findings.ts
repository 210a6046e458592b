import { type Diagnostic, sortDiagnostics } from '../../yaml/diagnostic.ts'
import type { Advice } from '../../yaml/fix.ts'
import { shownCount } from '../../yaml/limits.ts'
import { advised, type FileFindings, Findings, maxOfFile, type Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import { withReasons } from './reasons.ts'

/** How many errors and how many warnings of a folder are reported. */
export const maxOfFolder = 1_000

/** The findings of a folder, limited per file and in total. */
export class FolderFindings implements Reporter {
  readonly #files = new Map<string, Findings>()
  readonly #counts = { error: 0, warning: 0 }
  #isCutShort = false

  /** True once no more errors are kept for any file. */
  get isFull(): boolean {
    return this.#counts.error >= maxOfFolder
  }

  error(code: Diagnostic['code'], span: Span, message: string, advice?: string | Advice): void {
    this.add({ severity: 'error', code, message, span, ...advised(advice) })
  }

  warning(code: Diagnostic['code'], span: Span, message: string, advice?: string | Advice): void {
    this.add({ severity: 'warning', code, message, span, ...advised(advice) })
  }

  add(diagnostic: Diagnostic): void {
    const { severity, span } = diagnostic
    if (this.#counts[severity] >= maxOfFolder) {
      this.#isCutShort = true
      return
    }
    const findings = this.#of(span.file)
    const before = findings.diagnostics.length
    findings.add(diagnostic)
    this.#counts[severity] += findings.diagnostics.length - before
  }

  /** Adds everything that was found in one file. */
  addAll(file: string, { diagnostics, left }: FileFindings): void {
    for (const each of diagnostics) this.add(each)
    if (left !== undefined) this.#of(file).addAll({ diagnostics: [], left })
  }

  /** Records that something was left unread. */
  cutShort(): void {
    this.#isCutShort = true
  }

  /** True when no more errors are kept for this file. */
  isFullFor(file: string): boolean {
    return this.isFull || this.#files.get(file)?.isFull === true
  }

  /**
   * All findings in order, given the texts of the files; the last one of a file, and of the folder, says if there are
   * more.
   */
  told(sources: ReadonlyMap<string, string>): Diagnostic[] {
    const all = [...this.#files.values()].flatMap(({ diagnostics }) => diagnostics)
    const more = [...this.#files].flatMap(([file, { left }]) =>
      left === undefined ? [] : moreOf(left, maxOfFile, 'file', { file, at: sources.get(file)?.length ?? 0 }),
    )
    const told = sortDiagnostics([...withReasons(all, sources), ...more])
    if (!this.#isCutShort) return told
    return [...told, moreOf(this.isFull ? 'error' : 'warning', maxOfFolder, 'folder', { file: '.', at: 0 })]
  }

  #of(file: string): Findings {
    const known = this.#files.get(file) ?? new Findings()
    this.#files.set(file, known)
    return known
  }
}

function moreOf(
  severity: Diagnostic['severity'],
  most: number,
  where: 'file' | 'folder',
  { file, at }: { file: string; at: number },
): Diagnostic {
  const message =
    severity === 'error'
      ? `Stopped reading this ${where} after ${shownCount(most)} errors`
      : `This ${where} has more than ${shownCount(most)} warnings: the rest are not shown`
  return { severity, code: 'more-findings', message, span: { file, start: at, end: at }, hint: 'Fix these first' }
}
