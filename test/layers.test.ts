import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import test from 'ava'

/** Which folders of src each may import, types included. A folder may always import itself. */
const layers: Record<string, readonly string[]> = {
  text: [],
  callbacks: [],
  yaml: [],
  language: ['yaml', 'callbacks', 'text'],
  compile: ['language', 'yaml', 'callbacks', 'text'],
  lint: ['compile', 'language', 'yaml', 'callbacks', 'text'],
  decide: ['compile', 'language', 'yaml', 'callbacks', 'text'],
  count: ['decide', 'compile', 'language', 'yaml', 'callbacks', 'text'],
  cases: ['count', 'decide', 'compile', 'language', 'yaml', 'callbacks', 'text'],
  changes: ['cases', 'compile', 'language', 'yaml', 'callbacks', 'text'],
  protocol: ['decide', 'compile', 'language', 'yaml', 'callbacks', 'text'],
  record: ['protocol', 'count', 'decide', 'compile', 'language', 'yaml', 'callbacks', 'text'],
  impact: ['record', 'changes', 'protocol', 'count', 'decide', 'compile', 'language', 'yaml', 'callbacks', 'text'],
  state: ['record', 'protocol', 'count', 'decide', 'compile', 'language', 'yaml', 'callbacks', 'text'],
  store: ['lint', 'compile', 'language', 'yaml', 'callbacks', 'text'],
  replay: ['state', 'impact', 'record', 'decide', 'compile', 'yaml', 'text'],
  serve: [
    'store',
    'state',
    'record',
    'protocol',
    'changes',
    'cases',
    'count',
    'decide',
    'lint',
    'compile',
    'language',
    'yaml',
    'callbacks',
    'text',
  ],
  // What it knows of the service are the types of answers.
  page: ['serve'],
  cli: [
    'replay',
    'impact',
    'store',
    'state',
    'record',
    'protocol',
    'changes',
    'cases',
    'count',
    'decide',
    'lint',
    'compile',
    'language',
    'yaml',
    'callbacks',
    'text',
  ],
}

/** The files beside the folders, each with what it may import. */
const roots: Record<string, readonly string[]> = {
  'open-files': [],
  'page-files': [],
  'thread-script': [],
  version: [],
  index: ['protocol', 'decide', 'lint', 'compile', 'callbacks', 'yaml'],
  main: ['serve', 'cli', 'state', 'store', 'compile', 'open-files', 'page-files', 'thread-script', 'version'],
  'record-commands': ['cli', 'thread-script', 'version'],
  command: [
    'record-commands',
    'main',
    'serve',
    'cli',
    'state',
    'store',
    'language',
    'callbacks',
    'open-files',
    'version',
  ],
  cli: ['command', 'cli', 'open-files'],
}

/** The files whose functions call each other because what they read may hold itself; all others import one way only. */
const recursions: readonly (readonly string[])[] = [
  // A condition has tests, a test of a list has what an item must be, which is a condition again.
  ['condition', 'item', 'native', 'test'],
  // A step may be for each item of a list, and what is done to an item has steps again.
  ['each-item', 'rewrite', 'set', 'step'],
].map(files => files.map(file => `language/read/${file}.ts`))

const pure = [
  'text',
  'callbacks',
  'yaml',
  'language',
  'compile',
  'lint',
  'decide',
  'count',
  'cases',
  'changes',
  'protocol',
  'record',
  'impact',
]

/** Loads a library on first use, which nothing else does synchronously. */
const loadsLater = { file: 'text/kinds/plans.ts', of: 'node:module' }

/** What only some folders may import. */
const reserved: Record<string, readonly string[]> = {
  koa: ['serve'],
  '@koa/router': ['serve'],
  'koa-bodyparser': ['serve'],
  'json-rules-engine': ['compile', 'decide'],
  yaml: ['yaml'],
  ioredis: ['state'],
  preact: ['page'],
  'preact/hooks': ['page'],
  esbuild: ['page-files'],
}

type Import = { file: string; from: string; of: string }

async function sources(): Promise<{ file: string; text: string }[]> {
  const files = (await readdir('src', { recursive: true })).filter(file => /\.tsx?$/.test(file))
  return Promise.all(files.map(async file => ({ file, text: await readFile(join('src', file), 'utf8') })))
}

async function imports(): Promise<Import[]> {
  return (await sources()).flatMap(({ file, text }) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, of = '']) => ({ file, of, from: folderOf(file) })),
  )
}

/** The folder of src that a file is in; a file beside the folders is its own name. */
function folderOf(file: string): string {
  const [first = ''] = file.split('/')
  return first.replace(/\.ts$/, '')
}

function targetOf({ file, of }: Import): string {
  return folderOf(relative('src', join('src', dirname(file), of)))
}

test('imports run downward only', async t => {
  const wrong = (await imports())
    .filter(({ of }) => of.startsWith('.'))
    .filter(each => (each.file.includes('/') ? targetOf(each) !== each.from : true))
    .filter(each => !(each.file.includes('/') ? layers : roots)[each.from]?.includes(targetOf(each)))
  t.deepEqual(
    wrong.map(({ file, of }) => `${file} imports ${of}`),
    [],
  )
})

test('every folder and file of src has its place', async t => {
  const entries = await readdir('src', { withFileTypes: true })
  const [folders, files] = [true, false].map(isFolder => entries.filter(entry => entry.isDirectory() === isFolder))
  t.deepEqual(folders?.map(({ name }) => name).sort(), Object.keys(layers).sort())
  const code = files?.map(({ name }) => name).filter(name => name.endsWith('.ts'))
  t.deepEqual(code?.map(name => name.replace(/\.ts$/, '')).sort(), Object.keys(roots).sort())
})

test('files import each other in no circle but those of the grammar', async t => {
  t.deepEqual(circlesOf(await imports()), recursions)
})

test('what a command needs is loaded only when it is called', async t => {
  const values = (await sources()).flatMap(({ file, text }) =>
    [...text.matchAll(/^import (?!type )(?:[^;]*? from )?'([^']+)'/gm)].map(([, of = '']) => ({ file, of, from: '' })),
  )
  const next = edgesOf(values)
  t.deepEqual([...reachedFrom('command.ts', next)].sort(), [
    'cli/io.ts',
    'cli/test-run.ts',
    'cli/wrap.ts',
    'language/show/visible.ts',
    'record-commands.ts',
    'version.ts',
  ])
})

test('no name is exported by two files', async t => {
  const files = new Map<string, string[]>()
  for (const { file, text } of await sources()) {
    for (const [, name = ''] of text.matchAll(/^export (?:async )?(?:function\*?|const|type|class) (\w+)/gm)) {
      files.set(name, [...(files.get(name) ?? []), file])
    }
  }
  t.deepEqual(
    [...files].filter(([, of]) => of.length > 1),
    [],
  )
})

test('pure folders import no Node module but node:crypto', async t => {
  const wrong = (await imports())
    .filter(({ from, of }) => pure.includes(from) && of.startsWith('node:') && of !== 'node:crypto')
    .filter(({ file, of }) => file !== loadsLater.file || of !== loadsLater.of)
  t.deepEqual(
    wrong.map(({ file, of }) => `${file} imports ${of}`),
    [],
  )
})

test('pure folders use no clock, chance, environment or network', async t => {
  const effects =
    /\b(?:Date\.now|new Date\(\)|Math\.random|process\.|performance\.|setTimeout|setInterval|setImmediate|fetch\(|globalThis)/
  const wrong = (await sources())
    .filter(({ file }) => pure.includes(folderOf(file)))
    .filter(({ text }) => effects.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
  t.deepEqual(
    wrong.map(({ file }) => file),
    [],
  )
})

test('some libraries stay in their folders', async t => {
  const wrong = (await imports()).filter(({ from, of }) => reserved[of] !== undefined && !reserved[of]?.includes(from))
  t.deepEqual(
    wrong.map(({ file, of }) => `${file} imports ${of}`),
    [],
  )
})

test('the page imports types of the answers, and nothing else of the service', async t => {
  const wrong = (await sources())
    .filter(({ file }) => folderOf(file) === 'page')
    .flatMap(({ file, text }) =>
      [...text.matchAll(/^(?:import|export) (type )?[^;]*?'([^']+)'/gm)].map(([, type, of = '']) => ({
        file,
        type,
        of,
      })),
    )
    .filter(({ of }) => of.startsWith('node:') || of.includes('/serve/'))
    .filter(({ type, of }) => type === undefined || !of.endsWith('/serve/page/answers.ts'))
  t.deepEqual(wrong, [])
})

test('nothing is exported by default', async t => {
  const wrong = (await sources()).filter(({ text }) => /^export default/m.test(text))
  t.deepEqual(
    wrong.map(({ file }) => file),
    [],
  )
})

/** The files that can be reached from themselves, those that reach each other together, sorted. */
function circlesOf(all: readonly Import[]): string[][] {
  const next = edgesOf(all)
  const reached = new Map([...next.keys()].map(file => [file, reachedFrom(file, next)]))
  const inCircles = [...reached].filter(([file, files]) => files.has(file)).map(([file]) => file)
  const circles = inCircles.map(file =>
    inCircles.filter(other => reached.get(file)?.has(other) && reached.get(other)?.has(file)),
  )
  return [...new Map(circles.map(circle => [circle.sort().join(), circle])).values()].sort()
}

function edgesOf(all: readonly Import[]): Map<string, string[]> {
  const next = new Map<string, string[]>()
  for (const { file, of } of all) {
    if (of.startsWith('.')) next.set(file, [...(next.get(file) ?? []), relative('src', join('src', dirname(file), of))])
  }
  return next
}

function reachedFrom(file: string, next: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>()
  const open = [...(next.get(file) ?? [])]
  for (let to = open.pop(); to !== undefined; to = open.pop()) {
    if (reached.has(to)) continue
    reached.add(to)
    open.push(...(next.get(to) ?? []))
  }
  return reached
}
