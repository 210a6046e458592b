import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { type DraftLimits, Drafts } from '../../src/state/drafts.ts'

const made = { at: '2026-12-01T10:00:00Z', who: 'ann', name: 'stricter', base: 'v1' }

async function folderFor(t: ExecutionContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hookwarden-'))
  t.teardown(() => rm(dir, { recursive: true, force: true }))
  return dir
}

const save = (drafts: Drafts, text: string | null, file = 'a.yaml') =>
  drafts.change('d-1', () => ({ kind: 'saved', at: made.at, who: 'bob', file, text }))

test('each save is kept, and the draft is the same after a restart', async t => {
  const dir = await folderFor(t)
  const drafts = new Drafts(dir)
  await drafts.make('d-1', made)
  await save(drafts, 'one')
  await save(drafts, 'two')
  await save(drafts, null, 'b.yaml')
  const draft = await drafts.find('d-1')
  t.like(draft, { name: 'stricter', base: 'v1', revision: 4, madeBy: 'ann', savedBy: 'bob' })
  t.deepEqual(
    [...(draft?.changes ?? [])].map(([file, { text, revision }]) => [file, text, revision]),
    [
      ['a.yaml', 'two', 3],
      ['b.yaml', null, 4],
    ],
  )
  t.deepEqual(await new Drafts(dir).find('d-1'), draft)
  t.deepEqual(
    (await drafts.lines('d-1')).map(line => ('text' in line ? line.text : line.kind)),
    ['made', 'one', 'two', null],
  )
})

test('a line that was cut by a crash is left out, and the next one is whole', async t => {
  const dir = await folderFor(t)
  await new Drafts(dir).make('d-1', made)
  await appendFile(join(dir, 'drafts/d-1.jsonl'), '{"v":1,"revision":2,"kind":"saved","fi')
  const drafts = new Drafts(dir)
  t.is((await drafts.find('d-1'))?.revision, 1)
  await save(drafts, 'one')
  t.is((await new Drafts(dir).find('d-1'))?.changes.get('a.yaml')?.text, 'one')
})

test('a journal that gets too long loses its oldest saves, and the draft nothing', async t => {
  const dir = await folderFor(t)
  const limits: DraftLimits = { mostBytes: 4_000, keptBytes: 1_000 }
  const drafts = new Drafts(dir, limits)
  await drafts.make('d-1', made)
  await save(drafts, 'kept', 'b.yaml')
  for (let nth = 0; nth < 100; nth += 1) await save(drafts, `text ${nth}`)
  t.true((await stat(join(dir, 'drafts/d-1.jsonl'))).size <= 4_000)
  const again = await new Drafts(dir).find('d-1')
  t.like(again, { name: 'stricter', base: 'v1', revision: 102, madeBy: 'ann' })
  t.is(again?.changes.get('a.yaml')?.text, 'text 99')
  t.is(again?.changes.get('b.yaml')?.text, 'kept')
})

test('a draft on another base has only the changes from there, and can be closed and opened again', async t => {
  const dir = await folderFor(t)
  const drafts = new Drafts(dir)
  await drafts.make('d-1', made)
  await save(drafts, 'one')
  await drafts.change('d-1', () => ({ kind: 'based', at: made.at, who: 'ann', base: 'v2', files: { 'c.yaml': 'c' } }))
  await drafts.change('d-1', () => ({ kind: 'discarded', at: made.at, who: 'ann' }))
  const closed = await new Drafts(dir).find('d-1')
  t.like(closed, { base: 'v2', end: { kind: 'discarded' } })
  t.deepEqual([...(closed?.changes.keys() ?? [])], ['c.yaml'])
  await drafts.change('d-1', () => ({ kind: 'reopened', at: made.at, who: 'ann' }))
  t.is((await new Drafts(dir).find('d-1'))?.end, undefined)
})

test('a change that is refused writes nothing', async t => {
  const dir = await folderFor(t)
  const drafts = new Drafts(dir)
  await drafts.make('d-1', made)
  const before = await readFile(join(dir, 'drafts/d-1.jsonl'), 'utf8')
  t.deepEqual(await drafts.change('d-1', () => ({ no: 'stale' })), { no: 'stale' })
  t.is(await readFile(join(dir, 'drafts/d-1.jsonl'), 'utf8'), before)
})
