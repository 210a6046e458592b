import test from 'ava'
import { listCalls, nothingCovered, readCalls } from '../../src/state/read-calls.ts'
import { appendLine, content, envelope, event, stateFolder, writeSegments } from '../record/_state.ts'

const hour = Date.parse('2026-12-01T10:00:00Z')
const all = { since: 0, until: Number.MAX_SAFE_INTEGER }

async function read(dirs: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for await (const batch of readCalls(await listCalls(dirs, all), nothingCovered(all))) {
    for (const { id, content: call } of batch)
      found.push(call === undefined ? `${id} gone` : JSON.parse(call.toString()).id)
  }
  return found
}

const lines = (count: number) => Array.from({ length: count }, (_, at) => envelope(hour + at * 1000))

test('decisions come with their calls, and events without', async t => {
  const dir = await stateFolder(t)
  const made = lines(3000)
  const [first, ...others] = made
  const happened = event(hour + 1, 'reloaded')
  await writeSegments(dir, [first as (typeof made)[0], happened, ...others])
  await writeSegments(
    dir,
    made.map(each => content(each, {})),
    {},
    'content',
  )
  t.deepEqual(await read([dir]), [first?.id, `${happened.id} gone`, ...others.map(({ id }) => id)])
})

test('a call that was erased is gone, and the others are not', async t => {
  const dir = await stateFolder(t)
  const made = lines(100)
  await writeSegments(dir, made)
  const kept = made.filter((_, at) => at % 3 !== 1)
  await writeSegments(
    dir,
    kept.map(each => content(each, {})),
    {},
    'content',
  )
  const expected = made.map((each, at) => (at % 3 === 1 ? `${each.id} gone` : each.id))
  t.deepEqual(await read([dir]), expected)
})

test('calls without decisions are passed over', async t => {
  const dir = await stateFolder(t)
  const made = lines(100)
  await writeSegments(
    dir,
    made.filter((_, at) => at % 5 === 0),
  )
  await writeSegments(
    dir,
    made.map(each => content(each, {})),
    {},
    'content',
  )
  t.deepEqual(
    await read([dir]),
    made.filter((_, at) => at % 5 === 0).map(({ id }) => id),
  )
})

test('what is written after the files were listed is not read', async t => {
  const dir = await stateFolder(t)
  const made = lines(2)
  await writeSegments(dir, made, { as: 'open' })
  await writeSegments(
    dir,
    made.map(each => content(each, {})),
    { as: 'open' },
    'content',
  )
  const listed = await listCalls([dir], all)
  await appendLine(dir, '2026-12-01/10', envelope(hour + 5000))
  const found: string[] = []
  for await (const batch of readCalls(listed, nothingCovered(all))) found.push(...batch.map(({ id }) => id))
  t.deepEqual(
    found,
    made.map(({ id }) => id),
  )
})
