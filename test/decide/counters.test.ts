import test from 'ava'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { alone, follows, service, sign } from '../_counting.ts'

/** What counting means, by the numbers of its sentences: named counters, and what is not sure. */

const file = (body: string) => `callback: beforeSendGroupMsg\n${body}`
const rule = (when: string, rest = 'reject: 5001') => file(`rules:\n  - { rule: r, when: { ${when} }, ${rest} }\n`)

const counters = `counters:
  sent: { callback: beforeSendGroupMsg, same: sendID }
  joined: { callback: beforeMembersJoinGroup, same: [groupID, each memberList.userID] }
  refusals: { callback: beforeSendGroupMsg, same: sendID, counting: refused }
`
const asks = (when: string, rest = 'reject: 5001') =>
  file(`${counters}rules:\n  - { rule: r, when: { ${when} }, ${rest} }\n`)

/** Whether rules refuse the third call of u when the store that is shared cannot be asked. */
const unsure = test.macro<[string, string]>(async (t, rules, expected) => {
  const store = alone(new MemoryCounts({ secret: '', since: Number.NEGATIVE_INFINITY }))
  const { call } = service(rules, { store })
  let signs = ''
  for (let at = 0; at < 4; at++) signs += sign(await call('', at))
  t.is(signs, expected)
})

const often = (limit: string) => `how often: { same: sendID, in: 1 minute, ${limit}, counting: all }`
test(
  '14. what this process alone counted is enough for more than the limit',
  unsure,
  rule(often('more than: 2')),
  '..xx',
)
test(
  '14. it is definitely not at most so many',
  unsure,
  rule(often('at most: 2'), 'if unsure: fire, reject: 5001'),
  'xx..',
)
test('14. a rule does not fire while it is unsure', unsure, rule(often('at most: 2')), '....')
for (const limit of ['more than: 2', 'at least: 9']) {
  test(
    `14. with "if unsure: fire" it does: ${limit}`,
    unsure,
    rule(often(limit), 'if unsure: fire, reject: 5001'),
    'xxxx',
  )
}
test(
  '14. but only if everything else is true',
  unsure,
  rule(`groupID: other, ${often('at most: 2')}`, 'if unsure: fire, reject: 5001'),
  '....',
)
const sent = (limit: string) => `how often: { of: sent, same: sendID, in: 1 minute, ${limit} }`
test('14. named counters are unsure, too', unsure, asks(sent('at most: 2')), '....')
test('14. they fire, too', unsure, asks(sent('at most: 2'), 'if unsure: fire, reject: 5001'), 'xxxx')
test(
  '14. while an exception may hold, a rule does not fire',
  unsure,
  asks('msgFrom: user', `unless: { ${sent('at least: 9')} }, reject: 5001`),
  '....',
)
test(
  '14. with "if unsure: fire" an unsure exception exempts nothing',
  unsure,
  asks('msgFrom: user', `unless: { ${sent('at least: 9')} }, if unsure: fire, reject: 5001`),
  'xxxx',
)
test(
  '14. an exception that definitely holds exempts',
  unsure,
  asks('msgFrom: user', `unless: { ${sent('at least: 1')} }, if unsure: fire, reject: 5001`),
  '....',
)
test(
  '14. what is unsure decides nothing where something else does',
  unsure,
  asks(`any: [{ ${sent('at most: 2')} }, { msgFrom: user }]`),
  'xxxx',
)
test('14. not unsure is unsure', unsure, asks(`msgFrom: user, not: { ${sent('at least: 9')} }`), '....')
const since = (limit: string) => `how long since: { of: sent, same: sendID, ${limit} }`
test(
  '14. a call that this process knows was no longer ago than that',
  unsure,
  asks(since('less than: 1 minute')),
  '.xxx',
)
test('14. another one may have been later', unsure, asks(since('more than: 1 second')), '....')
test(
  '14. so it is unsure, unless this process knows a later one',
  unsure,
  asks(since('more than: 1 second'), 'if unsure: fire, reject: 5001'),
  'xxxx',
)

test('14. nobody who answers is unsure, and no failure', async t => {
  const store = new MemoryCounts({ secret: '', since: Number.NEGATIVE_INFINITY })
  const silent = {
    use: () => {},
    take: () => {},
    ask: async () => new Map(),
    peek: (...asked: Parameters<typeof store.peek>) => store.peek(...asked),
    settle: () => {},
  }
  for (const [rest, expected] of [
    ['if unsure: skip, ', '.'],
    ['if unsure: fire, ', 'x'],
    ['', '.'],
  ]) {
    const { call } = service(rule(often('more than: 2'), `${rest}reject: 5001`), { store: silent })
    t.is(sign(await call('', 0)), expected as string)
  }
})

test('14. a silence begins only when the count is sure', async t => {
  const store = alone(new MemoryCounts({ secret: '', since: Number.NEGATIVE_INFINITY }))
  const when = 'how often: { same: sendID, in: 10 seconds, more than: 2, then for: 1 hour }'
  const { call } = service(rule(when, 'if unsure: fire, reject: 5001, mode: shadow'), { store })
  t.is(sign(await call('', 0)), 's')
  store.ask = async () => new Map()
  const { call: later } = service(rule(when, 'if unsure: skip, reject: 5001, mode: shadow'), { store })
  t.is(sign(await later('', 1)), '.')
})

test(
  '15. a named counter counts whatever rules decide on',
  follows,
  asks('message text.links: present, how often: { of: sent, same: sendID, in: 10 seconds, more than: 2 }'),
  `
0 message_text=hi ..
1 message_text=http://a.test x
  message_text=hi ..
2 sendID=v message_text=http://a.test ..x
`,
)

test('15. it counts the values as received, whatever rewrites make of them', async t => {
  const { call } = service(`callback: beforeSetGroupMemberInfo
counters:
  names: { callback: beforeSetGroupMemberInfo, when: { nickName: { contains: x } }, same: groupID }
rules:
  - { rule: tidy, when: { nickName: present }, rewrite: { nickName: { replace: { text: x, with: "" } } } }
  - { rule: r, when: { nickName: present, how often: { of: names, same: groupID, in: 1 day, more than: 2 } }, reject: 5001 }
`)
  let signs = ''
  for (const name of ['a', 'a', 'ax', 'ax', 'ax', 'a']) {
    signs += sign(await call(`callback=beforeSetGroupMemberInfo groupID=g userID=u nickName=${name}`, 0))
  }
  t.is(signs, '..rrx.')
})

test(
  '15. its condition is definitely true, or the call does not count',
  follows,
  file(`counters: { marked: { callback: beforeSendGroupMsg, when: { not: { ex: a } }, same: sendID } }
rules:
  - { rule: r, when: { how often: { of: marked, same: sendID, in: 10 seconds, more than: 2 } }, reject: 5001 }
`),
  `
0 ex=a ...
  ...
  ex=b ..x
`,
)

test(
  '15. what has been refused counts where that is counted',
  follows,
  asks('how often: { of: refusals, same: sendID, in: 10 seconds, at least: 2 }').replace(
    'rules:\n',
    'rules:\n  - { rule: rude, when: { message text: { has word: damn } }, reject: 5002 }\n',
  ),
  `
0 message_text=hi ..
1 message_text=damn xx
  message_text=hi xxx
`,
)

const recently = asks('how long since: { of: joined, same: [groupID, sendID], less than: 10 seconds }')
test(
  '15. how long since looks at earlier calls of another callback',
  follows,
  recently,
  `
0 .
1 callback=beforeMembersJoinGroup groupID=g memberList:=[{"userID":"a"},{"userID":"u"}] .
2 x
  sendID=a x
  sendID=b .
  groupID=h .
10.999 x
11 .
`,
)
test(
  '15. it never looks at the call itself, and is unknown when there was none',
  follows,
  asks('how long since: { of: sent, same: sendID, less than: 10 seconds }'),
  `
0 .x
9 x
20 .
`,
)
test(
  '15. more than so long ago is unknown, too, when there was none',
  follows,
  asks('how long since: { of: sent, same: sendID, more than: 10 seconds }'),
  `
0 .
10 .
20.001 x
21 x
`,
)
test('15. nor does it look at the same message that is sent again', async t => {
  const { call } = service(asks('how long since: { of: sent, same: sendID, less than: 10 seconds }'))
  let signs = ''
  for (const id of ['m1', 'm1', 'm2', 'm2']) signs += sign(await call(`serverMsgID=${id}`, 0))
  t.is(signs, '..xx')
})
test(
  '15. counters can be asked in groups, exceptions and named conditions',
  follows,
  file(`${counters}conditions: { busy: { how often: { of: sent, same: sendID, in: 10 seconds, more than: 3 } } }
rules:
  - rule: r
    when: { any: [{ use: busy }, { all: [{ groupID: h }, { how often: { of: sent, same: sendID, in: 10 seconds, more than: 1 } }] }] }
    unless: { none: [{ how often: { of: sent, same: sendID, in: 10 seconds, at least: 2 } }] }
    reject: 5001
`),
  `
0 groupID=h .x
1 groupID=g ..x
`,
)
test(
  '15. a rule that asks for a list asks for each of its items',
  follows,
  file(`counters: { mentioned: { callback: beforeSendGroupMsg, same: each atUserList } }
rules:
  - { rule: r, when: { how often: { of: mentioned, same: each atUserList, in: 10 seconds, more than: 1 } }, reject: 5001 }
`),
  `
0 atUserList:=["a","b"] .
  atUserList:=["c"] .
  atUserList:=["d","b"] x
  atUserList:=["d"] .
`,
)

test('16. the same calls at the same times have the same decisions', async t => {
  const rules = file(`${counters}rules:
  - { rule: a, when: { how often: { same: [sendID, groupID], in: 5 seconds, more than: 2 } }, reject: 5001 }
  - { rule: b, when: { how often: { of: sent, same: sendID, in: 9 seconds, more than: 4 } }, reject: 5002 }
  - { rule: c, when: { how often: { same: sendID, different: groupID, in: 8 seconds, more than: 2, then for: 4 seconds } }, reject: 5003 }
`)
  const play = async () => {
    const { call } = service(rules)
    const decisions: unknown[] = []
    for (let at = 0; at < 60; at++) {
      decisions.push(await call(`sendID=u${(at * 7) % 3} groupID=g${(at * 5) % 4}`, Math.floor(at / 3)))
    }
    return decisions
  }
  const first = await play()
  t.deepEqual(await play(), first)
  t.true(new Set(first.map(decision => JSON.stringify(decision))).size > 2)
})
