import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { drawOf } from '../../src/compile/share.ts'
import { folderOf, run } from './_run.ts'

const file = (mode: string, tests = '') => `callback: beforeSetGroupMemberInfo
rules:
  - rule: no-staff
    when: { nickName: { contains: admin } }
    reject: 5001
    mode: ${mode}
    tests:
      - { given: { nickName: Ann }, expect: allow }
      - { given: { nickName: admin }, expect: { reject: 5001 } }
${tests}`

const ten = '{ enforce: 10 %, by: userID }'
const folder = (mode = ten, tests = '') => folderOf({ 'a.yaml': file(mode, tests) })

test('list and explain say for whom a rule is in force', async t => {
  const dir = await folder()
  t.regex((await run(['list', dir])).out, /no-staff {2}a\.yaml:3 {2}\(10 % by userID, the others in shadow\)/)
  const [rule] = JSON.parse((await run(['list', dir, '--json'])).out).rules
  t.deepEqual(rule.share, { percent: 10, by: 'userID' })
  const { out } = await run(['explain', dir])
  t.true(out.includes('It is in force for 10 % of users (by userID); for the others only in shadow.'), out)
})

test('a larger share, other values and no share at all may be stricter, and a smaller share is not', async t => {
  const base = await folder()
  const heading = 'May reject calls that passed before:'
  for (const mode of ['{ enforce: 20 %, by: userID }', '{ enforce: 10 %, by: groupID }', 'enforce']) {
    const { out } = await run(['explain', '--diff', base, await folder(mode)])
    t.true(out.startsWith(heading), `${mode}: ${out}`)
  }
  const { out } = await run(['explain', '--diff', base, await folder('{ enforce: 5 %, by: userID }')])
  t.false(out.includes(heading), out)
  t.true(out.includes('+ It is in force for 5 % of users'), out)
})

test('tests are of calls in the share, unless they say otherwise, and fmt leaves both as they are', async t => {
  const more = `      - { given: { nickName: admin, share: out }, expect: allow }
tests:
  - { given: { nickName: admin }, expect: { reject: 5001 } }
  - { given: { nickName: admin, share: out }, expect: allow }
`
  const dir = await folder(ten, more)
  const { code, out } = await run(['test', dir, '--mutate'])
  t.is(code, 0, out)
  t.true(out.includes('5 passed, 0 failed'), out)
  t.is((await run(['check', dir, '--strict'])).code, 0)
  await run(['fmt', dir])
  t.is(await readFile(join(dir, 'a.yaml'), 'utf8'), file(ten, more))
})

test('try tells whether a call is in the share, and how', async t => {
  const dir = await folder()
  const asked = async (...given: string[]) => {
    return (await run(['try', '--rules', dir, 'beforeSetGroupMemberInfo', ...given])).out
  }
  const out = await asked('userID=u-1', 'nickName=admin')
  t.true(out.startsWith('Allowed, nothing changed'), out)
  t.true(out.includes('would reject, but has no effect outside its share'), out)
  t.true(out.includes('not in its share of 10 % (by userID): "u-1" is not'), out)
  const inside = ['u-2', 'u-3', 'u-4'].find(user => drawOf('no-staff', user) < 10)
  const other = await asked(`userID=${inside}`, 'nickName=x')
  t.true(other.includes(`in its share of 10 % (by userID): "${inside}" is\n`), other)
  t.true((await asked('nickName=admin')).includes('the call has no userID'))
})

test('a saved test is of the rule where it is in force', async t => {
  const dir = await folder()
  const given = ['userID=u-1', 'nickName=an admin']
  const { err } = await run(['try', '--rules', dir, 'beforeSetGroupMemberInfo', ...given, '--save-test', 'no-staff'])
  t.true(err.includes('Added to the tests of no-staff'), err)
  t.regex(await readFile(join(dir, 'a.yaml'), 'utf8'), /nickName: an admin \}\n?.*\n?.*reject: 5001/)
  t.is((await run(['test', dir])).code, 0)
})

test('a rule with a share and no tests is shown two that pass', async t => {
  const dir = await folderOf({ 'a.yaml': file(ten).replace(/ {4}tests:.*/s, '') })
  const { out } = await run(['check', dir])
  t.regex(out, /Write tests: \[\{ given: .*reject: 5001.*expect: allow/s)
})
