import { chmod, lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import type { Io } from '../../src/cli/io.ts'
import { folderOf, run } from './_run.ts'

const rules = `# A file of two rules.
callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
rules:
  - rule: tidy
    when: { nickName: present }
    rewrite: { nickName: [trim, { cut to: 5 }] } # keep it short
    tests:
      - { given: { nickName: " abcdefg" }, expect: { rewrite: { nickName: abcde } } }
      - { given: { nickName: abcde }, expect: allow }
  - rule: no-admins
    why: They impersonate
    when: { nickName: { is: admin } }
    unless: { userID: boss }
    reject: { code: 5001, message: "No {nickName}" }
    order: 50
    tests:
      - { given: { nickName: Admin }, expect: { reject: 5001 } }
      - { given: { nickName: Admin, userID: boss }, expect: allow }
tests:
  - { name: all together, given: { nickName: " admin" }, expect: { reject: 5001, by: no-admins } }
`

test('passing tests exit 0 and report what they do not cover', async t => {
  const { code, out } = await run(['test', await folderOf({ 'a.yaml': rules })])
  t.is(code, 0)
  t.is(
    out,
    `No test shows these not firing: tidy
No test makes this not true: nickName is "admin" (no-admins, a.yaml:13)
No test makes this not true: nickName present (tidy, a.yaml:6)

5 passed, 0 failed
`,
  )
})

const failing = rules.replace('nickName: abcde } } }', 'nickName: abXde } } }')

test('a failing test shows the result, where it differs, and why', async t => {
  const { code, out } = await run(['test', await folderOf({ 'a.yaml': failing })])
  t.is(code, 1)
  t.is(
    out.split('\n\n')[1],
    `✗ tidy › nickName " abcdefg"  a.yaml:9:63
    expected  allowed, with nickName "abXde"
    actual    allowed, with nickName "abcde"
    nickName
      expected  abXde|
      actual    abcde|
                  ^
    tidy  matched
      ✓ nickName present — it is " abcdefg"`,
  )
  t.regex(out, /^1 of 5 tests failed: tidy\n\n/)
  t.regex(out, /\n4 passed, 1 failed\n$/)
})

test('carets fit under wide letters, and unusual spaces are written as code points', async t => {
  const text = `callback: beforeSetGroupMemberInfo
rules:
  - rule: r
    when: { nickName: present }
    rewrite: { nickName: trim }
    tests: [{ given: { nickName: " 王芳\\u00a0A" }, expect: { rewrite: { nickName: 王芳 A } } }]
`
  const { out } = await run(['test', await folderOf({ 'a.yaml': text })])
  t.regex(out, /expected {2}王芳 A\|\n {6}actual {4}王芳<U\+00A0>A\|\n {20}\^{8}\n/)
})

test('a failing test of a file shows the rules that could give the expected result', async t => {
  const text = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: r, when: { nickName: x, roleLevel: admin }, reject: 5001 }
  - { rule: s, when: { nickName: y }, reject: 5002 }
tests: [{ given: { nickName: x, roleLevel: member }, expect: { reject: 5001 } }]
`
  const { out } = await run(['test', await folderOf({ 'a.yaml': text })])
  t.is(
    out.split('\n\n')[1],
    `✗ nickName "x", roleLevel member  a.yaml:5:72
    expected  rejected with 5001
    actual    allowed, nothing changed
    r  not matched
      ✗ all of
        ✓ nickName is "x" — it is "x"
        ✗ roleLevel is "admin" — it is "member"`,
  )
})

test('results may be JSON, TAP and JUnit', async t => {
  const dir = await folderOf({ 'a.yaml': failing })
  const json = JSON.parse((await run(['test', dir, '--json'])).out)
  t.like(json, { passed: 4, failed: 1 })
  t.like(json.cases[0], { rule: 'tidy', file: 'a.yaml', line: 9, status: 'failed' })
  const tap = await run(['test', dir, '--format', 'tap'])
  t.regex(tap.out, /^TAP version 13\n1\.\.5\nnot ok 1 - tidy: nickName " abcdefg"\n/)
  const junit = await run(['test', dir, '--format', 'junit'])
  t.regex(junit.out, /<testsuite name="hookwarden" tests="5" failures="1">/)
  t.regex(junit.out, /<testcase classname="tidy" name="nickName &quot; abcdefg&quot;">/)
  t.deepEqual([tap.code, junit.code], [1, 1])
})

test('small changes that no test catches are listed', async t => {
  const { out } = await run(['test', await folderOf({ 'a.yaml': rules }), '--mutate'])
  t.regex(out, /Tests catch \d+ of \d+ small changes/)
  const bare = rules.replace('      - { given: { nickName: Admin, userID: boss }, expect: allow }\n', '')
  const worse = await run(['test', await folderOf({ 'a.yaml': bare }), '--mutate'])
  t.regex(worse.out, /~ no-admins {2}without unless {2}a\.yaml:14/)
})

test('tests of the file catch small changes too, also by starting to depend on the time', async t => {
  const text = `callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
rules: [{ rule: r, when: { nickName: x, time: { within: "22:00-07:00" } }, reject: 5001 }]
tests: [{ given: { nickName: y }, expect: allow }]
`
  const { out } = await run(['test', await folderOf({ 'a.yaml': text }), '--mutate'])
  t.regex(out, /~ r {2}negated: time within "22:00-07:00" {2}a\.yaml:3:41\nTests catch 1 of 2 small changes/)
})

const dated = (rule: string, given: string) => `callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
rules:
  - rule: r
    ${rule}
    reject: 5001
    tests: [{ given: ${given}, expect: { reject: 5001 } }]
`
const needsTime = test.macro(async (t, rule: string, given: string, isNeeded: boolean) => {
  const { out } = await run(['test', await folderOf({ 'a.yaml': dated(rule, given) })])
  t.is(out.includes('the result depends on the time: add at:'), isNeeded, out)
})
const nightly = 'when: { nickName: x, time: { within: "22:00-07:00" } }'
test('a test that depends on the time of day must say when', needsTime, nightly, '{ nickName: x }', true)
test('a test that the time cannot change need not', needsTime, nightly, '{ nickName: y }', false)
test(
  'a test of a dated rule must say when',
  needsTime,
  'when: { nickName: x }\n    until: 2020-01-01',
  '{ nickName: x }',
  true,
)
test('a test with a time needs nothing else', needsTime, nightly, '{ nickName: x }, at: "2026-03-01 23:00"', false)

test('the order of rules is listed by stage', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  const { out } = await run(['list', dir])
  t.is(
    out,
    `Rewrite rules, which run first, one after another:
     1  tidy       a.yaml:5

Reject rules, of which the first that fires decides:
     1  no-admins  a.yaml:11  (order 50)
`,
  )
  const json = JSON.parse((await run(['list', dir, '--json'])).out)
  t.deepEqual(
    json.rules.map(({ rule }: { rule: string }) => rule),
    ['tidy', 'no-admins'],
  )
})

test('if rules decide different callbacks, the list shows which', async t => {
  const dir = await folderOf({
    'a.yaml': `rules:
  - { rule: short, callback: beforeAddFriend, when: { reqMsg: x }, reject: 5001 }
  - { rule: longer, callback: [beforeSendGroupMsg, beforeSendSingleMsg], when: { message text: x }, reject: 5002 }
`,
  })
  t.is(
    (await run(['list', dir])).out,
    `Reject rules, of which the first that fires decides:
     1  short   a.yaml:2  beforeAddFriend
     2  longer  a.yaml:3  beforeSendGroupMsg, beforeSendSingleMsg
`,
  )
})

test('a rule is explained in a sentence', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  const { code, out } = await run(['explain', dir, 'no-admins'])
  t.is(code, 0)
  t.is(
    out,
    `no-admins
  Before the info of a group member is set (beforeSetGroupMemberInfo), when nickName is “admin”, unless userID is “boss”: reject with 5001, saying “No {nickName}”.
  Its order is 50 (default 100; lower runs first).
  Why: They impersonate
`,
  )
  const wrong = await run(['explain', dir, 'no-admin'])
  t.deepEqual([wrong.code, wrong.out], [2, ''])
  t.regex(wrong.err, /There is no rule "no-admin"\. Did you mean "no-admins"\?/)
})

test('a change is explained to reviewers who do not read YAML', async t => {
  const old = await folderOf({ 'a.yaml': rules })
  const changed = rules.replace('is: admin }', 'starts with: admin }').replace('rule: tidy', 'rule: short')
  const { code, out } = await run(['explain', '--diff', old, await folderOf({ 'b.yaml': changed })])
  t.is(code, 1)
  t.regex(out, /\n- tidy was removed\n/)
  t.regex(out, /\n~ no-admins changed\n {2}- .*nickName is “admin”.*\n {2}\+ .*nickName starts with “admin”/)
  t.regex(out, /\n\+ short was added\n/)
  t.deepEqual(await run(['explain', '--diff', old, old]), {
    code: 0,
    out: 'The rules mean the same as before\n',
    err: '',
  })
})

test('sentences for reviewers contain no code except names and patterns', async t => {
  const text = `callback: [beforeUpdateUserInfo, beforeUpdateUserInfoEx]
zone: Asia/Shanghai
when: { nickName: { is not: "" } }
rules:
  - rule: r
    when:
      nickName: { matches: '[0-9]{6}' }
      any: [{ userID: { starts with: g- } }, { not: { time: { within: "22:00-07:00", days: weekdays } } }]
    reject: { code: 5001, message: "“{nickName}” is taken" }
    from: 2026-03-01
`
  const { out } = await run(['explain', await folderOf({ 'a.yaml': text })])
  t.is(
    out,
    `r
  Before the info of a user is set (beforeUpdateUserInfo, beforeUpdateUserInfoEx), when nickName is not “” and nickName matches “[0-9]{6}” and (userID starts with “g-” or it is not between 22:00 and 07:00 on weekdays in Asia/Shanghai): reject with 5001, saying "“{nickName}” is taken".
  It is in force only from 2026-03-01 (Asia/Shanghai).
`,
  )
})

const explains = test.macro({
  async exec(t, rule: string, ...sentences: string[]) {
    const text = `callback: beforeSetGroupMemberInfo\nzone: Asia/Shanghai\nrules: [{ rule: r, reject: 5001, ${rule} }]\n`
    const { out } = await run(['explain', await folderOf({ 'a.yaml': text })])
    for (const sentence of sentences) t.true(out.includes(sentence), out)
  },
  title: (_, rule) => `the sentences of ${rule}`,
})

test(
  explains,
  'when: { nickName: a }, from: 2027-03-01, until: 2027-03-31',
  'only from 2027-03-01 until the end of 2027-03-31 (Asia/Shanghai).',
)
test(
  explains,
  'when: { nickName: a }, until: 2027-03-31',
  'It is in force only until the end of 2027-03-31 (Asia/Shanghai).',
)
test(
  explains,
  'when: { nickName: a }, until: "2027-03-31T18:00:00+09:00"',
  'It is in force only until 2027-03-31T18:00:00+09:00.',
)
test(
  explains,
  'when: { nickName: a }, unless: { roleLevel: { at least: admin } }',
  ', unless the call sets roleLevel to admin or above:',
)
test(
  explains,
  'when: { nickName: a }, unless: { roleLevel: [admin, owner] }',
  ', unless the call sets roleLevel to one of admin, owner:',
)
test(explains, 'when: { roleLevel: { more than: member } }', 'when the call sets roleLevel above member:')
test(explains, 'when: { roleLevel: { is not: admin } }', 'when the call sets roleLevel, but not to admin:')
test(
  explains,
  'when: { not: { roleLevel: { less than: admin } } }',
  'when the call sets roleLevel, but not below admin:',
)
test(
  explains,
  'when: { roleLevel: { between: [member, admin] } }',
  'when the call sets roleLevel between member and admin:',
)
test(explains, 'when: { original.roleLevel: admin }', 'when original.roleLevel is admin:')
test(explains, 'when: { roleLevel: present }', 'when roleLevel is set:')

test('a change of the order is explained', async t => {
  const [first, second] = [
    '  - { rule: a, when: { userID: u }, reject: 5001 }\n',
    '  - { rule: b, when: { groupID: g }, reject: 5002 }\n',
  ]
  const folder = (text: string) => folderOf({ 'a.yaml': `callback: beforeSetGroupMemberInfo\nrules:\n${text}` })
  const [old, now] = [await folder(`${first}${second}`), await folder(`${second}${first}`)]
  t.deepEqual(await run(['explain', '--diff', old, now]), {
    code: 1,
    out: '~ the order of reject rules changed\n  - a, b\n  + b, a\n',
    err: '',
  })
})

test('changes to lists are explained, long ones by their first entries', async t => {
  const folder = (staff: string[], others: Record<string, string>) =>
    folderOf({ 'a.yaml': rules, 'lists/staff.txt': staff.join('\n'), ...others })
  const old = await folder(['a', 'b'], { 'lists/old.txt': 'x' })
  const numbers = Array.from({ length: 12 }, (_, at) => `n-${at}`)
  const now = await folder(['b', ...numbers], { 'lists/none.txt': '# nothing yet' })
  const { code, out } = await run(['explain', '--diff', old, now])
  t.is(code, 1)
  t.is(
    out,
    `+ the list none was added

- the list old was removed
  - x

~ the list staff changed
  - a
${numbers
  .slice(0, 10)
  .map(number => `  + ${number}\n`)
  .join('')}  + … and 2 more
`,
  )
})

test('a new folder passes check and test', async t => {
  const dir = join(await folderOf({}), 'my-rules')
  t.is((await run(['init', dir])).code, 0)
  t.is((await run(['check', dir])).code, 0)
  t.deepEqual(await run(['check', dir, '--strict', '--tests']), await run(['check', dir]))
  t.is((await run(['test', dir])).out, '10 passed, 0 failed\n')
  t.deepEqual(await run(['fmt', dir, '--check']), { code: 0, out: '', err: '' })
  t.is(await readFile(join(dir, 'rules.schema.json'), 'utf8'), (await run(['schema', dir, '--stdout'])).out)
  const tried = await run(['try', join(dir, 'samples/rename.json'), '--rules', dir])
  t.regex(tried.out, /^Rejected with 5001 by no-staff-names\n/)
  const again = await run(['init', dir])
  t.is(again.code, 2)
  t.regex(again.err, /is not empty/)
})

test('formatting keeps comments and meaning, and is done once', async t => {
  const messy = `callback:   beforeSetGroupMemberInfo   # a
rules:
- rule: 'x'
  when: {nickName: {one of: [ a,b ]}}
  # why
  reject: 5001
`
  const dir = await folderOf({ 'a.yaml': messy })
  t.deepEqual(await run(['fmt', dir, '--check']), { code: 1, out: 'not formatted  a.yaml\n', err: '' })
  t.is(await readFile(join(dir, 'a.yaml'), 'utf8'), messy)
  t.deepEqual(await run(['fmt', dir]), { code: 0, out: 'formatted  a.yaml\n', err: '' })
  t.is(
    await readFile(join(dir, 'a.yaml'), 'utf8'),
    `callback: beforeSetGroupMemberInfo # a
rules:
  - rule: "x"
    when: { nickName: { one of: [a, b] } }
    # why
    reject: 5001
`,
  )
  t.deepEqual(await run(['fmt', dir]), { code: 0, out: '', err: '' })
})

test('formatting a linked file keeps the link and the mode', async t => {
  const dir = await folderOf({ '.data/a.yaml': 'rules:   []\n' })
  await chmod(join(dir, '.data/a.yaml'), 0o640)
  await symlink('.data/a.yaml', join(dir, 'a.yaml'))
  t.is((await run(['fmt', dir])).out, 'formatted  a.yaml\n')
  t.true((await lstat(join(dir, 'a.yaml'))).isSymbolicLink())
  const { mode } = await stat(join(dir, '.data/a.yaml'))
  t.is(mode & 0o777, 0o640)
  t.is(await readFile(join(dir, 'a.yaml'), 'utf8'), 'rules: []\n')
  t.deepEqual(await readdir(join(dir, '.data')), ['a.yaml'])
})

test('a file with errors is not formatted', async t => {
  const dir = await folderOf({ 'a.yaml': 'rules: [' })
  const { code, err } = await run(['fmt', dir])
  t.is(code, 1)
  t.regex(err, /^skipped {2}a\.yaml/)
  t.is(await readFile(join(dir, 'a.yaml'), 'utf8'), 'rules: [')
})

const payload = (values: object) =>
  JSON.stringify({ callbackCommand: 'callbackBeforeSetGroupMemberInfoCommand', ...values })

test('a call that was tried becomes a test', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  const saved = await run(
    ['try', '-', '--rules', dir, '--save-test', 'no-admins'],
    payload({ nickName: 'ADMIN', userID: 'u-1' }),
  )
  t.is(saved.err, 'Added to the tests of no-admins in a.yaml\n')
  const text = await readFile(join(dir, 'a.yaml'), 'utf8')
  t.true(text.includes('      - { given: { userID: u-1, nickName: ADMIN }, expect: { reject: 5001 } }\n'))
  t.true(text.includes('# keep it short'))
  t.regex((await run(['test', dir])).out, /\n6 passed, 0 failed\n$/)
})

test('the first test of a rule can be saved, with its time when that matters', async t => {
  const text =
    'callback: beforeSetGroupMemberInfo\nzone: UTC\nrules:\n  - { rule: night, when: { time: { within: "22:00-07:00" } }, reject: 5001 }\n'
  const dir = await folderOf({ 'a.yaml': text })
  await run(
    ['try', '-', '--rules', dir, '--at', '2026-03-01T23:00:00Z', '--save-test', 'night'],
    payload({ userID: 'u' }),
  )
  t.regex((await run(['test', dir])).out, /\n1 passed, 0 failed\n$/)
  const unknown = await run(['try', '-', '--rules', dir, '--save-test', 'nigth'], payload({}))
  t.is(unknown.code, 2)
  t.regex(unknown.err, /There is no rule "nigth"\. Did you mean "night"\?/)
})

test('a message that was tried becomes a test of a rule for several callbacks', async t => {
  const dir = await folderOf({
    'a.yaml':
      'callback: [beforeSendSingleMsg, beforeSendGroupMsg]\nrules:\n  - { rule: no, when: { message text: damn }, reject: 5001 }\n',
  })
  const sent = (callbackCommand: string) =>
    JSON.stringify({ callbackCommand, contentType: 101, content: '{"content":"damn"}' })
  await run(['try', '-', '--rules', dir, '--save-test', 'no'], sent('callbackBeforeSendGroupMsgCommand'))
  const text = await readFile(join(dir, 'a.yaml'), 'utf8')
  t.regex(text, /callback: beforeSendGroupMsg,\s+given: /)
  t.regex(text, /given: \{ message text: damn \}/)
  t.regex((await run(['test', dir])).out, /\n1 passed, 0 failed\n$/)
  const other = await run(['try', '-', '--rules', dir, '--save-test', 'no'], sent('callbackBeforeMsgModifyCommand'))
  t.is(other.code, 2)
  t.regex(other.err, /"no" does not decide beforeMsgModify, only beforeSendSingleMsg, beforeSendGroupMsg/)
})

/** Start `dev` on a folder; `next` resolves with the screen that it shows next. */
function watchBy(t: ExecutionContext, dir: string, others: Partial<Io> = {}) {
  const waiting: ((screen: string) => void)[] = []
  const next = () => new Promise<string>(resolve => waiting.push(resolve))
  let stop = () => {}
  const stopped = new Promise<void>(resolve => {
    stop = resolve
  })
  const first = next()
  const out = (text: string) => waiting.shift()?.(text)
  const ended = run(['dev', dir], '', { ...others, out, untilStopped: () => stopped })
  const end = () => {
    stop()
    return ended
  }
  t.teardown(end)
  return { first, next, stop: end }
}

test('dev shows errors first, then failing tests, then that all is well', async t => {
  const dir = await folderOf({ 'a.yaml': 'rules: [' })
  const { first, next, stop } = watchBy(t, dir)
  t.regex(await first, /a\.yaml:1:\d+ {2}error/)
  for (const [text, screen] of [
    [failing, /^✗ tidy › .*1 of 5 tests fail\n/s],
    [rules, /^No problems: 2 rules in 1 file\nAll 5 tests pass\n/],
  ] as const) {
    const shown = next()
    await writeFile(join(dir, 'a.yaml'), text)
    t.regex(await shown, screen)
  }
  t.is((await stop()).code, 0)
})

test('dev shows what fits the screen, starting with what to fix first', async t => {
  const wrong = Array.from({ length: 9 }, (_, at) => `  - { rule: r-${at}, when: { nickname: x }, reject: 5001 }\n`)
  const dir = await folderOf({ 'a.yaml': `callback: beforeSetGroupMemberInfo\nrules:\n${wrong.join('')}` })
  const { first } = watchBy(t, dir, { size: () => ({ columns: 60, rows: 12 }) })
  const lines = (await first).split('\n')
  t.is(lines.length, 12)
  t.is(lines[0], 'a.yaml:3:26  error  unknown-field  There is no field')
  t.regex(lines[9] as string, /^… and \d+ more lines$/)
  t.true(lines.every(line => line.length <= 60))
})

test('dev reports a missing folder and ends', async t => {
  const dir = join(await folderOf({}), 'nowhere')
  const ended = await run(['dev', dir])
  t.is(ended.code, 2)
  t.regex(ended.err, /^hookwarden: Cannot read .*nowhere: it does not exist\n$/)
})

test('dev keeps the schema for editors up to date', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  await run(['schema', dir])
  const { first, next } = watchBy(t, dir)
  await first
  const shown = next()
  await writeFile(join(dir, 'a.yaml'), rules.replaceAll('no-admins', 'no-roots'))
  await shown
  t.true((await readFile(join(dir, 'rules.schema.json'), 'utf8')).includes('"no-roots"'))
})
