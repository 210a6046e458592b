import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import test from 'ava'
import { lineStarts, placeAt } from '../../src/yaml/source.ts'
import { readMarks } from '../language/_reports.ts'
import { folderOf, run } from './_run.ts'

const fine = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: present }, reject: 5001, tests: [{ given: { nickName: x }, expect: { reject: 5001 } }] }
  - { rule: b, when: { nickName: x }, reject: 5001, mode: shadow, tests: [{ given: {}, expect: allow }] }
`
const wrong = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickname: { contains: "://" } }
    reject: 5001
`

test('valid rules are counted and exit 0', async t => {
  const dir = await folderOf({ 'a.yaml': fine })
  t.deepEqual(await run(['check', dir]), { code: 0, out: 'No problems: 2 rules in 1 file, 1 in shadow\n', err: '' })
})

test('an error is shown with its place and exits 1', async t => {
  const { code, out } = await run(['check', await folderOf({ 'names/a.yaml': wrong })])
  t.is(code, 1)
  t.is(
    out,
    `names/a.yaml:4:13  error  unknown-field  There is no field "nickname" in beforeSetGroupMemberInfo
   3 |   - rule: no-links
 > 4 |     when: { nickname: { contains: "://" } }
     |             ^^^^^^^^
   Did you mean "nickName"? Fields: groupID, userID, nickName, faceURL, roleLevel, ex

1 error
`,
  )
})

test('in JSON an error has its place and its fixes', async t => {
  const { code, out } = await run(['check', await folderOf({ 'a.yaml': wrong }), '--json'])
  t.is(code, 1)
  t.deepEqual(JSON.parse(out), {
    diagnostics: [
      {
        file: 'a.yaml',
        line: 4,
        column: 13,
        endLine: 4,
        endColumn: 21,
        severity: 'error',
        code: 'unknown-field',
        message: 'There is no field "nickname" in beforeSetGroupMemberInfo',
        hint: 'Did you mean "nickName"? Fields: groupID, userID, nickName, faceURL, roleLevel, ex',
        fixes: [
          {
            label: 'Write nickName',
            edits: [
              {
                span: { file: 'a.yaml', start: 73, end: 81, line: 4, column: 13, endLine: 4, endColumn: 21 },
                text: 'nickName',
              },
            ],
          },
        ],
      },
    ],
  })
})

test('in JSON no errors are an empty list', async t => {
  const { code, out } = await run(['check', await folderOf({ 'a.yaml': fine }), '--format', 'json'])
  t.is(code, 0)
  t.deepEqual(JSON.parse(out), { diagnostics: [] })
})

test('for a pull request an error is an annotation', async t => {
  const { code, out } = await run(['check', await folderOf({ 'a.yaml': wrong }), '--format', 'github'])
  t.is(code, 1)
  // A pull request counts paths from its root: where the folder is belongs to them.
  t.regex(
    out,
    /^::error file=\/tmp\/.*\/a\.yaml,line=4,col=13,endLine=4,endColumn=21,title=unknown-field::There is no field/,
  )
})

test('a folder without rules is an error', async t => {
  const { code, out } = await run(['check', await folderOf({ 'lists/a.txt': 'x' })])
  t.is(code, 1)
  t.regex(out, /no-rules {2}This folder has no rules/)
})

test('a folder that does not exist is misuse', async t => {
  const { code, out, err } = await run(['check', '/nowhere/at/all'])
  t.deepEqual({ code, out }, { code: 2, out: '' })
  t.is(err, 'hookwarden: Cannot read /nowhere/at/all: it does not exist\n')
})

const misuse = test.macro(async (t, argv: string[], message: RegExp) => {
  const { code, out, err } = await run(argv)
  t.deepEqual({ code, out }, { code: 2, out: '' })
  t.regex(err, message)
})
test('an unknown command is misuse', misuse, ['chek'], /unknown command 'chek'\n\(Did you mean check\?\)/)
test('an unknown flag is misuse', misuse, ['check', '--jsn'], /unknown option '--jsn'\n\(Did you mean --json\?\)/)
test('an unknown format is misuse', misuse, ['check', '--format', 'xml'], /Allowed choices are pretty, json, github/)
test('a malformed setting is misuse', misuse, ['serve', '--port', 'http'], /--port must be a whole number.*"http"/)

test('help exits 0', async t => {
  const { code, out } = await run(['serve', '--help'])
  t.is(code, 0)
  t.regex(out, /--deadline-ms <MS>[^-]*\(default: 1000/)
})

test('the command runs as a process of its own', async t => {
  const dir = await folderOf({ 'a.yaml': wrong })
  const ended = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'check', dir])
  const error = await t.throwsAsync<Error & { code: number; stdout: string }>(ended)
  t.is(error?.code, 1)
  t.regex(error?.stdout ?? '', /unknown-field/)
})

const bare = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: present }, reject: 5001 }
`

test('warnings alone exit 0, and 1 where they are errors', async t => {
  const dir = await folderOf({ 'a.yaml': bare })
  const plain = await run(['check', dir])
  t.is(plain.code, 0)
  t.regex(plain.out, /^a\.yaml:3:13 {2}warning {2}no-test .*\n\n1 warning: 1 rule in 1 file\n$/s)
  const strict = await run(['check', dir, '--strict'])
  t.is(strict.code, 1)
  t.regex(strict.out, /^a\.yaml:3:13 {2}error {2}no-test .*\n\n1 error: 1 rule in 1 file\n$/s)
  const json = JSON.parse((await run(['check', dir, '--strict', '--json'])).out)
  t.deepEqual(
    json.diagnostics.map(({ severity }: { severity: string }) => severity),
    ['error'],
  )
})

const tested = `
callback: beforeSetGroupMemberInfo
rules:
  - rule: tidy
    when: { nickName: present }
    rewrite: { nickName: { replace: { text: a, with: aa } } }
    tests:
      - { given: { nickName: a }, expect: { rewrite: { nickName: aa } } }
                                                     ^^^^^^^^^^^^^^^^ warning not-idempotent
      - { given: { nickName: b }, expect: { rewrite: { nickName: c } } }
                                                     ^^^^^^^^^^^^^^^ failed-test
  - rule: night
    when: { time: { within: "22:00-07:00", zone: UTC } }
    reject: 5001
    tests:
      - { given: { nickName: a }, expect: { reject: 5001 } }
                                                    ^^^^ failed-test
`

test('with --tests, failed tests are among the findings', async t => {
  const { text, reports } = readMarks(tested.replace(/^\n/, ''))
  const dir = await folderOf({ 'a.yaml': text })
  const { code, out } = await run(['check', dir, '--tests', '--json'])
  t.is(code, 1)
  const said: { line: number; column: number; severity: string; code: string; message: string }[] =
    JSON.parse(out).diagnostics
  const starts = lineStarts(text)
  t.deepEqual(
    said.map(each => [each.line, each.column, each.severity, each.code]),
    reports.map(({ severity, code, start }) => {
      const { line, column } = placeAt(starts, start)
      return [line, column, severity, code]
    }),
  )
  t.deepEqual(
    said.map(({ message }) => message),
    [
      'Run on its own result, "tidy" changes nickName again: from "aa" to "aaaa"',
      'This test expects allowed, with nickName "c"; the result is allowed, nothing changed',
      'The result of this test depends on the time',
    ],
  )
  t.is((await run(['check', dir])).code, 0)
})

test('passing tests add no findings', async t => {
  const dir = await folderOf({ 'a.yaml': fine })
  t.deepEqual(await run(['check', dir, '--tests', '--strict']), await run(['check', dir]))
})
