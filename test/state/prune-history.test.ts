import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import fc from 'fast-check'
import { type HistoryLine, noteReason, readHistory, versionsBehind } from '../../src/state/history.ts'
import { keepRules, readRules, versionsKept } from '../../src/state/kept-rules.ts'
import { pruneHistory } from '../../src/state/prune-history.ts'
import { prunedHistory } from '../../src/state/pruned-history.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { envelope, stateFolder, writeSegments } from '../record/_state.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const start = Date.parse('2026-01-01T00:00:00Z')
const run = async <T>(steps: Generator<undefined, T>) => atOnce(steps)

function line(at: number, version: string, differs: Partial<HistoryLine> = {}): HistoryLine {
  const sentences = [`~ no-links changed to ${version}`]
  const common = { v: 1, before: null, who: null, why: null, source: 'file', sentences } as const
  return { ...common, at: new Date(at).toISOString(), version, ...differs }
}

const texts = (lines: readonly object[]) => lines.map(each => JSON.stringify(each))
const versionsIn = (lines: readonly string[]) => lines.map(each => JSON.parse(each).version as string)

test('somebody who edits once a minute keeps a bounded history, with every version of the hours on record', t => {
  let lines: readonly string[] = []
  let most = 0
  for (let minute = 0; minute < 20_000; minute += 100) {
    const added = Array.from({ length: 100 }, (_, at) => line(start + (minute + at) * minuteMs, `v${minute + at}`))
    const now = start + (minute + 100) * minuteMs
    const hours = Array.from({ length: 48 }, (_, at) => Math.floor(now / hourMs) * hourMs - (47 - at) * hourMs)
    lines = atOnce(prunedHistory([...lines, ...texts(added)], hours)).lines
    most = Math.max(most, lines.length)
    const onRecord = new Set(versionsIn(lines))
    const oldest = Math.max(0, Math.floor(((hours[0] ?? 0) - start) / minuteMs))
    for (let at = oldest; at < minute + 100; at++) if (!onRecord.has(`v${at}`)) t.fail(`v${at} is on record`)
  }
  // Two days, an hour before them, and the one at the margin.
  t.true(most <= 48 * 60 + 200, String(most))
  const { length } = lines.filter(text => (JSON.parse(text) as HistoryLine).isShort)
  t.is(length, lines.length - 1000)
  t.true(atOnce(prunedHistory(lines, [])).lines.length <= 1020)
})

test('a rollback goes back to the same versions, whatever was removed', t => {
  const step = fc.record({ version: fc.constantFrom('a', 'b', 'c', 'd', 'e'), isBack: fc.boolean() })
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.nat(40)),
      (steps, most, onRecord) => {
        const lines = steps.map(({ version, isBack }, at) =>
          line(start + at * 10 * hourMs, version, { source: isBack ? 'rollback' : 'file' }),
        )
        const hours = onRecord.map(at => start + at * 10 * hourMs).sort((a, b) => a - b)
        const limits = { lines: most, bytes: 1000, rollbacks: 40 }
        let left: readonly HistoryLine[] = []
        for (const each of lines) {
          const pruned = atOnce(prunedHistory(texts([...left, each]), hours, limits))
          left = pruned.lines.map(text => JSON.parse(text) as HistoryLine)
        }
        t.deepEqual(versionsBehind(left), versionsBehind(lines))
      },
    ),
    { numRuns: 300 },
  )
})

test('sentences of the newest lines stay as far as there is room, and lines nobody can read while they are new', t => {
  const lines = [
    ...texts([line(start, 'z'), line(start, 'a'), line(start + 1, 'b')]),
    'torn {',
    ...texts([line(start + 2, 'c')]),
  ]
  const all = { lines: 3, bytes: 200, rollbacks: 1 }
  const { lines: left, unneeded } = atOnce(prunedHistory(lines, [], all))
  t.is(left.length, 4)
  t.is(left[2], 'torn {')
  t.like(JSON.parse(left[3] ?? ''), { version: 'c', sentences: ['~ no-links changed to c'] })
  t.like(JSON.parse(left[1] ?? ''), { version: 'b', sentences: [], isShort: true })
  t.deepEqual([...unneeded], ['z'])
  t.false(atOnce(prunedHistory(left, [], all)).isChanged)
})

/** Keeps the files of versions as if they had been written at a time. */
async function keepAt(dir: string, at: number, ...versions: string[]): Promise<void> {
  for (const version of versions) {
    await keepRules(dir, version, [{ file: 'a.yaml', content: Buffer.from(version) }])
    await utimes(join(dir, 'rules', `${version}.json.gz`), at / 1000, at / 1000)
  }
}

async function pruned(t: ExecutionContext, dir: string, now: number) {
  const limits = { lines: 2, bytes: 10_000, rollbacks: 1 }
  await pruneHistory(dir, { now, run, limits })
  t.deepEqual(
    (await readdir(dir)).filter(name => name.endsWith('.new')),
    [],
  )
  return (await versionsKept(dir)).toSorted()
}

test('rule sets go that neither the history nor the record needs, and stay while a segment is there', async t => {
  const dir = await stateFolder(t)
  const versions = ['v0', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6']
  await keepAt(dir, start, ...versions, 'unnamed', 'replaced')
  const days = (at: number) => start + at * 24 * hourMs
  const lines = versions.map((version, at) => line(days(at), version))
  const last = { ...line(days(7), 'v6'), source: 'rollback', replaced: 'replaced' }
  await writeFile(join(dir, 'history.jsonl'), [...texts(lines), JSON.stringify(last), ''].join('\n'))
  await writeSegments(dir, [envelope(days(1.5), {})])
  // v1 decided on the second day; v5 leads back from v6; v6 and what it replaced are new.
  const now = days(30)
  t.deepEqual(await pruned(t, dir, now), ['replaced', 'unnamed', 'v1', 'v5', 'v6'])
  t.deepEqual(
    (await readHistory(dir)).lines.map(({ version }) => version),
    ['v1', 'v5', 'v6', 'v6'],
  )
  t.truthy(await readRules(dir, 'v1'))
  const [day = ''] = await readdir(join(dir, 'record'))
  await rm(join(dir, 'record', day), { recursive: true })
  t.deepEqual(await pruned(t, dir, now), ['replaced', 'v5', 'v6'])
  t.is((await readFile(join(dir, 'history.jsonl'), 'utf8')).split('\n').length, 4)
})

test('what a rollback is about to name, and what was just written, stays', async t => {
  const dir = await stateFolder(t)
  const lines = ['gone', 'v0', 'v1', 'v2', 'v3', 'v4'].map((version, at) => line(start + at, version))
  await writeFile(join(dir, 'history.jsonl'), [...texts(lines), ''].join('\n'))
  const now = start + 40 * 24 * hourMs
  await keepAt(dir, start, 'gone', 'v0', 'v2', 'noted', 'v3', 'v4')
  await keepAt(dir, now - minuteMs, 'v1', 'fresh')
  const reason = { version: 'v0', at: '', who: 'ann', why: 'x', source: 'rollback' as const, replaced: 'noted' }
  await noteReason(dir, reason)
  t.deepEqual(await pruned(t, dir, now), ['fresh', 'noted', 'v0', 'v1', 'v2', 'v3', 'v4'])
  await keepRules(dir, 'v3', [])
  t.is((await readRules(dir, 'v3'))?.files.length, 1)
})
