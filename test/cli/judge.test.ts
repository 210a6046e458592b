import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { names, nice, strict } from '../impact/_names.ts'
import { recordedBy } from '../impact/_recorded.ts'
import { folderOf, run } from './_run.ts'
import { mismatches } from './_schema.ts'

async function judging(t: ExecutionContext, keys: string, draft = strict, ...flags: string[]) {
  const state = await recordedBy(t, nice, names('Ann', 'staff', 'Bob', 'B\u0430b', 'Eve', '<Ann>'))
  const dir = await folderOf({ 'a.yaml': draft })
  const args = ['impact', dir, '--state', state, '--zone', 'UTC', '--judge', '20', ...flags]
  const ran = await run(args, keys)
  return { ...ran, state, dir, again: () => run(args, keys), text: () => readFile(join(dir, 'a.yaml'), 'utf8') }
}

test('judging shows who, where, what was written with what was found, and by which rule', async t => {
  const { err } = await judging(t, 's')
  t.regex(err, /^\n1 of 3 {2}2026-03-04 03:5\d:00 UTC {2}r\d+\nu-\d in g-1 {2}beforeSetGroupMemberInfo\n/)
  t.regex(err, /\n {2}nickName: “<?»(Ann|Bob)«>?”\nlet through → refused with 5002, “No” by no-shouting\n/)
})

test('the report says how many are wrong of all', async t => {
  const all = await judging(t, 'rwr')
  t.regex(all.out, /^\nWould newly refuse 3 calls.*\n\nJudged: 1 of all 3 wrong\n/)
  t.is(all.code, 1)
  const some = await judging(t, 'rwq')
  t.regex(some.out, /\nJudged by chance: 1 of 2 wrong: between 9 % and 91 % of the 3 \(95 % confidence\)\n/)
  const none = await judging(t, 'sq')
  t.regex(none.out, /\nJudged: none of 3; 1 skipped\n/)
})

test('JSON has every answer, and the same calls come in every run', async t => {
  const { out, again } = await judging(t, 'wsr', strict, '--json')
  const printed = JSON.parse(out)
  t.deepEqual(mismatches(printed, JSON.parse(await readFile('src/cli/impact.schema.json', 'utf8'))), [])
  const { judged, changes } = printed
  t.like(judged, { of: 3, right: 1, wrong: 1, skipped: 1 })
  t.deepEqual(
    judged.answers.map((each: { answer: string }) => each.answer),
    ['wrong', 'skipped', 'right'],
  )
  t.deepEqual(
    judged.answers.map(({ id }: { id: string }) => id),
    changes[0].examples.map(({ id }: { id: string }) => id),
  )
  t.is((await again()).out, out)
})

test('keys that say nothing are told, and no more keys stop', async t => {
  const { err, out } = await judging(t, 'xr')
  t.regex(err, /This key says nothing: r right to refuse it/)
  t.regex(out, /Judged by chance: 0 of 1 wrong: at most 79 % of the 3/)
})

test('capital letters keep a call as a test: wrong expects that it is let through', async t => {
  const { err, text } = await judging(t, 'RWq')
  t.is(err.match(/Added to the tests of no-shouting in a\.yaml/g)?.length, 2)
  const file = await text()
  t.regex(file, /# what people shout\n/)
  t.regex(
    file,
    /tests:\n {6}- \{ given: \{ nickName: .+ \}, expect: \{ reject: 5002 \} \}\n {6}- \{ given: \{ nickName: .+ \}, expect: allow \}\n$/,
  )
})

test('the same test is never kept twice, also for another call or another answer', async t => {
  const state = await recordedBy(t, nice, names('Ann', 'Ann', 'Ann'))
  const dir = await folderOf({ 'a.yaml': strict })
  const { err } = await run(['impact', dir, '--state', state, '--judge', '3'], 'WWR')
  t.regex(err, /Added to the tests of no-shouting/)
  t.regex(err, /This test already exists: a\.yaml:\d+/)
  t.regex(err, /has the same input but expects allowed, nothing changed; the result is rejected with 5002/)
  t.is((await readFile(join(dir, 'a.yaml'), 'utf8')).match(/expect:/g)?.length, 1)
})

test('without a terminal or keys, judging is refused before anything is read', async t => {
  const { code, out, err } = await judging(t, '\n')
  t.is(code, 2)
  t.is(out, '')
  t.regex(err, /--judge asks for a key each: run it in a terminal, or give it the keys, as in printf rrws \|/)
})

test('a number of calls that cannot be judged is refused', async t => {
  for (const number of ['0', '25', 'many', '1.5']) {
    const { code, err } = await judging(t, 'r', strict, '--judge', number)
    t.is(code, 2)
    t.is(err, `hookwarden: --judge takes a number from 1 to 24, such as 20; this is ${number}\n`)
  }
})

test('where nothing is newly refused there is nothing to judge', async t => {
  const { code, err, out } = await judging(t, 'r', nice)
  t.is(code, 0)
  t.regex(err, /^Nothing to judge: no call is newly refused\n$/)
  t.notRegex(out, /Judged/)
})
