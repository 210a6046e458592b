import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import test, { type ExecutionContext } from 'ava'
import { run as ask } from '../cli/_run.ts'
import { command, post, sample } from '../serve/_http.ts'
import { until } from '../state/_until.ts'
import { makeRules, startService } from './_service.ts'

const rules = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: no-links, when: { nickName: { contains: "://" } }, reject: { code: 5001, message: No links } }
  - { rule: long, when: { nickName: { longer than: 10 } }, reject: 5002, mode: shadow }
  - rule: three-names
    when: { nickName: present, how often: { same: userID, in: 1 day, more than: 3 } }
    reject: { code: 5004, message: Three name changes a day }
`

const live = { now: () => new Date() }

async function recording(t: ExecutionContext, instance: string) {
  const dir = await makeRules(t, { 'a.yaml': rules })
  const state = join(dir, '.hookwarden')
  const served = await startService(t, dir, '--record', '--instance', instance)
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
  return { dir, state, ...served, call, written }
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

test('two running services are asked together, and explain what they counted', async t => {
  const [one, two] = await Promise.all([recording(t, 'im-1'), recording(t, 'im-2')])
  const refused = await one.call('u-1', 'see http://a.test')
  for (const name of ['a', 'b', 'c']) await two.call('u-1', name)
  const counted = await two.call('u-1', 'd')
  t.deepEqual([refused.errCode, counted.errCode], [5001, 5004])
  await two.call('u-10', 'a very long name')
  await Promise.all([one.written(), two.written()])
  const both = ['--records', one.state, two.state]
  const { decisions, covers } = JSON.parse((await ask(['log', ...both, '--user', 'u-1', '--json'], '', live)).out)
  t.deepEqual(
    decisions.map(({ instance, code }: { instance: string; code?: number }) => `${instance} ${code ?? 'allow'}`),
    ['im-1 5001', 'im-2 allow', 'im-2 allow', 'im-2 allow', 'im-2 5004'],
  )
  t.is(covers.instances.length, 2)
  t.regex((await ask(['log', ...both, '--shadow'], '', live)).out, /u-10 .* let through; in shadow: long/)
  const told = await ask(['log', counted.id, ...both], '', live)
  t.is(told.code, 0)
  t.regex(told.out, /user saw {2}Three name changes a day \(code 5004\)/)
  t.regex(told.out, /✓ three-names {2}rejects/)
  t.regex(told.out, /it is 4/)
  t.notRegex(told.out, /gives something else/)
  const stats = await ask(['stats', ...both], '', live)
  t.regex(stats.out, /\nthree-names +1 +1 +0 +0 /)
  t.regex((await ask(['timeline', ...both], '', live)).out, /im-2: the service started, hookwarden /)
})

test('a running service forgets a person while it decides, and nothing of them is left', async t => {
  const { state, call, written, child, exited } = await recording(t, 'im-1')
  for (const name of ['a', 'b', 'c']) await call('u-1', name)
  await call('u-10', 'http://a.test')
  await written()
  const who = ['--state', state]
  t.is((await ask(['hold', 'userID=u-1', '--until', '30 days', '--case', '7', ...who], '', live)).code, 0)
  t.is((await ask(['forget', 'userID=u-1', ...who], '', live)).code, 2)
  t.is((await ask(['hold', 'userID=u-1', '--end', ...who], '', live)).code, 0)
  // Calls go on meanwhile.
  const others = Promise.all(Array.from({ length: 20 }, () => call('u-11', 'e')))
  const { code, out, err } = await ask(['forget', 'userID=u-1', ...who], '', live)
  t.is(code, 0, out + err)
  t.regex(out, /3 decisions and 3 calls out of 2 files; 1 count by the name alone/)
  await others
  await written()
  t.deepEqual(await filesNaming(state, /u-1(?![01])/), [])
  t.is((await call('u-1', 'd')).errCode, 0)
  t.is((await ask(['forget', 'userID=u-1', ...who], '', live)).code, 0)
  child.kill('SIGTERM')
  t.is(await exited, 0)
  t.deepEqual(await filesNaming(state, /u-1(?![01])/), [])
  const { decisions } = JSON.parse((await ask(['log', ...who, '--json'], '', live)).out)
  t.is(decisions.length, 21)
  const { out: told } = await ask(['timeline', ...who], '', live)
  t.regex(told, /hold \(case 7\)\n.*hold ended \(case 7\)\n.*forgotten \(decisions 3, contents 3, segments 2\)/)
})

test('what is being decided is followed', async t => {
  const { state, call } = await recording(t, 'im-1')
  let out = ''
  let wake = () => {}
  let stop = () => {}
  const io = {
    ...live,
    out: (text: string) => {
      out += text
      wake()
    },
    untilStopped: () =>
      new Promise<void>(resolve => {
        stop = resolve
      }),
  }
  const untilTold = async (text: string) => {
    while (!out.includes(text)) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  const following = ask(['log', '--state', state, '--follow', '--since', '2 hours ago', '--code', '5001'], '', io)
  // It may be on record before anybody follows, and is told all the same.
  await call('u-1', 'http://a.test')
  await untilTold('u-1 in')
  await call('u-2', 'http://a.test')
  await untilTold('u-2 in')
  stop()
  t.is((await following).code, 0)
})
