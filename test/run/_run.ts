import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** What test/run.mjs prints of test files of this folder, and its exit code. */
export async function runOf(names: readonly string[], ...flags: string[]): Promise<{ out: string; code: unknown }> {
  const files = names.map(name => `test/run/${name}.fixture.mjs`)
  const args = ['test/run.mjs', '--config', 'test/run/ava.config.mjs', ...flags, ...files]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { out, code }
}
