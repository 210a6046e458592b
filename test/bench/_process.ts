import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

/** Run a script with something on its standard input; resolves with the JSON that it prints. */
export async function spawnJson<T>(args: readonly string[], input: string): Promise<T> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(input)
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return JSON.parse(printed) as T
}

/** A server in a process of its own. */
export type Served = {
  url: string
  admin: string
  /** CPU time that it has used, user and system, in ms. Linux only; elsewhere NaN. */
  cpuMs(): number
  /** The same of its first thread alone: the one that decides. */
  firstThreadMs(): number
  /** Its memory, in MB. Linux only; elsewhere NaN. */
  memoryMb(): number
  stop(): Promise<unknown>
}

/**
 * Start a server that prints JSON lines and says where it listens in the first that has `webhooks` in it.
 *
 * All that it prints is read, as a log's reader would.
 */
export async function startServer(nodeArgs: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, nodeArgs, { stdio: ['ignore', 'pipe', 'inherit'] })
  const { webhooks, admin } = await listening(child)
  child.stdout?.resume()
  const exited = once(child, 'exit')
  return {
    url: webhooks,
    admin: admin ?? '',
    cpuMs: () => cpuMsOf(`${child.pid}`),
    firstThreadMs: () => cpuMsOf(`${child.pid}/task/${child.pid}`),
    memoryMb: () => memoryMbOf(`${child.pid}`),
    stop: () => {
      child.kill('SIGTERM')
      return exited
    },
  }
}

async function listening(child: ChildProcess): Promise<{ webhooks: string; admin?: string }> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  for await (const line of lines) {
    const said = JSON.parse(line)
    if (said.webhooks !== undefined) {
      lines.close()
      return said
    }
  }
  throw new Error('The server ended before it listened')
}

/** proc(5): utime and stime are fields 14 and 15, in ticks of 10 ms; the second may have blanks in it. */
function cpuMsOf(pid: string): number {
  const stat = readProc(pid, 'stat')
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) * 10
}

function memoryMbOf(pid: string): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readProc(pid, 'status'))?.[1]) / 1024
}

function readProc(pid: string, file: string): string {
  return process.platform === 'linux' ? readFileSync(`/proc/${pid}/${file}`, 'utf8') : ''
}

/** A module of the built package: what ships is measured, not what a loader makes of the sources. */
export function built<T>(path: string): Promise<T> {
  return import(new URL(`../../dist/${path}`, import.meta.url).href)
}
