import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { threadId } from 'node:worker_threads'
import type { ExecutionContext } from 'ava'

/** The command as it stands, for `node --import tsx`. */
export const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

/** One line of the log. */
export type Line = Record<string, unknown> & { msg: string }

/** A rules folder of its own, removed after the test. */
export async function makeRules(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  t.teardown(() => rm(dir, { recursive: true, force: true }))
  for (const [file, content] of Object.entries(files)) await writeRule(dir, file, content)
  return dir
}

/** Put a file in place at once, as careful editors do. */
export async function writeRule(dir: string, file: string, content: string): Promise<void> {
  const path = join(dir, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, content)
  await rename(`${path}.new`, path)
}

/** What runs the command. */
export function commandOf(args: readonly string[]): [string, ...string[]] {
  return [process.execPath, '--import', import.meta.resolve('tsx'), cli, ...args]
}

/** Run the command as a process of its own; it is killed after the test if it still runs. `stdout`: where that goes. */
export function run(
  t: ExecutionContext,
  args: readonly string[],
  env: Record<string, string> = {},
  stdout: 'pipe' | number = 'pipe',
): ChildProcess {
  const [node, ...all] = commandOf(args)
  const child = spawn(node, all, {
    env: { ...process.env, ...env },
    stdio: ['pipe', stdout, 'pipe'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

/** Run the command to its end. */
export async function runToEnd(t: ExecutionContext, args: readonly string[], env?: Record<string, string>) {
  const child = run(t, args, env)
  const [out, err, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'exit'),
  ])
  return { out, err, code }
}

/** The service on free ports, once it listens. */
export async function startService(t: ExecutionContext, dir: string, ...args: string[]) {
  // However busy the machine is, no call is late and stopping is not cut short.
  const patient = ['--deadline-ms', '60000', '--shutdown-ms', '60000']
  const state = args.includes('--state') ? [] : ['--state', join(dir, '.hookwarden')]
  const child = run(t, ['serve', '--rules', dir, '--port', '0', '--admin-port', '0', ...patient, ...state, ...args])
  const exited = once(child, 'exit').then(([code, signal]) => code ?? signal)
  const log = follow(child)
  const { webhooks, admin } = await log.until('listening')
  return { child, exited, log, webhooks: String(webhooks), admin: String(admin) }
}

/** The service with standard output somewhere else than in a pipe to the test, once it listens. Closes `stdout`. */
export async function startWith(t: ExecutionContext, dir: string, stdout: number, ...args: string[]) {
  const port = await freePort()
  const state = ['--state', join(dir, '.hookwarden')]
  const child = run(t, ['serve', '--rules', dir, '--port', port, '--admin-port', '0', ...state, ...args], {}, stdout)
  closeSync(stdout)
  const exited = once(child, 'exit').then(([code, signal]) => code ?? signal)
  const err = text(child.stderr as NodeJS.ReadableStream)
  await listening(port, child)
  return { child, exited, err, url: `http://127.0.0.1:${port}` }
}

/** Resolves once a service listens whose log cannot be read; rejects when its process ends before. */
export async function listening(port: string, child: ChildProcess): Promise<void> {
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`)
    // Others have work to do meanwhile: starting takes a second.
    await delay(50)
  }
}

const openSockets = '/proc/net/tcp'

/** Where the system says so, that is asked; elsewhere it takes a connection. */
async function isListening(port: string): Promise<boolean> {
  if (existsSync(openSockets)) {
    const local = `0100007F:${Number(port).toString(16).toUpperCase().padStart(4, '0')}`
    return (await readFile(openSockets, 'utf8')).includes(`${local} 00000000:0000 0A`)
  }
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    () => true,
    () => false,
  )
}

/** A port on which a server listens until the test is over. */
export async function takenPort(t: ExecutionContext): Promise<string> {
  const server = createServer()
  t.teardown(() => server.close())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return String(typeof address === 'object' ? address?.port : address)
}

/** Below the ports that systems give to whoever asks for any; 64 for each thread, as each file of tests runs in one. */
let nextPort = 15_000 + ((threadId * 64 + process.pid * 8) % 16_384)

/** A port that nobody listens on. */
export async function freePort(): Promise<string> {
  for (;;) {
    const [server, port] = [createServer(), nextPort++]
    const isFree = await new Promise(resolve => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true))
    })
    await new Promise(resolve => server.close(resolve))
    if (isFree) return String(port)
  }
}

/** The log of a process, read as it comes. */
export function follow(child: ChildProcess) {
  const lines: Line[] = []
  let wake = () => {}
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', line => {
    lines.push(JSON.parse(line))
    wake()
  })
  let read = 0
  /** The next line with this message that has not been waited for. */
  const until = async (msg: string): Promise<Line> => {
    for (;;) {
      while (read < lines.length) {
        const line = lines[read++] as Line
        if (line.msg === msg) return line
      }
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  return { lines, until }
}
