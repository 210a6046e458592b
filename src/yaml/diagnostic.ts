import type { Span } from './source.ts'

/** Codes for suspicious rules that still load: always warnings. */
export const lintCodes = [
  'never-fires',
  'always-fires',
  'counts-everybody',
  'hidden-rule',
  'same-field',
  'unused-list',
  'unused-dates',
  'unused-condition',
  'unused-code',
  'unused-counter',
  'no-test',
  'not-idempotent',
  'meant-otherwise',
  'slow-pattern',
  'duplicate-entry',
  'swallowed-entry',
  'odd-entry',
  'never-found',
  'empty-list',
  'idle-exception',
  'literal-star',
  'expired',
  'paused',
  'older-meaning',
  'whole-share',
  'unread-file',
] as const

/** Every kind of problem in a rules folder. Add codes freely, never rename them. */
export const diagnosticCodes = [
  // The file and its YAML.
  'not-utf8',
  'too-large',
  'too-deep',
  'yaml-syntax',
  'second-document',
  'alias',
  'merge-key',
  'explicit-tag',
  'key-not-text',
  'duplicate-key',
  'unclosed-quote',
  'needs-quotes',
  'colon-in-text',
  'backslash',
  'tab',
  'glued-hash',
  'hash-entry',
  'full-width-colon',
  'full-width-comma',
  'full-width-bracket',
  'curly-quotes',
  'glued-entries',
  'missing-dash',
  'stray-dash',
  'stray-comma',
  'empty-value',
  'bad-indent',
  'odd-blank',
  'missing-blank',
  'missing-colon',
  'missing-comma',
  'text-after-quote',
  'unmatched-bracket',
  // The language.
  'unknown-key',
  'missing-key',
  'wrong-shape',
  'empty',
  'unknown-callback',
  'unknown-field',
  'unknown-word',
  'wrong-kind',
  'wrong-value',
  'unquoted-number',
  'unquoted-truth',
  'ambiguous-text',
  'bad-pattern',
  'bad-name',
  'bad-code',
  'bad-time',
  'bad-span',
  'bad-zone',
  'bad-language',
  'newer-language',
  'bad-date',
  'missing-zone',
  'until-before-from',
  'not-rewritable',
  'not-rejectable',
  'bad-template',
  'misplaced-count',
  'no-outcome',
  'two-outcomes',
  // The folder as a whole.
  'no-rules',
  'emptied',
  'more-findings',
  'two-languages',
  'duplicate-rule',
  'duplicate-name',
  'unknown-list',
  'unknown-dates',
  'unknown-condition',
  'unknown-counter',
  'unknown-code',
  'unknown-rule',
  'wrong-rule',
  'condition-circle',
  'impossible-test',
  'failed-test',
  ...lintCodes,
] as const

export type DiagnosticCode = (typeof diagnosticCodes)[number]

/** A change to one file: the text that replaces a span. */
export type Edit = { span: Span; text: string }

/** One way to fix a mistake. Its edits are made together, and do not overlap. */
export type Fix = { label: string; edits: readonly Edit[] }

/**
 * One thing wrong with a rule file, addressed to its author.
 *
 * Plain data: it is collected, sorted and rendered, never thrown.
 */
export type Diagnostic = {
  severity: 'error' | 'warning'
  code: DiagnosticCode
  /** One sentence, no full stop: what is wrong, naming the offending text. */
  message: string
  span: Span
  /** What to type instead, when we can tell. */
  hint?: string
  /** Fixes that can be applied: after any one of them, this diagnostic is gone. */
  fixes?: readonly Fix[]
}

/** Diagnostics in the order people read them: by file, then by place. Pure; returns a new array. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.span.file, b.span.file) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compare(a.code, b.code),
  )
}

/**
 * Diagnostics in the order in which to fix them: errors, then warnings that a rule does not do what it says, then
 * warnings about missing things. Stable; returns a new array.
 */
export function gravestFirst(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => gravity(a) - gravity(b))
}

function gravity({ severity, code }: Diagnostic): number {
  if (missing.has(code)) return 2
  return severity === 'error' ? 0 : 1
}

/** Warnings that do not affect what a rule does. */
const missing: ReadonlySet<DiagnosticCode> = new Set([
  'no-test',
  'unused-list',
  'unused-condition',
  'unused-code',
  'unused-counter',
])

/** True when at least one of them keeps the rules from loading. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}

/** Order by code unit: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
