import type { Diagnostic, DiagnosticCode, Fix } from '../../yaml/diagnostic.ts'
import { linesIn } from '../../yaml/places.ts'
import { type Place, placeAt, type Span } from '../../yaml/source.ts'
import { codeFrame, type FrameLine } from './code-frame.ts'
import { visible } from './visible.ts'

type Paint = (text: string) => string

/** How parts of a text are coloured; `createColors` of picocolors fits. */
export type Colors = { red: Paint; yellow: Paint; cyan: Paint; dim: Paint; bold: Paint }

/** A place as people and tools count it: 1-based, the end excluded, UTF-16 code units. */
type Range = { line: number; column: number; endLine: number; endColumn: number }

/** A choice that can be applied; its places are told both ways: offsets count from 0, in the text without a BOM. */
type FixJson = { label: string; edits: readonly { span: Span & Range; text: string }[] }

/** A diagnostic with its place, and what can be done about it. */
export type DiagnosticJson = Range & {
  file: string
  severity: 'error' | 'warning'
  code: DiagnosticCode
  message: string
  hint?: string
  fixes?: readonly FixJson[]
}

/** A diagnostic as it is shown: mistakes in other files than rules have no code. */
export type Shown = Omit<Diagnostic, 'code'> & { code?: DiagnosticCode }

/** The texts of the files by path, as they were read. */
type Sources = ReadonlyMap<string, string>

/**
 * Diagnostics for a terminal: the place, the lines in question, carets under the culprit, the hint.
 *
 * Texts of others cannot steer the terminal. A file without a source, such as one that is missing, gets no lines.
 * Lines of files are cut to `columns`; words are wrapped by who prints them. Pure; no newline at the end.
 */
export function renderPretty(
  diagnostics: readonly Shown[],
  sources: Sources,
  { colors, columns }: { colors: Colors; columns?: number | undefined },
): string {
  const lines = linesIn(sources)
  return diagnostics
    .map(diagnostic => {
      const { text, starts } = lines(diagnostic.span.file)
      const paint = diagnostic.severity === 'error' ? colors.red : colors.yellow
      const place = placeAt(starts, diagnostic.span.start)
      const room = columns && columns - gutterColumns - `${place.line}`.length
      const frame = text === '' ? [] : codeFrame(text, starts, diagnostic.span, room)
      return [
        headLine(diagnostic, place, colors, paint),
        ...frame.map(line => frameLine(line, frame, colors, paint)),
        ...hintLines(diagnostic),
      ].join('\n')
    })
    .join('\n\n')
}

/** What stands beside a line of a file: a mark, blanks, a bar, and a sign at each end of a line that is cut. */
const gutterColumns = 8

function headLine({ severity, code, message, span }: Shown, place: Place, colors: Colors, paint: Paint): string {
  const where = colors.bold(`${visible(span.file)}:${place.line}:${place.column}`)
  const kind = code === undefined ? '' : `  ${colors.cyan(code)}`
  return `${where}  ${paint(severity)}${kind}  ${visible(message)}`
}

function frameLine(
  { line, shown, isCulprit }: FrameLine,
  frame: readonly FrameLine[],
  colors: Colors,
  paint: Paint,
): string {
  const digits = Math.max(...frame.map(other => `${other.line ?? ''}`.length))
  const gutter = colors.dim(`${`${line ?? ''}`.padStart(digits)} |`)
  const content = line === undefined ? shown.replace(/\^.*/, paint) : shown
  return `${isCulprit ? ` ${paint('>')} ` : '   '}${gutter}${content === '' ? '' : ` ${content}`}`
}

function hintLines({ hint }: Shown): string[] {
  return hint === undefined ? [] : hint.split('\n').map(line => `   ${visible(line)}`)
}

/** How many there are of each severity: `2 errors, 1 warning`. Pure. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const count = (severity: string) => diagnostics.filter(diagnostic => diagnostic.severity === severity).length
  const parts = [
    [count('error'), 'error'],
    [count('warning'), 'warning'],
  ] as const
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}${number === 1 ? '' : 's'}`)
  return said.join(', ') || 'no errors, no warnings'
}

/** Diagnostics with lines and columns, for tools. Pure. */
export function toJson(diagnostics: readonly Diagnostic[], sources: Sources): DiagnosticJson[] {
  const lines = linesIn(sources)
  const rangeOf = ({ file, start, end }: Span): Range => {
    const { starts } = lines(file)
    const { line, column } = placeAt(starts, start)
    const { line: endLine, column: endColumn } = placeAt(starts, end)
    return { line, column, endLine, endColumn }
  }
  return diagnostics.map(({ span, severity, code, message, hint, fixes }) => ({
    file: span.file,
    ...rangeOf(span),
    severity,
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(fixes !== undefined && { fixes: fixes.map(fix => fixJson(fix, rangeOf)) }),
  }))
}

function fixJson({ label, edits }: Fix, rangeOf: (span: Span) => Range): FixJson {
  return { label, edits: edits.map(({ span, text }) => ({ span: { ...span, ...rangeOf(span) }, text })) }
}

/**
 * Diagnostics as workflow commands of GitHub Actions, one a line, which become annotations.
 *
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions. Pure.
 */
export function renderGithub(diagnostics: readonly Diagnostic[], sources: Sources): string {
  return toJson(diagnostics, sources)
    .map(({ file, line, column, endLine, endColumn, severity, code, message, hint }) => {
      const place = `file=${property(file)},line=${line},col=${column},endLine=${endLine},endColumn=${endColumn}`
      const text = hint === undefined ? message : `${message}\n${hint}`
      return `::${severity} ${place},title=${property(code)}::${escaped(text)}`
    })
    .join('\n')
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

function escaped(text: string): string {
  const lines = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  return visible(lines)
}
