import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import test from 'ava'
import type { RecordReport } from '../../src/state/record-batch.ts'
import { hourMs } from '../../src/state/segment-names.ts'
import type { SegmentHandle } from '../../src/state/segment-writer.ts'
import { allSegments } from '../../src/state/segments.ts'
import { afternoon, countedIn, idsOnRecord, linesOnRecord, makeState, recorder } from './_recorder.ts'
import { until } from './_until.ts'

test('200,000 decisions over several hours and segments are all on record, once and in order', async t => {
  const state = await makeState(t)
  let now = afternoon
  const { record, decide, end } = recorder({ state, writer: { now: () => now, mostSegmentBytes: 8_000_000 } })
  const ids: string[] = []
  for (let count = 0; count < 200_000; count++) {
    if (count % 50_000 === 49_999) now += hourMs
    if (count % 5_000 === 0) await until(() => record.status.queued < 10_000)
    ids.push(decide(now))
  }
  await end()
  t.deepEqual(record.status, {
    written: 200_000,
    dropped: { 'queue full': 0, 'disk full': 0, failed: 0 },
    queued: 0,
    lastError: null,
  })
  t.deepEqual(await idsOnRecord(state), ids)
  t.deepEqual(await idsOnRecord(state, 'content'), ids)
  const files = await allSegments(state)
  t.true(files.every(({ isZipped }) => isZipped))
  t.is(new Set(files.map(({ hour }) => hour)).size, 5)
  t.true(files.length > 10)
})

test('a closed segment is plain gzip of lines, readable by its owner only', async t => {
  const state = await makeState(t)
  const { decide, end } = recorder({ state })
  const id = decide(afternoon)
  await end()
  const folder = join(state, 'record/2026-12-01/15')
  t.deepEqual(await readdir(folder), ['im-1-1.content.jsonl.gz', 'im-1-1.envelope.jsonl.gz'])
  const text = gunzipSync(await readFile(join(folder, 'im-1-1.envelope.jsonl.gz'))).toString()
  t.is(JSON.parse(text).id, id)
  t.true(text.endsWith('}\n'))
  if (process.platform !== 'win32')
    t.is(execFileSync('stat', ['-c', '%a', join(folder, 'im-1-1.content.jsonl.gz')]).toString(), '600\n')
})

test('a late decision of the hour before goes with the others', async t => {
  const state = await makeState(t)
  const { decide, end } = recorder({ state })
  for (const at of [afternoon + 5, afternoon - 5, afternoon + 10]) decide(at)
  await end()
  t.is((await allSegments(state)).length, 2)
})

test('what is read of a segment that is still written is whole so far', async t => {
  const state = await makeState(t)
  const { record, decide, end } = recorder({ state })
  const id = decide(afternoon)
  await until(() => record.status.written === 1)
  t.deepEqual(await idsOnRecord(state), [id])
  await end()
})

test('a device that blocks costs no call more than its line', async t => {
  const state = await makeState(t)
  const fifo = join(state, 'fifo')
  execFileSync('mkfifo', [fifo])
  const handles: Awaited<ReturnType<typeof open>>[] = []
  const openNew = async (path: string): Promise<SegmentHandle> => {
    // Opened for both, so that opening does not block. Writing does as soon as 64 KB are unread.
    const handle = await open(path.includes('.content.') ? fifo : path, path.includes('.content.') ? 'r+' : 'ax')
    handles.push(handle)
    return {
      write: async bytes => (await handle.write(bytes)).bytesWritten,
      links: async () => (await handle.stat()).nlink,
      sync: async () => {},
      close: () => handle.close(),
    }
  }
  const { record, decide, end } = recorder({ state, queue: { mostQueued: 400_000 }, writer: { openNew } })
  const startedMs = performance.now()
  for (let count = 0; count < 20_000; count++) decide(afternoon)
  t.true(performance.now() - startedMs < 5_000)
  await until(() => handles.length === 2)
  t.is(countedIn(record.status), 20_000)
  t.true(record.status.dropped['queue full'] > 10_000)
  // Somebody reads it at last.
  const reader = await open(fifo, 'r')
  let isOver = false
  const reading = (async () => {
    const piece = Buffer.alloc(65_536)
    while (!isOver) await reader.read(piece)
  })()
  await until(() => record.status.queued === 0)
  await until(async () => (await linesOnRecord(state)).some(line => line.includes('"event":"dropped"')))
  const dropped = record.status.dropped['queue full']
  t.true(
    (await linesOnRecord(state)).some(line =>
      line.includes(`"dropped":{"queue full":${dropped},"disk full":0,"failed":0}`),
    ),
  )
  t.is(record.status.written + dropped, 20_000)
  t.is((await idsOnRecord(state)).length, record.status.written)
  decide(afternoon)
  await until(() => record.status.queued === 0)
  t.is(record.status.dropped['queue full'], dropped)
  isOver = true
  await appendFile(fifo, 'x')
  await reading
  await reader.close()
  await rm(fifo)
  await end()
})

test('a failure is told once, and what waited is written once it is over', async t => {
  const state = await makeState(t)
  await writeFile(join(state, 'record'), 'in the way')
  const { record, decide, told, end } = recorder({ state })
  const ids = [decide(afternoon)]
  await until(() => told.length > 0)
  t.deepEqual(record.status.written, 0)
  t.is(typeof record.status.lastError, 'string')
  await rm(join(state, 'record'))
  ids.push(decide(afternoon))
  await until(() => record.status.written === 2)
  t.is(told.filter(each => each.startsWith('trouble')).length, 1)
  t.is(told.at(-1), 'well')
  await end()
  t.deepEqual(await idsOnRecord(state), ids)
})

test('a folder that somebody removes is made again', async t => {
  const state = await makeState(t)
  const { record, decide, end } = recorder({ state })
  decide(afternoon)
  await until(() => record.status.written === 1)
  await rm(join(state, 'record'), { recursive: true })
  const id = decide(afternoon)
  await until(() => record.status.written === 2)
  await end()
  t.deepEqual(await idsOnRecord(state), [id])
})

test('what a killed process left open is closed at the next start, without its torn line', async t => {
  const state = await makeState(t)
  const first = recorder({ state })
  const id = first.decide(afternoon)
  await until(() => first.record.status.written === 1)
  const folder = join(state, 'record/2026-12-01/15')
  await appendFile(join(folder, 'im-1-1.envelope.jsonl.open'), '{"v":1,"id":"torn')
  await writeFile(join(folder, 'im-1-1.content.jsonl.gz.new'), 'half a file')
  const second = recorder({ state })
  await second.writer.start()
  t.deepEqual(second.told, ['cut: 2026-12-01/15/im-1-1.envelope.jsonl.open 17'])
  const next = second.decide(afternoon)
  await second.end()
  await first.end()
  t.deepEqual(await idsOnRecord(state), [id, next])
  t.deepEqual(
    await readdir(folder),
    [1, 2].flatMap(n => [`im-1-${n}.content.jsonl.gz`, `im-1-${n}.envelope.jsonl.gz`]),
  )
})

test('a segment whose compressed file is whole is not compressed twice', async t => {
  const state = await makeState(t)
  const first = recorder({ state })
  const id = first.decide(afternoon)
  await first.end()
  const folder = join(state, 'record/2026-12-01/15')
  await writeFile(join(folder, 'im-1-1.envelope.jsonl.open'), 'what is left between two steps\n')
  const second = recorder({ state })
  await second.writer.start()
  await second.end()
  t.deepEqual(await idsOnRecord(state), [id])
})

const dayMs = 24 * hourMs

/** Decisions of some days ago, each in its own hour, and then a start of the writer. */
async function keptOf(
  state: string,
  days: readonly number[],
  keep: { recordDays: number; contentDays: number; mostBytes: number },
) {
  const past = recorder({ state, writer: { keep: { recordDays: 999, contentDays: 999, mostBytes: 1e9 } } })
  const ids = days.map(ago => past.decide(afternoon - ago * dayMs, `u-${ago}`))
  await past.end()
  const { writer, told, end } = recorder({ state, writer: { keep } })
  await writer.start()
  await end()
  const kept = async (part: 'envelope' | 'content') => (await idsOnRecord(state, part)).map(id => days[ids.indexOf(id)])
  return { envelopes: await kept('envelope'), contents: await kept('content'), told }
}

test('content is kept for its days, envelopes for theirs', async t => {
  const state = await makeState(t)
  const { envelopes, contents } = await keptOf(state, [40, 31, 29, 8, 6, 0], {
    recordDays: 30,
    contentDays: 7,
    mostBytes: 1e9,
  })
  t.deepEqual(envelopes, [29, 8, 6, 0])
  t.deepEqual(contents, [6, 0])
  t.false((await readdir(join(state, 'record'))).includes('2026-10-22'))
})

test('the oldest segments go when there is too much', async t => {
  const state = await makeState(t)
  const { envelopes } = await keptOf(state, [5, 4, 3, 2, 1, 0], { recordDays: 30, contentDays: 30, mostBytes: 1300 })
  t.true(envelopes.length > 0 && envelopes.length < 6, String(envelopes))
  t.is(envelopes.at(-1), 0)
})

test('what a hold is about stays until the hold ends', async t => {
  const state = await makeState(t)
  await mkdir(join(state, 'record'))
  const hold = (until: string) =>
    writeFile(
      join(state, 'record/holds.json'),
      JSON.stringify([{ field: 'userID', value: 'u-40', until, case: 'c', since: '' }]),
    )
  await hold('2027-01-01T00:00:00Z')
  const keep = { recordDays: 30, contentDays: 7, mostBytes: 1e9 }
  const first = await keptOf(state, [40, 31, 0], keep)
  t.deepEqual(first.envelopes, [40, 0])
  t.deepEqual(first.contents, [40, 0])
  const again = recorder({ state, writer: { keep } })
  await again.writer.start()
  t.is((await idsOnRecord(state)).length, 2)
  await hold('2026-11-01T00:00:00Z')
  await again.writer.sweep()
  await again.end()
  t.is((await idsOnRecord(state)).length, 1)
})

test('nothing is removed while the holds cannot be read', async t => {
  const state = await makeState(t)
  await mkdir(join(state, 'record'))
  await writeFile(join(state, 'record/holds.json'), '{')
  const { envelopes, told } = await keptOf(state, [40, 0], { recordDays: 30, contentDays: 7, mostBytes: 1e9 })
  t.deepEqual(envelopes, [40, 0])
  t.regex(String(told[0]), /nothing is removed/)
})

test('a damaged segment that may hold somebody stays, and keeps no other from being removed', async t => {
  const state = await makeState(t)
  const damaged = join(state, 'record/2026-10-01/10/im-1-1.envelope.jsonl.gz')
  await mkdir(dirname(damaged), { recursive: true })
  await writeFile(damaged, 'no gzip')
  const held = [{ field: 'userID', value: 'u-7', until: '2027-01-01T00:00:00Z', case: 'c', since: '' }]
  await writeFile(join(state, 'record/holds.json'), JSON.stringify(held))
  const told: RecordReport[] = []
  const { decide, end } = recorder({ state })
  decide(afternoon - 40 * 24 * hourMs)
  await end()
  const keep = { recordDays: 30, contentDays: 7, mostBytes: 1e9 }
  const later = recorder({ state, writer: { keep, report: report => told.push(report) } })
  await later.writer.start()
  await later.end()
  t.deepEqual(
    (await allSegments(state)).map(({ path }) => path),
    [damaged],
  )
  t.regex(JSON.stringify(told), /so it stays, since a hold may be about what is in it/)
})
