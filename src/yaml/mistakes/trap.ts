import type { Diagnostic, DiagnosticCode } from '../diagnostic.ts'

/** A change to the file, by offsets. */
export type TrapEdit = { start: number; end: number; text: string }

/** How to fix a trap: in words, and as fixes that can be applied. */
export type Mend = { hint: string; fixes: readonly { label: string; edits: readonly TrapEdit[] }[] }

/** A diagnostic whose file is not yet named. */
export type Trap = Omit<Diagnostic, 'span' | 'fixes'> & { start: number; end: number; fixes?: Mend['fixes'] }

/** An error trap. */
export function errorTrap(
  code: DiagnosticCode,
  start: number,
  length: number,
  message: string,
  mend: string | Mend,
): Trap {
  const told = typeof mend === 'string' ? { hint: mend } : mend
  return { severity: 'error', code, start, end: start + length, message, ...told }
}

/** A hint with several fixes, each with one edit. */
export function choosing(hint: string, choices: readonly (TrapEdit & { label: string })[]): Mend {
  return { hint, fixes: choices.map(({ label, ...edit }) => ({ label, edits: [edit] })) }
}

/** A hint with its single edit. */
export function mending(hint: string, start: number, end: number, text: string, label = hint): Mend {
  return { hint, fixes: [{ label, edits: [{ start, end, text }] }] }
}
