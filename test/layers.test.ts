import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import test from 'ava'

/** Which folders of src each may import, types included. A folder may always import itself. */
const layers: Record<string, readonly string[]> = {
  text: [],
  callbacks: [],
  language: ['callbacks', 'text'],
  compile: ['language', 'callbacks', 'text'],
  decide: ['compile', 'language', 'callbacks', 'text'],
  cases: ['decide', 'compile', 'language', 'callbacks', 'text'],
  protocol: ['decide', 'compile', 'language', 'callbacks', 'text'],
  store: ['compile', 'language', 'callbacks', 'text'],
  serve: ['store', 'protocol', 'decide', 'compile', 'language', 'callbacks', 'text', 'config'],
  cli: ['store', 'protocol', 'cases', 'decide', 'compile', 'language', 'callbacks', 'text'],
}

const pure = ['text', 'callbacks', 'language', 'compile', 'decide', 'cases', 'protocol']

/** What only some folders may import. */
const reserved: Record<string, readonly string[]> = {
  koa: ['serve'],
  '@koa/router': ['serve'],
  'koa-bodyparser': ['serve'],
  'json-rules-engine': ['compile', 'decide'],
  yaml: ['language'],
}

type Import = { file: string; from: string; of: string }

async function sources(): Promise<{ file: string; text: string }[]> {
  const files = (await readdir('src', { recursive: true })).filter(file => file.endsWith('.ts'))
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
    .filter(each => each.of.startsWith('.') && each.file.includes('/'))
    .filter(each => targetOf(each) !== each.from && !layers[each.from]?.includes(targetOf(each)))
  t.deepEqual(
    wrong.map(({ file, of }) => `${file} imports ${of}`),
    [],
  )
})

test('every folder of src has its place', async t => {
  const folders = (await readdir('src', { withFileTypes: true })).filter(entry => entry.isDirectory())
  t.deepEqual(folders.map(({ name }) => name).sort(), Object.keys(layers).sort())
})

test('pure folders import no Node module but node:crypto', async t => {
  const wrong = (await imports()).filter(
    ({ from, of }) => pure.includes(from) && of.startsWith('node:') && of !== 'node:crypto',
  )
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

test('nothing is exported by default', async t => {
  const wrong = (await sources()).filter(({ text }) => /^export default/m.test(text))
  t.deepEqual(
    wrong.map(({ file }) => file),
    [],
  )
})
