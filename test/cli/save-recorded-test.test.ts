import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { names, nice, strict } from '../impact/_names.ts'
import { recordedBy } from '../impact/_recorded.ts'
import { folderOf, run } from './_run.ts'

/** A record of Ann and staff, with what the report says of the first; and a draft. */
async function recorded(t: ExecutionContext, draft = strict, base = nice) {
  const state = await recordedBy(t, base, names('Ann', 'staff'))
  const dir = await folderOf({ 'a.yaml': draft })
  const { out } = await run(['log', '--state', state, '--json'])
  const { decisions } = JSON.parse(out) as { decisions: { id: string; decision: string }[] }
  const save = (...ids: string[]) => run(['impact', dir, '--state', state, '--save-test', ...ids])
  const idOf = (decision: string) => decisions.find(each => each.decision === decision)?.id ?? ''
  const text = () => readFile(join(dir, 'a.yaml'), 'utf8')
  return { dir, save, text, ann: idOf('allow'), staff: idOf('reject') }
}

test('a call on record becomes a test of the rule that decides it, with what the rule looks at', async t => {
  const { save, text, ann, dir } = await recorded(t)
  const { code, out, err } = await save(ann)
  t.is(err, '')
  t.is(out, 'Added to the tests of no-shouting in a.yaml\n')
  t.is(code, 0)
  t.regex(
    await text(),
    / {2}# what people shout\n[\s\S]*tests:\n {6}- \{ given: \{ nickName: Ann \}, expect: \{ reject: 5002 \} \}\n$/,
  )
  t.is((await run(['test', dir])).code, 0)
  t.regex((await save(ann)).out, /^This test already exists: a\.yaml:\d+/)
})

test('what is wrong becomes a test that fails until the rule is changed', async t => {
  const { save, text, ann, dir } = await recorded(t)
  t.is((await save(`${ann}=wrong`)).code, 0)
  t.regex(await text(), /given: \{ nickName: Ann \}, expect: allow \}/)
  t.is((await run(['test', dir])).code, 1)
  const { code, out } = await save(ann)
  t.is(code, 1)
  t.regex(
    out,
    /has the same input but expects allowed, nothing changed; the result is rejected with 5002 by no-shouting/,
  )
  t.regex((await save(`${ann}=wrong`)).out, /^This test already exists/)
})

test('a call that would no longer be refused becomes a test of the rule that refused it', async t => {
  const milder =
    'callback: beforeSetGroupMemberInfo\nrules:\n  - rule: no-staff\n    when: { nickName: boss }\n    reject: 5001\n'
  const { save, text, staff } = await recorded(t, milder)
  t.is((await save(staff)).out, 'Added to the tests of no-staff in a.yaml\n')
  t.regex(await text(), /given: \{ nickName: staff \}, expect: allow \}/)
  const other = await recorded(t, milder)
  await other.save(`${other.staff}=wrong`)
  t.regex(await other.text(), /given: \{ nickName: staff \}, expect: \{ reject: 5001 \} \}/)
})

test('why a call cannot be a test is said', async t => {
  const { save, ann, text } = await recorded(t, nice)
  const before = await text()
  t.regex(
    (await save(ann)).err,
    /No rule of the draft refuses or changes r\d+ by itself, so there is none to keep a test$/m,
  )
  t.regex((await save('nobody')).err, /There is no decision nobody on record in /)
  t.regex(
    (await save(`${ann}=maybe`)).err,
    /--save-test takes the id of a call, ID=right or ID=wrong; this is r\d+=maybe/,
  )
  t.is((await save(ann, '--json')).err, 'hookwarden: --save-test makes no report: leave out --json\n')
  t.is(await text(), before)
})

test('a rule that counts earlier calls gets no test of one call', async t => {
  const counting = `${nice}  - rule: twice-a-day
    when: { nickName: present, how often: { same: groupID, in: 1 day, more than: 1 } }
    reject: 5004
`
  const { save, ann } = await recorded(t, counting)
  const { code, err } = await save(ann)
  t.is(code, 2)
  t.regex(err, /A rule that counts earlier calls needs them in its test: after:/)
})
