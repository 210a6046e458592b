import { rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { FolderUnreadable } from '../../src/store/folder-unreadable.ts'
import type { Loaded, RuleStore, StoreDeps } from '../../src/store/store.ts'
import { compileTexts, openStore, type Texts, tempFolder, texts, write } from './_folder.ts'

/** A store over a folder that has `a.yaml` saying 1. */
function opened(t: ExecutionContext, deps: Partial<StoreDeps<Texts>> = {}) {
  const dir = tempFolder(t)
  write(dir, { 'a.yaml': '1' })
  return { dir, ...openStore(dir, deps) }
}

test('before the first load nothing is in force', t => {
  const { store } = opened(t)
  t.like(store, { current: null, since: null, lastReload: null })
})

test('a first load puts the rules in force', async t => {
  const { store } = opened(t)
  const loaded = await store.reload()
  t.like(loaded, { ok: true, isNew: true })
  t.deepEqual(store.current?.texts, { 'a.yaml': '1' })
  t.is(store.since, loaded.at)
  t.is(store.lastReload, loaded)
})

test('the same content again changes nothing', async t => {
  const { store } = opened(t)
  await store.reload()
  const { current, since } = store
  const again = await store.reload()
  t.like(again, { ok: true, isNew: false, ruleSet: current })
  t.not(again.at, since)
  t.is(store.current, current)
  t.is(store.since, since)
})

test('a broken reload keeps the rules in force and says why', async t => {
  const { dir, store } = opened(t)
  await store.reload()
  const { current, since } = store
  write(dir, { 'a.yaml': 'broken' })
  const broken = await store.reload()
  t.like(broken, { ok: false, diagnostics: [{ span: { file: 'a.yaml' } }] })
  t.deepEqual(texts(broken.files), { 'a.yaml': 'broken' })
  t.is(store.lastReload, broken)
  t.like(store, { current, since })
})

test('mending a broken edit recovers', async t => {
  const { dir, store } = opened(t)
  await store.reload()
  const { since } = store
  write(dir, { 'a.yaml': 'broken' })
  await store.reload()
  write(dir, { 'a.yaml': '1' })
  t.like(await store.reload(), { ok: true, isNew: false })
  t.is(store.since, since)
  write(dir, { 'a.yaml': '2' })
  t.like(await store.reload(), { ok: true, isNew: true })
  t.not(store.since, since)
})

test('a missing folder is a failed load', async t => {
  const { dir, store } = opened(t)
  await store.reload()
  rmSync(dir, { recursive: true })
  const loaded = await store.reload()
  t.true(!loaded.ok && loaded.error instanceof FolderUnreadable)
  t.deepEqual(store.current?.texts, { 'a.yaml': '1' })
})

test('a missing folder is an empty one where that is allowed', async t => {
  const { store } = openStore(join(tempFolder(t), 'gone'), { allowEmpty: true })
  t.like(await store.reload(), { ok: true, files: [], ruleSet: { texts: {} } })
})

test('allowed to be empty is not allowed to be unreadable', async t => {
  const dir = tempFolder(t)
  write(dir, { rules: '' })
  t.like(await openStore(join(dir, 'rules'), { allowEmpty: true }).store.reload(), { ok: false })
})

test('a compiler that throws is a failed load', async t => {
  const bug = new Error('a bug')
  const compile = (files: Parameters<typeof compileTexts>[0]) => {
    if (texts(files)['a.yaml'] === '2') throw bug
    return compileTexts(files)
  }
  const { dir, store } = opened(t, { compile })
  await store.reload()
  write(dir, { 'a.yaml': '2' })
  const loaded = await store.reload()
  t.is(!loaded.ok && loaded.error?.cause, bug)
  t.deepEqual(store.current?.texts, { 'a.yaml': '1' })
  write(dir, { 'a.yaml': '3' })
  t.like(await store.reload(), { ok: true })
})

test('listeners are called once the rules are in force', async t => {
  const { dir, attempts } = opened(t)
  const { store } = openStore(dir, {
    onReload: loaded => {
      t.is(loaded.ok ? loaded.ruleSet : null, store.current)
      t.is(store.lastReload, loaded)
      attempts.push(loaded)
    },
  })
  await store.reload()
  t.is(attempts.length, 1)
})

test('reloads run one after another, and the last edit wins', async t => {
  let running = 0
  const compile = async (files: Parameters<typeof compileTexts>[0]) => {
    t.is(++running, 1)
    await new Promise(setImmediate)
    running--
    return compileTexts(files)
  }
  const { dir, store } = opened(t, { compile })
  const reloads: Promise<Loaded<Texts> | null>[] = []
  for (let edit = 1; edit <= 5; edit++) {
    write(dir, { 'a.yaml': String(edit) })
    reloads.push(store.reload(), store.refresh())
  }
  await Promise.all(reloads)
  t.deepEqual(store.current?.texts, { 'a.yaml': '5' })
})

test('of many requested reloads, one waits behind the current one', async t => {
  let asked: Promise<Loaded<Texts>>[] = []
  const compile = (files: Parameters<typeof compileTexts>[0]) => {
    // While this one is under way.
    if (asked.length === 0) asked = Array.from({ length: 200 }, () => store.reload())
    return compileTexts(files)
  }
  const { store, attempts } = opened(t, { compile })
  const first = await store.reload()
  const others = await Promise.all(asked)
  t.deepEqual(attempts, [first, others[0]])
  t.deepEqual(new Set(others), new Set([attempts[1]]))
})

test('while a reload compiles, the old rules decide', async t => {
  let finish = () => {}
  let begun = () => {}
  const compiling = new Promise<void>(resolve => {
    begun = resolve
  })
  const held = new Promise<void>(resolve => {
    finish = resolve
  })
  const compile = async (files: Parameters<typeof compileTexts>[0]) => {
    if (texts(files)['a.yaml'] === '2') {
      begun()
      await held
    }
    return compileTexts(files)
  }
  const { dir, store } = opened(t, { compile })
  await store.reload()
  const { current } = store
  write(dir, { 'a.yaml': '2' })
  const reload = store.reload()
  await compiling
  t.is(store.current, current)
  finish()
  await reload
  t.deepEqual(store.current?.texts, { 'a.yaml': '2' })
})

test('an edit made while loading is found by the next look', async t => {
  const { dir, store } = opened(t, {
    compile: files => {
      if (texts(files)['a.yaml'] === '1') write(dir, { 'a.yaml': '2' })
      return compileTexts(files)
    },
  })
  await store.reload()
  t.deepEqual(store.current?.texts, { 'a.yaml': '1' })
  await store.refresh()
  t.deepEqual(store.current?.texts, { 'a.yaml': '2' })
})

test('a look that finds nothing new loads nothing', async t => {
  const { dir, store, attempts } = opened(t)
  t.like(await store.refresh(), { ok: true })
  t.is(await store.refresh(), null)
  utimesSync(join(dir, 'a.yaml'), 0, 0)
  write(dir, { 'a.yaml': '1', 'new/notes.txt': '' })
  t.is(await store.refresh(), null)
  t.is(attempts.length, 1)
})

test('a problem is reported once, and its end as well', async t => {
  const { dir, store } = opened(t)
  await store.reload()
  rmSync(dir, { recursive: true })
  t.like(await store.refresh(), { ok: false })
  t.is(await store.refresh(), null)
  write(dir, { 'a.yaml': '1' })
  t.like(await store.refresh(), { ok: true, isNew: false })
})

test('a listener that throws does not stop later reloads', async t => {
  const { dir, attempts } = opened(t)
  const { store } = openStore(dir, {
    onReload: loaded => {
      attempts.push(loaded)
      if (attempts.length === 1) throw new Error('a bug')
    },
  })
  await t.throwsAsync(store.reload(), { message: 'a bug' })
  t.like(await store.reload(), { ok: true })
})

type Scene = { dir: string; store: RuleStore<Texts> }

/** A store over `a.yaml` and `b.yaml` whose clock is what it was told to wait, and what happens at times of it. */
async function atTimes(t: ExecutionContext, settleMs: number, events: Record<number, (scene: Scene) => void>) {
  const left = Object.entries(events)
  let nowMs = 0
  const wait = async (ms: number) => {
    nowMs += ms
    while (Number(left[0]?.[0]) <= nowMs) left.shift()?.[1](scene)
  }
  const scene = opened(t, { settleMs, wait })
  write(scene.dir, { 'b.yaml': '1' })
  await scene.store.reload()
  nowMs = 0
  return { ...scene, waitedMs: () => Math.round(nowMs) }
}

test('a first load does not wait for a longer quiet', async t => {
  let waitedMs = 0
  const { store } = opened(t, {
    settleMs: 60_000,
    wait: async ms => {
      waitedMs += ms
    },
  })
  await store.reload()
  t.is(waitedMs, 100)
})

test('two edits half a second apart are two loads by default', async t => {
  const { dir, store, attempts } = await atTimes(t, 100, {})
  for (const file of ['a.yaml', 'b.yaml']) {
    write(dir, { [file]: '2' })
    await store.refresh()
  }
  t.is(attempts.length, 3)
})

test('two edits half a second apart are one load where a second of quiet is waited for', async t => {
  const { dir, store, attempts, waitedMs } = await atTimes(t, 1_000, {
    500: ({ dir }) => write(dir, { 'b.yaml': '2' }),
  })
  write(dir, { 'a.yaml': '2' })
  await store.refresh()
  t.is(attempts.length, 2)
  t.deepEqual(store.current?.texts, { 'a.yaml': '2', 'b.yaml': '2' })
  t.is(waitedMs(), 1_500)
})

test('a requested reload shortens the wait of the current one, and its own', async t => {
  const { dir, store, attempts, waitedMs } = await atTimes(t, 60_000, { 500: ({ store }) => void store.reload() })
  write(dir, { 'a.yaml': '2' })
  await store.refresh()
  t.is(waitedMs(), 500)
  t.deepEqual(store.current?.texts, { 'a.yaml': '2', 'b.yaml': '1' })
  // It is the one that was asked for meanwhile, and still waits.
  await store.reload()
  t.is(attempts.length, 3)
  t.is(waitedMs(), 600)
  write(dir, { 'a.yaml': '3' })
  await store.refresh()
  t.is(waitedMs(), 60_600)
})
