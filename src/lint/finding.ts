import type { Needed } from '../compile/needed.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { Diagnostic, DiagnosticCode } from '../yaml/diagnostic.ts'
import { type Advice, handy } from '../yaml/fix.ts'
import type { ShowPlace } from '../yaml/places.ts'
import { inShort } from '../yaml/reporter.ts'
import type { Span } from '../yaml/source.ts'

/** A rule as its warnings see it: what it needs to fire, and what its exception needs to hold. */
export type Examined = { rule: CompiledRule; needed: Needed; exception?: Needed }

/** What several warnings need to say where something is. */
export type Place = ShowPlace

/** A warning to the author of a rule. Pure. */
export function warning(code: DiagnosticCode, span: Span, message: string, advice: string | Advice): Diagnostic {
  const { hint, fixes }: Advice = typeof advice === 'string' ? { hint: advice } : advice
  const choices = handy(fixes)
  return inShort({ severity: 'warning', code, message, span, hint, ...(choices.length > 0 && { fixes: choices }) })
}
