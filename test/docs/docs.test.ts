import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import test from 'ava'
import { callbacks } from '../../src/callbacks/catalogue.ts'
import { runCases } from '../../src/cases/run-cases.ts'
import * as hookwarden from '../../src/index.ts'
import { check } from '../../src/lint/check.ts'
import { serveOptions } from '../../src/serve/config.ts'
import { limits, shownCount } from '../../src/yaml/limits.ts'
import { folderOf, run } from '../cli/_run.ts'
import { chapters } from './_languages.ts'

/** Every page for people, by its path in the repository. */
const pages = await (async () => {
  const found = await Promise.all(['src', 'test', 'rules'].map(dir => readdir(dir, { recursive: true })))
  const chapters = ['src', 'test', 'rules'].flatMap((dir, at) => (found[at] ?? []).map(file => join(dir, file)))
  return [...(await readdir('.')), ...chapters].filter(file => file.endsWith('.md') && !/NOTICE|corpus/.test(file))
})()

const { version, scripts } = JSON.parse(await readFile('package.json', 'utf8'))

const commands = [...(await run(['--help'])).out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name)

for (const file of pages) {
  test(`every rule file shown in ${file} loads, and its tests pass`, async t => {
    for (const content of blocksOf(await readFile(file, 'utf8'), 'yaml')) {
      const { diagnostics, ruleSet } = check([{ file: 'a.yaml', content }])
      // A page has no room for the tests of each.
      t.deepEqual(
        diagnostics.filter(({ code }) => code !== 'no-test'),
        [],
        content,
      )
      const results = ruleSet === null ? [] : await runCases(ruleSet)
      t.true(
        results.every(({ status }) => status === 'passed'),
        content,
      )
    }
    t.pass()
  })

  test(`every link in ${file} leads to a page and heading`, async t => {
    for (const [, to = ''] of (await readFile(file, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(to)) continue
      const [path = '', heading] = to.split('#')
      const target = path === '' ? file : join(dirname(file), path)
      const text = await readFile(target, 'utf8').catch(() => null)
      if (text === null) t.fail(`${to} leads nowhere`)
      else if (heading !== undefined) t.true(headingsOf(text).includes(heading), `${to} has no such heading`)
    }
    t.pass()
  })

  test(`every command shown in ${file} is one`, async t => {
    const text = await readFile(file, 'utf8')
    const shown = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code).concat(blocksOf(text, 'sh'))
    const code = shown.join('\n').replaceAll(/ # .*/g, '')
    for (const [, name = ''] of code.matchAll(/(?:hookwarden|cli\.ts) ([a-z]+)/g)) t.true(commands.includes(name), name)
    for (const [, name = ''] of text.matchAll(/npm run ([\w:]+)/g)) t.true(name in scripts, `npm run ${name}`)
    t.pass()
  })

  test(`every file and folder named in ${file} is there`, async t => {
    for (const [, path = ''] of (await readFile(file, 'utf8')).matchAll(/`((?:src|test|rules)\/[\w./-]+)`/g)) {
      await t.notThrowsAsync(() => readdirOrFile(path), path)
    }
    t.pass()
  })
}

test('README or the chapter on asking has every command', async t => {
  const text = (await Promise.all(['README.md', 'src/cli/README.md'].map(page => readFile(page, 'utf8')))).join('')
  for (const name of commands)
    if (name !== 'help') t.true(new RegExp(`^\\| .*\`hookwarden ${name}\\b`, 'm').test(text), name)
})

test('README has at most 150 lines and a page for every reader', async t => {
  const text = await readFile('README.md', 'utf8')
  t.true(text.trimEnd().split('\n').length <= 150)
  for (const page of pages) if (page !== 'README.md') t.true(text.includes(`(${page})`), page)
})

test('the mistake that README shows is what check prints', async t => {
  const text = await readFile('README.md', 'utf8')
  const [rule = ''] = blocksOf(text, 'yaml')
  const dir = await folderOf({ 'names.yaml': rule.replace('nickName:', 'nickname:') })
  const { out } = await run(['check', dir])
  t.true(text.includes(out.split('\n\n')[0] as string), out)
})

test('the request that README shows gets the reply that it shows', async t => {
  const text = await readFile('README.md', 'utf8')
  const [rule = ''] = blocksOf(text, 'yaml')
  const [, body = '', shown = ''] = /-d '(\{.*\})'\n(\{.*\})/.exec(text) ?? []
  const { ruleSet } = check([{ file: 'names.yaml', content: rule }])
  const read = hookwarden.readCall(hookwarden.findCallback('beforeSetGroupMemberInfo') as never, JSON.parse(body))
  t.true(ruleSet !== null && read.ok)
  if (ruleSet === null || !read.ok) return
  t.is(JSON.stringify(hookwarden.reply(read.call, await hookwarden.decide(ruleSet, read.call, 0))), shown)
})

test('the code that the chapter for programs shows prints what it says', async t => {
  const [code = ''] = blocksOf(await readFile('src/README.md', 'utf8'), 'js')
  const [, expected = ''] = /console\.log\(.*\) +\/\/ (.*)/.exec(code) ?? []
  const body = code.replace(/import (\{.*\}) from 'hookwarden'/, 'const $1 = hookwarden')
  const printed: unknown[] = []
  const AsyncFunction = (async () => {}).constructor as new (
    ...args: string[]
  ) => (...given: unknown[]) => Promise<void>
  await new AsyncFunction('hookwarden', 'console', body)(hookwarden, {
    log: (...all: unknown[]) => printed.push(...all),
  })
  t.is(printed.join(' '), expected)
})

test('README counts the callbacks that there are', async t => {
  t.true((await readFile('README.md', 'utf8')).includes(`the ${callbacks.length} callbacks`))
})

test('the map in README has every folder of src, in the order of imports', async t => {
  const text = await readFile('README.md', 'utf8')
  const [, order = ''] =
    /const layers: [^=]*= \{([\s\S]*?)\n\}/.exec(await readFile('test/layers.test.ts', 'utf8')) ?? []
  const layers = [...order.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)
  const rooms = [...text.matchAll(/^\| `(\w+)\/` \|/gm)].map(([, name]) => name)
  t.deepEqual(rooms, layers)
})

test('the chapter for operators has every flag of serve', async t => {
  const text = await readFile('src/serve/README.md', 'utf8')
  for (const key of Object.keys(serveOptions)) {
    const flag = `--${key.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
    const variable = `HOOKWARDEN_${key.replaceAll(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`
    t.true(text.includes(`| \`${flag}\` | \`${variable}\` |`), flag)
  }
})

test('the chapter for operators has the messages of the log', async t => {
  const text = await readFile('src/serve/README.md', 'utf8')
  for (const file of ['main', ...(await readdir('src/serve')).map(name => `serve/${name.replace(/\.\w+$/, '')}`)]) {
    const code = await readFile(join('src', `${file}.ts`), 'utf8').catch(() => '')
    for (const [, message = ''] of code.matchAll(/\blog\.(?:info|warn|error)\(.*, '([^']+)'\)/g)) {
      t.true(text.includes(`\`${message}\``), message)
    }
  }
})

test('the chapter for speed has every bench', async t => {
  const text = await readFile('test/bench/README.md', 'utf8')
  for (const name of Object.keys(scripts).filter(each => each.startsWith('bench'))) {
    t.true(text.includes(`| \`npm run ${name}\` |`), name)
  }
})

for (const file of Object.keys(chapters)) {
  test(`the last section of ${file} has the limits that there are`, async t => {
    const shown = (await readFile(file, 'utf8')).split('\n## ').at(-1) ?? ''
    const { entry, needle, yaml, ...counts } = limits
    for (const [name, count] of Object.entries(counts)) t.true(shown.includes(`${shownCount(count)} `), name)
  })
}

test('the first version in CHANGELOG is that of the package', async t => {
  t.is(/^## (\S+)/m.exec(await readFile('CHANGELOG.md', 'utf8'))?.[1], version)
})

function blocksOf(text: string, language: string): string[] {
  return text
    .split(`\`\`\`${language}\n`)
    .slice(1)
    .map(rest => rest.split('```')[0] ?? '')
}

/** The headings of a page as links name them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
}

async function readdirOrFile(path: string): Promise<unknown> {
  return path.endsWith('/') || !/\.\w+$/.test(path) ? readdir(path) : readFile(path)
}
