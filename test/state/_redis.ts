import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import test, { type ExecutionContext } from 'ava'
import { Redis } from 'ioredis'
import { freePort } from '../e2e/_service.ts'

const isInstalled = (command: string) => spawnSync(command, ['--version']).error === undefined

/** Why tests with a server cannot run here; undefined if they can. */
const whyNot = ['redis-server', 'redis-cli', 'openssl'].find(command => !isInstalled(command))

if (whyNot !== undefined) console.log(`Tests with a real server are skipped: ${whyNot} is not installed`)

/** For tests that need a server. */
export const withServer = whyNot === undefined ? test : test.skip

export type Server = { port: number; url: string; process: ChildProcess; admin: Redis }

/** A folder of its own, removed after the test. */
export async function makeDir(t: ExecutionContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-redis-'))
  t.teardown(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** A server on a free port that keeps nothing on disk, once it takes connections; it is killed after the test. */
export async function startServer(t: ExecutionContext, port?: number, ...args: string[]): Promise<Server> {
  const own = port ?? Number(await freePort())
  const dir = await makeDir(t)
  const usual = ['--bind', '127.0.0.1', '--save', '', '--dir', dir, '--daemonize', 'no']
  const server = spawn('redis-server', ['--port', String(own), ...usual, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const admin = new Redis({ port: own, lazyConnect: true, retryStrategy: () => null })
  admin.on('error', () => {})
  t.teardown(async () => {
    admin.disconnect()
    await kill(server)
  })
  await isUp(server)
  return { port: own, url: `redis://127.0.0.1:${own}`, process: server, admin }
}

/** Ends a server as a failure of its machine would. */
export async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGKILL')
  await ended
}

/** Runs a command to its end; returns what it prints. */
export async function execute(command: string, ...args: string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${out}${err}`)
  return out
}

async function isUp(server: ChildProcess): Promise<void> {
  let printed = ''
  for await (const chunk of server.stdout ?? []) {
    printed += chunk
    if (/Ready to accept connections/.test(printed)) break
  }
  if (!/Ready to accept connections/.test(printed)) throw new Error(`redis-server did not start: ${printed}`)
}
