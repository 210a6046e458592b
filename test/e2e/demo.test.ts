import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import test from 'ava'

const demo = fileURLToPath(new URL('../demo/demo.ts', import.meta.url))

test('the demo serves the page with every callback on record, and prints its address', async t => {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), demo], {
    env: { ...process.env, DEMO_CALLS: '20' },
    stdio: ['ignore', 'pipe', 'ignore'],
    // Its service is in the same group, and ends with it whatever happens.
    detached: true,
  })
  t.teardown(() => child.exitCode === null && process.kill(-Number(child.pid), 'SIGKILL'))
  const exited = once(child, 'exit')
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (line.startsWith('More come in')) break
  }
  const [, page = ''] = /^The page: (\S+)$/.exec(lines[0] ?? '') ?? []
  const [, dir = ''] = /are in (\S+);/.exec(lines[1] ?? '') ?? []
  t.teardown(() => rm(dir, { recursive: true, force: true }))
  t.regex(await (await fetch(page)).text(), /<title>hookwarden<\/title>/)
  t.true((await written(page, 60)) >= 60)
  t.notRegex(lines.join('\n'), /failed/)
  child.kill('SIGTERM')
  t.deepEqual(await exited, [0, null])
})

/** How many decisions are on record, once there are so many. */
async function written(page: string, most: number): Promise<number> {
  for (;;) {
    const status = (await (await fetch(new URL('/status', page))).json()) as { record: { written: number } }
    if (status.record.written >= most) return status.record.written
  }
}
