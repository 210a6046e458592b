import { readFile } from 'node:fs/promises'
import test from 'ava'
import { compile } from '../../src/compile/compile.ts'
import { serveOptions } from '../../src/config.ts'
import { steps, type Word, words } from '../../src/language/vocabulary.ts'
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
    for (const content of blocks) t.deepEqual(compile([{ file: 'a.yaml', content }]).diagnostics, [], content)
  })
}

test('the mistake that README shows is what check prints', async t => {
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

const runnable = (words as readonly Word[]).filter(({ runsNotYet, kinds }) => runsNotYet !== true && kinds.length > 0)
for (const { name, example } of runnable) {
  test(`the example of "${name}" loads`, t => {
    const content = `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: r, when: ${example}, reject: 5001 }\n`
    t.deepEqual(compile([{ file: 'a.yaml', content }]).diagnostics, [])
  })
}

for (const step of steps) {
  test(`the example of the step "${step.name}" loads`, t => {
    const content = `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: r, when: { userID: present }, rewrite: ${step.example} }\n`
    t.deepEqual(compile([{ file: 'a.yaml', content }]).diagnostics, [])
  })
}
