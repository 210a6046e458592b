import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { lineStarts, placeAt } from '../../src/yaml/source.ts'
import { filesOf } from '../language/_each.ts'
import { readMarks } from '../language/_reports.ts'

/** The head of a file whose rules are about group members. */
export const top = 'callback: beforeSetGroupMemberInfo\nzone: UTC\n'

/** Rules, each part of a folder marked with the warnings that belong there; rules here need no tests. */
export const warns = test.macro<[string]>((t, marked) => {
  const folder = marked.includes('--- ') ? marked.replace(/^\n/, '') : `${top}rules:\n${marked.replace(/^\n/, '')}`
  const files = filesOf(folder).map(({ file, content }) => ({ file, ...readMarks(content as string) }))
  const { ruleSet, diagnostics } = check(files.map(({ file, text }) => ({ file, content: text })))
  t.truthy(ruleSet, JSON.stringify(diagnostics))
  const wanted = files.flatMap(({ file, text, reports }) =>
    reports.map(({ severity, code, start, end }) => show(file, text, { severity, code, start, end: end ?? start })),
  )
  const told = diagnostics.filter(({ code }) => code !== 'no-test' || marked.includes('no-test'))
  const said = told.map(({ severity, code, span: { file, start, end } }) => {
    return show(file, files.find(other => other.file === file)?.text ?? '', { severity, code, start, end })
  })
  t.deepEqual(said.sort(), wanted.sort(), JSON.stringify(diagnostics, null, 2))
  for (const { message, hint } of told) {
    t.regex(message, /^\P{Ll}[^\n]{0,300}[^.\n]$/u)
    t.regex(hint ?? '', /^[A-Z"][^\n]*[^.\n]$/)
  }
})

type Mark = { severity: string; code: string; start: number; end: number }

function show(file: string, text: string, { severity, code, start, end }: Mark): string {
  const { line, column } = placeAt(lineStarts(text), start)
  return `${file}:${line}:${column} ${severity} ${code}, ${end - start} long`
}
