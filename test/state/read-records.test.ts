import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { readSegments } from '../../src/state/read-records.ts'
import { StateUnusable } from '../../src/state/state-errors.ts'
import { envelope, stateFolder, writeSegments } from '../record/_state.ts'

const hour = Date.parse('2026-12-01T10:00:00Z')
const all = { since: 0, until: Number.MAX_SAFE_INTEGER }

async function read(dirs: readonly string[], options: Partial<Parameters<typeof readSegments>[1]> = {}) {
  const ids: string[] = []
  const coverage = await readSegments(dirs, { ...all, ...options }, ({ id }) => ids.push(id))
  return { ids, coverage }
}

test('lines of several folders, instances and hours come in the order of time', async t => {
  const [first, second] = [await stateFolder(t), await stateFolder(t)]
  const lines = Array.from({ length: 300 }, (_, at) => envelope(hour + at * 60_000))
  const every = (each: number) => lines.filter((_, at) => at % 3 === each)
  await writeSegments(first, every(0), { instance: 'a' })
  await writeSegments(first, every(1), { instance: 'b', as: 'closed' })
  await writeSegments(second, every(2), { instance: 'a', as: 'open' })
  const { ids, coverage } = await read([first, second])
  t.deepEqual(
    ids,
    lines.map(({ id }) => id),
  )
  t.deepEqual(
    coverage.instances.map(({ instance, hours }) => `${instance} ${hours.length}`),
    ['a 5', 'b 5', 'a 5'],
  )
})

test('only lines of the time that have all of the bytes are read', async t => {
  const dir = await stateFolder(t)
  const lines = [
    envelope(hour, { users: ['u-1'] }),
    envelope(hour + 1, { users: ['u-11'] }),
    envelope(hour + 2, { users: ['u-1'], groups: ['g-2'] }),
    envelope(hour + 3, { users: ['u-1'] }),
    envelope(hour + 4, { users: ['u-1'] }),
  ]
  await writeSegments(dir, lines)
  const { ids } = await read([dir], { bytes: ['"u-1"', '"g-1"'], until: hour + 3 })
  t.deepEqual(ids, [lines[0]?.id, lines[3]?.id])
})

test('of several texts in a list, one is enough', async t => {
  const dir = await stateFolder(t)
  const lines = ['u-1', 'u-2', 'u-3', 'u-2', 'u-1'].map((user, at) => envelope(hour + at, { users: [user] }))
  await writeSegments(dir, lines)
  const { ids } = await read([dir], { bytes: [['"u-1"', '"u-2"', '"u-9"']] })
  t.deepEqual(
    ids,
    lines.filter(({ users }) => users[0] !== 'u-3').map(({ id }) => id),
  )
})

test('a line that arrives at the end of an hour is found in the next one', async t => {
  const dir = await stateFolder(t)
  const late = { ...envelope(hour), at: hour - 5 }
  await writeSegments(dir, [envelope(hour)])
  await writeFile(join(dir, 'record/2026-12-01/10/one-2.envelope.jsonl'), `${JSON.stringify(late)}\n`)
  t.deepEqual((await read([dir], { until: hour - 1 })).ids, [late.id])
})

test('foreign, newer and cut lines are counted, and cut files read as far as they go', async t => {
  const dir = await stateFolder(t)
  const lines = [envelope(hour), envelope(hour + 1)]
  await writeSegments(dir, lines, { end: 'hello\n{"v":2,"at":1}\n{"v":1}\n{"v":1,"id":"half' })
  const big = Array.from({ length: 40_000 }, (_, at) =>
    envelope(hour + 3_600_000 + at, { rules: String(Math.random()) }),
  )
  await writeSegments(dir, big)
  await truncate(join(dir, 'record/2026-12-01/11/one-1.envelope.jsonl.gz'), 300_000)
  const { ids, coverage } = await read([dir])
  t.true(ids.length > 5000 && ids.length < 40_000, String(ids.length))
  const { foreign, newer, cut, unreadable } = coverage
  t.deepEqual({ foreign, newer, cut }, { foreign: 2, newer: 1, cut: 1 })
  t.deepEqual(
    unreadable.map(({ reason }) => reason),
    ['it is cut off'],
  )
})

test('the line that is being written to an open segment is left out', async t => {
  const dir = await stateFolder(t)
  await writeSegments(dir, [envelope(hour)], { as: 'open', end: '{"v":1,"id":"ha' })
  const { ids, coverage } = await read([dir])
  t.is(ids.length, 1)
  t.is(coverage.cut, 0)
})

test('a line longer than a piece is read whole', async t => {
  const dir = await stateFolder(t)
  const lines = [envelope(hour), envelope(hour + 1, { operationID: 'x'.repeat(3_000_000) }), envelope(hour + 2)]
  await writeSegments(dir, lines)
  t.deepEqual(
    (await read([dir])).ids,
    lines.map(({ id }) => id),
  )
})

test('lines that are late come in order, also over segments', async t => {
  const dir = await stateFolder(t)
  const lines = Array.from({ length: 2000 }, (_, at) => envelope(hour + at))
  const late = lines.map((line, at) => ({ line, key: at + (at % 7) * 100 })).sort((a, b) => a.key - b.key)
  const written = late.map(({ line }) => line)
  await writeSegments(dir, written.slice(0, 1000))
  await writeSegments(dir, written.slice(1000), { part: 2 })
  t.deepEqual(
    (await read([dir])).ids,
    lines.map(({ id }) => id),
  )
})

test('a segment that is being closed is read once', async t => {
  const dir = await stateFolder(t)
  const lines = [envelope(hour)]
  await writeSegments(dir, lines, { as: 'open' })
  await writeSegments(dir, lines)
  t.is((await read([dir])).ids.length, 1)
})

test('reading ends when no more is wanted', async t => {
  const dir = await stateFolder(t)
  await writeSegments(
    dir,
    Array.from({ length: 10 }, (_, at) => envelope(hour + at)),
  )
  let seen = 0
  await readSegments([dir], all, () => ++seen < 3)
  t.is(seen, 3)
})

test('a folder of a newer program, or none at all, is not read', async t => {
  const dir = await stateFolder(t)
  await writeFile(join(dir, 'format'), '{"format":2}')
  await t.throwsAsync(() => read([dir]), { instanceOf: StateUnusable, message: /format 2.*newer/ })
  await t.throwsAsync(() => read([join(dir, 'none')]), { instanceOf: StateUnusable })
})
