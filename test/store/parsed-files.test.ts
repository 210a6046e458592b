import test from 'ava'
import type { Parsed } from '../../src/language/read/reading.ts'
import { ParsedFiles } from '../../src/store/parsed-files.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import type { SourceFile } from '../../src/yaml/source.ts'
import { atOnce } from '../../src/yaml/steps.ts'

const worker = new URL('./_parse-worker.mjs', import.meta.url)

function parser({ script = worker, isAwaited = true } = {}) {
  const errors: unknown[] = []
  return {
    files: new ParsedFiles({ worker: script, onError: error => errors.push(error), isAwaited: () => isAwaited }),
    errors,
  }
}

const rule = (at: number) => `  - { rule: r-${at}, when: { nickName: { contains: "a b ${at}" } }, reject: 5001 } # é\n`
const long = `callback: beforeSetGroupMemberInfo\nrules:\n${Array.from({ length: 2000 }, (_, at) => rule(at)).join('')}`
const parsedBy = ({ file, content }: SourceFile) => {
  const text = content as string
  return parseYaml({ file, text })
}
const treeBy = (parse: Parsed, { file, content }: SourceFile) => {
  const steps = parse({ file, text: content as string })
  return steps && atOnce(steps)
}

test('parsing in a thread gives the same result as parsing here', async t => {
  const files = [
    { file: 'long.yaml', content: long },
    { file: 'empty.yaml', content: '' },
    { file: 'broken.yaml', content: 'rules: [' },
    { file: 'traps.yaml', content: 'when: { a: yes, a: 1 }\nrules:\n\t- rule: a\n' },
  ]
  const { files: parsed, errors } = parser()
  const parse = await parsed.parse(files)
  for (const file of files) t.deepEqual(treeBy(parse, file), parsedBy(file))
  t.deepEqual(errors, [])
})

test('while no call waits, this thread parses, too', async t => {
  const files = Array.from({ length: 20 }, (_, at) => ({ file: `${at}.yaml`, content: long.slice(0, 40 * (at + 20)) }))
  const { files: parsed, errors } = parser({ isAwaited: false })
  const parse = await parsed.parse(files)
  for (const file of files) t.deepEqual(treeBy(parse, file), parsedBy(file))
  t.deepEqual(errors, [])
})

test('only a file that changed is parsed again', async t => {
  const { files: parsed } = parser()
  const [a, b] = [
    { file: 'a.yaml', content: 'rules: []' },
    { file: 'b.yaml', content: long },
  ] as const
  const before = await parsed.parse([a, b])
  const changed = { ...a, content: 'rules: [ ]' }
  const after = await parsed.parse([changed, b, { file: 'lists/c.txt', content: 'x' }])
  // What was found in a file is kept as it is for as long as the file is.
  t.is(treeBy(after, b)?.diagnostics, treeBy(before, b)?.diagnostics)
  t.deepEqual(treeBy(after, changed), parsedBy(changed))
  t.is(treeBy(after, a), undefined, 'of a text that was not foreseen nothing is known')
})

test('if no thread can start, files are parsed here, and the error is reported', async t => {
  const { files: parsed, errors } = parser({ script: new URL('./no-such-script.mjs', import.meta.url) })
  const parse = await parsed.parse([{ file: 'a.yaml', content: long }])
  t.deepEqual(treeBy(parse, { file: 'a.yaml', content: long }), parsedBy({ file: 'a.yaml', content: long }))
  t.is(errors.length, 1)
})

test('work that a thread had no memory for is not tried here', async t => {
  const { files: parsed } = parser({ script: new URL('./_memoryless-worker.mjs', import.meta.url) })
  const parsing = parsed.parse([{ file: 'a.yaml', content: long }])
  t.like(await parsing.catch(error => error), { code: 'ERR_WORKER_OUT_OF_MEMORY' })
})

test('while calls wait, only short files are parsed here', async t => {
  const content = long.slice(0, 4_000)
  for (const isAwaited of [true, false]) {
    const { files: parsed, errors } = parser({ script: new URL('./no-such-script.mjs', import.meta.url), isAwaited })
    await parsed.parse([{ file: 'a.yaml', content }])
    t.is(errors.length, isAwaited ? 1 : 0)
    await parsed.parse([{ file: 'a.yaml', content: content.slice(0, 2_000) }])
    t.is(errors.length, isAwaited ? 1 : 0)
  }
})

test('files beyond the size limit of a folder are not parsed', async t => {
  const content = Buffer.from(`# ${'x'.repeat(4 * 1024 * 1024 - 2)}`)
  const files = Array.from({ length: 5 }, (_, at) => ({ file: `${at}.yaml`, content }))
  const { files: parsed } = parser({ isAwaited: false })
  const parse = await parsed.parse(files)
  t.deepEqual(
    files.map(({ file }) => parse({ file, text: content.toString() }) !== undefined),
    [true, true, true, true, false],
  )
})
