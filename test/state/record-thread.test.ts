import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { RecordThread, type RecordThreadDeps } from '../../src/state/record-thread.ts'
import { until } from './_until.ts'

/** A thread that runs a script of its own, and what it told. */
function threadOf(script: string) {
  const told: string[] = []
  const deps: RecordThreadDeps = {
    script: new URL(`data:text/javascript,${encodeURIComponent(script)}`),
    data: { state: '', instance: '', secret: '', keep: { recordDays: 1, contentDays: 1, mostBytes: 1 } },
    droppedLine: dropped => JSON.stringify({ dropped }),
    onTrouble: message => told.push(`trouble: ${message}`),
    onProblem: message => told.push(message),
    onWell: () => told.push('well'),
    onCut: () => {},
    collectMs: 1,
  }
  return { thread: new RecordThread(deps), told }
}

const answers = `
import { parentPort } from 'node:worker_threads'
parentPort.on('message', ({ kind, batch }) => {
  if (kind === 'end') return parentPort.postMessage({ kind: 'ended' })
  const text = Buffer.from(batch.envelope).toString()
  if (text.includes('break')) throw new Error('a bug')
  const length = batch.envelope.length + batch.content.length
  parentPort.postMessage({ kind: 'written', batch: { decisions: batch.decisions, length } })
})`

test('decisions that a thread loses are counted, and another thread goes on', async t => {
  const { thread, told } = threadOf(answers)
  thread.decision(1, 'one', '')
  await until(() => thread.status.written === 1)
  thread.decision(1, 'break', '')
  await until(() => thread.status.dropped.failed === 1)
  t.deepEqual(told, ['trouble: a bug'])
  t.is(thread.status.lastError, 'a bug')
  await until(() => {
    thread.decision(1, 'again', '')
    return thread.status.written > 1
  })
  const { lost, isStuck } = await thread.end(performance.now() + 10_000)
  t.false(isStuck)
  t.is(lost, 0)
  t.is(thread.status.queued, 0)
})

test('at the end, what a thread did not write is counted', async t => {
  const { thread } = threadOf('setInterval(() => {}, 1000)')
  for (let count = 0; count < 5; count++) thread.decision(1, 'one', 'two')
  const { lost, isStuck } = await thread.end(performance.now() + 50)
  t.false(isStuck)
  t.is(lost, 5)
  t.deepEqual(thread.status.dropped, { 'queue full': 0, 'disk full': 0, failed: 5 })
})

test('a thread that waits for a device is stuck', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const fifo = join(folder, 'fifo')
  execFileSync('mkfifo', [fifo])
  // Opening waits until somebody reads.
  const { thread } = threadOf(
    `import { openSync } from 'node:fs'; openSync(${JSON.stringify(fifo)}, 'w'); process.exit()`,
  )
  thread.decision(1, 'one', 'two')
  const { lost, isStuck } = await thread.end(performance.now() + 1000)
  t.true(isStuck)
  t.is(lost, 1)
  await (await open(fifo, 'r')).close()
})
