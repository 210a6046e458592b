import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import test from 'ava'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import type { ImpactReport } from '../../src/impact/report.ts'
import { Masks } from '../../src/record/masks.ts'
import { readRulesFolder } from '../../src/store/files.ts'
import { given } from '../_counting.ts'
import { type Received, received, recordedBy, sentBody } from '../impact/_recorded.ts'
import { folderOf, run } from './_run.ts'
import { mismatches } from './_schema.ts'

const now = Date.parse('2026-03-04T12:00:00+08:00')
const minute = 60_000

const nice = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: no-staff, when: { nickName: { contains: staff } }, reject: 5001 }
`
const strict = `${nice}  - { rule: no-shouting, when: { nickName: { contains any: [ANN, BOB] } }, reject: { code: 5002, message: No } }
`

function names(...all: string[]): Received[] {
  return all.map((name, at) =>
    received(
      now - (all.length - at) * minute,
      given(`callback=beforeSetGroupMemberInfo userID=u-${at} groupID=g-1 nickName=${name}`),
    ),
  )
}

test('impact says first whom a draft would newly refuse', async t => {
  const state = await recordedBy(t, nice, names('Ann', 'staff', 'Bob', 'Eve'))
  const draft = await folderOf({ 'a.yaml': strict })
  const { code, out, err } = await run(['impact', draft, '--state', state, '--zone', 'UTC'])
  t.is(err, '')
  t.is(code, 1)
  t.regex(
    out,
    /^Would newly refuse 2 calls of 2 people, none of whom was refused before, as far back as the record goes/,
  )
  t.regex(out, /Exact: 4 calls/)
})

test('the record of all callbacks comes out as it is by the shipped rules', async t => {
  const sent: { callbackCommand: string }[] = JSON.parse(await readFile('test/callbacks/sent.json', 'utf8'))
  const files = await readRulesFolder('rules')
  const texts = files.map(({ file, content }) => ({ file, content: Buffer.from(content as Uint8Array).toString() }))
  const calls = [...sent, ...sent].map((body, at) => sentBody(now - (2 * sent.length - at) * 1000, body))
  t.is(new Set(calls.map(({ call }) => call.callback)).size, callbacks.length)
  const state = await recordedBy(t, texts, calls)
  for (const against of [[], ['--against', 'record']]) {
    const { code, out, err } = await run(['impact', 'rules', '--state', state, ...against, '--zone', 'UTC'])
    t.is(err, '')
    t.is(code, 0)
    t.regex(out, new RegExp(`^Changes nothing: all ${calls.length} calls`))
    t.regex(out, new RegExp(`Exact: ${calls.length} calls`))
  }
})

test('people of protected lists who would be refused are named before the rules', async t => {
  const state = await recordedBy(t, nice, names('Ann', 'Bob', 'Eve'))
  const draft = await folderOf({ 'a.yaml': `lists: { vip: [u-1, u-9] }\nprotect: vip\n${strict}` })
  const { code, out } = await run(['impact', draft, '--state', state, '--zone', 'UTC'])
  t.is(code, 1)
  t.regex(out, /Would refuse 1 person of the protected list vip: u-1, 1 call, by no-shouting\n[\s\S]*Newly refused/)
})

test('a draft that changes no reply exits with 0', async t => {
  const state = await recordedBy(t, nice, names('Ann', 'staff'))
  const draft = await folderOf({ 'a.yaml': `# the same\n${nice}` })
  const { code, out } = await run(['impact', draft, '--state', state, '--zone', 'UTC'])
  t.is(code, 0)
  t.regex(out, /^Changes nothing: all 2 calls/)
})

const masks = (field: string, mask: 'hash' | 'drop') => new Masks(() => new Map([[field, mask]]), 'the secret of masks')

test('a rule that looks at a dropped field is not tried, and that is said first', async t => {
  const state = await recordedBy(
    t,
    'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: r, when: { groupID: x }, reject: 5001 }\n',
    names('Ann', 'Bob'),
    {
      masks: masks('nickName', 'drop'),
    },
  )
  const draft = await folderOf({ 'a.yaml': strict })
  const { code, out } = await run(['impact', draft, '--state', state, '--zone', 'UTC'])
  t.is(code, 1)
  t.regex(
    out,
    /^The record cannot say whether this is safe\n\nno-shouting was not tried on 2 calls of 2: it looks at nickName/,
  )
})

test('hashes of ids still tell whether a list has them, and count', async t => {
  const rules = (most: number) => `callback: beforeSetGroupMemberInfo
lists: { staff: [u-1] }
rules:
  - rule: often
    when: { how often: { same: userID, in: 1 hour, more than: ${most} } }
    unless: { userID: { in list: staff } }
    reject: 5001
`
  const calls = [0, 1, 0, 1, 0, 1].map((user, at) =>
    received(now - (10 - at) * minute, given(`callback=beforeSetGroupMemberInfo userID=u-${user} groupID=g`)),
  )
  const state = await recordedBy(t, rules(2), calls, { masks: masks('userID', 'hash') })
  const secret = join(state, 'secret.txt')
  await writeFile(secret, 'the secret of masks')
  const draft = await folderOf({ 'a.yaml': rules(1) })
  const flags = ['--state', state, '--zone', 'UTC', '--json', '--secret-file', secret]
  const report: ImpactReport = JSON.parse((await run(['impact', draft, ...flags])).out)
  t.is(report.totals['newly refused'].calls, 1)
  t.deepEqual(report.unasked, [])
  const without: ImpactReport = JSON.parse((await run(['impact', draft, ...flags.slice(0, 5)])).out)
  t.is(without.verdict, 'cannot say')
})

test('parts are joined by --merge, and a missing one is named', async t => {
  const state = await recordedBy(t, nice, names('Ann', 'staff', 'Bob', 'Eve'))
  const draft = await folderOf({ 'a.yaml': strict })
  const flags = ['--state', state, '--zone', 'UTC', '--until', '2026-03-04 04:00']
  const files: string[] = []
  for (const part of [1, 2, 3]) {
    const { out, code } = await run(['impact', draft, '--part', `${part}/3`, ...flags])
    t.is(code, 0)
    files.push(join(state, `${part}.json`))
    await writeFile(files.at(-1) as string, out)
  }
  const whole = await run(['impact', draft, ...flags])
  const joined = await run(['impact', '--merge', ...files, '--zone', 'UTC'])
  t.is(joined.out, whole.out)
  t.is(joined.code, 1)
  const { code, err } = await run(['impact', '--merge', ...files.slice(1), '--zone', 'UTC'])
  t.is(code, 2)
  t.regex(err, /Of 3 parts there is no 1/)
  const open = await run(['impact', draft, '--state', state, '--part', '1/3'])
  t.is(open.code, 2)
  t.regex(open.err, /Give all parts the same time/)
})

test('a sample says what its figures mean for all, and refuses to cut counts apart', async t => {
  const calls = Array.from({ length: 400 }, (_, at) =>
    received(
      now - (500 - at) * 1000,
      given(`callback=beforeSetGroupMemberInfo userID=u-${at % 200} groupID=g-${at % 7} nickName=Ann`),
    ),
  )
  const state = await recordedBy(t, nice, calls)
  const draft = await folderOf({ 'a.yaml': strict })
  const flags = ['--state', state, '--zone', 'UTC', '--sample', '25%', '--by', 'userID']
  const report: ImpactReport = JSON.parse((await run(['impact', draft, ...flags, '--json'])).out)
  const { calls: found, people } = report.totals['newly refused']
  t.is(found, 2 * people.count)
  const estimate = report.sample?.totals['newly refused']
  t.is(estimate?.named.likely, people.count * 4)
  t.true(estimate !== undefined && estimate.named.low <= 200 && estimate.named.high >= 200)
  t.true(estimate !== undefined && estimate.calls.low <= 400 && estimate.calls.high >= 400)
  const raid = `${strict}  - { rule: raid, when: { how often: { same: groupID, in: 1 hour, more than: 5 } }, reject: 5003 }\n`
  const { code, err } = await run(['impact', await folderOf({ 'a.yaml': raid }), ...flags])
  t.is(code, 2)
  t.regex(err, /A sample by userID would take calls away from what is counted by something else: raid/)
})

test('--json is as its schema says', async t => {
  const schema = JSON.parse(await readFile('src/cli/impact.schema.json', 'utf8'))
  const rules = `${nice}  - { rule: tidy, when: { nickName: present }, rewrite: { nickName: trim } }\n`
  const state = await recordedBy(t, rules, names('Ann', 'staff', 'Bob', 'Eve', '+Eve+'))
  const drafts = [
    nice,
    rules,
    `lists: { vip: [u-0] }\nprotect: vip\n${strict}  - { rule: s, when: { nickName: Eve }, reject: 5009, mode: shadow }\n`,
    `${strict}  - { rule: f, callback: beforeAddFriend, when: { reqMsg: present }, reject: 5009 }\n`,
    nice.replace('5001', '{ code: 5008, message: No }'),
  ]
  for (const each of drafts) {
    const draft = await folderOf({ 'a.yaml': each })
    for (const more of [[], ['--sample', '50%', '--by', 'groupID'], ['--against', 'record']]) {
      const { out } = await run(['impact', draft, '--state', state, '--json', ...more])
      t.deepEqual(mismatches(JSON.parse(out), schema), [])
    }
  }
  t.not(mismatches({ format: 2 }, schema).length, 0)
})

test('what comes out otherwise than on record is said first, and why', async t => {
  const calls = names('Ann', 'Bob', 'Eve')
  const shouting = `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: no-ann, when: { nickName: Ann }, reject: 5001 }\n`
  const state = await recordedBy(t, shouting, calls)
  const [day] = await readdir(join(state, 'record'))
  const [hour] = await readdir(join(state, 'record', day as string))
  const file = join(state, 'record', day as string, hour as string, 'one-1.envelope.jsonl.gz')
  const text = gunzipSync(await readFile(file)).toString()
  const event = {
    v: 1,
    id: 'e1',
    at: now - minute,
    instance: 'one',
    kind: 'event',
    event: 'dropped',
    dropped: { failed: 7 },
  }
  // As another version would have decided, which let Ann through.
  const other = text.replace(/"decision":"reject".*?"matches":\[.*?\]/, '"decision":"allow","changes":[],"matches":[]')
  await writeFile(file, gzipSync(`${other.replaceAll('"app":"0.2.0"', '"app":"0.1.9"')}${JSON.stringify(event)}\n`))
  const draft = await folderOf({ 'a.yaml': shouting })
  const { out, code } = await run(['impact', draft, '--state', state, '--zone', 'UTC'])
  t.regex(
    out,
    /^Not exact: 1 of 3 calls come out otherwise than on record: another version of hookwarden decided \(1 call, such as \w+\)\. 7 decisions are not on record \(failed\)\n\nChanges nothing/,
  )
  t.is(code, 0)
  const upgrade = await run(['impact', draft, '--state', state, '--zone', 'UTC', '--against', 'record'])
  t.is(upgrade.code, 1)
  t.regex(upgrade.out, /Would newly refuse 1 call of 1 person/)
})

test('rules that look back further than the record are named, with when their counts are whole', async t => {
  const rules = (most: number) => `callback: beforeSetGroupMemberInfo
rules:
  - rule: in-a-month
    when: { how often: { same: userID, in: 30 days, more than: ${most} } }
    reject: 5002
  - rule: in-two-minutes
    when: { how often: { same: groupID, in: 2 minutes, more than: 50 } }
    reject: 5003
`
  const state = await recordedBy(t, rules(9), names(...Array.from({ length: 10 }, () => 'Ann')))
  const draft = await folderOf({ 'rules.yaml': rules(8) })
  const { out } = await run(['impact', draft, '--state', state, '--zone', 'UTC', '--until', '2026-03-04 04:00'])
  t.regex(
    out,
    /\nCounts begin with the record, 2026-03-04 03:00:00: in-a-month looks back 30 days, and may count too little in all of it; in-two-minutes looks back 2 minutes, and may count too little before 2026-03-04 03:02:00\n/,
  )
  t.notRegex(out, /Unsure/)
})
