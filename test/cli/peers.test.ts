import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import test, { type ExecutionContext } from 'ava'
import type { Io } from '../../src/cli/io.ts'
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
import { startPeer } from '../serve/_asks.ts'
import { run } from './_run.ts'

const now = () => new Date('2026-12-02T12:00:00Z')
const ask = (args: readonly string[], others: Partial<Io> = {}) => run(args, '', { now, ...others })
const zone = ['--zone', 'UTC']

const rules = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: no-links, when: { nickName: { contains: "://" } }, reject: { code: 5001, message: No links } }
  - { rule: never, when: { nickName: never }, reject: 5002 }
`

const call = {
  callbackCommand: 'callbackBeforeSetGroupMemberInfoCommand',
  userID: 'u-1',
  groupID: 'g-1',
  nickName: 'see http://a.test',
}

/** Two state folders: compressed and open segments, masked names, two instances in one of them, damaged lines. */
async function twoFolders(t: ExecutionContext) {
  const [first, second] = [await stateFolder(t), await stateFolder(t)]
  const version = await keptRules(second, [{ file: 'a.yaml', content: rules }])
  for (const [dir, byte] of [
    [first, 1],
    [second, 2],
  ] as const) {
    await writeFile(join(dir, 'secret'), Buffer.alloc(32, byte))
  }
  const masked = hashOfExact(Buffer.alloc(32, 2).toString('base64url'), 'u-1')
  const minutes = Array.from({ length: 9 }, (_, at) => Date.parse('2026-12-02T10:00:00Z') + at * 600_000)
  await writeSegments(
    first,
    minutes.map(at => envelope(at, { users: ['u-1', 'u-2'] })),
  )
  await writeSegments(first, [event('2026-12-02T11:59:00Z', 'reloaded', { instance: 'two' })], {
    instance: 'two',
    as: 'open',
  })
  const decision = refusal('2026-12-02T10:00:30Z', 'no-links', { rules: version, users: [masked], instance: 'three' })
  const later = minutes.map(at => envelope(at + 1000, { rules: version, users: ['u-3'], instance: 'three' }))
  await writeSegments(second, [decision, ...later], { instance: 'three', end: 'nonsense\n{"v":1,"id":"half' })
  await writeSegments(second, [content(decision, call)], { instance: 'three' }, 'content')
  const line = { v: 1, at: '2026-12-01T09:00:00Z', version, before: null, who: 'ann', why: 'first', source: 'file' }
  await writeFile(join(second, 'history.jsonl'), `${JSON.stringify({ ...line, sentences: [] })}\n`)
  return { first, second, decision, version }
}

async function twoPeers(t: ExecutionContext) {
  const folders = await twoFolders(t)
  const [one, two] = [await startPeer(t, folders.first), await startPeer(t, folders.second)]
  return { ...folders, one, two, peers: ['--peers', one.url, two.url] }
}

test('services answer as their folders do', async t => {
  const { first, second, one, two, peers, decision } = await twoPeers(t)
  const same = async (...args: string[]) => {
    const here = await ask([...args, '--records', first, second])
    const there = await ask([...args, ...peers])
    const named = (text: string) => text.replaceAll(first, one.url).replaceAll(second, two.url)
    t.is(there.out.replaceAll(/http:\S+: (?=\/)/g, ''), named(here.out).replaceAll(/http:\S+: (?=\/)/g, ''), here.err)
    t.is(there.err, named(here.err))
    t.is(there.code, here.code)
    return there.out
  }
  t.regex(await same('log', ...zone), /\n19 decisions\nCovers .*\nLeft out: 2 lines not .*, 2 lines without an end\n$/)
  t.regex(await same('log', ...zone, '--user', 'u-1', '--last', '3'), /\n3 decisions\n/)
  t.regex(await same('log', ...zone, '--user', 'u-1'), /\n10 decisions\n/)
  t.regex(await same('log', ...zone, '--rule', 'no-links', '--json'), /"decisions":\[\n\{/)
  t.regex(await same('stats', ...zone), /no-links +1 +1[^\n]*\n[\s\S]*\n {2}never\n/)
  t.regex(await same('stats', ...zone, '--json'), /"covers"/)
  t.regex(await same('timeline', ...zone, '--since', 'today'), /11:59:00 {2}two: reloaded/)
  t.regex(await same('log', decision.id, ...zone), /✓ no-links {2}rejects/)
  t.regex(await same('log', 'nothing', ...zone), /^There is no decision nothing on record\nCovers/)
  t.regex(await same('hold', '--list'), /^Nothing is held\n$/)
  t.regex(await same('hold', 'userID=u-7', '--end'), /^$/)
})

test('folders and services are asked together', async t => {
  const { first, second, two } = await twoPeers(t)
  const both = await ask(['log', ...zone, '--state', first, '--peers', two.url])
  t.is(both.out, (await ask(['log', ...zone, '--records', first, second])).out)
})

test('an answer names who did not answer and why, and is an error where nobody did', async t => {
  const { one, second } = await twoPeers(t)
  const closed = await startPeer(t, join(second, 'none'))
  const none = 'http://127.0.0.1:1'
  const lacks = ['--peers', one.url, none, closed.url]
  for (const args of [
    ['log', ...zone],
    ['stats', ...zone],
    ['timeline', ...zone],
    ['hold', '--list'],
    ['log', 'nothing'],
  ]) {
    const { code, out } = await ask([...args, ...lacks])
    t.is(code, args[1] === 'nothing' ? 1 : 0)
    t.regex(
      out,
      /\nWithout http:\/\/127\.0\.0\.1:1: No service answers there\nWithout http:.*: Cannot use .*none: .*\n$/,
    )
    t.regex(out, args[0] === 'hold' ? /^Nothing is held\n/ : /Covers one.*: /)
  }
  const { covers } = JSON.parse((await ask(['log', '--json', ...lacks])).out)
  t.is(covers.missing[0].place, none)
  const alone = await ask(['log', '--peers', none, closed.url])
  t.is(alone.code, 2)
  t.regex(alone.err, /^hookwarden: http:\/\/127\.0\.0\.1:1: No service answers there\nhttp:.*: Cannot use/)
})

test('only addresses of other services are peers', async t => {
  const { first, one } = await twoPeers(t)
  const wrong = async (...args: string[]) => {
    const { code, err } = await ask(['log', ...args])
    t.is(code, 2)
    return err
  }
  t.regex(await wrong('--peers', '127.0.0.1:10007'), /--peers must be addresses of admin ports, such as http:\/\/127/)
  t.regex(await wrong('--peers', 'http://u@h:1'), /--peers must be addresses/)
  t.regex(await wrong('--peers', 'file:///etc'), /--peers must be addresses/)
  await writeFile(join(first, 'admin.json'), JSON.stringify({ url: one.url, pid: process.pid }))
  const { code, out } = await ask(['log', ...zone, '--peers', one.url, `${one.url}/`])
  t.is(code, 0)
  t.regex(out, /\n9 decisions\n/)
})

/** Timers of which one for silence is over at once: the first is for the answer, the others for its parts. */
function impatient(which: number): Pick<Io, 'after'> {
  let set = 0
  const after = (ms: number, call: () => void) => {
    if (ms === 15_000) set += 1
    if (ms === 15_000 && set === which) setImmediate(call)
    return () => {}
  }
  return { after }
}

/** A listener that is no hookwarden, with what it answers to a question. */
async function fake(t: ExecutionContext, answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(response, request))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a service that hangs is left out once its time is over', async t => {
  const { first } = await twoFolders(t)
  const silent = await fake(t, () => {})
  const { code, out } = await ask(['log', ...zone, '--state', first, '--peers', silent], impatient(1))
  t.is(code, 0)
  t.regex(out, /\n9 decisions\n[^\n]*\nWithout http:\/\/127\.0\.0\.1:\d+: It was silent for 15 s\n$/)
})

const head = '{"head":{"instances":[{"instance":"far","hours":[1796209200000]}]}}\n'
const foot = '{"foot":{"foreign":0,"newer":0,"cut":0,"unreadable":[]}}\n'

test('of a service that hangs in the middle all that came is shown, and what it covers', async t => {
  const line = JSON.stringify(envelope('2026-12-02T11:00:00Z'))
  const broken = await fake(t, response => response.write(`\n\n${head}${line}\n`))
  const { code, out, err } = await ask(['log', ...zone, '--peers', broken], impatient(3))
  t.is(code, 0, err)
  t.regex(out, /\n1 decision\nCovers far: .*\nNot all of http:.* could be read: It was silent for 15 s\n$/)
})

const says = test.macro(async (t: ExecutionContext, answer: string, shown: RegExp) => {
  const url = await fake(t, response => response.end(answer))
  const { out, err } = await ask(['log', ...zone, '--peers', url])
  t.regex(out + err, shown)
})

const good = JSON.stringify(envelope('2026-12-02T11:00:00Z', { users: ['u-\u001b[2J'] }))
test(
  'lines are checked as those of a file are',
  says,
  `${head}x\n${good}\n{"v":2}\n${foot}`,
  /1 decision\n[\s\S]*Left out: 1 line not .*, 1 line of a newer/,
)
test(
  'what they hold steers no terminal',
  says,
  `${head}${good}\n${foot}`,
  /^2026-12-02 11:00:00 {2}u-<U\+001B>\[2J in g-1/,
)
test(
  'lines of another time are not shown',
  says,
  `${head}${good.replace('17962', '99962')}\n${foot}`,
  /^No decision found\n/,
)
test(
  'an answer that ends early is told',
  says,
  `${head}${good}\n`,
  /Not all of http:.* could be read: Its answer ended early\n$/,
)
test(
  'a problem in the middle is told',
  says,
  `${head}{"problem":"the disk is gone"}\n`,
  /could be read: the disk is gone\n$/,
)
test(
  'a foot that is none is told',
  says,
  `${head}{"foot":{"foreign":-1}}\n`,
  /could be read: Its answer is not what was asked/,
)
test(
  'a head that is none is no answer',
  says,
  `{"head":{"instances":[{"instance":1}]}}\n${foot}`,
  /^hookwarden: http:.*: Its answer is not what was asked for\n$/,
)
test('an empty answer is none', says, '', /^hookwarden: http:.*: Its answer ended early\n$/)
test(
  'keys of objects are no questions',
  says,
  '{"__proto__":{"head":{"instances":[]}}}\n',
  /Its answer is not what was asked/,
)

const refuses = test.macro(async (t: ExecutionContext, status: number, body: string, shown: RegExp) => {
  const url = await fake(t, response => response.writeHead(status, { location: 'http://127.0.0.1:2/' }).end(body))
  const { code, err } = await ask(['log', '--peers', url])
  t.is(code, 2)
  t.regex(err, shown)
})

test('a refusal is told in its words', refuses, 403, '{"error":"no \\u001b[2J"}', /: no <U\+001B>\[2J\n$/)
test('a long one is cut', refuses, 500, JSON.stringify({ error: 'x'.repeat(5000) }), /: x{500}\n$/)
test(
  'another kind of server is told',
  refuses,
  404,
  '<html>',
  /No admin port of a hookwarden that answers such questions/,
)
test('a status without words is told', refuses, 502, '<html>', /It answered with the status 502\n$/)
test('nobody is sent elsewhere', refuses, 307, '', /The connection failed: /)

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

test('each service forgets a person in its own folder, by the names of its own masks', async t => {
  const { first, second, one, two, peers } = await twoPeers(t)
  const { code, out } = await ask(['forget', 'userID=u-1', ...peers])
  t.is(code, 0, out)
  t.is(
    out.replaceAll(/:\d+/g, ''),
    `Forgot userID u-1:
  http://127.0.0.1: 9 decisions and 0 calls out of 2 files; 2 counts by the name alone, and 1 in the shared store
  http://127.0.0.1: 1 decision and 1 call out of 2 files; 2 counts by the name alone, and 1 in the shared store
No byte of the name is left in these folders
Out of reach: git, bundles, backups, the log of the service, and instances that are not named with --records or --peers
`,
  )
  for (const dir of [first, second]) t.deepEqual(await filesNaming(dir, /u-1(?!\d)|h-[\w-]{22}/), [])
  t.deepEqual(one.asked, ['rotate', 'counts of u-1', 'forgotten {"decisions":9,"contents":0,"segments":2}'])
  t.deepEqual(two.asked, ['rotate', 'counts of u-1', 'forgotten {"decisions":1,"contents":1,"segments":2}'])
})

test('whom a service could not forget is told, and what still has the name', async t => {
  const { second, one, two } = await twoPeers(t)
  await writeSegments(second, [content(envelope(0), { content: 'ask u-1' })], { instance: 'four' }, 'content')
  const args = ['--peers', one.url, two.url, 'http://127.0.0.1:1']
  const { code, out } = await ask(['forget', 'userID=u-1', ...args])
  t.is(code, 1)
  t.regex(out, /\nStill there:\n {2}http:.*\/record\/1970.*four-1\.content\.jsonl\.gz: 1 time, in what others wrote/)
  t.regex(out, /\nWithout http:\/\/127\.0\.0\.1:1: No service answers there\nOut of reach: /)
  t.is((await ask(['forget', 'userID=u-9', '--peers', one.url, 'http://127.0.0.1:1'])).code, 1)
})

test('who is held by one service is forgotten by none', async t => {
  const { first, second, two, peers } = await twoPeers(t)
  const far = ['userID=u-1', '--until', '2099-01-01', '--case', '4711']
  const held = await ask(['hold', ...far, ...zone, '--peers', two.url])
  t.is(held.out, 'Held: userID u-1 until 2099-01-01 23:59 for case 4711\n')
  t.deepEqual(two.asked, ['hold {"case":"4711"}'])
  t.regex(await readFile(join(second, 'record/holds.json'), 'utf8'), /"value":"u-1"/)
  t.regex((await ask(['hold', '--list', ...zone, ...peers])).out, /^userID u-1 until .* for case 4711 in http:/)
  const { code, err } = await ask(['forget', 'userID=u-1', ...peers])
  t.is(code, 2)
  t.regex(err, /userID u-1 is held in http:.* for case 4711\. To end that first/)
  t.is((await filesNaming(first, /"u-1"/)).length, 2)
  const part = await ask(['hold', 'userID=u-1', '--end', ...peers, 'http://127.0.0.1:1'])
  t.is(part.code, 1)
  t.regex(part.out, /^Ended: userID u-1 .*\nWithout http:\/\/127\.0\.0\.1:1: No service answers there\n$/)
  t.deepEqual(two.asked.slice(1), ['hold ended {"case":"4711"}'])
})

test('what services decide is followed, also after one was away', async t => {
  const dir = await stateFolder(t)
  const live = { now: () => new Date() }
  const lately = Date.now()
  const hour = new Date(lately).toISOString().slice(0, 13).replace('T', '/')
  await writeSegments(dir, [refusal(lately, 'before')], { as: 'open' })
  const { url, asks } = await startPeer(t, dir)
  const heard = { out: '', err: '' }
  let [wake, stop] = [() => {}, () => {}]
  const hear = (to: 'out' | 'err') => (text: string) => {
    heard[to] += text
    wake()
  }
  const until = async (is: () => boolean) => {
    while (!is()) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  const untilStopped = () =>
    new Promise<void>(resolve => {
      stop = resolve
      wake()
    })
  const io = { ...live, out: hear('out'), err: hear('err'), untilStopped }
  const following = ask(['log', '--follow', '--since', '1 hour ago', '--peers', url, 'http://127.0.0.1:1'], io)
  await until(() => heard.out.includes('before'))
  await appendLine(dir, hour, refusal(lately + 1, 'first'))
  await until(() => heard.out.includes('first'))
  const enter = asks.enter
  asks.enter = () => undefined
  await until(() => heard.err.includes('Too many questions'))
  await appendLine(dir, hour, refusal(lately + 2, 'second'))
  asks.enter = enter
  await until(() => heard.out.includes('second') && heard.err.includes('answers again'))
  stop()
  t.is((await following).code, 0)
  t.is([...heard.out.matchAll(/refused/g)].length, 3, heard.out)
  t.regex(heard.err, /^Without http:\/\/127\.0\.0\.1:1 until it answers: No service answers there\n/)
})

test('the history of each service is listed, and versions of any are compared', async t => {
  const { second, version, peers } = await twoPeers(t)
  const other = await keptRules(second, [{ file: 'a.yaml', content: rules.replace('never }', 'ever }') }])
  const { code, out } = await ask(['history', ...peers, 'http://127.0.0.1:1'])
  t.is(code, 0)
  t.regex(
    out,
    /^http:.*\nNo rules have come into force yet[^\n]*\n\nhttp:.*\n2026-12-01 .* ann: first {2}\(in force\)\n\nWithout/,
  )
  const { instances, missing } = JSON.parse((await ask(['history', ...peers, '--json'])).out)
  t.deepEqual([instances[1].versions[0].version, missing], [version, []])
  t.regex((await ask(['history', '--diff', version, other, ...peers])).out, /~ never changed/)
  t.regex((await ask(['history', '--diff', 'ffff', other, ...peers])).err, /There is no version "ffff" in http:/)
})
