import test, { type ExecutionContext } from 'ava'
import { check } from '../../src/lint/check.ts'
import { type Diagnostic, type DiagnosticCode, diagnosticCodes, lintCodes } from '../../src/yaml/diagnostic.ts'
import { lineStarts, type Place, placeAt, type SourceFile } from '../../src/yaml/source.ts'
import { fixed } from './_fixed.ts'
import { readMarks } from './_reports.ts'

const top = 'callback: beforeSetGroupMemberInfo\n'

/**
 * Macros for tables of rule files and parts of them, each marked with what is said of it, as `readMarks` takes it.
 *
 * Between two of them stands an empty line. Each is read alone: nothing may be said that is not marked. Among parts
 * may be whole files: they have `rules:` of their own, or begin with the line of a file.
 */
export const eachFile = macroOf('file')

/** What stands in a rule after its name. */
export const eachRule = macroOf('rule')

/** What stands under `when`, in a rule that refuses with 5001. */
export const eachCondition = macroOf('condition')

/** What stands under `tests`, in a rule that refuses every nickname with 5001. */
export const eachTest = macroOf('test')

/** One folder, in which nothing is wrong. */
export const loads = test.macro<[string]>((t, text) => {
  const { ruleSet, diagnostics } = check(filesOf(text.replace(/^\n/, '')))
  t.deepEqual(mistakesIn(diagnostics), [])
  t.truthy(ruleSet)
})

/** What is said of rules, but for warnings that they may not mean what they say: rules in tests are bare. */
export function mistakesIn(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ code }) => !lintCodes.some(lint => lint === code))
}

/** What is said of rules, but for the tests that they lack and names that nothing uses: rules in tests are bare. */
export function untested(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ code }) => code !== 'no-test' && !code.startsWith('unused-'))
}

/**
 * The same without what is true of bare rules beside what a test is about: that a negation also hits who clears the
 * field, that a rule refuses every call, or hides another.
 */
export function heeded(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return untested(diagnostics).filter(
    ({ code, message }) =>
      !message.startsWith('This also rejects a call that clears') && code !== 'always-fires' && code !== 'hidden-rule',
  )
}

/** The files of a folder out of one text: `--- name` begins each; without such a line it is one file. */
export function filesOf(text: string): TextFile[] {
  const [first = '', ...rest] = text.split(/^--- (\S+)\n/m)
  if (rest.length === 0) return [{ file: 'a.yaml', content: first }]
  return rest.flatMap((file, at) => (at % 2 === 0 ? [{ file, content: rest[at + 1] ?? '' }] : []))
}

/** A file of a folder, as a text. */
export type TextFile = SourceFile & { content: string }

/** Which part of a rule file a text is. */
export type Part = 'file' | 'rule' | 'condition' | 'test'

/** The files of a folder that a text is, or that a part of a file is made into. */
export function folderOf(part: Part, text: string): TextFile[] {
  return filesOf(/^(?:---|rules:)/m.test(text) ? text : wraps[part](text))
}

const wraps: Record<Part, (text: string) => string> = {
  file: text => text,
  rule: text => `${top}rules:\n  - rule: r\n${indent(text, 4)}\n`,
  condition: text => `${top}rules:\n  - rule: r\n    when:\n${indent(text, 6)}\n    reject: 5001\n`,
  test: text =>
    `${top}rules:\n  - rule: r\n    when: { nickName: present }\n    reject: 5001\n    tests:\n${indent(text, 6)}\n`,
}

function macroOf(part: Part) {
  return test.macro<[string]>((t, table) => {
    for (const marked of table.replaceAll(/^\n+|\n+$/g, '').split(/\n\n+/)) checkFolder(t, part, marked)
  })
}

function checkFolder(t: ExecutionContext, part: Part, marked: string): void {
  const files = folderOf(part, marked).map(({ file, content }) => ({ file, ...readMarks(content as string) }))
  const diagnostics = mistakesIn(check(files.map(({ file, text }) => ({ file, content: text }))).diagnostics)
  const wanted = files.flatMap(({ file, text, reports }) =>
    reports.map(({ severity, code, start, end }) => show(file, text, { severity, code, start, end })),
  )
  const said = diagnostics.map(({ severity, code, span: { file, start, end } }) => {
    const source = files.find(other => other.file === file)
    const open = source?.reports.some(report => report.end === undefined && report.start === start)
    return show(file, source?.text ?? '', { severity, code, start, end: open ? undefined : end })
  })
  t.deepEqual(said.sort(), wanted.sort(), marked)
  for (const diagnostic of diagnostics) checkForm(t, diagnostic, marked)
  checkFixes(
    t,
    files.map(({ file, text }) => ({ file, content: text })),
  )
}

/** Whichever fix is applied, nothing is said of its mistake any more, and nothing new. */
export function checkFixes(t: ExecutionContext, files: readonly TextFile[], relevant = mistakesIn): void {
  const diagnostics = relevant(check(files).diagnostics)
  for (const [at, { code: mended, fixes = [] }] of diagnostics.entries()) {
    const others = diagnostics.filter((_, index) => index !== at).map(({ code, message }) => `${code} ${message}`)
    for (const fix of fixes) {
      const after = fixed(files, fix)
      const left = relevant(check(after, { allowEmpty: true }).diagnostics)
      const unexpected = left.filter(({ code, message }) => {
        const isHidden = ofYaml.includes(mended) ? !ofYaml.includes(code) : hides.get(mended)?.includes(code)
        return !isHidden && !others.includes(`${code} ${message}`)
      })
      t.deepEqual(unexpected, [], [fix.label, ...after.map(({ content }) => content)].join('\n'))
    }
  }
}

/** What is said of YAML: until it can be read, nothing else is. */
const ofYaml: readonly DiagnosticCode[] = diagnosticCodes.slice(0, diagnosticCodes.indexOf('unknown-key'))

/** What cannot be told before: which clock a date is read from, who uses a rule by the name that it had. */
const hides: ReadonlyMap<string, readonly string[]> = new Map([
  ['bad-date', ['missing-zone']],
  ['wrong-shape', ['missing-zone']],
  ['bad-name', ['unknown-rule']],
])

/** What every message must be: one line, a sentence without its full stop, and what to write instead. */
function checkForm(t: ExecutionContext, { message, hint, span }: Diagnostic, marked: string): void {
  t.regex(message, /^\P{Ll}[^\n]{0,300}[^.\n]$|^[a-z][\w{]/u, marked)
  t.regex(hint ?? '', /^[A-Z"][^\n]*[^.\n]$/, `${marked}\nhas a hint`)
  t.true(span.start <= span.end, marked)
}

function show(
  file: string,
  text: string,
  { severity, code, start, end }: { severity: string; code: string; start: number; end: number | undefined },
): string {
  const { line, column }: Place = placeAt(lineStarts(text), start)
  const length = end === undefined ? 'some' : `${end - start}`
  return `${file}:${line}:${column} ${severity} ${code}, ${length} long`
}

function indent(text: string, blanks: number): string {
  return text.replaceAll(/^/gm, ' '.repeat(blanks))
}
