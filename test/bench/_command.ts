/** One run of the built command in a process of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Seconds of the clock and of CPU time, the peak of memory in MB, and what was printed. */
export type MeasuredCommand = { seconds: number; cpu: number; memory: number; out: string }

/** `cores` are those that it may use, as `taskset` takes them; by default all. */
export async function measureCommand(args: readonly string[], { cores = '' } = {}): Promise<MeasuredCommand> {
  const preload = join(tmpdir(), `hookwarden-usage-${process.pid}.cjs`)
  await writeFile(preload, script)
  const command = [process.execPath, '--require', preload, 'dist/cli.js', ...args]
  const [file = '', ...rest] = cores === '' ? command : ['taskset', '--cpu-list', cores, ...command]
  const began = performance.now()
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, told] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    told += chunk.toString()
  })
  const [code] = await once(child, 'close')
  const seconds = (performance.now() - began) / 1000
  const [cpu = Number.NaN, memory = Number.NaN] = /\[[\d.,]+\]$/.exec(told)?.map(text => JSON.parse(text))[0] ?? []
  if (code === 2) throw new Error(told)
  return { seconds, cpu, memory, out }
}

const script = `
  const { threadId } = require('node:worker_threads').isMainThread ? { threadId: 0 } : { threadId: 1 }
  if (threadId === 0) process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    require('node:fs').writeSync(2, JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024]))
  })`
