import test, { type ExecutionContext } from 'ava'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { check } from '../../src/lint/check.ts'
import { mistakesIn } from '../language/_each.ts'

const names = `callback: beforeSetGroupMemberInfo
codes: { staff: 5002 }
conditions: { promotes: { roleLevel: admin } }
rules:
  - { rule: no-staff, when: { nickName: staff }, reject: staff }
  - { rule: no-links, when: { nickName: { contains: "://" } }, reject: 5001 }
`

/** It uses what the other file defines, and stands without it. */
const others = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: vips, when: { userID: u-1 }, allow: [no-staff] }
  - { rule: by-day, when: { use: promotes }, reject: staff }
`

const alone = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: alone, when: { nickName: x }, reject: 5001 }
`

const folder = (files: Record<string, string>) => Object.entries(files).map(([file, content]) => ({ file, content }))

function loaded(files: Record<string, string>): RuleSet {
  const { ruleSet, diagnostics } = check(folder(files))
  if (ruleSet === null) throw new Error(JSON.stringify(diagnostics))
  return ruleSet
}

/** A reload of a folder whose file `names.yaml` now says something else; what is told of it. */
const becomes = test.macro(async (t: ExecutionContext, content: string | undefined, ...expected: string[]) => {
  const before = loaded({ 'names.yaml': names, 'b.yaml': alone })
  const files = folder({ ...(content !== undefined && { 'names.yaml': content }), 'b.yaml': alone })
  const { ruleSet, diagnostics } = check(files, { before, isReload: true })
  t.deepEqual(
    mistakesIn(diagnostics).map(({ span, severity, code, message }) => `${span.file} ${severity} ${code} ${message}`),
    expected,
  )
  t.is(ruleSet === null, expected.length > 0)
})

const told = 'names.yaml error emptied This file is empty, but had 2 rules when it was last loaded'

test('a rule file that has become empty is an error on a reload', becomes, '', told)
for (const blank of ['\n', ' \t\r\n\n', '\u{feff}', '\u3000\n', '\u200b', '\0'.repeat(4096)]) {
  test(`a file of nothing but ${JSON.stringify(blank.slice(0, 4))} is empty`, becomes, blank, told)
}
test('a rule file that is gone is meant to be', becomes, undefined)
for (const meant of ['rules: []\n', '# none for now\n', 'callback: beforeSetGroupMemberInfo\n', '---\n']) {
  test(`a file that says ${JSON.stringify(meant)} is meant to have no rules`, becomes, meant)
}

test('one error is told of an empty file, whatever others use of it', t => {
  const before = loaded({ 'names.yaml': names, 'b.yaml': others })
  const { diagnostics } = check(folder({ 'names.yaml': '', 'b.yaml': others }), { before, isReload: true })
  t.deepEqual(
    diagnostics.map(({ code, span, hint }) => [code, span.file, hint]),
    [
      [
        'emptied',
        'names.yaml',
        'Restore it. To remove its rules on purpose, delete the file, or write rules: [] in it',
      ],
    ],
  )
})

test('all rule files may not become empty at once, either', t => {
  const before = loaded({ 'names.yaml': names, 'b.yaml': alone })
  const files = folder({ 'names.yaml': '', 'b.yaml': '' })
  const { diagnostics } = check(files, { before, isReload: true, allowEmpty: true })
  t.deepEqual(
    diagnostics.map(({ code, span }) => `${span.file} ${code}`),
    ['b.yaml emptied', 'names.yaml emptied'],
  )
})

test('a file without rules may become empty, and so may a list', t => {
  const files = { 'a.yaml': '# none\n', 'b.yaml': alone, 'c.yaml': 'lists: { a: [x] }\n', 'lists/d.txt': 'x\n' }
  const before = loaded(files)
  const emptied = folder({ ...files, 'a.yaml': '', 'c.yaml': '', 'lists/d.txt': '' })
  t.deepEqual(mistakesIn(check(emptied, { before, isReload: true }).diagnostics), [])
})

test('a first load, and rules that are only tried, may have empty files', t => {
  const files = folder({ 'names.yaml': '', 'b.yaml': alone })
  const before = loaded({ 'names.yaml': names, 'b.yaml': alone })
  for (const options of [{}, { isReload: true }, { before }]) {
    t.deepEqual(mistakesIn(check(files, options).diagnostics), [])
  }
})

test('once the file says something again, it is read', t => {
  const before = loaded({ 'names.yaml': names, 'b.yaml': alone })
  for (const content of [names, 'rules: []\n']) {
    const reload = check(folder({ 'names.yaml': content, 'b.yaml': alone }), { before, isReload: true })
    const first = check(folder({ 'names.yaml': content, 'b.yaml': alone }))
    t.is(reload.ruleSet?.version, first.ruleSet?.version)
    t.deepEqual(reload.diagnostics, first.diagnostics)
  }
})
