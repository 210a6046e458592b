import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import test, { type ExecutionContext } from 'ava'
import { run as ask } from '../cli/_run.ts'
import { envelope, stateFolder, writeSegments } from '../record/_state.ts'
import { command, post, sample } from '../serve/_http.ts'
import { until } from '../state/_until.ts'
import { makeRules, startService } from './_service.ts'

const rules = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: no-links, when: { nickName: { contains: "://" } }, reject: { code: 5001, message: No links } }
  - rule: three-names
    when: { nickName: present, how often: { same: userID, in: 1 day, more than: 3 } }
    reject: { code: 5004, message: Three name changes a day }
`

const live = { now: () => new Date() }
const none = 'http://127.0.0.1:1'

/** A service with a compressed segment of yesterday in its folder, which it goes on to write in. */
async function answering(t: ExecutionContext, instance: string) {
  const dir = await makeRules(t, { 'a.yaml': rules })
  const state = await stateFolder(t)
  const yesterday = Date.now() - 24 * 3_600_000
  await writeSegments(state, [envelope(yesterday, { instance, users: ['u-1'] })], { instance })
  const served = await startService(t, dir, '--record', '--instance', instance, '--answer-peers', '--state', state)
  let sent = 0
  const call = async (userID: string, nickName: string) => {
    const response = await post(`${served.webhooks}/${command}`, { ...sample, userID, nickName })
    sent += 1
    const { errCode } = (await response.json()) as { errCode: number }
    return { id: response.headers.get('x-request-id') ?? '', errCode }
  }
  const written = () =>
    until(async () => {
      const status = (await (await fetch(`${served.admin}/status`)).json()) as { record: { written: number } }
      return status.record.written === sent
    })
  return { state, ...served, call, written }
}

async function filesNaming(dir: string, pattern: RegExp): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    if (pattern.test((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'))) found.push(entry.name)
  }
  return found
}

test('two running services are asked by their addresses, one of which goes away', async t => {
  const [one, two] = await Promise.all([answering(t, 'im-1'), answering(t, 'im-2')])
  await one.call('u-1', 'see http://a.test')
  for (const name of ['a', 'b', 'c']) await two.call('u-1', name)
  const counted = await two.call('u-1', 'd')
  await Promise.all([one.written(), two.written()])
  const peers = ['--peers', one.admin, two.admin]
  const now = Date.now()
  const at = { now: () => new Date(now) }
  const folders = ['--records', one.state, two.state]
  for (const args of [['log'], ['log', '--user', 'u-1', '--last', '2'], ['stats'], ['timeline'], ['log', counted.id]]) {
    const there = await ask([...args, ...peers], '', at)
    t.is(there.code, 0, there.err)
    t.is(there.out, (await ask([...args, ...folders], '', at)).out)
  }
  t.regex((await ask(['log', counted.id, ...peers], '', at)).out, /✓ three-names {2}rejects[\s\S]*it is 4/)
  t.regex((await ask(['history', ...peers], '', at)).out, /\(in force\)[\s\S]*\(in force\)/)
  two.child.kill('SIGTERM')
  t.is(await two.exited, 0)
  const part = await ask(['log', ...peers], '', at)
  t.is(part.code, 0)
  t.regex(part.out, /\n2 decisions\nCovers im-1: .*\nWithout http:\/\/127\.0\.0\.1:\d+: No service answers there\n$/)
})

test('running services forget a person while they decide, and who is away is named', async t => {
  const [one, two] = await Promise.all([answering(t, 'im-1'), answering(t, 'im-2')])
  for (const { call } of [one, two]) for (const name of ['a', 'b']) await call('u-1', name)
  await one.call('u-10', 'see http://a.test')
  await Promise.all([one.written(), two.written()])
  const peers = ['--peers', one.admin, two.admin]
  const held = ['userID=u-1', '--until', '30 days', '--case', '7']
  t.is((await ask(['hold', ...held, '--peers', two.admin], '', live)).code, 0)
  t.is((await ask(['forget', 'userID=u-1', ...peers], '', live)).code, 2)
  t.is((await ask(['hold', 'userID=u-1', '--end', ...peers], '', live)).code, 0)
  const others = Promise.all(Array.from({ length: 20 }, () => one.call('u-11', 'e')))
  const { code, out, err } = await ask(['forget', 'userID=u-1', ...peers, none], '', live)
  t.is(code, 1, out + err)
  t.is([...out.matchAll(/3 decisions and 2 calls out of 3 files; 1 count by the name alone/g)].length, 2, out)
  t.regex(out, /\nNo byte of the name is left in these folders\nWithout http:\/\/127\.0\.0\.1:1: No service/)
  t.true((await others).every(({ errCode }) => errCode === 0 || errCode === 5004))
  await one.written()
  for (const { state } of [one, two]) t.deepEqual(await filesNaming(state, /u-1(?![01])/), [])
  t.is((await ask(['forget', 'userID=u-1', ...peers], '', live)).code, 0)
  const { out: told } = await ask(['timeline', ...peers], '', live)
  t.regex(
    told,
    /im-2: hold \(case 7\)[\s\S]*im-2: hold ended \(case 7\)[\s\S]*im-1: forgotten \(decisions 3, contents 2/,
  )
})

test('calls are answered while a service is asked', async t => {
  const { state, admin, call } = await answering(t, 'im-1')
  const start = Date.now() - 3_600_000
  const matches = [{ rule: 'no-links', stage: 'reject', mode: 'enforce', exempted: false }]
  const many = Array.from({ length: 40_000 }, (_, at) => envelope(start + at, { instance: 'im-1', matches }))
  await writeSegments(state, many, { instance: 'im-1', part: 7 })
  let isOver = false
  const asked = ask(['stats', '--peers', admin], '', live).finally(() => {
    isOver = true
  })
  let answered = 0
  while (!isOver) {
    t.is((await call(`u-${answered}`, 'Ann')).errCode, 0)
    answered += 1
  }
  const { code, out } = await asked
  t.is(code, 0)
  t.regex(out, /no-links +40,000/)
  t.true(answered > 0)
})

test('a service that was not started for it shows nothing of its record', async t => {
  const dir = await makeRules(t, { 'a.yaml': rules })
  const { admin } = await startService(t, dir, '--record')
  const { code, err } = await ask(['log', '--peers', admin], '', live)
  t.is(code, 2)
  t.regex(err, /^hookwarden: http:.*: It must be started with --answer-peers\n$/)
})

test('a folder and the service that uses it are one', async t => {
  const { state, admin } = await answering(t, 'im-1')
  await until(async () => (await readdir(state)).includes('admin.json'))
  const { code, err } = await ask(['log', '--state', state, '--peers', admin], '', live)
  t.is(code, 2)
  t.regex(err, /is the service that uses .*: name only one of both/)
})
