import { once } from 'node:events'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { lookAt, readRulesFolder } from '../../src/store/files.ts'
import { FolderUnreadable } from '../../src/store/folder-unreadable.ts'
import { tempFolder, write } from './_folder.ts'

const reads = test.macro(async (t: ExecutionContext, arrange: (dir: string) => void, expected: string[]) => {
  const dir = join(tempFolder(t), 'rules')
  mkdirSync(dir)
  arrange(dir)
  const files = await readRulesFolder(dir)
  t.deepEqual(
    files.map(({ file, content }) => `${file}: ${new TextDecoder().decode(content as Uint8Array)}`),
    expected,
  )
})

const ofOthers = { 'samples/a.json': '', 'notes.txt': '', 'rules.schema.json': '', 'README.md': '', 'a.yaml~': '' }

test(
  'rule files and lists come in the order of code units',
  reads,
  dir =>
    write(dir, {
      'b.yaml': '1',
      'a/z.yml': '2',
      'a-b.yaml': '3',
      'Z.yaml': '4',
      'é.yaml': '5',
      'lists/w.txt': '6',
      'lists/cn/v.txt': '7',
    }),
  ['Z.yaml: 4', 'a-b.yaml: 3', 'a/z.yml: 2', 'b.yaml: 1', 'lists/cn/v.txt: 7', 'lists/w.txt: 6', 'é.yaml: 5'],
)

test('other files are left alone', reads, dir => write(dir, { ...ofOthers, 'a.yaml': '1', 'x/lists/w.txt': '' }), [
  'a.yaml: 1',
])

test(
  'a name that starts with a dot is skipped',
  reads,
  dir => write(dir, { '.a.yaml': '', '.git/b.yaml': '', 'c.yaml': '1' }),
  ['c.yaml: 1'],
)

test('a folder may be named like a rule file', reads, dir => write(dir, { 'a.yaml/b.yaml': '1' }), ['a.yaml/b.yaml: 1'])

test(
  'a mounted ConfigMap is read once',
  reads,
  dir => {
    write(dir, { '..2026_1/a.yaml': '1', '..2026_1/w.txt': '2' })
    symlinkSync('..2026_1', join(dir, '..data'))
    symlinkSync('..data/a.yaml', join(dir, 'a.yaml'))
    mkdirSync(join(dir, 'lists'))
    symlinkSync('../..data/w.txt', join(dir, 'lists/w.txt'))
  },
  ['a.yaml: 1', 'lists/w.txt: 2'],
)

test(
  'links to files and folders outside are followed',
  reads,
  dir => {
    write(dir, { '../out/a.yaml': '1', '../out/deep/b.yaml': '2', '../words/w.txt': '3' })
    symlinkSync('../out/a.yaml', join(dir, 'z.yaml'))
    symlinkSync('../out/deep', join(dir, 'more'))
    symlinkSync('../words', join(dir, 'lists'))
  },
  ['lists/w.txt: 3', 'more/b.yaml: 2', 'z.yaml: 1'],
)

test(
  'what is reached twice counts under its own name',
  reads,
  dir => {
    write(dir, { 'z/r.yaml': '1' })
    symlinkSync('z', join(dir, 'a'))
    symlinkSync('z/r.yaml', join(dir, 'b.yaml'))
  },
  ['z/r.yaml: 1'],
)

test(
  'of two links the first by code unit counts',
  reads,
  dir => {
    write(dir, { '../out/r.yaml': '1' })
    symlinkSync('../out', join(dir, 'b'))
    symlinkSync('../out', join(dir, 'a'))
  },
  ['a/r.yaml: 1'],
)

test(
  'circles of links end',
  reads,
  dir => {
    write(dir, { 'a/r.yaml': '1', 'b/s.yaml': '2' })
    symlinkSync('.', join(dir, 'here'))
    symlinkSync('../b', join(dir, 'a/to-b'))
    symlinkSync('../a', join(dir, 'b/to-a'))
  },
  ['a/r.yaml: 1', 'b/s.yaml: 2'],
)

test(
  'one file under two names is two lists',
  reads,
  dir => {
    write(dir, { 'words/a.txt': '1' })
    symlinkSync('words', join(dir, 'lists'))
    symlinkSync('a.txt', join(dir, 'words/b.txt'))
  },
  ['lists/a.txt: 1', 'lists/b.txt: 1'],
)

const refuses = test.macro(
  async (t: ExecutionContext, arrange: (dir: string) => unknown, path: string, about: RegExp) => {
    const dir = join(tempFolder(t), 'rules')
    await arrange(dir)
    const error = await t.throwsAsync(readRulesFolder(dir), { instanceOf: FolderUnreadable, message: about })
    t.is((error as FolderUnreadable).path, join(dir, path))
    t.true(error?.message.includes(join(dir, path)))
  },
)

const nothing = () => {}
test('a missing folder is named', refuses, nothing, '', /does not exist/)
test('a file in place of the folder is named', refuses, dir => writeFileSync(dir, ''), '', /not a folder/)
test(
  'a link to nothing is named',
  refuses,
  dir => {
    mkdirSync(dir)
    symlinkSync('gone', join(dir, 'a.yaml'))
  },
  'a.yaml',
  /does not exist/,
)
test(
  'a link to itself is named',
  refuses,
  dir => {
    mkdirSync(dir)
    symlinkSync('a.yaml', join(dir, 'a.yaml'))
  },
  'a.yaml',
  /circle/,
)
test(
  'a folder too deep is named',
  refuses,
  dir => mkdirSync(join(dir, 'd/'.repeat(33)), { recursive: true }),
  'd/'.repeat(33).slice(0, -1),
  /deeper than 32/,
)
test(
  'files too large together are refused',
  refuses,
  dir => {
    write(dir, { 'a.yaml': '', 'b.yaml': '' })
    for (const file of ['a.yaml', 'b.yaml']) truncateSync(join(dir, file), 33 * 1024 * 1024)
  },
  '',
  /bytes/,
)

test('something that is no file is refused', async t => {
  const dir = tempFolder(t)
  const server = createServer().listen(join(dir, 'a.yaml'))
  await once(server, 'listening')
  t.teardown(() => server.close())
  await t.throwsAsync(readRulesFolder(dir), { instanceOf: FolderUnreadable, message: /not a regular file/ })
})

test('what is not a rules folder at all is refused', async t => {
  const dir = tempFolder(t)
  write(dir, Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`${index}.log`, ''])))
  await t.throwsAsync(readRulesFolder(dir), { instanceOf: FolderUnreadable, message: /20000 entries/ })
})

test('a second look keeps what did not change', async t => {
  const dir = tempFolder(t)
  write(dir, { 'a.yaml': '1', 'b.yaml': '1', 'c.yaml': '1' })
  const first = await lookAt(dir)
  write(dir, { 'b.yaml': '2', 'c.yaml': '1' })
  const second = await lookAt(dir, first)
  t.deepEqual(
    second.files.map((file, index) => file === first.files[index]),
    [true, false, true],
  )
})

test('a stamp that is the same is not trusted for long', async t => {
  const dir = tempFolder(t)
  write(dir, { 'a.yaml': 'new' })
  const look = await lookAt(dir)
  const known = look.known.get('a.yaml')
  if (!known) return t.fail()
  t.true(known.trustedUntilMs < performance.now() + 30_000)
  // As if it had been read between two writes in one tick of the file system's clock.
  const source = { file: 'a.yaml', content: new TextEncoder().encode('old') }
  const before = (trustedUntilMs: number) => ({
    ...look,
    known: new Map([['a.yaml', { ...known, source, trustedUntilMs }]]),
  })
  const [trusting] = (await lookAt(dir, before(Number.POSITIVE_INFINITY))).files
  const [reading] = (await lookAt(dir, before(0))).files
  t.is(trusting, source)
  t.deepEqual(reading, { file: 'a.yaml', content: Buffer.from('new') })
})
