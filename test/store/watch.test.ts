import { mkdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { watchRules } from '../../src/store/watch.ts'
import { openStore, tempFolder, write } from './_folder.ts'

type Files = Record<string, string>
type Scene = {
  /** What is in `rules/` before. */
  before?: Files
  /** Anything else to prepare. `home` is the folder that holds `rules/`. */
  arrange?: (home: string) => void
  edit: (dir: string, home: string) => void
  after: Files
}

const start: Files = { 'a.yaml': 'old', 'b.yaml': 'same', 'lists/w.txt': 'old' }

/** Make the edit under a running watch, and wait until what is on disk is in force; it is all or nothing. */
const follows = test.macro({
  title: (given = '') => `the rules in force follow ${given}`,
  exec: async (t: ExecutionContext, scene: Scene) => {
    const home = tempFolder(t)
    const dir = join(home, 'rules')
    const before = scene.before ?? start
    if (scene.arrange) scene.arrange(home)
    else write(dir, before)
    const { store, attempts, until } = openStore(dir)
    await store.reload()
    const watch = watchRules(store, error => t.fail(String(error)))
    t.teardown(watch.stop)
    scene.edit(dir, home)
    await until(loaded => loaded.ok && JSON.stringify(loaded.ruleSet.texts) === JSON.stringify(scene.after))
    t.deepEqual(store.current?.texts, scene.after)
    t.is(attempts.length, 2)
  },
})

const edited: Files = { ...start, 'a.yaml': 'new' }
const many = (text: string) =>
  Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`r${index + 10}.yaml`, text]))

test('a file written in place', follows, { edit: dir => write(dir, { 'a.yaml': 'new' }), after: edited })

test('a file replaced by renaming', follows, {
  edit: dir => {
    write(dir, { 'a.yaml.tmp': 'new' })
    renameSync(join(dir, 'a.yaml.tmp'), join(dir, 'a.yaml'))
  },
  after: edited,
})

test('a file truncated, then written', follows, {
  edit: dir => {
    write(dir, { 'a.yaml': '' })
    setImmediate(() => write(dir, { 'a.yaml': 'new' }))
  },
  after: edited,
})

test('a file moved away, then written again', follows, {
  edit: dir => {
    renameSync(join(dir, 'a.yaml'), join(dir, 'a.yaml~'))
    setImmediate(() => write(dir, { 'a.yaml': 'new' }))
  },
  after: edited,
})

test('a file whose size and time of change stay the same', follows, {
  edit: dir => {
    const { atime, mtime } = statSync(join(dir, 'a.yaml'))
    write(dir, { 'a.yaml': 'new' })
    utimesSync(join(dir, 'a.yaml'), atime, mtime)
  },
  after: edited,
})

test('a new file', follows, {
  edit: dir => write(dir, { 'c.yaml': 'new' }),
  after: { 'a.yaml': 'old', 'b.yaml': 'same', 'c.yaml': 'new', 'lists/w.txt': 'old' },
})

test('a new file in new folders', follows, {
  edit: dir => write(dir, { 'c/d/e.yml': 'new' }),
  after: { 'a.yaml': 'old', 'b.yaml': 'same', 'c/d/e.yml': 'new', 'lists/w.txt': 'old' },
})

test('a removed file', follows, {
  edit: dir => rmSync(join(dir, 'a.yaml')),
  after: { 'b.yaml': 'same', 'lists/w.txt': 'old' },
})

test('a list', follows, {
  edit: dir => write(dir, { 'lists/w.txt': 'new' }),
  after: { ...start, 'lists/w.txt': 'new' },
})

test('fifty files at once', follows, { before: many('old'), edit: dir => write(dir, many('new')), after: many('new') })

test('a folder removed and made again', follows, {
  edit: dir => {
    rmSync(join(dir, 'lists'), { recursive: true })
    setImmediate(() => write(dir, { 'lists/w.txt': 'new' }))
  },
  after: { ...start, 'lists/w.txt': 'new' },
})

test('the rules folder removed and made again', follows, {
  edit: dir => {
    rmSync(dir, { recursive: true })
    setImmediate(() => write(dir, edited))
  },
  after: edited,
})

test('the rules folder replaced by renaming', follows, {
  edit: (dir, home) => {
    write(join(home, 'next'), edited)
    renameSync(dir, join(home, 'last'))
    renameSync(join(home, 'next'), dir)
  },
  after: edited,
})

test('the rules folder as a link to another one', follows, {
  arrange: home => {
    write(join(home, 'v1'), start)
    symlinkSync('v1', join(home, 'rules'))
  },
  edit: (dir, home) => {
    write(join(home, 'v2'), edited)
    swapLink('v2', dir)
  },
  after: edited,
})

test('a ConfigMap', follows, {
  arrange: home => {
    mkdirSync(join(home, 'rules'))
    mount(join(home, 'rules'), '1', { 'a.yaml': 'old', 'b.yaml': 'old', 'gone.yaml': 'old' })
  },
  edit: dir => {
    mount(dir, '2', { 'a.yaml': 'new', 'b.yaml': 'new', 'c.yaml': 'new' })
    rmSync(join(dir, 'gone.yaml'))
  },
  after: { 'a.yaml': 'new', 'b.yaml': 'new', 'c.yaml': 'new' },
})

test('a file that is linked from a hidden folder', follows, {
  arrange: home => {
    write(home, { 'rules/.out/a.yaml': 'old' })
    symlinkSync('.out/a.yaml', join(home, 'rules/a.yaml'))
  },
  edit: dir => write(dir, { '.out/a.yaml': 'new' }),
  after: { 'a.yaml': 'new' },
})

/** As Kubernetes does it: a folder of its own for each version, a link to it that is swapped, links through that. */
function mount(dir: string, version: string, files: Files): void {
  const before = join(dir, '..data')
  const old = statSync(before, { throwIfNoEntry: false }) && readlinkSync(before)
  write(join(dir, `..${version}`), files)
  swapLink(`..${version}`, before)
  for (const file of Object.keys(files)) {
    if (!statSync(join(dir, file), { throwIfNoEntry: false })) symlinkSync(`..data/${file}`, join(dir, file))
  }
  if (old) rmSync(join(dir, old), { recursive: true })
}

function swapLink(target: string, link: string): void {
  symlinkSync(target, `${link}_tmp`)
  renameSync(`${link}_tmp`, link)
}

/** A watch over a folder of one file, and what the store of it saw. */
async function watched(t: ExecutionContext, files: Files) {
  const dir = join(tempFolder(t), 'rules')
  write(dir, files)
  const opened = openStore(dir)
  const { store } = opened
  await store.reload()
  const errors: unknown[] = []
  const watch = watchRules(store, error => errors.push(error))
  t.teardown(watch.stop)
  return { dir, ...opened, watch, errors }
}

test('one file is followed through edit after edit', async t => {
  const { dir, until, attempts } = await watched(t, { 'a.yaml': '0' })
  for (let edit = 1; edit <= 5; edit++) {
    write(dir, { 'a.yaml~': String(edit) })
    renameSync(join(dir, 'a.yaml~'), join(dir, 'a.yaml'))
    await until(({ files }) => said(files, String(edit)))
  }
  t.is(attempts.length, 6)
})

test('a broken edit is reported once, and fixing it recovers', async t => {
  const { dir, store, until, attempts } = await watched(t, start)
  write(dir, { 'a.yaml': 'broken' })
  await until(({ ok }) => !ok)
  t.deepEqual(store.current?.texts, start)
  write(dir, { 'a.yaml': 'new' })
  await until(({ files }) => said(files, 'new'))
  t.deepEqual(
    attempts.map(({ ok }) => ok),
    [true, false, true],
  )
})

test('a missing folder is reported once, and found when it is back', async t => {
  const { dir, store, until, attempts } = await watched(t, start)
  rmSync(dir, { recursive: true })
  await until(({ ok }) => !ok)
  t.deepEqual(store.current?.texts, start)
  write(dir, edited)
  await until(({ files }) => said(files, 'new'))
  t.deepEqual(
    attempts.map(({ ok }) => ok),
    [true, false, true],
  )
})

test('reloads requested meanwhile also see complete edits', async t => {
  const { dir, store, until, attempts } = await watched(t, many('0'))
  const asked: Promise<unknown>[] = []
  for (let edit = 1; edit <= 20; edit++) {
    write(dir, many(String(edit)))
    if (edit % 5 === 0) asked.push(store.reload())
    await new Promise(setImmediate)
  }
  await Promise.all(asked)
  await until(({ files }) => said(files, '20'))
  const kinds = attempts.map(({ files }) => new Set(files.map(({ content }) => String(content))).size)
  t.deepEqual(new Set(kinds), new Set([1]))
})

test('an internal error does not end the watch', async t => {
  const dir = tempFolder(t)
  write(dir, start)
  const { store, until } = openStore(dir)
  await store.reload()
  let failures = 0
  const errors: unknown[] = []
  const refresh = async () => {
    if (++failures < 3) throw new Error('a bug')
    return store.refresh()
  }
  const watch = watchRules({ refresh }, error => errors.push(error))
  t.teardown(watch.stop)
  write(dir, { 'a.yaml': 'new' })
  await until(({ files }) => said(files, 'new'))
  t.is(errors.length, 2)
})

test('a watch that was stopped loads nothing', async t => {
  const { dir, store, watch, attempts } = await watched(t, start)
  await watch.stop()
  write(dir, { 'a.yaml': 'new' })
  t.is(attempts.length, 1)
  t.like(await store.refresh(), { ok: true, isNew: true })
})

/** True when some file says that. */
function said(files: readonly { content: string | Uint8Array }[], text: string): boolean {
  return files.some(({ content }) => Buffer.from(content as Uint8Array).toString() === text)
}
