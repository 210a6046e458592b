import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import test from 'ava'
import { folderOf, run } from './_run.ts'

const fine = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: present }, reject: 5001 }
  - { rule: b, when: { nickName: present }, reject: 5001, mode: shadow }
`
const wrong = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickname: { contains: "://" } }
    reject: 5001
`

test('rules without mistakes are counted and exit 0', async t => {
  const dir = await folderOf({ 'a.yaml': fine })
  t.deepEqual(await run(['check', dir]), { code: 0, out: 'No mistakes: 2 rules in 1 file, 1 in shadow\n', err: '' })
})

test('a mistake is shown with its place and exit 1', async t => {
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

test('as JSON a mistake has its whole place', async t => {
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
      },
    ],
  })
})

test('as JSON no mistakes are an empty list', async t => {
  const { code, out } = await run(['check', await folderOf({ 'a.yaml': fine }), '--format', 'json'])
  t.is(code, 0)
  t.deepEqual(JSON.parse(out), { diagnostics: [] })
})

test('for a pull request a mistake is an annotation', async t => {
  const { code, out } = await run(['check', await folderOf({ 'a.yaml': wrong }), '--format', 'github'])
  t.is(code, 1)
  // A pull request counts paths from its root: where the folder is belongs to them.
  t.regex(
    out,
    /^::error file=\/tmp\/.*\/a\.yaml,line=4,col=13,endLine=4,endColumn=21,title=unknown-field::There is no field/,
  )
})

test('a folder without a rule is a mistake', async t => {
  const { code, out } = await run(['check', await folderOf({ 'lists/a.txt': 'x' })])
  t.is(code, 1)
  t.regex(out, /no-rules {2}There is no rule in this folder/)
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
  t.regex(out, /--deadline-ms <MS>.*\n?.*1000/)
})

test('the command runs as a process of its own', async t => {
  const dir = await folderOf({ 'a.yaml': wrong })
  const ended = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'check', dir])
  const error = await t.throwsAsync<Error & { code: number; stdout: string }>(ended)
  t.is(error?.code, 1)
  t.regex(error?.stdout ?? '', /unknown-field/)
})
