import test, { type ExecutionContext } from 'ava'
import { type Diagnostic, sortDiagnostics } from '../../src/yaml/diagnostic.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { lineStarts, placeAt, type Source } from '../../src/yaml/source.ts'
import { fixed } from './_fixed.ts'

type Check = (source: Source) => readonly Diagnostic[]

/** What a text is expected to be told: a severity and a code at a place. */
type Report = { severity: string; code: string; start: number; end: number | undefined }

/**
 * Compare what is said of a text with what the text itself says it should be.
 *
 * A line of carets names the code that belongs under the line above it: `    ^^^^ unknown-key`, or with a severity,
 * `^^^^ warning glued-hash`; several such lines may follow one line, and `^...` stands where the end does not
 * matter. One caret is one UTF-16 unit, so under Chinese text carets look too few. The lines of carets are taken
 * out before the text is checked, and so is one line end at the beginning. All that is said counts, nothing more
 * may be said, and order does not matter.
 */
export function expectReports(t: ExecutionContext, marked: string, check: Check): void {
  const { text, reports } = readMarks(marked)
  const starts = lineStarts(text)
  const said = sortDiagnostics(check({ file: 'a.yaml', text })).map(({ severity, code, span }) => {
    const open = reports.find(({ start, end }) => end === undefined && start === span.start)
    return show({ severity, code, start: span.start, end: open === undefined ? span.end : undefined }, starts)
  })
  t.deepEqual(
    said,
    reports.sort((a, b) => a.start - b.start).map(report => show(report, starts)),
  )
  expectMends(t, text)
}

/** Whichever fix of a mistake in YAML is applied, that is gone, and there are no more of them than before. */
function expectMends(t: ExecutionContext, text: string): void {
  const check = (of: string) => parseYaml({ file: 'a.yaml', text: of }).diagnostics
  const said = check(text)
  for (const { code, message, fixes = [] } of said) {
    for (const fix of fixes) {
      const [{ content = '' } = {}] = fixed([{ file: 'a.yaml', content: text }], fix)
      const left = check(content)
      const isSame = (other: Diagnostic) => other.code === code && other.message === message
      const isGone = left.filter(isSame).length < said.filter(isSame).length
      t.true(isGone && left.length <= said.length, `${fix.label}\n${content}\n${JSON.stringify(left)}`)
    }
  }
}

/** A macro for tests whose only argument is a marked text, as `expectReports` takes it. */
export function reportsOf(check: Check) {
  return test.macro<[string]>((t, marked) => expectReports(t, marked, check))
}

/** A marked text without its marks, and the marks. */
export function readMarks(marked: string): { text: string; reports: Report[] } {
  const lines: string[] = []
  const reports: Report[] = []
  let lineStart = 0
  let next = 0
  for (const line of marked.replace(/^\n/, '').split('\n')) {
    const mark = /^([ \t]*)(\^+)(\.\.\.)? (?:(error|warning) )?([a-z0-9-]+)$/.exec(line)
    if (mark === null) {
      lineStart = next
      next += line.length + 1
      lines.push(line)
      continue
    }
    const [, pad = '', carets = '', isOpen, severity = 'error', code = ''] = mark
    const start = lineStart + pad.length
    reports.push({ severity, code, start, end: isOpen === undefined ? start + carets.length : undefined })
  }
  return { text: lines.join('\n'), reports }
}

/** A report as one line, so that a failing test shows places and not offsets. */
function show({ severity, code, start, end }: Report, starts: readonly number[]): string {
  const place = placeAt(starts, start)
  const length = end === undefined ? 'some' : `${end - start}`
  return `${place.line}:${place.column} ${severity} ${code}, ${length} long`
}
