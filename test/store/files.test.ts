import { once } from 'node:events'
import { mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { lookAtFolder, readRulesFolder } from '../../src/store/files.ts'
import { FolderUnreadable } from '../../src/store/folder-unreadable.ts'
import { readFound } from '../../src/store/read-found.ts'
import { tempFolder, texts, write } from './_folder.ts'

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
  'links to hidden files and folders inside are followed',
  reads,
  dir => {
    write(dir, { '.out/a.yaml': '1', '.out/deep/b.yaml': '2', '.words/w.txt': '3' })
    symlinkSync('.out/a.yaml', join(dir, 'z.yaml'))
    symlinkSync(join(dir, '.out/deep'), join(dir, 'more'))
    symlinkSync('../rules/.words', join(dir, 'lists'))
  },
  ['lists/w.txt: 3', 'more/b.yaml: 2', 'z.yaml: 1'],
)

test('the folder may be a link to a folder of links', async t => {
  const home = tempFolder(t)
  write(home, { 'v1/.out/a.yaml': '1' })
  symlinkSync('.out/a.yaml', join(home, 'v1/z.yaml'))
  symlinkSync('v1', join(home, 'rules'))
  const files = await readRulesFolder(join(home, 'rules'))
  t.deepEqual(texts(files), { 'z.yaml': '1' })
})

test(
  'a link out of the folder to other kinds of files is ignored',
  reads,
  dir => {
    write(dir, { '../README.md': '', 'a.yaml': '1' })
    symlinkSync('../README.md', join(dir, 'README.md'))
  },
  ['a.yaml: 1'],
)

test(
  'a file that is reached twice counts under its own name',
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
    write(dir, { '.out/r.yaml': '1' })
    symlinkSync('.out', join(dir, 'b'))
    symlinkSync('.out', join(dir, 'a'))
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
  /form a loop/,
)
/** Links that lead out of the folder, each the path of the link and where it leads. */
const linksOut = [
  ['a.yaml', '../out/r.yaml'],
  ['lists/w.txt', '../../out/w.txt'],
  ['more', '../out'],
  ['lists', '../out'],
  // It begins like the name of the folder.
  ['a.yaml', '../rules-too/r.yaml'],
  // By a link inside to one that leads out.
  ['b.yaml', '.link/r.yaml'],
  ['up', '..'],
] as const

for (const [link, target] of linksOut) {
  test(
    `a link that leads out of the folder is named: ${link} to ${target}`,
    refuses,
    dir => {
      write(dir, { '../out/r.yaml': '1', '../out/w.txt': '2', '../rules-too/r.yaml': '3' })
      mkdirSync(dir)
      symlinkSync('../out', join(dir, '.link'))
      mkdirSync(dirname(join(dir, link)), { recursive: true })
      symlinkSync(target, join(dir, link))
    },
    link,
    /leads out of the rules folder/,
  )
}

test('the content behind a link out of the folder is not revealed', async t => {
  const dir = tempFolder(t)
  symlinkSync('/etc/passwd', join(dir, 'x.yaml'))
  const error = await t.throwsAsync(readRulesFolder(dir))
  t.false(/passwd|root|etc/.test(error?.message ?? ''))
})

test('a folder that became a link after the walk is not read through', async t => {
  const home = tempFolder(t)
  write(home, { 'rules/sub/a.yaml': 'inside', 'out/a.yaml': 'outside' })
  const found = join(home, 'rules/sub/a.yaml')
  t.is(String(await readFound({ path: found })), 'inside')
  renameSync(join(home, 'rules/sub'), join(home, 'rules/old'))
  symlinkSync('../out', join(home, 'rules/sub'))
  await t.throwsAsync(readFound({ path: found }), { instanceOf: FolderUnreadable, message: /changed/ })
})

test('a file that became a link after the walk is not read through', async t => {
  const home = tempFolder(t)
  write(home, { 'out.yaml': 'outside' })
  symlinkSync('out.yaml', join(home, 'a.yaml'))
  await t.throwsAsync(readFound({ path: join(home, 'a.yaml') }), { instanceOf: FolderUnreadable })
})

/** A path in a folder whose last part is these bytes. */
function pathOf(dir: string, ...bytes: number[]): Buffer {
  return Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(bytes)])
}

const gbk = [0xb9, 0xe3, 0xb8, 0xe6]
const yaml = [...Buffer.from('.yaml')]
const txt = [...Buffer.from('.txt')]

// Windows and macOS have no such names.
const onLinux = process.platform === 'linux' ? test : test.skip

onLinux(
  'a rule file whose name is not UTF-8 is named byte by byte',
  refuses,
  dir => {
    // As text, the one name would be the other.
    write(dir, { '\ufffd\ufffd\ufffd\ufffd.yaml': '1' })
    writeFileSync(pathOf(dir, ...gbk, ...yaml), '2')
  },
  '\\xb9\\xe3\\xb8\\xe6.yaml',
  /not UTF-8.*Rename/,
)

onLinux(
  'a list whose name is not UTF-8 is named',
  refuses,
  dir => {
    mkdirSync(join(dir, 'lists'), { recursive: true })
    writeFileSync(pathOf(join(dir, 'lists'), ...gbk, ...txt), '2')
  },
  'lists/\\xb9\\xe3\\xb8\\xe6.txt',
  /not UTF-8/,
)

onLinux(
  'a folder whose name is not UTF-8 is named',
  refuses,
  dir => {
    mkdirSync(dir)
    mkdirSync(pathOf(dir, ...gbk))
  },
  '\\xb9\\xe3\\xb8\\xe6',
  /not UTF-8/,
)

onLinux(
  'a link to a name that is not UTF-8 is named',
  refuses,
  dir => {
    mkdirSync(dir)
    mkdirSync(pathOf(dir, 0x2e, ...gbk))
    symlinkSync(Buffer.from([0x2e, ...gbk]), join(dir, 'more'))
  },
  '.\\xb9\\xe3\\xb8\\xe6',
  /not UTF-8/,
)

onLinux('other files may have any name', async t => {
  const dir = tempFolder(t)
  write(dir, { 'a.yaml': '1', 'é.yaml': '2' })
  writeFileSync(pathOf(dir, ...gbk, ...txt), '')
  writeFileSync(pathOf(dir, 0x2e, ...gbk, ...yaml), '')
  t.deepEqual(texts(await readRulesFolder(dir)), { 'a.yaml': '1', 'é.yaml': '2' })
})

test(
  'a folder too deep is named',
  refuses,
  dir => mkdirSync(join(dir, 'd/'.repeat(33)), { recursive: true }),
  'd/'.repeat(33).slice(0, -1),
  /more than 32 folders deep/,
)
test(
  'files that are too large in total are refused',
  refuses,
  dir => {
    write(dir, { 'a.yaml': '', 'b.yaml': '' })
    for (const file of ['a.yaml', 'b.yaml']) truncateSync(join(dir, file), 33 * 1024 * 1024)
  },
  '',
  /bytes/,
)

test('something that is not a file is refused', async t => {
  const dir = tempFolder(t)
  const server = createServer().listen(join(dir, 'a.yaml'))
  await once(server, 'listening')
  t.teardown(() => server.close())
  await t.throwsAsync(readRulesFolder(dir), { instanceOf: FolderUnreadable, message: /not a regular file/ })
})

test('a folder with too many entries is refused', async t => {
  const dir = tempFolder(t)
  write(dir, Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`${index}.log`, ''])))
  await t.throwsAsync(readRulesFolder(dir), { instanceOf: FolderUnreadable, message: /20000 entries/ })
})

test('a second look keeps what did not change', async t => {
  const dir = tempFolder(t)
  write(dir, { 'a.yaml': '1', 'b.yaml': '1', 'c.yaml': '1' })
  const first = await lookAtFolder(dir)
  write(dir, { 'b.yaml': '2', 'c.yaml': '1' })
  const second = await lookAtFolder(dir, first)
  t.deepEqual(
    second.files.map((file, index) => file === first.files[index]),
    [true, false, true],
  )
})

test('a stamp that is the same is not trusted for long', async t => {
  const dir = tempFolder(t)
  write(dir, { 'a.yaml': 'new' })
  const look = await lookAtFolder(dir)
  const known = look.known.get('a.yaml')
  if (!known) return t.fail()
  t.true(known.trustedUntilMs < performance.now() + 30_000)
  // As if it had been read between two writes in one tick of the file system's clock.
  const source = { file: 'a.yaml', content: new TextEncoder().encode('old') }
  const before = (trustedUntilMs: number) => ({
    ...look,
    known: new Map([['a.yaml', { ...known, source, trustedUntilMs }]]),
  })
  const [trusting] = (await lookAtFolder(dir, before(Number.POSITIVE_INFINITY))).files
  const [reading] = (await lookAtFolder(dir, before(0))).files
  t.is(trusting, source)
  t.deepEqual(reading, { file: 'a.yaml', content: Buffer.from('new') })
})
