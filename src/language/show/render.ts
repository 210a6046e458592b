import type { Diagnostic, DiagnosticCode, Fix } from '../../yaml/diagnostic.ts'
import { linesIn } from '../../yaml/places.ts'
import { type Place, placeAt, type Span } from '../../yaml/source.ts'
import { codeFrame, type FrameLine } from './code-frame.ts'
import { visible } from './visible.ts'

type Paint = (text: string) => string

/** How parts of a text are coloured; `createColors` of picocolors fits. */
export type Colors = { red: Paint; yellow: Paint; cyan: Paint; dim: Paint; bold: Paint }

/** A place for people and tools: 1-based, the end excluded, in UTF-16 code units. */
type Range = { line: number; column: number; endLine: number; endColumn: number }

/** A fix that can be applied; its places are given both ways: offsets count from 0, in the text without a BOM. */
type FixJson = { label: string; edits: readonly { span: Span & Range; text: string }[] }

/** A diagnostic with its place and its fixes. */
export type DiagnosticJson = Range & {
  file: string
  severity: 'error' | 'warning'
  code: DiagnosticCode
  message: string
  hint?: string
  fixes?: readonly FixJson[]
}

/** A diagnostic for display: those outside rule files have no code. */
export type Shown = Omit<Diagnostic, 'code'> & { code?: DiagnosticCode }

/** The texts of the files by path, as they were read. */
type Sources = ReadonlyMap<string, string>

/**
 * Diagnostics for a terminal: the place, the source lines, carets, the hint.
 *
 * Text from files cannot control the terminal. A file without a source, such as a missing one, gets no lines. Source
 * lines are cut to `columns`; the caller wraps words. No newline at the end.
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

/** The width beside a source line: a mark, spaces, a bar, and a mark at each end of a line that is cut. */
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

/** The number of diagnostics of each severity: `2 errors, 1 warning`. */
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

/** Diagnostics with lines and columns, for tools. */
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
 * Diagnostics as workflow commands of GitHub Actions, one per line, which become annotations.
 *
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
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
