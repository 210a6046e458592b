import { join } from 'node:path'
import test from 'ava'
import { folderOf, run } from './_run.ts'

const friends = `callback: beforeAddFriend
rules:
  - { rule: no-spam, when: { reqMsg: { contains: hi } }, reject: 5010 }
  - { rule: no-ex, when: { ex: absent }, reject: 5011 }
`
const names = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: staff, when: { nickName: { starts with: adm } }, reject: 5001 }
  - { rule: admins, when: { roleLevel: { at least: admin } }, reject: 5002 }
`
const messages = `callback: beforeSendGroupMsg
rules: [{ rule: damn, when: { message text: { has word: damn } }, reject: 5020 }]
`
const command = 'callbackBeforeSetGroupMemberInfoCommand'

async function ask(rules: string, argv: string[], stdin = '') {
  const dir = await folderOf({ 'a.yaml': rules })
  return run(['try', ...argv, '--rules', dir], stdin)
}

test('a key that the callback lacks is reported above the decision', async t => {
  const { code, out } = await ask(names, ['-'], JSON.stringify({ callbackCommand: command, nickname: 'admin' }))
  t.is(code, 0)
  t.regex(
    out,
    /^! There is no field "nickname" in beforeSetGroupMemberInfo, so no rule sees it\. Did you mean "nickName"\?\n\nAllowed/,
  )
  const json = await ask(names, ['-', '--json'], JSON.stringify({ callbackCommand: command, nickname: 'admin' }))
  t.like(JSON.parse(json.out).unknownKeys, [{ key: 'nickname', meant: 'nickName' }])
})

test('a payload without unknown keys has nothing above the decision', async t => {
  const { out } = await ask(names, ['-', '--json'], JSON.stringify({ callbackCommand: command, nickName: 'x' }))
  t.false('unknownKeys' in JSON.parse(out))
})

test('names of numbers and message text work as they do in tests', async t => {
  const promoted = await ask(names, ['-'], JSON.stringify({ callbackCommand: command, roleLevel: 'admin' }))
  t.regex(promoted.out, /^Rejected with 5002 by admins\n/)
  const callbackCommand = 'callbackBeforeSendGroupMsgCommand'
  const sent = await ask(messages, ['-'], JSON.stringify({ callbackCommand, 'message text': 'damn it' }))
  t.regex(sent.out, /^Rejected with 5020 by damn\n/)
})

const inline = test.macro({
  title: (_, argv: string[], _rules: string, _said: RegExp) => `try ${argv.join(' ')} needs no file`,
  async exec(t, argv: string[], rules: string, said: RegExp) {
    const { code, out, err } = await ask(rules, argv)
    t.is(code, 0, err)
    t.regex(out, said)
  },
})
test(
  inline,
  ['beforeAddFriend', 'fromUserID=s-1', 'reqMsg=hi', 'ex:=null'],
  friends,
  /^Rejected with 5010 by no-spam\n/,
)
test(inline, ['callbackBeforeAddFriendCommand', 'reqMsg=x', 'ex='], friends, /^Allowed/)
test(inline, ['beforeSetGroupMemberInfo', 'roleLevel=admin'], names, /^Rejected with 5002/)
test(inline, ['beforeSetGroupMemberInfo', 'roleLevel:=60'], names, /^Rejected with 5002/)
test(inline, ['beforeSetGroupMemberInfo', 'nickName=adm=x'], names, /it is "adm=x"/)
test(inline, ['beforeSetGroupMemberInfo', 'nickName=0123'], names, /it is "0123"/)
test(inline, ['beforeSetGroupMemberInfo', 'nickname=x'], names, /^! There is no field "nickname"/)
test(inline, ['beforeSendGroupMsg', 'message text=damn'], messages, /^Rejected with 5020/)

const misuse = test.macro({
  title: (_, argv: string[], _said: RegExp, stdin: string = '') =>
    `try ${[...argv, stdin].join(' ')} reports what to type`,
  async exec(t, argv: string[], said: RegExp, stdin: string = '') {
    const { code, out, err } = await ask(friends, argv, stdin)
    t.deepEqual([code, out], [2, ''])
    t.regex(err, said)
  },
})
test(misuse, ['beforeAddFriend', 'reqMsg'], /"reqMsg" does not set a field\. Write reqMsg=… /)
test(misuse, ['beforeAddFriend', 'reqMsg:hi there'], /Write 'reqMsg=hi there'\n/)
test(misuse, ['beforeAddFriend', 'reqMsg=a', 'reqMsg=b'], /"reqMsg" is given twice/)
test(
  misuse,
  ['beforeAddFreind', 'reqMsg=a'],
  /There is no callback "beforeAddFreind"\. Did you mean "beforeAddFriend"\?/,
)
test(
  misuse,
  ['reqMsg=a', 'ex:=null'],
  /Name the callback first, as in: hookwarden try beforeAddFriend reqMsg=a ex:=null\n/,
)
test(misuse, ['beforeAddFriend', 'ex:={"a":1}'], /"ex" must be text.*\. Write 'ex=\{"a":1\}'\n/)
test(
  misuse,
  ['beforeAddFriend', 'ex:={a}'],
  /ex:= is not JSON\nex:=:1:2 .*\n > 1 \| \{a\}\n {5}\| {2}\^\n {3}Write "a"/,
)
test(misuse, ['beforeAddFreind'], /does not exist\. Did you mean the callback "beforeAddFriend"\?/)
test(misuse, ['-', 'reqMsg=a'], /Values go after a callback name.*hookwarden try beforeAddFriend reqMsg=a\n/)
test(misuse, ['-'], /must contain one JSON object, not an array/, '[]')
test(misuse, ['-'], /Write "callbackCommand" instead of "callbackcommand"/, '{"callbackcommand":"x"}')
test(misuse, ['-'], /has no "callbackCommand"\. Its keys match beforeAddFriend/, '{"reqMsg":"a","ex":""}')
test(
  misuse,
  ['-'],
  /^hookwarden: Standard input: "reqMsg" must be text.* Write "reqMsg": "5"\n/,
  JSON.stringify({ callbackCommand: 'beforeAddFriend', reqMsg: 5 }),
)

const broken = test.macro({
  title: (_, content: string | Uint8Array, _said: RegExp) =>
    `a payload with ${JSON.stringify(String(content).slice(0, 40))} is shown where it breaks`,
  async exec(t, content: string | Uint8Array, said: RegExp) {
    const dir = await folderOf({ 'a.yaml': friends, 'p.json': content })
    const { code, err } = await run(['try', join(dir, 'p.json'), '--rules', dir])
    t.is(code, 2)
    t.regex(err.replaceAll(dir, 'DIR'), said)
  },
})
test(
  broken,
  '{\n  "a": 1,\n}\n',
  /^hookwarden: DIR\/p\.json is not JSON\nDIR\/p\.json:2:9 {2}error {2}Trailing comma\n {3}1 \| \{\n > 2 \| {3}"a": 1,\n {5}\| {9}\^\n {3}Remove it/,
)
test(broken, '{\n  “a”: 1\n}\n', /p\.json:2:3 .*curly quotes.*\n[\s\S]*Write "a"/)
test(broken, '', /p\.json:1:1 .*The payload is empty/)
test(
  broken,
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"a":1}', 'utf16le')]),
  /p\.json:1:1 .*UTF-16[\s\S]*Save the file as UTF-8/,
)
test(broken, Buffer.from('{"a":1}', 'utf16le'), /p\.json:1:1 .*UTF-16[\s\S]*Save it as UTF-8/)
test(broken, Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x7d]), /not UTF-8/)

test('a byte order mark before a payload does no harm', async t => {
  const { code } = await ask(friends, ['-'], `\ufeff${JSON.stringify({ callbackCommand: 'beforeAddFriend' })}`)
  t.is(code, 0)
})

const night = (zone: string, id = 'night') =>
  `callback: beforeSetGroupMemberInfo\n${zone}rules: [{ rule: ${id}, when: { time: { within: "22:00-07:00" } }, reject: 5004 }]\n`
const shanghai = night('zone: Asia/Shanghai\n')

const at = test.macro({
  title: (_, time: string, _code: number, _said: RegExp, files?: Record<string, string>) =>
    `--at ${time} is read on the clock of ${files === undefined ? 'the file' : Object.keys(files).join(' and ')}`,
  async exec(t, time: string, code: number, said: RegExp, files: Record<string, string> = { 'a.yaml': shanghai }) {
    const dir = await folderOf(files)
    const ran = await run(['try', 'beforeSetGroupMemberInfo', '--at', time, '--rules', dir])
    t.is(ran.code, code, ran.err)
    t.regex(ran.out + ran.err, said)
  },
})
test(at, '2026-03-02 23:00', 0, /^Rejected with 5004 by night\nAt 2026-03-02 23:00 Asia\/Shanghai\n/)
test(at, '2026-03-02T12:00', 0, /^Allowed/)
test(at, '2026-03-02', 0, /^Rejected.*\nAt 2026-03-02 00:00 Asia\/Shanghai\n/)
test(at, '2026-03-02T15:00:00Z', 0, /^Rejected with 5004 by night\n\n/)
test(at, '2026-03-02 23:00 +08:00', 0, /^Rejected/)
test(at, '23:00', 2, /Write "2026-03-04 23:00"/)
test(at, '2026-3-2 9:00', 2, /Write "2026-03-02 09:00"/)
test(at, '2026-02-30 23:00', 2, /2026-02-30 does not exist/)
test(at, '2026-03-02 23:00', 0, /^Rejected.*\nAt 2026-03-02 23:00 Asia\/Tokyo\n/, {
  'tokyo.yaml': night('').replace('07:00"', '07:00", zone: Asia/Tokyo'),
})
test(
  at,
  '2026-03-02 23:00',
  2,
  /several time zones\. Write 2026-03-02T23:00\+08:00 for Asia\/Shanghai, or 2026-03-02T23:00\+00:00 for UTC\n/,
  {
    'shanghai.yaml': shanghai,
    'utc.yaml': night('zone: UTC\n', 'other'),
  },
)
test(at, '2026-03-02 23:00', 2, /No rule has a time zone.*2026-03-02T23:00\+08:00/, { 'names.yaml': names })
test(at, '2026-03-02 23:00', 0, /At 2026-03-02 23:00 Asia\/Shanghai/, {
  'shanghai.yaml': shanghai,
  'friends.yaml': friends.replace('rules:', 'zone: UTC\nrules:'),
})

const trace = test.macro({
  title: (_, when: string, _values: object, _said: RegExp) => `the trace of ${when} is complete`,
  async exec(t, when: string, values: object, said: RegExp) {
    const rules = `callback: beforeSetGroupMemberInfo
conditions: { staff: { nickName: { starts with: a } } }
rules: [{ rule: a, when: ${when}, reject: 5001 }]
${when.includes('staff') ? '' : 'tests: [{ given: { nickName: b }, expect: allow }]\n'}`
    const { out } = await ask(rules, ['-'], JSON.stringify({ callbackCommand: command, ...values }))
    t.regex(out, said)
  },
})
test(
  trace,
  '{ nickName: { not: { in list: [admin] } } }',
  { nickName: 'admin' },
  /\n {6}not: nickName in list \["admin"\] — it is "admin"\n/,
)
test(trace, '{ not: { nickName: admin } }', { nickName: 'admin' }, /\n {6}not: nickName is "admin" — it is "admin"\n/)
test(
  trace,
  '{ none: [{ userID: u }, { nickName: admin }] }',
  { userID: 'x', nickName: 'admin' },
  /\n {6}none of: nickName is "admin" — it/,
)
test(
  trace,
  '{ not: { nickName: { not: { contains: a } } } }',
  { nickName: 'b' },
  /\n {6}not: not: nickName contains "a" — it is "b"\n/,
)
test(trace, '{ not: { use: staff } }', { nickName: 'ann' }, /\n {6}not: nickName starts with "a" — it is "ann"\n/)
test(
  trace,
  '{ nickName: { exactly: { is: VIP } } }',
  { nickName: 'vip' },
  /\n {6}nickName exactly is "VIP" — it is "vip"\n/,
)
test(
  trace,
  '{ roleLevel: [admin, owner] }',
  { roleLevel: 20 },
  /\n {6}roleLevel one of \["admin", "owner"\] — it is "member"\n/,
)
test(trace, "{ nickName: { matches: '[0-9] a' } }", { nickName: 'b' }, /\n {6}nickName matches "\[0-9\] a" — it/)
test(trace, '{ nickName: { longer than: 3 } }', { nickName: 'b' }, /\n {6}nickName longer than 3 — it/)

test('of several rules that reject, the one that decides is marked', async t => {
  const rules = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: watch, when: { nickName: x }, reject: 5000, mode: shadow }
  - { rule: first, when: { nickName: x }, reject: 5001 }
  - { rule: second, when: { nickName: x }, reject: 5002 }
  - { rule: third, when: { nickName: y }, reject: 5003 }
`
  const { out } = await ask(rules, ['beforeSetGroupMemberInfo', 'nickName=x'])
  t.regex(out, /✓ watch {2}would reject, but has no effect in shadow {2}a/)
  t.regex(out, /✓ first {2}rejects and decides {2}a/)
  t.regex(out, /✓ second {2}rejects too, after first {2}a/)
})
