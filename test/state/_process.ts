import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ExecutionContext } from 'ava'

const script = fileURLToPath(new URL('_keeping.ts', import.meta.url))

/** A folder that may be made, in one that goes away with the test. */
export function folder(t: ExecutionContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'hookwarden-')))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return join(path, 'state')
}

/** A process that keeps counts in a folder; `under` is a command that runs it. */
export function keeping(t: ExecutionContext, dir: string, { everyMs = 30_000, under = [] as string[] } = {}) {
  const [command = '', ...args] = [
    ...under,
    ...[process.execPath, '--import', import.meta.resolve('tsx'), script, dir, String(everyMs)],
  ]
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  t.teardown(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const exited = once(child, 'exit')
  /** What it tells next. */
  const told = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    return done ? undefined : JSON.parse(value)
  }
  const say = (command: string) => child.stdin.write(`${command}\n`)
  const ask = (command: string) => {
    say(command)
    return told()
  }
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  /** Until it has saved what was counted by then: the first save that ends may have begun before. */
  const untilSaved = async () => {
    for (const key of ['first', 'second']) {
      const before = Number(await ask('saved'))
      say(`count ${key}`)
      while (Number(await ask('saved')) <= before);
    }
  }
  const end = async () => {
    const answer = await ask('end')
    child.stdin.end()
    await exited
    return answer
  }
  return { told, say, ask, kill, end, untilSaved, exited }
}
