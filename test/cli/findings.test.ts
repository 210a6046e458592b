import { join } from 'node:path'
import test from 'ava'
import { folderOf, run } from './_run.ts'

const top = 'callback: beforeSetGroupMemberInfo\n'
const bare = '  - { rule: bare, when: { nickName: x }, reject: 5001 }\n'
const never =
  '  - { rule: never, when: { nickName: { is: x, not: { is: x } } }, reject: 5001, tests: [{ given: {}, expect: allow }] }\n'
const failing =
  '  - { rule: failing, when: { nickName: y }, reject: 5002, tests: [{ given: { nickName: z }, expect: { reject: 5002 } }] }\n'

/** What is said of a folder, in order. */
async function codesOf(files: Record<string, string>, ...flags: string[]): Promise<string[]> {
  const { out } = await run(['check', await folderOf(files), ...flags])
  return [...out.matchAll(/^\S+:\d+:\d+ {2}(?:error|warning) {2}(\S+)/gm)].map(([, code = '']) => code)
}

test('errors come before misleading rules, and those before missing tests', async t => {
  const files = {
    'a.yaml': `${top}lists: { unused: [a] }\ncodes: { spare: 5009 }\nrules:\n${bare}${never}`,
    'lists/other.txt': 'a',
  }
  t.deepEqual(await codesOf(files), ['never-fires', 'unused-list', 'unused-code', 'no-test', 'unused-list'])
  t.is((await codesOf(files, '--strict'))[0], 'never-fires')
})

test('a failed test comes before a missing one', async t => {
  const codes = await codesOf({ 'a.yaml': `${top}rules:\n${bare}${failing}` }, '--tests')
  t.deepEqual(codes, ['failed-test', 'no-test'])
})

test('a rule without tests is given some that can be pasted', async t => {
  const { out } = await run(['check', await folderOf({ 'a.yaml': `${top}rules:\n${bare}` })])
  t.true(
    out.includes(
      '\n   Write tests: [{ given: { nickName: x }, expect: { reject: 5001 } }, { given: { nickName: Ann }, expect: allow }]\n',
    ),
    out,
  )
})

test('failed tests come first in the output', async t => {
  const { code, out } = await run(['test', await folderOf({ 'a.yaml': `${top}rules:\n${bare}${failing}${never}` })])
  t.is(code, 1)
  t.regex(out, /^1 of 2 tests failed: failing\n\n✗ failing › /)
  t.true(out.indexOf('✗ failing') < out.indexOf('No test shows these firing'))
})

test('having no tests is not a success, in any format', async t => {
  const dir = await folderOf({ 'a.yaml': `${top}rules:\n${bare}` })
  const { code, out } = await run(['test', dir])
  t.is(code, 1)
  t.is(
    out,
    `There are no tests, so nothing shows that the rule works

Add these to the rule bare:
  tests: [{ given: { nickName: x }, expect: { reject: 5001 } }, { given: { nickName: Ann }, expect: allow }]
`,
  )
  const [json, tap, junit] = await Promise.all(
    ['json', 'tap', 'junit'].map(format => run(['test', dir, '--format', format])),
  )
  t.deepEqual([json?.code, tap?.code, junit?.code], [1, 1, 1])
  t.like(JSON.parse(json?.out ?? ''), { passed: 0, failed: 0, cases: [] })
  t.is(tap?.out, 'TAP version 13\n1..0 # There are no tests\n')
})

/** A terminal of so many columns. */
const size = (columns: number) => () => ({ columns, rows: 24 })

const told = (expect: string, message = '{ code: 5001, message: "No {nickName}" }') => `${top}rules:
  - rule: r
    when: { nickName: x }
    reject: ${message}
    tests: [{ given: { nickName: x }, expect: ${expect} }]
`

test('a test may give the message that the user sees', async t => {
  const dir = await folderOf({ 'a.yaml': told('{ reject: 5001, message: No x }') })
  t.is((await run(['test', dir])).code, 0)
  const wrong = await run(['test', await folderOf({ 'a.yaml': told('{ reject: 5001, message: No y }') })])
  t.is(wrong.code, 1)
  t.true(
    wrong.out.includes(`    expected  rejected with 5001, saying "No y"
    actual    rejected with 5001 by r, saying "No x"
    message
      expected  No y|
      actual    No x|
                   ^
`),
    wrong.out,
  )
  const json = await run(['test', await folderOf({ 'a.yaml': told('{ reject: 5001, message: No y }') }), '--json'])
  t.like(JSON.parse(json.out).cases[0], { actual: 'rejected with 5001 by r, saying "No x"' })
})

test('of long texts that differ, only the part around the difference is shown', async t => {
  const message = `${'a long message '.repeat(6)}for {nickName}${' and so on'.repeat(6)}`
  const rule = told(
    `{ reject: 5001, message: "${message.replace('{nickName}', 'you')}" }`,
    `{ code: 5001, message: "${message}" }`,
  )
  const { out } = await run(['test', await folderOf({ 'a.yaml': rule })], '', { size: size(80) })
  t.true(
    out.includes(`
      expected  …ng message for you and so on and so on and so on a…
      actual    …ng message for x and so on and so on and so on and…
                                ^
`),
    out,
  )
})

test('a test of a file may say it, too', async t => {
  const file = `${top}rules: [{ rule: r, when: { nickName: x }, reject: { code: 5001, message: Sorry } }]
tests: [{ given: { nickName: x }, expect: { reject: 5001, message: Sorry, by: r } }, { given: { nickName: x }, expect: { reject: 5001, message: Sorr } }]
`
  t.like(JSON.parse((await run(['test', await folderOf({ 'a.yaml': file }), '--json'])).out), { passed: 1, failed: 1 })
})

test('errors are no wider than the terminal', async t => {
  for (const argv of [
    ['callbacks', 'beforeSendGroupMessage'],
    ['check', join(await folderOf({}), 'a folder/that is not/there at all and has a long name')],
    ['try', 'beforeAddFriend', 'reqMsg'],
    ['serve', '--port', 'http', '--failure-code', '12'],
    ['check', '--jsn'],
  ]) {
    const { err } = await run(argv, '', { size: size(50) })
    t.not(err, '')
    for (const line of err.split('\n')) t.true(line.length <= 50 || !line.trim().includes(' '), line)
  }
})

test('standard error uses the width of its own terminal', async t => {
  const argv = ['callbacks', 'beforeSendGroupMessage']
  const narrow = await run(argv, '', { size: () => undefined, errColumns: () => 40 })
  t.true(narrow.err.split('\n').every(line => line.length <= 40))
  const elsewhere = await run(argv, '', { size: size(40), errColumns: () => undefined })
  t.true((elsewhere.err.split('\n')[0] ?? '').length > 40)
})

test('help is no wider than the terminal', async t => {
  for (const argv of [['--help'], ['try', '--help'], ['serve', '--help']]) {
    const { out } = await run(argv, '', { size: size(60) })
    for (const line of out.split('\n')) t.true(line.length <= 60 || !line.trim().includes(' '), line)
  }
})

test('a table of rules stays a table in a narrow terminal', async t => {
  const file = `rules:
  - { rule: a-rule-with-a-long-name, callback: beforeSetGroupMemberInfo, when: { nickName: x }, reject: 5001, order: 5 }
  - { rule: b, callback: [beforeUpdateUserInfo, beforeUpdateUserInfoEx], when: { nickName: x }, reject: 5001 }
`
  const { out } = await run(['list', await folderOf({ 'a.yaml': file })], '', { size: size(72) })
  t.is(
    out,
    `Reject rules, of which the first that fires decides:
     1  a-rule-with-a-long-name  a.yaml:2  beforeSetGroupMemberInfo
                                           (order 5)
     2  b                        a.yaml:3  beforeUpdateUserInfo,
                                           beforeUpdateUserInfoEx
`,
  )
})
