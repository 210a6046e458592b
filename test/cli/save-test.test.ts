import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { folderOf, run } from './_run.ts'

const full = {
  groupID: 'g',
  userID: 'u',
  nickName: 'admin',
  faceURL: 'https://x.example/a.png',
  roleLevel: 20,
  ex: '{"a":1}',
}

/** A file with one rule, `r`, and what stands above its rules. */
function fileOf(rule: string, top = '', callback = 'beforeSetGroupMemberInfo'): string {
  return `callback: ${callback}\n${top}rules:\n  - rule: r\n${rule.replaceAll(/^/gm, '    ')}\n`
}

/** Save a call as a test of `r`; `stdin` is its payload. What the file says of it then, on one line. */
async function save(file: string, payload: object, ...flags: string[]) {
  const dir = await folderOf({ 'a.yaml': file })
  const stdin = JSON.stringify({ callbackCommand: 'beforeSetGroupMemberInfo', ...payload })
  const again = () => run(['try', '-', '--rules', dir, '--save-test', 'r', ...flags], stdin)
  const ran = await again()
  const read = () => readFile(join(dir, 'a.yaml'), 'utf8')
  return { ran, again, read, text: (await read()).replaceAll(/\n\s+/g, ' '), dir }
}

const saves = test.macro({
  title: (_, rule: string, _given: string, top = '') =>
    `of ${rule.replaceAll('\n', ', ')} ${top}a test has what is looked at`,
  async exec(t, rule: string, given: string, top: string = '') {
    const { ran, text, dir } = await save(fileOf(rule, top), full)
    t.is(ran.code, 0, ran.err)
    t.true(text.includes(`given: ${given}, expect:`), text)
    t.is((await run(['test', dir])).code, 0)
  },
})
test(saves, 'when: { nickName: admin }\nreject: 5001', '{ nickName: admin }')
test(saves, 'when: { nickName: admin, roleLevel: member }\nreject: 5001', '{ nickName: admin, roleLevel: member }')
test(saves, 'when: { any: [{ nickName: x }, { userID: u }] }\nreject: 5001', '{ userID: u, nickName: admin }')
test(saves, 'when: { faceURL.host: x.example }\nreject: 5001', '{ faceURL: https://x.example/a.png }')
test(saves, 'when: { ex.a: 1 }\nreject: 5001', `{ ex: '{"a":1}' }`)
test(saves, 'when: { original.nickName: admin }\nreject: 5001', '{ nickName: admin }')
test(saves, 'when: { nickName: admin }\nunless: { userID: boss }\nreject: 5001', '{ userID: u, nickName: admin }')
test(saves, 'when: { nickName: admin }\nreject: 5001', '{ groupID: g, nickName: admin }', 'when: { groupID: g }\n')
test(saves, 'when: { nickName: admin }\nreject: { code: 5001, message: "{userID}" }', '{ nickName: admin }')
test(
  saves,
  'when: { nickName: present }\nrewrite: { nickName: upper case, ex: "{userID}" }',
  `{ userID: u, nickName: admin, ex: '{"a":1}' }`,
)

test('a test has only the fields of list items that the rule uses', async t => {
  const rule = 'when: { memberList: { any item: { userID: u } } }\nreject: 5001'
  const payload = {
    callbackCommand: 'beforeMembersJoinGroup',
    groupID: 'g',
    memberList: [{ userID: 'u', ex: 'e', isNew: true }],
  }
  const { text } = await save(fileOf(rule, '', 'beforeMembersJoinGroup'), payload)
  t.true(text.includes('given: { memberList: [{ userID: u }] }'), text)
})

const messages = test.macro({
  title: (_, when: string, _payload: object, _given: string) =>
    `of ${when} a test has the message as far as it matters`,
  async exec(t, when: string, payload: object, given: string) {
    const file = fileOf(`when: ${when}\nreject: 5001`, '', 'beforeSendGroupMsg')
    const { text, dir } = await save(file, { callbackCommand: 'beforeSendGroupMsg', sendID: 'u', ...payload })
    t.true(text.includes(`given: ${given}, expect:`), text)
    t.is((await run(['test', dir])).code, 0)
  },
})
const damn = { contentType: 101, content: '{"content":"damn"}' }
test(messages, '{ message text: { has word: damn } }', damn, '{ message text: damn }')
test(messages, '{ message text: damn, contentType: text }', damn, '{ contentType: text, message text: damn }')
test(messages, '{ message text: damn, content: present }', damn, `{ contentType: text, content: '{"content":"damn"}' }`)
test(messages, '{ message text: absent }', { contentType: 102, content: '{}' }, '{ contentType: picture }')

const night = 'when: { time: { within: "22:00-07:00" } }\nreject: 5001'

test('a test gives the time in the zone of its file', async t => {
  const { text } = await save(fileOf(night, 'zone: Asia/Shanghai\n'), full, '--at', '2026-03-02T15:30:12Z')
  t.regex(text, /at: "?2026-03-02 23:30:12"?,/)
  const minute = await save(fileOf(night, 'zone: Asia/Shanghai\n'), full, '--at', '2026-03-02 23:30')
  t.regex(minute.text, /at: "?2026-03-02 23:30"?,/)
})

test('if the file has no zone, a test gives the offset', async t => {
  const rule = 'when: { time: { within: "22:00-07:00", zone: Asia/Tokyo } }\nreject: 5001'
  const { text } = await save(fileOf(rule), full, '--at', '2026-03-02T14:30:00Z')
  t.regex(text, /at: "?2026-03-02T23:30\+09:00"?,/)
})

test('an hour that occurs twice is given with its offset if it is the second', async t => {
  const rule = 'when: { time: { within: "01:00-03:00" } }\nreject: 5001'
  const at = async (time: string) => (await save(fileOf(rule, 'zone: Europe/Berlin\n'), full, '--at', time)).text
  t.regex(await at('2026-10-25T00:30:00Z'), /at: "?2026-10-25 02:30"?,/)
  t.regex(await at('2026-10-25T01:30:00Z'), /at: "?2026-10-25T02:30\+01:00"?,/)
})

test('no test is saved twice', async t => {
  const { again, read, ran } = await save(fileOf('when: { nickName: admin }\nreject: 5001'), full)
  t.is(ran.err, 'Added to the tests of r in a.yaml\n')
  const { code, err } = await again()
  t.is(code, 0)
  t.regex(err, /^This test already exists: a\.yaml:7:/)
  t.is((await read()).match(/given/g)?.length, 1)
})

test('a test that gives more than matters is the same test', async t => {
  const file = fileOf(
    'when: { nickName: admin }\nreject: 5001\ntests: [{ given: { userID: x, nickName: admin }, expect: { reject: 5001 } }]',
  )
  const { ran, read } = await save(file, full)
  t.regex(ran.err, /already/)
  t.is(await read(), file)
})

test('a test with the same input and another expectation is reported, and stays', async t => {
  const file = fileOf('when: { nickName: admin }\nreject: 5001\ntests: [{ given: { nickName: admin }, expect: allow }]')
  const { ran, read } = await save(file, full)
  t.is(ran.code, 1)
  t.regex(
    ran.err,
    /^The test at a\.yaml:6:\d+ has the same input but expects allowed.*; the result is rejected with 5001/,
  )
  t.is(await read(), file)
})
