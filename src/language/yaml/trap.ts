import type { Diagnostic, DiagnosticCode } from '../diagnostic.ts'

/** A diagnostic whose file is not yet named. */
export type Trap = Omit<Diagnostic, 'span'> & { start: number; end: number }

/** An error trap. Pure. */
export function errorTrap(code: DiagnosticCode, start: number, length: number, message: string, hint: string): Trap {
  return { severity: 'error', code, start, end: start + length, message, hint }
}
