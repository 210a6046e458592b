import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import test, { type ExecutionContext } from 'ava'
import type { Counter } from '../../src/compile/counter.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { hashOfExact } from '../../src/record/masks.ts'
import { type AdminDeps, buildAdminApp } from '../../src/serve/admin.ts'
import type { RulesInForce } from '../../src/serve/observer.ts'
import type { RecordControl } from '../../src/serve/record-requests.ts'
import { Stopping } from '../../src/serve/stop.ts'
import type { CountsForgotten } from '../../src/state/forget-in.ts'
import { openState } from '../../src/state/state.ts'
import { content, envelope, event, keptRules, refusal, stateFolder, writeSegments } from '../record/_state.ts'
import { startApp } from '../serve/_http.ts'
import { run } from './_run.ts'

const now = () => new Date('2026-12-02T12:00:00Z')
const ask = (...args: string[]) => run(args, '', { now })
const secret = Buffer.alloc(32, 7)

/** A state folder that names u-1 in every way, and u-10 beside. */
async function named(t: ExecutionContext, at = '2026-12-01T10:00:00Z') {
  const dir = await stateFolder(t)
  await writeFile(join(dir, 'secret'), secret)
  const decisions = [
    refusal(at, 'no-links', { users: ['u-1', 'u-2'] }),
    envelope(Date.parse(at) + 1, { users: ['u-10'] }),
    envelope(Date.parse(at) + 2, { users: [hashOfExact(secret.toString('base64url'), 'u-1')], groups: ['g-2'] }),
    event(Date.parse(at) + 3, 'hold', { value: 'u-1' }),
    event(Date.parse(at) + 4, 'reloaded'),
  ] as const
  const [first, second, third] = decisions
  await writeSegments(dir, decisions)
  const calls = [
    content(first, { userID: 'u-1', nickName: 'Ann' }),
    content(second, { userID: 'u-10', nickName: 'Bob' }),
    content(third, { userID: 'masked', nickName: 'Ann' }),
  ]
  await writeSegments(dir, calls, {}, 'content')
  await writeSegments(dir, [refusal(Date.parse(at) + 5, 'no-words')], { part: 2, as: 'open' })
  return dir
}

/** All bytes of a folder, what is compressed unpacked, by file. */
async function bytesOf(dir: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    texts.set(path.slice(dir.length + 1), (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1'))
  }
  return texts
}

async function filesNaming(dir: string, pattern: RegExp): Promise<readonly string[]> {
  return [...(await bytesOf(dir))].filter(([, text]) => pattern.test(text)).map(([file]) => file)
}

test('a person is erased from gzipped and open segments of several instances, and nobody else', async t => {
  const [first, second] = [await named(t), await named(t, '2026-11-20T10:00:00Z')]
  const { code, out, err } = await ask('forget', 'userID=u-1', '--records', first, second)
  t.is(code, 0, err)
  t.is(
    out.replaceAll(first, 'FIRST').replaceAll(second, 'SECOND'),
    `Forgot userID u-1:
  FIRST: 4 decisions and 2 calls out of 3 files; 0 counts by the name alone
  SECOND: 4 decisions and 2 calls out of 3 files; 0 counts by the name alone
No byte of the name is left in these folders
Out of reach: git, bundles, backups, the log of the service, and instances that are not named with --records or --peers, and counts in a shared store where no service runs
`,
  )
  for (const dir of [first, second]) {
    t.deepEqual(await filesNaming(dir, /u-1(?!0)|h-[\w-]{22}|Ann/), [])
    t.deepEqual((await filesNaming(dir, /u-10|Bob/)).length, 2)
    const log = JSON.parse((await ask('log', '--state', dir, '--json')).out)
    t.deepEqual(
      log.decisions.map(({ users }: { users: string[] }) => users),
      [['u-10']],
    )
    t.is(log.covers.foreign + log.covers.cut, 0)
  }
})

test('segments stay readable by their owner only', async t => {
  const dir = await named(t)
  await ask('forget', 'userID=u-1', '--state', dir)
  const { mode } = await stat(join(dir, 'record/2026-12-01/10/one-1.envelope.jsonl.gz'))
  t.is(mode & 0o777, 0o600)
})

test('what others wrote and rules that name the person are listed, and end with 1', async t => {
  const dir = await named(t)
  const rules = await keptRules(dir, [
    {
      file: 'a.yaml',
      content: 'callback: beforeAddFriend\nrules:\n  - { rule: a, when: { fromUserID: u-1 }, reject: 5001 }\n',
    },
  ])
  await writeFile(join(dir, 'history.jsonl'), '{"v":1,"why":"u-1 complained"}\n')
  const other = envelope('2026-12-01T11:00:00Z', { users: ['u-2'] })
  await writeSegments(dir, [other])
  await writeSegments(dir, [content(other, { userID: 'u-2', content: 'ask u-1 about u-10' })], {}, 'content')
  const { code, out } = await ask('forget', 'userID=u-1', '--state', dir)
  t.is(code, 1)
  const [, still] = out.replaceAll(dir, 'STATE').split('Still there:\n')
  t.is(
    still,
    `  STATE/history.jsonl: 1 time, in what people gave as reasons
  STATE/record/2026-12-01/11/one-1.content.jsonl.gz: 1 time, in what others wrote: hookwarden log ${other.id}
  STATE/rules/${rules}.json.gz: 1 time in a.yaml: rules that were in force. Take the name out of the rules of today
Out of reach: git, bundles, backups, the log of the service, and instances that are not named with --records or --peers, and counts in a shared store where no service runs
`,
  )
})

test('within a group only what happened there goes', async t => {
  const dir = await named(t)
  const { code } = await ask('forget', 'userID=u-1', '--group', 'g-2', '--state', dir)
  t.is(code, 0)
  const { decisions } = JSON.parse((await ask('log', '--state', dir, '--json')).out)
  t.deepEqual(
    decisions.map(({ users }: { users: string[] }) => users[0]),
    ['u-1', 'u-10', 'u-1'],
  )
})

test('a group is forgotten the same way', async t => {
  const dir = await named(t)
  await ask('forget', 'groupID=g-2', '--state', dir)
  t.deepEqual(await filesNaming(dir, /g-2/), [])
  t.is((await filesNaming(dir, /u-1(?!0)/)).length, 3)
})

test('a damaged segment is left as it is, and named', async t => {
  const dir = await named(t)
  const path = join(dir, 'record/2026-12-01/10/one-1.envelope.jsonl.gz')
  const big = Array.from({ length: 3000 }, () =>
    JSON.stringify(refusal('2026-12-01T10:00:00Z', String(Math.random()))),
  ).join('\n')
  const whole = gzipSync(`${big}\n`)
  await writeFile(path, whole.subarray(0, -5000))
  const { code, out } = await ask('forget', 'userID=u-1', '--state', dir)
  t.is(code, 1)
  t.regex(out, /one-1\.envelope\.jsonl\.gz: Cannot use .*: it is cut off, so nothing is erased from it/)
  t.deepEqual(await readFile(path), whole.subarray(0, -5000))
  t.deepEqual(
    (await readdir(join(dir, 'record/2026-12-01/10'))).filter(name => name.endsWith('.new')),
    [],
  )
})

const counter = (id: string): Counter => ({ id, counting: 'all', keepMs: 86_400_000, most: 10 })

test('counts by the name alone are forgotten, those of others are not', async t => {
  const dir = await named(t)
  const at = now().getTime() - 1000
  const store = new MemoryCounts({ secret: secret.toString('base64url') })
  store.use([counter('a'), counter('b')], at - 5000)
  const call = { ref: 1, at }
  const kept = ['"u-1"', '"u-2"', '["u-1","g-1"]'].map(key => ({ counter: 'a', key }))
  store.take(call, kept)
  store.settle(call, { kept, holds: [] })
  await writeFile(join(dir, 'counts'), Buffer.concat([...store.save()].map(slice => Buffer.from(slice))))
  const { out } = await ask('forget', 'userID=u-1', '--state', dir)
  t.regex(out, /; 1 count by the name alone\n/)
  const left = new MemoryCounts({ secret: secret.toString('base64url') })
  left.load(await readFile(join(dir, 'counts')), { at: now().getTime(), hasGap: false })
  t.is(left.size.keys, 2)
})

/** A service that uses a state folder, with a writer that closes a segment when it is asked. */
async function serving(t: ExecutionContext, dir: string, shared: Partial<CountsForgotten> = {}) {
  const state = await openState(dir)
  t.teardown(() => state.release())
  const asked: string[] = []
  const record: RecordControl = {
    rotate: async () => {
      asked.push('rotate')
      const open = join(dir, 'record/2026-12-01/10/one-2.envelope.jsonl.open')
      await writeFile(open.replace('.open', '.gz'), gzipSync(await readFile(open)))
      await rename(open, join(dir, 'record/2026-12-01/10/one-3.envelope.jsonl.open'))
      await writeFile(join(dir, 'record/2026-12-01/10/one-3.envelope.jsonl.open'), '')
    },
    note: (name, facts) => void asked.push(`${name} ${JSON.stringify(facts)}`),
    forgetCounts: async value => {
      asked.push(`counts of ${value}`)
      return { keys: 2, ...shared }
    },
  }
  const health = { hasRules: () => true, stopping: new Stopping() }
  const nothing = { failed: () => {}, noRoom: () => {}, connections: () => {}, closed: () => {} }
  const app = buildAdminApp({ record, health, observer: nothing } as unknown as AdminDeps<RulesInForce>)
  const { url } = await startApp(t, app)
  await writeFile(join(dir, 'admin.json'), JSON.stringify({ url, pid: process.pid }))
  return { asked, url }
}

test('a running service closes its segment, forgets its counts and notes it without the name', async t => {
  const dir = await named(t)
  const { asked } = await serving(t, dir)
  const { code, out, err } = await ask('forget', 'userID=u-1', '--state', dir)
  t.is(code, 0, out + err)
  t.deepEqual(asked, ['rotate', 'counts of u-1', 'forgotten {"decisions":4,"contents":2,"segments":3}'])
  t.regex(out, /; 2 counts by the name alone\n/)
  t.deepEqual(await filesNaming(dir, /u-1(?!0)|h-[\w-]{22}/), [])
})

test('counts in a shared store are forgotten, too, or it is said that they are not', async t => {
  const dir = await named(t)
  const { asked } = await serving(t, dir, { shared: 3 })
  const { code, out } = await ask('forget', 'userID=u-1', '--state', dir)
  t.is(code, 0)
  t.regex(out, /; 2 counts by the name alone, and 3 in the shared store\n/)
  t.regex(out, /that are not named with --records or --peers\n$/)
  t.is(asked.length, 3)
  const other = await named(t)
  await serving(t, other, { notShared: 'not connected' })
  const lost = await ask('forget', 'userID=u-1', '--state', other)
  t.is(lost.code, 1)
  t.regex(lost.out, /\nStill there:\n {2}the counts in the shared store, which cannot be asked: not connected\. Repeat/)
})

test('what a running service writes in the meantime is named, not touched', async t => {
  const dir = await named(t)
  const { asked } = await serving(t, dir)
  await writeSegments(dir, [refusal('2026-12-01T10:10:00Z', 'late')], { part: 4, as: 'open' })
  const { code, out } = await ask('forget', 'userID=u-1', '--state', dir)
  t.is(code, 1)
  t.is(asked.length, 3)
  t.regex(out, /one-4\.envelope\.jsonl\.open: the service is writing it\n/)
})

test('a process that uses the folder and cannot be asked is an error', async t => {
  const dir = await named(t)
  const state = await openState(dir)
  t.teardown(() => state.release())
  const alone = await ask('forget', 'userID=u-1', '--state', dir)
  t.is(alone.code, 2)
  t.regex(alone.err, /A process uses .*, and no service answers for it from here: stop it first/)
  await writeFile(join(dir, 'admin.json'), JSON.stringify({ url: 'http://127.0.0.1:1', pid: process.pid }))
  t.regex((await ask('forget', 'userID=u-1', '--state', dir)).err, /no service answers for it from here/)
  t.is((await filesNaming(dir, /u-1(?!0)/)).length, 3)
})

test('the requests of operators are checked', async t => {
  const { url } = await serving(t, await named(t))
  const post = async (path: string, body: string, type = 'application/json') => {
    const answer = await fetch(url + path, { method: 'POST', body, headers: { 'content-type': type } })
    return `${answer.status} ${await answer.text()}`
  }
  t.regex(await post('/record/rotate', '{}', 'text/plain'), /^415 /)
  t.regex(await post('/record/rotate', '[]'), /^400 .*must be a JSON object/)
  t.regex(await post('/record/note', '{"event":"reloaded"}'), /^400 .*must be one of forgotten, hold, hold ended/)
  t.regex(await post('/record/note', '{"event":"hold","x":{}}'), /^400 /)
  t.regex(await post('/counts/forget', '{}'), /^400 .*value.* must be a text/)
  t.is(await post('/record/note', '{"event":"hold","case":"4711"}'), '200 {}')
})

test('who is asked for what to type', async t => {
  const dir = await named(t)
  const wrong = async (...args: string[]) => {
    const { code, err } = await ask(...args, '--state', dir)
    t.is(code, 2)
    return err
  }
  t.regex(await wrong('forget', 'u-1'), /Say who u-1 is: userID=u-1 or groupID=u-1/)
  t.regex(await wrong('forget', 'sendID=u-1'), /"sendID" must be userID or groupID/)
  t.regex(await wrong('forget', 'userID='), /names nobody/)
  t.regex(await wrong('forget', 'groupID=g-1', '--group', 'g-2'), /remove --group/)
  t.regex((await ask('forget', 'userID=u-1', '--state', join(dir, 'none'))).err, /^hookwarden: Cannot use .*none/)
  t.regex(await wrong('hold', 'userID=u-1'), /Say until when and for what: hookwarden hold userID=u-1 --until/)
  t.regex(await wrong('hold', 'userID=u-1', '--until', 'yesterday', '--case', '1'), /--until yesterday is in the past/)
  t.regex(await wrong('hold', 'userID=u-1', '--end'), /Nothing of userID=u-1 is held/)
})

test('who is held is not forgotten until the hold ends', async t => {
  const dir = await named(t)
  const zone = ['--state', dir, '--zone', 'UTC']
  const { out } = await ask('hold', 'userID=u-1', '--until', '2027-01-31', '--case', '4711', ...zone)
  t.is(out, 'Held: userID u-1 until 2027-01-31 23:59 for case 4711\n')
  const holds = JSON.parse(await readFile(join(dir, 'record/holds.json'), 'utf8'))
  t.deepEqual(holds, [
    {
      field: 'userID',
      value: 'u-1',
      until: '2027-01-31T23:59:59.999Z',
      case: '4711',
      since: '2026-12-02T12:00:00.000Z',
    },
  ])
  const refused = await ask('forget', 'userID=u-1', '--state', dir)
  t.is(refused.code, 2)
  t.regex(refused.err, /is held in .* for case 4711\. To end that first: hookwarden hold userID=u-1 --end\n$/)
  t.is((await filesNaming(dir, /u-1(?!0)/)).length, 4)
  t.is((await ask('hold', '--list', ...zone)).out, 'userID u-1 until 2027-01-31 23:59 for case 4711\n')
  t.is(
    (await ask('hold', 'userID=u-1', '--end', ...zone)).out,
    'Ended: userID u-1 until 2027-01-31 23:59 for case 4711\n',
  )
  t.is((await ask('hold', ...zone)).out, 'userID u-1 until 2026-12-02 12:00 for case 4711, which is over\n')
  t.is((await ask('forget', 'userID=u-1', '--state', dir)).code, 0)
  t.deepEqual(await filesNaming(dir, /u-1(?!0)/), [])
  t.is((await ask('hold', '--list', ...zone)).out, 'Nothing is held\n')
})
