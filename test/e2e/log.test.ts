import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import test, { type ExecutionContext } from 'ava'
import { callMany, plainAllow } from '../serve/_http.ts'
import { commandOf, freePort, listening, makeRules, startService, writeRule } from './_service.ts'

const noLinks = `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    reject: 5001
`

const rules = { 'names.yaml': noLinks }

/** What a log has in one service life beside decisions: rules loaded, listening, stopping, stopped. */
const otherLines = 4

/** The service as a child of another program, which prints its process id first; answers once it listens. */
async function startUnder(t: ExecutionContext, program: string, programArgs: readonly string[], dir: string) {
  const port = await freePort()
  const state = ['--state', join(dir, '.hookwarden')]
  const ports = ['--port', port, '--admin-port', '0']
  const serve = commandOf(['serve', '--rules', dir, ...ports, '--shutdown-ms', '1000', ...state])
  const parent = spawn(program, [...programArgs, ...serve], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err] = [outputOf(parent), text(parent.stderr)]
  const pid = Number((await out.until(/^\d+\n/))[0])
  t.teardown(() => isRun('kill', '-KILL', `${pid}`))
  await listening(port, parent)
  const ended = once(parent, 'close').then(() => out.all())
  return { pid, url: `http://127.0.0.1:${port}`, out, ended, err }
}

/** Whether a program can be run, and ends well. */
function isRun(program: string, ...args: string[]): Promise<boolean> {
  return promisify(execFile)(program, args).then(
    () => true,
    () => false,
  )
}

/** The output of a process, which can be waited for. */
function outputOf({ stdout }: ChildProcess) {
  let all = ''
  let wake = () => {}
  stdout?.setEncoding('utf8').on('data', chunk => {
    all += chunk
    wake()
  })
  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(all)
      if (found !== null) return found
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  return { until, all: () => all }
}

/** Runs a command on a terminal of its own, whose other side is read or not, or stopped as by Ctrl-S. */
const terminal = `
import os, pty, subprocess, sys, termios
ours, theirs = pty.openpty()
if sys.argv[1] == 'stopped': termios.tcflow(theirs, termios.TCOOFF)
child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
os.close(theirs)
print(child.pid, flush=True)
while sys.argv[1] == 'read':
    try: os.write(1, os.read(ours, 65536))
    except OSError: break
print('ended with', child.wait(), flush=True)
`

const hasTerminals = isRun('python3', '-c', 'import pty; pty.openpty()')

function onTerminal(t: ExecutionContext, side: 'read' | 'unread' | 'stopped', dir: string) {
  return startUnder(t, 'python3', ['-c', terminal, side], dir)
}

for (const side of ['unread', 'stopped'] as const) {
  test(`a terminal that is ${side} keeps no call waiting, nor the end`, async t => {
    if (!(await hasTerminals)) return skip(t, 'there is no python3 with pseudo-terminals here')
    const { pid, url, ended } = await onTerminal(t, side, await makeRules(t, rules))
    t.deepEqual(await callMany(url, 500), [plainAllow])
    process.kill(pid, 'SIGTERM')
    t.regex(await ended, /ended with 0\n$/)
  })
}

/** A name that reads as a.yaml.txt where terminals follow what it says. */
const turned = 'a\u202etxt.\u001b[31m.yaml'

test('a terminal shows file names with hidden characters as code points', async t => {
  if (!(await hasTerminals)) return skip(t, 'there is no python3 with pseudo-terminals here')
  const dir = await makeRules(t, rules)
  const { pid, out, ended } = await onTerminal(t, 'read', dir)
  await writeRule(dir, turned, noLinks.replace('when:', 'wehn:'))
  await out.until(/rules not loaded/)
  process.kill(pid, 'SIGTERM')
  const shown = await ended
  t.true(shown.includes('a<U+202E>txt.<U+001B>[31m.yaml:4:5 error unknown-key'))
  t.false(shown.includes('\u202e'))
  t.regex(shown, /ended with 0\n$/)
})

test('in a pipe, and in the status, they are escaped as JSON can, and each line has the process and the host', async t => {
  const dir = await makeRules(t, rules)
  const { child, exited, log, admin } = await startService(t, dir)
  const raw: string[] = []
  child.stdout?.on('data', chunk => raw.push(String(chunk)))
  await writeRule(dir, turned, noLinks.replace('when:', 'wehn:'))
  const line = await log.until('rules not loaded; the previous rules stay in force')
  t.true(String((line.diagnostics as string[])[0]).startsWith(`${turned}:4:5 error`))
  t.true((await (await fetch(`${admin}/status`)).text()).includes('a\\u202etxt'))
  child.kill('SIGTERM')
  t.is(await exited, 0)
  t.regex(raw.join(''), /a\\u202etxt\.\\u001b\[31m\.yaml:4:5 error/)
  t.deepEqual(new Set(log.lines.map(each => each.pid)), new Set([child.pid]))
  t.deepEqual(new Set(log.lines.map(each => each.hostname)), new Set([hostname()]))
})

/**
 * Runs a command with its log, and standard error if so asked, on a disk of 512 KiB that is full but for 16. Shows the
 * log when the command has ended.
 */
const fullDisk = `
mount -t tmpfs -o size=512k tmpfs "$1" && cd "$1" && head -c 507904 /dev/zero >full || exit
exec 3>&2
if [ "$2" = both ]; then exec 3>>log; fi
shift 2
"$@" >>log 2>&3 &
echo $!
wait $!
echo "ended with $?"
cat log
`

const hasDisks = isRun('unshare', '-rm', 'true')

async function onFullDisk(t: ExecutionContext, which: 'stdout' | 'both') {
  const disk = await makeRules(t, {})
  const dir = await makeRules(t, rules)
  return startUnder(t, 'unshare', ['-rm', 'sh', '-c', fullDisk, 'sh', disk, which], dir)
}

test('lines delayed by a full disk are written once there is room', async t => {
  if (!(await hasDisks)) return skip(t, 'no disk may be mounted here: unshare -rm')
  const { pid, url, ended, err } = await onFullDisk(t, 'stdout')
  t.deepEqual(await callMany(url, 300), [plainAllow])
  rmSync(`/proc/${pid}/cwd/full`)
  t.deepEqual(await callMany(url, 100), [plainAllow])
  process.kill(pid, 'SIGTERM')
  const [, how, ...log] = (await ended).split('\n').slice(0, -1)
  t.is(how, 'ended with 0')
  t.regex(await err, /^The log cannot be written: ENOSPC[^\n]*\n$/)
  for (const line of log) t.notThrows(() => JSON.parse(line))
  t.is(log.length, 400 + otherLines)
})

test('on a disk that stays full, the log ends with a whole line, and lost lines are counted', async t => {
  if (!(await hasDisks)) return skip(t, 'no disk may be mounted here: unshare -rm')
  const { pid, url, ended, err } = await onFullDisk(t, 'stdout')
  t.deepEqual(await callMany(url, 300), [plainAllow])
  process.kill(pid, 'SIGTERM')
  const [, how, ...log] = (await ended).split('\n').slice(0, -1)
  t.is(how, 'ended with 0')
  const lost = Number(/\n(\d+) log lines could not be written\n$/.exec(await err)?.[1])
  for (const line of log) t.notThrows(() => JSON.parse(line))
  t.is(log.length + lost, 300 + otherLines)
})

test('standard error on a full disk keeps no call waiting, nor the end', async t => {
  if (!(await hasDisks)) return skip(t, 'no disk may be mounted here: unshare -rm')
  const { pid, url, ended } = await onFullDisk(t, 'both')
  t.deepEqual(await callMany(url, 300), [plainAllow])
  process.kill(pid, 'SIGTERM')
  t.regex(await ended, /^\d+\nended with 0\n/)
})

/** What cannot be tried on a machine is said there. */
function skip(t: ExecutionContext, why: string): void {
  t.log(`not tried: ${why}`)
  t.pass()
}
