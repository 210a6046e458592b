import type { Judged } from '../compile/judged.ts'
import type { Needed } from '../compile/needed.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { Test } from '../language/condition.ts'
import type { Diagnostic, DiagnosticCode } from '../yaml/diagnostic.ts'
import { type Advice, handy } from '../yaml/fix.ts'
import { inShort } from '../yaml/reporter.ts'
import type { Span } from '../yaml/source.ts'

/** A rule as the warnings see it: what it needs to fire, and what its exception needs to be true. */
export type Examined = { rule: CompiledRule; needed: Needed; exception?: Needed }

/** A warning to the author of a rule. */
export function warning(code: DiagnosticCode, span: Span, message: string, advice: string | Advice): Diagnostic {
  const { hint, fixes }: Advice = typeof advice === 'string' ? { hint: advice } : advice
  const choices = handy(fixes)
  return inShort({ severity: 'warning', code, message, span, hint, ...(choices.length > 0 && { fixes: choices }) })
}
/** A text as it can be typed inside braces or brackets: in quotes if YAML needs them. */
export function inFlow(text: string): string {
  const isPlain = /^[\p{L}.][\p{L}\p{N} _.*+$%@/-]*$/u.test(text) && !/^(?:true|false|null)$| $/i.test(text)
  return isPlain ? text : JSON.stringify(text)
}

/** A text shortened for a message, on one line. */
export function brief(text: string): string {
  const line = text.replace(/[\t\r\n]+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
/** A compiled test. */
export type JudgedTest = Judged & { condition: Test }

/**
 * All tests of a rule: in `when` and `unless`, including list items there, and in the conditions of rewritten items.
 */
export function testsOfRule({ when, unless, ofItems }: CompiledRule): JudgedTest[] {
  return [when, ...(unless === undefined ? [] : [unless]), ...ofItems.values()].flatMap(testsIn)
}

function testsIn(judged: Judged): JudgedTest[] {
  const { condition, parts, leaf } = judged
  if (leaf?.item !== undefined) return testsIn(leaf.item)
  return condition.kind === 'test' ? [judged as JudgedTest] : parts.flatMap(testsIn)
}
