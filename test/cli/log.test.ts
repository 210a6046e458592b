import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { hashOfExact } from '../../src/record/masks.ts'
import {
  appendLine,
  content,
  envelope,
  event,
  keptRules,
  refusal,
  stateFolder,
  writeSegments,
} from '../record/_state.ts'
import { folderOf, run } from './_run.ts'

const now = () => new Date('2026-12-02T12:00:00Z')
const ask = (args: readonly string[], others = {}) => run(['log', '--zone', 'UTC', ...args], '', { now, ...others })

/** Two instances, one of which still writes, with what a day may bring. */
async function twoInstances(t: ExecutionContext) {
  const [first, second] = [await stateFolder(t), await stateFolder(t)]
  const shadow = { rule: 'strict', stage: 'reject', mode: 'shadow', exempted: false }
  await writeSegments(first, [
    refusal('2026-12-01T10:00:03Z', 'no-links', { users: ['u-1'] }),
    envelope('2026-12-01T10:00:04Z', { users: ['u-2'], groups: [] }),
    envelope('2026-12-01T10:30:00Z', { users: ['u-1', 'u-3'], matches: [shadow] }),
    event('2026-12-01T10:40:00Z', 'reloaded'),
  ])
  const exempted = [
    { rule: 'vips', stage: 'exempt', mode: 'enforce', exempted: false },
    { rule: 'no-links', stage: 'reject', mode: 'enforce', exempted: true },
  ]
  const lines = [
    envelope('2026-12-01T10:15:00Z', { changes: [{ field: 'nickName', rule: 'tidy' }], callback: 'beforeCreateGroup' }),
    envelope('2026-12-01T11:15:00Z', { matches: exempted, users: ['u-4', 'u-5', 'u-6', 'u-7'] }),
  ]
  await writeSegments(second, lines, { instance: 'two', as: 'open' })
  return { first, second, both: ['--records', first, second] }
}

/** Ids differ from run to run. */
const withoutIds = (text: string) => text.replaceAll(/ {2}[de]\d{8}/g, '')

test('each decision is a line in words, with what the answer covers', async t => {
  const { both } = await twoInstances(t)
  const { code, out } = await ask(both)
  t.is(code, 0)
  t.is(
    withoutIds(out),
    `2026-12-01 10:00:03  u-1 in g-1  beforeSetGroupMemberInfo  refused with 5001 by no-links
2026-12-01 10:00:04  u-2  beforeSetGroupMemberInfo  let through
2026-12-01 10:15:00  u-1 in g-1  beforeCreateGroup  rewritten in nickName by tidy
2026-12-01 10:30:00  u-1, u-3 in g-1  beforeSetGroupMemberInfo  let through; in shadow: strict
2026-12-01 11:15:00  u-4, u-5 and 2 more in g-1  beforeSetGroupMemberInfo  let through; exempt from no-links by vips

5 decisions
Covers one: 2026-12-01 10:00–11:00; two: 2026-12-01 10:00–12:00 (UTC)
`,
  )
})

const finds = test.macro(async (t, args: readonly string[], expected: readonly string[]) => {
  const { both } = await twoInstances(t)
  const { out } = await ask([...both, ...args])
  t.deepEqual(
    [...out.matchAll(/^2026-12-\d\d (\S+)/gm)].map(([, time]) => time),
    [...expected],
    out,
  )
})

test('by user', finds, ['--user', 'u-3'], ['10:30:00'])
test('by user and time', finds, ['--user', 'u-1', '--since', 'yesterday 10:10'], ['10:15:00', '10:30:00'])
test('by group', finds, ['--group', 'g-2'], [])
test('by rule that decided', finds, ['--rule', 'no-links'], ['10:00:03', '11:15:00'])
test('by rule that rewrote', finds, ['--rule', 'tidy'], ['10:15:00'])
test('by code', finds, ['--code', '5001'], ['10:00:03'])
test('by callback, in any case', finds, ['--callback', 'BeforeCreateGroup'], ['10:15:00'])
test('what the shadow rule caught', finds, ['--shadow'], ['10:30:00'])
test('until a time', finds, ['--until', 'yesterday 10:01'], ['10:00:03', '10:00:04'])
test('the last ones', finds, ['--last', '2'], ['10:30:00', '11:15:00'])

test('the last ones are not looked for where they cannot be', async t => {
  const { both } = await twoInstances(t)
  const { out } = await ask([...both, '--last', '1', '--until', '2026-12-01 11:30'])
  t.regex(out, /^2026-12-01 11:15:00 .*\n\n1 decision\nCovers .*two: 2026-12-01 10:30–11:30/)
})

test('an answer without decisions says what it covers', async t => {
  const { both } = await twoInstances(t)
  const early = await ask([...both, '--since', '2026-11-01', '--until', '2026-11-02'])
  t.is(early.out, 'No decision found\nNothing is on record for this time\n')
  const { out } = await ask([...both, '--user', 'nobody'])
  t.regex(out, /^No decision found\nCovers one: 2026-12-01 10:00–11:00; two/)
})

test('JSON has the decisions as recorded, and what they cover', async t => {
  const { both, first } = await twoInstances(t)
  const { decisions, covers } = JSON.parse((await ask([...both, '--json', '--user', 'u-1'])).out)
  t.deepEqual(
    decisions.map(({ decision }: { decision: string }) => decision),
    ['reject', 'allow', 'allow'],
  )
  t.deepEqual(covers.instances[0], {
    instance: 'one',
    state: first,
    hours: [{ from: '2026-12-01T10:00:00.000Z', to: '2026-12-01T11:00:00.000Z' }],
  })
  t.deepEqual(JSON.parse((await ask([...both, '--json', '--code', '1'])).out).decisions, [])
})

test('a user whose id is masked is found by its hash', async t => {
  const dir = await stateFolder(t)
  const secret = Buffer.alloc(32, 7)
  await writeFile(join(dir, 'secret'), secret)
  const users = [hashOfExact(secret.toString('base64url'), 'u-1')]
  await writeSegments(dir, [envelope('2026-12-01T10:00:00Z', { users }), envelope('2026-12-01T10:00:01Z')])
  t.regex((await ask(['--state', dir, '--user', 'u-1'])).out, /\n2 decisions\n/)
})

test('lines that cannot be read are told', async t => {
  const dir = await stateFolder(t)
  const newer = '{"v":2,"id":"x","at":5}\n'
  await writeSegments(dir, [envelope('2026-12-01T10:00:00Z')], { end: `nonsense\n${newer}{"v":1,"id":"half` })
  const { out } = await ask(['--state', dir])
  t.regex(out, /Left out: 1 line not written by hookwarden, 1 line of a newer version, 1 line without an end\n$/)
})

test('wrong words are explained', async t => {
  const { first } = await twoInstances(t)
  const wrong = async (...args: string[]) => {
    const { code, err } = await ask(['--state', first, ...args])
    t.is(code, 2)
    return err
  }
  t.regex(await wrong('--callback', 'beforeCreateGrup'), /There is no callback "beforeCreateGrup"\. Did you mean/)
  t.regex(await wrong('--since', 'soon'), /--since must be a time, not "soon"/)
  t.regex(await wrong('--since', 'today', '--until', 'yesterday'), /--since today is later than --until yesterday/)
  t.regex(await wrong('--zone', 'Mars'), /There is no time zone "Mars"/)
  t.regex((await ask(['--state', join(first, 'none')])).err, /^hookwarden: Cannot use .*none: /)
})

test('following prints what is added, also when a segment is closed meanwhile', async t => {
  const dir = await stateFolder(t)
  const folder = '2026-12-02/11'
  await writeSegments(dir, [refusal('2026-12-02T11:59:00Z', 'no-links')], { as: 'open' })
  let out = ''
  let wake = () => {}
  let stop = () => {}
  const until = async (text: string) => {
    while (!out.includes(text)) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  const others = {
    out: (text: string) => {
      out += text
      wake()
    },
    untilStopped: () =>
      new Promise<void>(resolve => {
        stop = resolve
      }),
  }
  const running = ask(['--state', dir, '--user', 'u-1', '--follow', '--since', 'today'], others)
  await until('no-links')
  await appendLine(dir, folder, refusal('2026-12-02T11:59:01Z', 'no-words'))
  await until('no-words')
  await writeSegments(dir, [refusal('2026-12-02T11:59:02Z', 'no-ads')], { part: 2, as: 'open' })
  await until('no-ads')
  stop()
  await running
  t.is([...out.matchAll(/refused/g)].length, 3, out)
})

const rules = (word: string) => `callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
rules:
  - { rule: reserved, when: { nickName: { contains any: [${word}] } }, reject: { code: 5001, message: "“{nickName}” is reserved" } }
  - { rule: long, when: { nickName: { longer than: 3 } }, reject: 5002 }
  - { rule: other, when: { nickName: zzz }, reject: 5003 }
`

async function explained(t: ExecutionContext, others: Record<string, unknown> = {}) {
  const dir = await stateFolder(t)
  const files = [{ file: 'a.yaml', content: rules('admin') }]
  const version = await keptRules(dir, files)
  const decision = refusal('2026-12-01T10:00:03Z', 'reserved', { rules: version, ...others })
  await writeSegments(dir, [envelope('2026-12-01T10:00:00Z'), decision])
  const call = {
    callbackCommand: 'callbackBeforeSetGroupMemberInfoCommand',
    userID: 'u-1',
    groupID: 'g-1',
    nickName: 'Admin',
  }
  await writeSegments(dir, [content(decision, call, { message: '“Admin” is reserved' })], {}, 'content')
  return { dir, id: decision.id, version }
}

test('one decision is told whole: what the user saw, which rule, which letters, what else', async t => {
  const { dir, id, version } = await explained(t)
  const { code, out } = await ask([id, '--state', dir])
  t.is(code, 0)
  t.is(
    out,
    `2026-12-01 10:00:03 UTC  u-1 in g-1
call      beforeSetGroupMemberInfo
outcome   refused with 5001 by reserved
user saw  “Admin” is reserved (code 5001)
decision  ${id} on one, rules ${version}

By the rules of that time
Rejected with 5001 by reserved

Reply
  {"actionCode":0,"errCode":5001,"errMsg":"“Admin” is reserved","errDlt":"","nextCode":1}

Why
  ✓ reserved  rejects and decides  a.yaml:4
      ✓ nickName contains any ["admin"] — it is "Admin"
        found "admin" in "Admin"
  ✓ long  rejects too, after reserved  a.yaml:5
      ✓ nickName longer than 3 — it is "Admin"

What would change the decision
  reserved would not fire, and long would reject the call with 5002, if one of these changed:
      nickName is "Admin", must contain none of “admin”

Rules ${version}
1 rule more did not match: --all shows them
`,
  )
})

test('the rules of today are asked, too', async t => {
  const { dir, id } = await explained(t)
  const changed = await folderOf({ 'a.yaml': rules('nobody') })
  const { out } = await ask([id, '--state', dir, '--rules', changed])
  t.regex(out, /By the rules in .*\nRejected with 5002 by long\n/)
  const same = await ask([id, '--state', dir, '--rules', await folderOf({ 'a.yaml': rules('admin') })])
  t.regex(same.out, /\nThe rules in .* are the same\n$/)
  const similar = await ask([id, '--state', dir, '--rules', await folderOf({ 'a.yaml': rules('admin, root') })])
  t.regex(similar.out, /\nThe same decision \(rules [0-9a-f]{16}\)\n$/)
})

test('a decision that cannot be explained is told as far as it is known', async t => {
  const dir = await stateFolder(t)
  const decision = refusal('2026-12-01T10:00:03Z', 'reserved', { masked: ['nickName'] })
  await writeSegments(dir, [decision])
  const { out } = await ask([decision.id, '--state', dir])
  t.regex(out, /user saw {2}no \(code 5001\)\nmasked {4}nickName: /)
  t.regex(out, /\n\nWhat the call said is no longer on record, so its reasons cannot be shown\n$/)
  await writeSegments(
    dir,
    [content(decision, { callbackCommand: 'callbackBeforeSetGroupMemberInfoCommand' })],
    {},
    'content',
  )
  t.regex(
    (await ask([decision.id, '--state', dir])).out,
    /The rules of that time, aaaa, are not in the state folder\n$/,
  )
})

test('a version of rules that a line makes up is no path', async t => {
  const { dir, version } = await explained(t)
  const decision = refusal('2026-12-01T10:00:05Z', 'reserved', { rules: `../rules/${version}` })
  const call = { callbackCommand: 'callbackBeforeSetGroupMemberInfoCommand', nickName: 'Admin' }
  await writeSegments(dir, [decision], { part: 2 })
  await writeSegments(dir, [content(decision, call)], { part: 2 }, 'content')
  t.regex((await ask([decision.id, '--state', dir])).out, /The rules of that time, .*, are not in the state folder\n$/)
})

test('when deciding again gives something else, that is said', async t => {
  const { dir, id } = await explained(t, { code: 5009, rule: 'counted' })
  t.regex((await ask([id, '--state', dir])).out, /Deciding the call again gives something else than on record/)
})

test('an id that is not on record ends with 1, and what was searched', async t => {
  const { dir } = await explained(t)
  const { code, out } = await ask(['nothing', '--state', dir])
  t.is(code, 1)
  t.is(out, 'There is no decision nothing on record\nCovers one: 2026-12-01 10:00–11:00 (UTC)\n')
})

test('JSON of one decision has its content and both reports', async t => {
  const { dir, id } = await explained(t)
  const changed = await folderOf({ 'a.yaml': rules('nobody') })
  const { out } = await ask([id, '--state', dir, '--rules', changed, '--json'])
  const { decision, content: said, then, today } = JSON.parse(out)
  t.is(decision.id, id)
  t.is(said.call.nickName, 'Admin')
  t.is(then.report.decision.rule, 'reserved')
  t.is(today.report.decision.rule, 'long')
})
