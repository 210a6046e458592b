import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import test, { type ExecutionContext } from 'ava'
import { idsOnRecord, makeState, recorder } from './_recorder.ts'

const script = fileURLToPath(new URL('_recording.ts', import.meta.url))
const node = [process.execPath, '--import', 'tsx', script]

/** Whether this user may mount a file system of its own; what refuses is told. */
function mayMount(t: ExecutionContext): boolean {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'pipe' })
    return true
  } catch (error) {
    t.log(`skipped: no file system of its own can be mounted here: ${(error as Error).message.split('\n').at(-2)}`)
    return false
  }
}

test('a full disk loses no decision uncounted, and writing goes on when there is room', async t => {
  const state = await makeState(t)
  if (!mayMount(t)) return t.pass()
  const command = `mount -t tmpfs -o size=1m tmpfs '${state}' && exec "$@"`
  const { stdout } = await promisify(execFile)('unshare', ['-rm', 'sh', '-c', command, 'sh', ...node, state, 'full'])
  const { decided, counted, whileFull, status, told, onRecord } = JSON.parse(stdout)
  t.is(counted, decided)
  t.is(status.written + status.dropped['disk full'] + status.dropped['queue full'], decided)
  t.is(onRecord, status.written)
  t.is(whileFull.lastError, 'no space left on the device')
  t.is(told[0], 'trouble: no space left on the device')
  t.true(told.includes('well'))
})

test('of a process that is killed, at most the last second is missing, and every segment is readable', async t => {
  const state = await makeState(t)
  const child = spawn(node[0] as string, [...node.slice(1), state, 'forever'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const decided: { at: number; id: string }[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    decided.push(JSON.parse(line))
    if (decided.length === 2000) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  const before = await idsOnRecord(state)
  const { writer, end } = recorder({ state })
  await writer.start()
  await end()
  const after = new Set(await idsOnRecord(state))
  t.deepEqual(new Set(before), after)
  const killedAt = decided.at(-1)?.at ?? 0
  t.deepEqual(
    decided.filter(({ at, id }) => at < killedAt - 1000 && !after.has(id)),
    [],
  )
  t.true(after.size > 0)
})
