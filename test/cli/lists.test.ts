import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { folderOf, run } from './_run.ts'

const rules = `callback: beforeMembersJoinGroup
rules:
  - rule: name-guests
    when: { memberList: present }
    rewrite: { memberList: { each item: { when: { userID: { starts with: guest- } }, nickname: { set: Guest }, roleLevel: member } } }
  - rule: no-bots
    when: { memberList: { any item: { userID: { starts with: bot- } } } }
    reject: 5001
`

function payload(...userIDs: string[]): string {
  const callbackCommand = 'callbackBeforeMembersJoinGroupCommand'
  const memberList = userIDs.map(userID => ({ userID, ex: null, isNew: true }))
  return JSON.stringify({ callbackCommand, groupID: 'g', memberList, groupEx: '' })
}

test('a tried call with a list becomes a test that passes', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  for (const rule of ['name-guests', 'no-bots']) {
    const tried = await run(['try', '-', '--rules', dir, '--save-test', rule], payload('u-1', 'guest-2', 'bot-3'))
    t.is(tried.code, 0, tried.err)
  }
  const saved = await readFile(join(dir, 'a.yaml'), 'utf8')
  t.regex(saved, /memberList: \[\{ userID: u-1 \}, \{ userID: guest-2 \}, \{ userID: bot-3 \}\]/)
  t.regex(saved, /\{ userID: guest-2, nickname: Guest, roleLevel: member \}/)
  const { code, out } = await run(['test', dir])
  t.is(code, 0, out)
  t.true(out.includes('2 passed, 0 failed'), out)
})

test('a report shows which item decided, and what changed in which item', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  const { out } = await run(['try', '-', '--rules', dir], payload('u-1', 'guest-2', 'bot-3'))
  t.true(out.includes('      memberList[1].nickname: absent → "Guest"\n'), out)
  t.true(out.includes('memberList[2] is {"userID":"bot-3","ex":null,"isNew":true}\n'), out)
  t.true(out.includes('✓ userID starts with "bot-" — it is "bot-3"\n'), out)
})

test('a failed test shows which field of which item differs', async t => {
  const given = 'given: { memberList: [{ userID: u-1 }, { userID: guest-2 }] }'
  const becomes = '[{ userID: u-1 }, { userID: guest-2, nickname: Gast, roleLevel: member }]'
  const tests = `tests:\n  - { ${given}, expect: { rewrite: { memberList: ${becomes} } } }\n`
  const { out } = await run(['test', await folderOf({ 'a.yaml': rules + tests })])
  t.true(out.includes('    memberList[1].nickname\n      expected  Gast|\n      actual    Guest|\n'), out)
})

test('only tests show that conditions on items matter', async t => {
  const tests = `    tests:
      - { given: { memberList: [{ userID: bot-1 }] }, expect: { reject: 5001 } }
      - { given: { memberList: [{ userID: u-1 }] }, expect: allow }
`
  const { out } = await run(['test', await folderOf({ 'a.yaml': rules + tests }), '--mutate'])
  t.true(out.includes('every item instead: memberList any item'), out)
  t.true(out.includes('each item without when'), out)
  const { neverDecided } = JSON.parse(
    (await run(['test', await folderOf({ 'a.yaml': rules + tests }), '--format', 'json'])).out,
  ).coverage
  t.deepEqual(
    neverDecided.filter(({ rule }: { rule: string }) => rule === 'no-bots'),
    [],
  )
})

test('a rule on a list is described in a sentence', async t => {
  const { out } = await run(['explain', await folderOf({ 'a.yaml': rules })])
  t.true(out.includes('when memberList has an item whose userID starts with “bot-”: reject with 5001.'), out)
  t.true(out.includes('of each item whose userID starts with “guest-” (nickname: set to “Guest”)'), out)
})

test('a file with lists keeps its meaning when formatted', async t => {
  const dir = await folderOf({ 'a.yaml': rules })
  t.is((await run(['fmt', dir])).code, 0)
  t.is((await run(['fmt', dir, '--check'])).code, 0)
  t.true((await readFile(join(dir, 'a.yaml'), 'utf8')).includes('each item:'))
})
