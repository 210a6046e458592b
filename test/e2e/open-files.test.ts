import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import test, { type ExecutionContext } from 'ava'
import { command, plainAllow, post, sample } from '../serve/_http.ts'
import { cli, follow, type Line, makeRules, writeRule } from './_service.ts'

const onPosix = process.platform === 'win32' ? test.skip : test

const rules = {
  'names.yaml': `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    reject: { code: 5001, message: No links }
`,
}

/**
 * Loads what the service is made of room by room: from sources, hundreds of files would be opened at once, and the built
 * program is a few.
 */
const loadInOrder = `
import { readdirSync } from 'node:fs'
const rooms = ['text', 'callbacks', 'yaml', 'language', 'compile', 'lint', 'decide', 'count', 'cases', 'changes', 'protocol', 'record', 'state', 'store']
for (const room of rooms) {
  const folder = new URL(room + '/', '${new URL('../../src/', import.meta.url)}')
  for (const file of readdirSync(folder, { recursive: true }).sort()) {
    if (file.endsWith('.ts') && !/worker|script/.test(file)) await import(new URL(file, folder).href)
  }
}`

/** Run the command where so many files may be open; `preload` is a module that runs before it. */
function runWith(t: ExecutionContext, openFiles: number, args: readonly string[], preload = ''): ChildProcess {
  const imports = ['--import', 'tsx', '--import', `data:text/javascript,${encodeURIComponent(preload)}`]
  const script = `ulimit -n ${openFiles}; exec "$0" "$@"`
  const child = spawn('sh', ['-c', script, process.execPath, ...imports, cli, ...args])
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

async function startWith(t: ExecutionContext, openFiles: number, preload = '') {
  const dir = await makeRules(t, rules)
  const state = ['--state', join(dir, '.hookwarden')]
  const child = runWith(
    t,
    openFiles,
    ['serve', '--rules', dir, '--port', '0', '--admin-port', '0', ...state],
    `${preload}\n${loadInOrder}`,
  )
  const log = follow(child)
  const listening = await log.until('listening')
  return { dir, child, log, webhooks: String(listening.webhooks), admin: String(listening.admin) }
}

for (const args of [['serve', '--port', '0', '--admin-port', '0'], ['check'], []]) {
  onPosix(`with 64 open files, hookwarden ${args.join(' ')} explains what to do and exits with 2`, async t => {
    const child = runWith(t, 64, args)
    const [out, err, [code]] = await Promise.all([
      text(child.stdout as NodeJS.ReadableStream),
      text(child.stderr as NodeJS.ReadableStream),
      once(child, 'exit'),
    ])
    t.is(code, 2)
    t.is(out, '')
    t.regex(err, /^hookwarden needs at least 128 open files, but this process is limited to 64\. Raise .*\n$/)
  })
}

/** Connections that never ask anything; resolves once all are open, or were closed again. */
async function openIdle(t: ExecutionContext, url: string, count: number): Promise<{ closed: () => number }> {
  let closed = 0
  const opened = Array.from({ length: count }, async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    t.teardown(() => socket.destroy())
    socket.on('error', () => {})
    socket.once('close', () => {
      closed += 1
    })
    await new Promise(resolve => socket.once('connect', resolve).once('close', resolve))
  })
  await Promise.all(opened)
  return { closed: () => closed }
}

onPosix('with 128 open files and 400 idle connections, calls, operators and reloads are served', async t => {
  const { dir, log, webhooks, admin } = await startWith(t, 128)
  const idle = openIdle(t, webhooks, 400)
  const idleAdmin = openIdle(t, admin, 100)
  for (let calls = 0; calls < 50; calls++) {
    t.is(await (await post(`${webhooks}/${command}`, sample)).text(), plainAllow)
  }
  await Promise.all([idle, idleAdmin])
  t.is(await (await post(`${webhooks}/${command}`, sample)).text(), plainAllow)
  t.is((await fetch(`${admin}/status`)).status, 200)
  await writeRule(dir, 'names.yaml', rules['names.yaml'].replace('5001', '5002'))
  t.like(await log.until('rules loaded'), { ok: true })
  t.is(await (await post(`${webhooks}/${command}`, sample)).text(), plainAllow)
})

onPosix('connections closed to make room are counted in the log', async t => {
  const { child, log, webhooks } = await startWith(t, 128)
  const idle = await openIdle(t, webhooks, 400)
  t.is((await fetch(`${webhooks}/healthz`)).status, 200)
  const exited = once(child, 'exit')
  const closed = idle.closed()
  child.kill('SIGTERM')
  await exited
  const lines = log.lines.filter(({ msg }) => msg === 'too many connections: closed the one idle longest')
  t.true(lines.length < closed, `${lines.length} lines for ${closed} connections`)
  const times = lines.reduce((sum: number, line: Line) => sum + Number(line.times), 0)
  t.true(times >= closed && closed > 0, `${times} in the log, ${closed} seen`)
  t.like(lines[0], { level: 40, listener: 'webhooks', times: 1 })
})

/** Takes all descriptors when told to, which the service cannot have foreseen. */
const takeAll = `
import { openSync } from 'node:fs'
const take = () => {
  try {
    for (;;) openSync('/dev/null', 'r')
  } catch {}
}
// Again and again: the service may close a file that it is just reading.
process.on('SIGUSR2', () => setInterval(take, 10))`

onPosix('a process without a free descriptor reports it', async t => {
  const { child, log } = await startWith(t, 128, takeAll)
  child.kill('SIGUSR2')
  t.like(await log.until('new connections are lost'), { level: 50, code: 'EMFILE', times: 1 })
})
