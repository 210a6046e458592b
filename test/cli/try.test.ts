import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { folderOf, run } from './_run.ts'

const rules = `callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
rules:
  - { rule: tidy, when: { nickName: present }, rewrite: { nickName: trim } }
  - { rule: vip, when: { userID: vip }, allow: [reserved] }
  - { rule: reserved, when: { nickName: { starts with: admin } }, reject: { code: 5001, message: no } }
  - { rule: links, when: { nickName: { contains: "://" } }, reject: 5002, mode: shadow }
  - { rule: avatars, when: { faceURL.scheme: { is not: https } }, reject: 5003 }
  - { rule: nights, when: { time: { within: "22:00-07:00" } }, reject: 5004, until: 2020-01-01 }
  - { rule: promoted, when: { roleLevel: admin }, unless: { userID: boss }, reject: 5005 }
`
const payload = (values: object) =>
  JSON.stringify({ callbackCommand: 'callbackBeforeSetGroupMemberInfoCommand', ...values })

async function tryIt(values: object, ...flags: string[]) {
  const dir = await folderOf({ 'a.yaml': rules })
  return run(['try', '-', '--rules', dir, ...flags], payload(values))
}

test('the report shows which entry of a list was found, and how letters were read', async t => {
  const dir = await folderOf({
    'a.yaml': `callback: beforeSetGroupMemberInfo
rules:
  - { rule: staff, when: { nickName: { looks like a word in: names } }, reject: 5001 }
`,
    'lists/names.txt': '# ours\nadmin\n',
  })
  const { out } = await run(['try', '-', '--rules', dir], payload({ nickName: 'The аd\u200bm1n' }))
  t.true(
    out.includes(`
      ✓ nickName looks like a word in names — it is "The аd<U+200B>m1n"
        found "admin" (lists/names.txt:2) in "аd<U+200B>m1n"
        read а U+0430 as a, U+200B as nothing, 1 U+0031 as i
`),
    out,
  )
})

test('the report shows the decision, the reply and the reasons', async t => {
  const { code, out } = await tryIt({ nickName: ' admin\u200b', userID: 'boss', roleLevel: 60 })
  t.is(code, 0)
  t.is(
    out.replace(/Rules [0-9a-f]+/, 'Rules …'),
    `Rejected with 5001 by reserved

Reply
  {"actionCode":0,"errCode":5001,"errMsg":"no","errDlt":"","nextCode":1}

Why
  ✓ tidy  rewrites  a.yaml:4
      ✓ nickName present — it is " admin<U+200B>"
      nickName: " admin<U+200B>" → "admin<U+200B>"
  · vip  does not match  a.yaml:5
      userID is "vip" — it is "boss"
  ✓ reserved  rejects  a.yaml:6
      ✓ nickName starts with "admin" — it is "admin<U+200B>"
  · links  does not match  a.yaml:7
      nickName contains "://" — it is "admin<U+200B>"
  · avatars  unknown: a field that it tests is absent  a.yaml:8
      faceURL.scheme is not "https" — it is absent
  · nights  is not in force at this time  a.yaml:9
  · promoted  matches, but is exempted  a.yaml:10
      ✗ when and unless
        ✓ roleLevel is "admin" — it is "admin"
        ✓ unless
          ✓ userID is "boss" — it is "boss"

What would change the decision
  reserved would not fire, and no other rule would reject the call, if one of these changed:
      nickName is "admin<U+200B>", must not start with “admin”
  ~ vip  a.yaml:5
      userID is "boss", must be “vip”
      then it would be allowed

Rules …
`,
  )
})

test('the JSON report is complete', async t => {
  const { code, out } = await tryIt({ nickName: ' Ann', userID: 'u' }, '--json')
  t.is(code, 0)
  const report = JSON.parse(out)
  t.deepEqual(report.decision, { kind: 'allow', rewrites: { nickName: 'Ann' } })
  t.deepEqual(report.reply, { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0, nickName: 'Ann' })
  t.deepEqual(
    report.rules.map(
      (rule: { rule: string; stage: string; mode: string; result: string }) =>
        `${rule.rule} ${rule.stage} ${rule.mode} ${rule.result}`,
    ),
    [
      'tidy rewrite enforce matched',
      'vip exempt enforce not matched',
      'reserved reject enforce not matched',
      'links reject shadow not matched',
      'avatars reject enforce unknown',
      'nights reject enforce not in force',
      'promoted reject enforce unknown',
    ],
  )
  t.deepEqual(report.rules[2].conditions, {
    text: 'nickName starts with "admin"',
    file: 'a.yaml',
    line: 6,
    actual: 'Ann',
    verdict: false,
  })
  t.regex(report.version, /^[0-9a-f]{16}$/)
})

test('a rejection names its code and rule', async t => {
  const { out } = await tryIt({ nickName: 'admin' }, '--json')
  t.deepEqual(JSON.parse(out).decision, { kind: 'reject', code: 5001, rule: 'reserved' })
})

test('exempted rules are marked as such', async t => {
  const { out } = await tryIt({ nickName: 'admin', userID: 'vip', roleLevel: 60 }, '--json')
  const results = new Map(
    JSON.parse(out).rules.map((rule: { rule: string; result: string }) => [rule.rule, rule.result]),
  )
  t.is(results.get('reserved'), 'exempted')
  const boss = await tryIt({ nickName: 'x', userID: 'boss', roleLevel: 60 }, '--json')
  t.is(JSON.parse(boss.out).rules.at(-1).result, 'exempted')
})

test('the time of the call can be given', async t => {
  const dir = await folderOf({
    'a.yaml': `callback: beforeSetGroupMemberInfo
rules:
  - { rule: nights, when: { time: { within: "22:00-07:00", zone: Asia/Shanghai } }, reject: 5004 }
`,
  })
  const at = (time: string) => run(['try', '-', '--rules', dir, '--json', '--at', time], payload({}))
  t.is(JSON.parse((await at('2026-03-01T23:00:00+08:00')).out).decision.kind, 'reject')
  t.is(JSON.parse((await at('2026-03-01T04:00:00Z')).out).decision.kind, 'allow')
})

test('a rule that asks for a call that never came is unknown for that reason', async t => {
  const folder = await folderOf({
    'a.yaml': `callback: beforeSendGroupMsg
counters: { joins: { callback: beforeMembersJoinGroup, same: each memberList.userID } }
rules:
  - { rule: new, when: { how long since: { of: joins, same: sendID, less than: 5 minutes } }, reject: 5001 }
`,
  })
  const { out } = await run(['try', 'beforeSendGroupMsg', 'sendID=u-1', '--rules', folder])
  t.regex(out, /new {2}unknown: what it asks about never happened/)
  t.regex(out, /less than 5 minutes — it is unknown, since nothing came before/)
})

test('what became of the earlier calls comes first', async t => {
  const flood = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: flood, when: { how often: { same: userID, in: 1 minute, more than: 5 } }, reject: 5001 }
`
  const dir = await folderOf({ 'a.yaml': flood, 'six.yaml.txt': '[{ times: 6, ago: 9 seconds }]' })
  const after = join(dir, 'six.yaml.txt')
  const call = ['try', 'beforeSetGroupMemberInfo', 'userID=u-1', 'nickName=Ann', '--rules', dir, '--after', after]
  t.regex((await run(call)).out, /^6 earlier calls: 5 let through, 1 refused by flood\n\nRejected with 5001 by flood\n/)
  t.is(JSON.parse((await run([...call, '--json'])).out).decision.code, 5001)
  await writeFile(join(dir, 'a.yaml'), rules)
  t.regex((await run(call)).out, /^6 earlier calls, which make no difference: no rule counts\n\nAllowed/)
})

test('a payload may be a file', async t => {
  const dir = await folderOf({ 'a.yaml': rules, 'samples/x.json': payload({ nickName: 'admin' }) })
  const { out } = await run(['try', join(dir, 'samples/x.json'), '--rules', dir])
  t.regex(out, /^Rejected with 5001 by reserved\n/)
})

test('errors in the rules are reported instead, with exit 1', async t => {
  const dir = await folderOf({ 'a.yaml': 'callback: x' })
  const { code, out } = await run(['try', '-', '--rules', dir], payload({}))
  t.is(code, 1)
  t.regex(out, /unknown-callback/)
})

const misuse = test.macro(async (t, stdin: string, flags: string[], message: RegExp) => {
  const dir = await folderOf({ 'a.yaml': rules })
  const { code, out, err } = await run(['try', '-', '--rules', dir, ...flags], stdin)
  t.deepEqual({ code, out }, { code: 2, out: '' })
  t.regex(err, message)
})
test(
  'a payload that is not JSON is misuse',
  misuse,
  '{',
  [],
  /^hookwarden: Standard input is not JSON\nStandard input:1:1 /,
)
test('a payload without a command is misuse', misuse, '{}', [], /has no "callbackCommand"/)
test('an unknown callback is misuse', misuse, '{"callbackCommand":"x"}', [], /there is no callback "x"/)
test(
  'an unknown callback gets suggestions',
  misuse,
  '{"callbackCommand":"callbackBeforeSendMsgCommand"}',
  [],
  /Did you mean "beforeSendSingleMsg" or "beforeSendGroupMsg"\?/,
)
test('a key of the wrong type is misuse', misuse, payload({ nickName: 1 }), [], /"nickName" must be/)
test('an invalid time is misuse', misuse, payload({}), ['--at', 'noon'], /--at must be/)
test('a missing payload is misuse', async t => {
  const { code, err } = await run(['try', '/nowhere.json'])
  t.is(code, 2)
  t.regex(err, /Cannot read the payload \/nowhere\.json/)
})

test('--engine shows what json-rules-engine returned for every rule', async t => {
  const { out } = await tryIt({ nickName: ' admin ', userID: 'u-1', roleLevel: 20 }, '--engine')
  t.true(
    out.includes(`What json-rules-engine returned for every rule
  tidy  fires
      all
        nickName is present: true for " admin "
  vip  does not fire
      all
        userID passes: false for "u-1"
  reserved  fires
      all
        nickName (folded) passes: true for "admin"
`),
    out,
  )
  t.regex(out, / {2}promoted {2}does not fire\n {6}all\n.*roleLevel passes: false for 20\n/)
  const json = JSON.parse((await tryIt({ nickName: 'Ann' }, '--engine', '--json')).out)
  t.deepEqual(
    json.engine.map(({ rule }: { rule: string }) => rule),
    json.rules.map(({ rule }: { rule: string }) => rule),
  )
  t.false((await tryIt({ nickName: 'Ann' })).out.includes('json-rules-engine'))
})

test('a payload with a text that is too long for the service is rejected by name', async t => {
  const { code, err } = await tryIt({ nickName: 'x'.repeat(65_537) })
  t.is(code, 2)
  t.is(err, 'hookwarden: Standard input: "nickName" is longer than 65536 bytes\n')
})

const refuses = test.macro({
  async exec(t, argument: string, said: string) {
    const { code, err } = await run([
      'try',
      'beforeAddFriend',
      argument,
      '--rules',
      await folderOf({ 'a.yaml': rules }),
    ])
    t.is(code, 2)
    t.is(err, `hookwarden: ${said}\n`)
  },
  title: (_, argument) => `try refuses ${argument}`,
})

test(refuses, 'ex:=nul', '"nul" in ex:= is not JSON. Write ex:=null, or ex=nul for text')
test(refuses, 'reqMsg:=hello', '"hello" in reqMsg:= is not JSON. Write reqMsg=hello for text')
