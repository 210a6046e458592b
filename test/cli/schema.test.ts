import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { folderOf, run } from './_run.ts'

const rules = `callback: beforeSetGroupMemberInfo
codes: { staff-name: 5001 }
lists: { vips: [u-1] }
conditions: { is vip: { userID: { in list: vips } } }
rules:
  - { rule: no-links, when: { nickName: { contains: "://" } }, unless: { use: is vip }, reject: staff-name }
`

test('the schema of a folder is written beside its rules', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  const { code, out } = await run(['schema', dir])
  t.is(code, 0)
  t.is(
    out,
    `Wrote ${join(dir, 'rules.schema.json')}\n\nStart each rule file beside it with this line:\n  # yaml-language-server: $schema=./rules.schema.json\n`,
  )
  const printed = await run(['schema', dir, '--stdout'])
  t.is(await readFile(join(dir, 'rules.schema.json'), 'utf8'), printed.out)
  t.is((await run(['check', dir])).code, 0, 'the schema is none of the rule files')
})

test('names in the folder are in the schema even if it has errors', async t => {
  const dir = await folderOf({
    'a.yaml': rules.replace('when', 'wehn'),
    'b.yaml': 'rules: [',
    'lists/staff.txt': 'a\n',
  })
  const { definitions } = JSON.parse((await run(['schema', dir, '--stdout'])).out)
  const offered = (noun: string) => definitions[`name-of-${noun}`].anyOf[0].enum
  t.deepEqual(['list', 'condition', 'code', 'rule'].map(offered), [
    ['staff', 'vips'],
    ['is vip'],
    ['staff-name'],
    ['no-links'],
  ])
})

test('a schema for a missing folder exits 2', async t => {
  const { code, err } = await run(['schema', '/nowhere'])
  t.is(code, 2)
  t.regex(err, /\/nowhere/)
})
