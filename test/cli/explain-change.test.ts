import test from 'ava'
import { folderOf, run } from './_run.ts'

const rule = (id: string, when: string, rest = 'reject: 5001') => `  - { rule: ${id}, when: ${when}, ${rest} }\n`
const a = rule('a', '{ nickName: { starts with: x } }')

async function explain(before: string, after: string, lists: readonly [string, string] = ['', '']) {
  const [old, now] = await Promise.all(
    [before, after].map((rules, at) =>
      folderOf({
        'a.yaml': `callback: beforeSetGroupMemberInfo\nzone: Asia/Shanghai\nrules:\n${rules}`,
        ...(lists[at] !== '' && { 'lists/l.txt': lists[at] as string }),
      }),
    ),
  )
  return (await run(['explain', '--diff', old as string, now as string])).out
}

const headline = 'May reject calls that passed before:\n\n'

const stricter = test.macro({
  title: (_, before: string, after: string, _lists?: [string, string]) => `from ${before} to ${after} may reject more`,
  async exec(t, before: string, after: string, lists?: [string, string]) {
    const out = await explain(before, after, lists)
    t.true(out.startsWith(headline), out)
  },
})
const looser = test.macro({
  title: (_, before: string, after: string, _lists?: [string, string]) => `from ${before} to ${after} rejects no more`,
  async exec(t, before: string, after: string, lists?: [string, string]) {
    const out = await explain(before, after, lists)
    t.false(out.includes('May reject'), out)
    t.not(out, 'The rules mean the same as before\n')
  },
})

const change = (before: string, after: string, lists?: [string, string]) => {
  const more = lists === undefined ? [] : [lists]
  const back = lists === undefined ? [] : [[lists[1], lists[0]] as [string, string]]
  test(stricter, before, after, ...more)
  test(looser, after, before, ...back)
}

change(rule('z', '{ nickName: z }'), rule('z', '{ nickName: z }') + a)
change(rule('a', '{ nickName: x }', 'reject: 5001, mode: shadow'), rule('a', '{ nickName: x }'))
change(rule('a', '{ nickName: x }', 'reject: 5001, mode: disabled'), rule('a', '{ nickName: x }'))
change(rule('a', '{ nickName: x, userID: u }'), rule('a', '{ nickName: x }'))
change(rule('a', '{ nickName: x }', 'unless: { userID: u }, reject: 5001'), rule('a', '{ nickName: x }'))
change(
  rule('a', '{ nickName: x }', 'unless: { userID: [u, v] }, reject: 5001'),
  rule('a', '{ nickName: x }', 'unless: { userID: u }, reject: 5001'),
)
change(rule('a', '{ nickName: { longer than: 24 } }'), rule('a', '{ nickName: { longer than: 20 } }'))
change(rule('a', '{ nickName: [x] }'), rule('a', '{ nickName: [x, y] }'))
change(rule('a', '{ nickName: x }', 'reject: 5001, until: 2030-01-01'), rule('a', '{ nickName: x }'))
change(
  rule('a', '{ nickName: x }', 'reject: 5001, from: 2030-01-02'),
  rule('a', '{ nickName: x }', 'reject: 5001, from: 2030-01-01'),
)
change(a + rule('e', '{ userID: u }', 'allow: everything'), a)
change(a + rule('e', '{ userID: [u, v] }', 'allow: [a]'), a + rule('e', '{ userID: u }', 'allow: [a]'))
change(a + rule('e', '{ userID: u }', 'allow: everything'), a + rule('e', '{ userID: u }', 'allow: [a]'))
change(rule('a', '{ nickName: { in list: l } }'), rule('a', '{ nickName: { in list: l } }'), ['x\n', 'x\ny\n'])
change(rule('a', '{ not: { userID: { in list: l } } }'), rule('a', '{ not: { userID: { in list: l } } }'), [
  'x\ny\n',
  'x\n',
])
change(
  a + rule('e', '{ userID: { in list: l } }', 'allow: everything'),
  a + rule('e', '{ userID: { in list: l } }', 'allow: everything'),
  ['x\ny\n', 'x\n'],
)

test(stricter, a, rule('a', '{ userID: x }'))
test(stricter, a, rule('a', '{ nickName: { ends with: x } }'))
test(looser, a, rule('a', '{ nickName: { starts with: x } }', 'reject: 5002'))
const exempted = a + rule('e', '{ userID: u }', 'allow: [a]')
test(stricter, exempted, exempted + rule('b', '{ nickName: { starts with: x } }'))
test(looser, a, rule('renamed', '{ nickName: { starts with: x } }'))
test(looser, a, a + rule('r', '{ nickName: present }', 'rewrite: { nickName: trim }'))

test('stricter changes come first, and a list names the rules that it affects', async t => {
  const before = a + rule('l', '{ nickName: { in list: l } }') + rule('gone', '{ userID: u }')
  const after = a + rule('l', '{ nickName: { in list: l } }') + rule('new', '{ userID: v }', 'reject: 5009')
  t.is(
    await explain(before, after, ['x', 'x\ny']),
    `${headline}+ new was added
  + Before the info of a group member is set (beforeSetGroupMemberInfo), when userID is “v”: reject with 5009.

~ the list l changed, which affects l
  + y

Other changes:

- gone was removed
  - Before the info of a group member is set (beforeSetGroupMemberInfo), when userID is “u”: reject with 5001.
`,
  )
})

const counted = (beside: string, limit: string) =>
  rule('c', `{ ${beside}how often: { same: userID, in: 1 day, more than: ${limit} } }`)
change(counted('', '5'), counted('', '3'))

test('a counter that counts something else starts over, and a limit changes no counts', async t => {
  const over = '~ the counts of c start over: it counts something else now'
  t.true((await explain(counted('', '5'), counted('nickName: present, ', '5'))).includes(over))
  t.false((await explain(counted('', '5'), counted('', '3'))).includes('start over'))
})
