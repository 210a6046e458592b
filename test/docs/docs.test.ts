import { readFile } from 'node:fs/promises'
import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { serveOptions } from '../../src/serve/config.ts'
import { folderOf, run } from '../cli/_run.ts'
import { withTables } from './_tables.ts'

test('the tables of rules/README.md are those of the vocabulary', async t => {
  const text = await readFile('rules/README.md', 'utf8')
  t.is(withTables(text), text, 'node --import tsx test/docs/refresh.ts makes them anew')
})

for (const file of ['README.md', 'rules/README.md']) {
  test(`every rule file shown in ${file} loads`, async t => {
    const blocks = [...(await readFile(file, 'utf8')).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml)
    t.true(blocks.length > 0)
    for (const content of blocks) {
      const { diagnostics } = check([{ file: 'a.yaml', content }])
      // A page has no room for the tests of each.
      t.deepEqual(
        diagnostics.filter(({ code }) => code !== 'no-test'),
        [],
        content,
      )
    }
  })
}

test('the error shown in README is what check prints', async t => {
  const text = await readFile('README.md', 'utf8')
  const [, rule = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? []
  const dir = await folderOf({ 'names.yaml': rule.replace('nickName:', 'nickname:') })
  const { out } = await run(['check', dir])
  t.true(text.includes(out.split('\n\n')[0] as string), out)
})

test('README has every flag of serve', async t => {
  const text = await readFile('README.md', 'utf8')
  for (const key of Object.keys(serveOptions)) {
    const flag = `--${key.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
    const variable = `HOOKWARDEN_${key.replaceAll(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`
    t.true(text.includes(`| \`${flag}\` | \`${variable}\` |`), flag)
  }
})
