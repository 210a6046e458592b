import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, constants as fsConstants, openSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { isDeepStrictEqual, promisify } from 'node:util'
import test, { type ExecutionContext } from 'ava'
import { callMany, command, plainAllow, post, sample } from '../serve/_http.ts'
import { makeRules, run, startService, startWith, writeRule } from './_service.ts'

const rules = { 'names.yaml': rulesFrom(0, 1) }

function rulesFrom(first: number, count: number): string {
  const each = (at: number) => `  - rule: r-${at}\n    when: { nickName: { contains: bad-${at} } }\n    reject: 5001\n`
  return `callback: beforeSetGroupMemberInfo\nrules:\n${Array.from({ length: count }, (_, at) => each(first + at)).join('')}`
}

/** Ten thousand rules in a hundred files: on the fastest machine, more work than the service has time for at its end. */
const manyRules = Object.fromEntries(
  Array.from({ length: 100 }, (_, at) => [`many-${at}.yaml`, rulesFrom(1000 + at * 100, 100)]),
)

/** What tells the end that was waited for from one that only came when nothing was left to wait for. */
const quickly = ['--shutdown-ms', '1000']

/** Far above the second and the second more that it may take on a machine of its own. */
const mostMs = 30_000

/** Tell a process to stop; answers its exit code, or why that took too long. */
async function stopped(child: { kill(signal: 'SIGTERM'): void }, exited: Promise<unknown>): Promise<unknown> {
  child.kill('SIGTERM')
  let timer: NodeJS.Timeout | undefined
  const late = new Promise(resolve => {
    timer = setTimeout(resolve, mostMs, 'still running')
  })
  const how = await Promise.race([exited, late])
  clearTimeout(timer)
  return how
}

const onPosix = process.platform === 'win32' ? test.skip : test

/** A named pipe that is open on both sides and that nobody reads. */
async function unreadPipe(t: ExecutionContext) {
  const path = join(await makeRules(t, {}), 'pipe')
  await promisify(execFile)('mkfifo', [path])
  const reader = openSync(path, fsConstants.O_RDONLY | fsConstants.O_NONBLOCK)
  return { path, reader, writer: openSync(path, 'w') }
}

/** What a log has in one service life beside decisions: rules loaded, listening, stopping, stopped. */
const otherLines = 4

onPosix('a log that nobody reads keeps no call waiting, nor the end', async t => {
  const { reader, writer } = await unreadPipe(t)
  const { child, exited, err, url } = await startWith(t, await makeRules(t, rules), writer, ...quickly)
  t.deepEqual(await callMany(url, 1500), [plainAllow])
  t.is(await stopped(child, exited), 0)
  const lost = Number(/^(\d+) log lines could not be written\n$/.exec(await err)?.[1])
  const read = readFileSync(reader, 'utf8').split('\n').slice(0, -1)
  t.is(read.length + lost, 1500 + otherLines)
  for (const line of read) t.notThrows(() => JSON.parse(line))
  closeSync(reader)
})

onPosix('a log whose reader is gone delays neither calls nor the end', async t => {
  const { reader, writer } = await unreadPipe(t)
  const { child, exited, err, url } = await startWith(t, await makeRules(t, rules), writer, ...quickly)
  t.deepEqual(await callMany(url, 700), [plainAllow])
  closeSync(reader)
  t.deepEqual(await callMany(url, 100), [plainAllow])
  t.is(await stopped(child, exited), 0)
  t.regex(await err, /^The log cannot be written: EPIPE.*\n\d+ log lines could not be written\n$/)
})

onPosix('standard error without a reader keeps no call waiting, nor the end', async t => {
  const { reader, writer } = await unreadPipe(t)
  const { child, exited, err, url } = await startWith(t, await makeRules(t, rules), writer, ...quickly)
  const cut = t.throwsAsync(err)
  child.stderr?.destroy()
  await cut
  closeSync(reader)
  t.deepEqual(await callMany(url, 100), [plainAllow])
  t.is(await stopped(child, exited), 0)
})

onPosix('a slow reader of the log is waited for', async t => {
  const { path, reader, writer } = await unreadPipe(t)
  const dir = await makeRules(t, rules)
  const { child, exited, err, url } = await startWith(t, dir, writer, '--shutdown-ms', '60000')
  t.deepEqual(await callMany(url, 700), [plainAllow])
  const end = stopped(child, exited)
  const read = spawn('cat', [path])
  t.teardown(() => read.kill())
  const lines = (await text(read.stdout)).split('\n').length - 1
  t.is(await end, 0)
  t.is(await err, '')
  t.is(lines, 700 + otherLines)
  closeSync(reader)
})

onPosix('two hundred pending reloads do not delay the end', async t => {
  const { child, exited, log, admin } = await startService(t, await makeRules(t, rules), ...quickly)
  for (let hangUp = 0; hangUp < 200; hangUp++) {
    child.kill('SIGHUP')
    // A signal that is still to be delivered takes in those that follow.
    await fetch(`${admin}/healthz`)
  }
  t.is(await stopped(child, exited), 0)
  const messages = log.lines.map(({ msg }) => msg)
  const ending = messages.slice(messages.indexOf('stopping'))
  // One was under way, and one waited.
  t.true(ending.filter(msg => msg === 'rules unchanged').length <= 2)
  t.is(ending.at(-1), 'stopped')
})

test('a reload of ten thousand rules does not delay the end', async t => {
  const dir = await makeRules(t, rules)
  const { child, exited, log } = await startService(t, dir, ...quickly)
  for (const [file, content] of Object.entries(manyRules)) await writeRule(dir, file, content)
  child.kill('SIGHUP')
  t.is(await stopped(child, exited), 0)
  t.true(log.lines.some(({ msg }) => msg === 'stopped'))
  // The reload was cut short.
  t.false(
    log.lines.some(line => isDeepStrictEqual(line.rules, { total: 10_001, enforce: 10_001, shadow: 0, disabled: 0 })),
  )
})

test('dry runs do not delay the end', async t => {
  const { child, exited, admin, log } = await startService(t, await makeRules(t, rules), ...quickly)
  const files = Object.fromEntries(Object.entries(manyRules).slice(0, 50))
  const asked = Array.from({ length: 3 }, () =>
    post(`${admin}/dry-run/${command}`, { payload: sample, files }).catch(() => 'cut'),
  )
  await fetch(`${admin}/healthz`)
  t.is(await stopped(child, exited), 0)
  await Promise.all(asked)
  t.true(log.lines.some(({ msg }) => msg === 'stopped'))
})

const onLinux = existsSync('/proc/self/status') ? test : test.skip

onLinux('stopping during the first load exits 0', async t => {
  const child = run(t, ['serve', '--rules', await makeRules(t, manyRules), '--port', '0', '--admin-port', '0'])
  const exited = once(child, 'exit').then(([code, signal]) => code ?? signal)
  const log = text(child.stdout as NodeJS.ReadableStream)
  // It listens for all signals at once, and tsx for none of these.
  while (!isHeeded('SIGHUP', child.pid)) await new Promise(setImmediate)
  t.is(await stopped(child, exited), 0)
  t.deepEqual(
    (await log).split('\n', 2).map(line => JSON.parse(line).msg),
    ['stopping', 'stopped'],
  )
})

/** Whether a process has a handler of its own for a signal. */
function isHeeded(signal: NodeJS.Signals, pid: number | undefined): boolean {
  const [, mask = '0'] = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return (BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) % 2n === 1n
}
