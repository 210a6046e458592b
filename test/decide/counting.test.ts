import test from 'ava'
import { CallCounts, countedCall } from '../../src/count/call-counts.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { decide } from '../../src/decide/decide.ts'
import { counting, follows, given, service, sign } from '../_counting.ts'
import { noon } from '../_rules.ts'

/** The sentences of what counting means, by their numbers. */

const file = (body: string) => `callback: beforeSendGroupMsg\n${body}`
const rule = (when: string, rest = 'reject: 5001') => file(`rules:\n  - { rule: r, when: { ${when} }, ${rest} }\n`)
const two = 'how often: { same: sendID, in: 10 seconds, more than: 2 }'

test(
  '1. what stands beside a count decides what counts',
  follows,
  rule(`message text.links: present, ${two}`),
  `
0 message_text=hi .....
1 message_text=http://a.test ..x
  message_text=hi .
`,
)

test(
  '1. so does the condition of the file',
  follows,
  file(`when: { groupID: { starts with: g } }\nrules:\n  - { rule: r, when: { ${two} }, reject: 5001 }\n`),
  `
0 groupID=h .....
1 groupID=g ..x
  groupID=h .
`,
)

test(
  '1. a call with a definite exception does not count, one with an unknown exception does',
  follows,
  rule(two, 'unless: { groupID: h, serverMsgID: free }, reject: 5001'),
  `
0 groupID=h serverMsgID=free .....
1 groupID=h ..x
`,
)

test(
  '1. an unknown condition is none that counts',
  follows,
  rule(`ex: { contains: a }, ${two}`),
  `
0 .....
1 ex=a ..x
`,
)

test('1. a rule counts from its first day to its last', async t => {
  // It is noon in Shanghai, on 4 March.
  const day = 24 * 3600
  const when = 'how often: { same: sendID, in: 10 days, more than: 2 }'
  const { call } = service(`zone: Asia/Shanghai\n${rule(when, 'reject: 5001, from: 2026-03-05, until: 2026-03-06')}`)
  const signs: string[] = []
  for (const days of [0, 0.4, 0.6, 1, 1.1, 2.6]) signs.push(sign(await call('', days * day)))
  t.is(signs.join(''), '....x.')
})

const others = `counters:
  pictures: { callback: beforeSendGroupMsg, when: { contentType: picture }, same: sendID }
`
test(
  '1. other counts of the rule do not decide what counts',
  follows,
  file(
    `${others}rules:\n  - { rule: r, when: { ${two}, all: [{ how often: { of: pictures, same: sendID, in: 1 day, at least: 1 } }] }, reject: 5001 }\n`,
  ),
  `
0 ...
1 contentType:=102 x
`,
)

test(
  '1. nor do other counts of its exception',
  follows,
  file(
    `${others}rules:\n  - { rule: r, when: { ${two} }, unless: { how often: { of: pictures, same: sendID, in: 5 seconds, at least: 1 } }, reject: 5001 }\n`,
  ),
  `
0 contentType:=102 ....
7 x
`,
)

test(
  '1. nor do counts that were answered for a rewrite before',
  follows,
  `callback: beforeMsgModify
counters:
  pictures: { callback: beforeMsgModify, when: { contentType: picture }, same: sendID }
rules:
  - rule: first
    when: { message text: present, how often: { of: pictures, same: sendID, in: 1 day, at least: 1 } }
    rewrite: { ex: { set: a } }
  - rule: r
    when: { ${two}, all: [{ how often: { of: pictures, same: sendID, in: 1 day, at least: 1 } }] }
    reject: 5001
`,
  `
0 callback=beforeMsgModify message_text=a ...
1 callback=beforeMsgModify contentType:=102 content={} x
`,
)

test('1. a rule counts the values on which it is judged', async t => {
  const { call } = service(`callback: beforeSetGroupMemberInfo
rules:
  - { rule: one-name, when: { userID: { starts with: guest- } }, rewrite: { nickName: { set: guest } } }
  - { rule: r, when: { how often: { same: nickName, in: 1 day, more than: 2 } }, reject: 5001 }
  - { rule: s, when: { how often: { same: original.nickName, in: 1 day, more than: 1 } }, reject: 5002 }
`)
  const decided: string[] = []
  for (const [at, name] of ['a', 'b', 'c', 'b', 'b'].entries()) {
    const decision = await call(`callback=beforeSetGroupMemberInfo userID=guest-${at} nickName=${name}`, at)
    decided.push(decision.kind === 'reject' ? decision.matches.map(({ rule: id }) => id).join(' ') : 'allow')
  }
  // The third is refused and does not count.
  t.deepEqual(decided, ['allow', 'allow', 'one-name r', 'one-name r s', 'one-name r s'])
})

test('1. a rewrite counts what the rewrites before it made', async t => {
  const { call } = service(`callback: beforeSetGroupMemberInfo
rules:
  - { rule: one-name, when: { userID: { starts with: guest- } }, rewrite: { nickName: { set: guest } } }
  - { rule: again, when: { how often: { same: nickName, in: 1 day, more than: 1 } }, rewrite: { nickName: { set: other } } }
`)
  const names: unknown[] = []
  for (const name of ['guest', 'b', 'guest']) {
    const decision = await call(`callback=beforeSetGroupMemberInfo userID=guest-1 nickName=${name}`, 0)
    names.push(decision.kind === 'allow' && decision.rewrites.get('nickName'))
  }
  t.deepEqual(names, [undefined, 'other', 'other'])
})

test('2. the call itself is one of those counted', follows, rule(two), '0 ..xxx')

for (const [word, signs] of [
  ['more than: 2', '..xx'],
  ['at least: 2', '.xxx'],
  ['at most: 2', 'xxxx'],
  ['less than: 2', 'xxxx'],
  ['is: 2', '.xxx'],
  ['between: [2, 3]', '.xxx'],
] as const) {
  test(
    `2. what is refused leaves the count where it was: ${word}`,
    follows,
    rule(`how often: { same: sendID, in: 10 seconds, ${word} }`),
    `0 ${signs}`,
  )
}

for (const [word, signs] of [
  ['at most: 2', 'xx..'],
  ['is: 2', '.x..'],
  ['between: [2, 3]', '.xx.'],
] as const) {
  test(
    `2. where all count, it goes on: ${word}`,
    follows,
    rule(`how often: { same: sendID, in: 10 seconds, counting: all, ${word} }`),
    `0 ${signs}`,
  )
}

const counts = (counting: string) =>
  file(`rules:
  - { rule: rude, when: { message text: { has word: damn } }, reject: 5001 }
  - { rule: mask, when: { how often: { same: sendID, in: 10 seconds, more than: 2, counting: ${counting} } }, reject: 5002 }
`)

test(
  '3. calls that were let through count',
  follows,
  counts('let through'),
  `
0 message_text=damn xxxx
1 message_text=hi ..xx
`,
)
test(
  '3. calls that were refused count, by whatever rule; the call itself does not',
  follows,
  counts('refused'),
  `
0 message_text=hi ....
1 message_text=damn xx
  message_text=hi .
2 message_text=damn x
  message_text=hi x
`,
)
test(
  '3. all calls count',
  follows,
  counts('all'),
  `
0 message_text=damn x
1 message_text=hi .x
`,
)

test('3. a rewritten call was let through', async t => {
  const { call } = service(`callback: beforeMsgModify
rules:
  - { rule: mask, when: { message text: present }, rewrite: { message text: { mask words in: [damn] } } }
  - { rule: r, when: { ${two} }, reject: 5001 }
`)
  let signs = ''
  for (let at = 0; at < 3; at++) signs += sign(await call('callback=beforeMsgModify message_text=damn', at))
  t.is(signs, 'rrx')
})

test('3. the failure policy refuses, too', async t => {
  for (const [counting, expected] of [
    ['let through', '..x'],
    ['refused', 'xxx'],
    ['all', 'xxx'],
  ] as const) {
    const { begin, call } = service(
      rule(`how often: { same: sendID, in: 10 seconds, at least: 3, counting: ${counting} }`),
    )
    for (let at = 0; at < 3; at++) (await begin('', at)).settle('refused')
    let signs = ''
    for (let at = 0; at < 3; at++) signs += sign(await call('', 3))
    t.is(signs, expected, counting)
  }
})

test('3. refused calls under way do not count yet', async t => {
  const { begin } = service(rule('how often: { same: sendID, in: 10 seconds, at least: 1, counting: refused }'))
  const begun = [await begin('', 0), await begin('', 0)]
  for (const { settle } of begun) settle('refused')
  t.is([...begun, await begin('', 0)].map(({ decision }) => sign(decision)).join(''), '..x')
})

test(
  '3. what has happened counts always, whatever watches it',
  follows,
  'callback: afterSendGroupMsg\nrules:\n  - { rule: r, when: { how often: { same: sendID, in: 10 seconds, more than: 2 } }, reject: 5001, mode: shadow }\n',
  `
0 callback=afterSendGroupMsg .
9 callback=afterSendGroupMsg .sss
18 callback=afterSendGroupMsg s
`,
)

test('4. calls that overlap do not slip through together', async t => {
  const { begin, call } = service(rule(two))
  const begun = await Promise.all(Array.from({ length: 5 }, () => begin('', 0)))
  t.is(begun.map(({ decision }) => sign(decision)).join(''), '..xxx')
  for (const { settle } of begun) settle()
  t.is(sign(await call('', 1)), 'x')
  t.is(sign(await call('', 10)), '.')
})

test('4. a place is given back when the outcome is not one that counts', async t => {
  const { begin, call } = service(rule(two))
  const begun = [await begin('', 0), await begin('', 0)]
  t.is(sign(await call('', 0)), 'x')
  for (const { settle } of begun) settle('refused')
  t.is(sign(await call('', 0)), '.')
  t.is(sign(await call('', 0)), '.')
  t.is(sign(await call('', 0)), 'x')
})

test('4. a call is settled once, and asks without taking from then on', async t => {
  const { begin, call } = service(rule(two))
  const { settle } = await begin('', 0)
  settle('refused')
  settle('let through')
  t.is(sign(await call('', 0)) + sign(await call('', 0)) + sign(await call('', 0)), '..x')
})

test(
  '5. the window leaves out its first instant',
  follows,
  rule(two),
  `
0 .
4 .
9.999 x
10 .
13.999 x
14 .
`,
)

test('5. time never goes back', async t => {
  const { call } = service(rule(two))
  let signs = ''
  for (const seconds of [20, 20, 0, 29, 5, 30, 30]) signs += sign(await call('', seconds))
  t.is(signs, '..xxx..')
})

test(
  '6. values are equal when "is" would say so',
  follows,
  rule('how often: { same: message text, in: 10 seconds, more than: 2 }'),
  `
0 message_text=Hello+World .
  message_text=hello++world .
  message_text=ＨＥＬＬＯ+WORLD x
  message_text=hello+w0rld .
`,
)
test(
  '6. ids are equal character by character',
  follows,
  rule(two),
  `
0 sendID=ann ..
  sendID=Ann .
  sendID=ann x
`,
)
test(
  '6. calls without a value have nothing in common',
  follows,
  rule('how often: { same: ex, in: 10 seconds, more than: 2 }'),
  `
0 .....
  ex= ..x
  .
`,
)
test(
  '6. one absent value of several is enough',
  follows,
  rule('how often: { same: [sendID, ex], in: 10 seconds, more than: 2 }'),
  `
0 .....
  ex=a ..x
`,
)
test(
  '6. nor do they count with another absent value that should be different',
  follows,
  rule('how often: { same: sendID, different: ex, in: 10 seconds, at least: 2 }'),
  `
0 .....
  ex=a ...
  ex=b x
`,
)
test(
  '6. what is not known of "same" is neither true nor false',
  follows,
  rule('how often: { same: ex, in: 10 seconds, at most: 5 }'),
  `
0 ..
  ex=a x
`,
)
test(
  '6. an empty value is a value',
  follows,
  rule('how often: { same: message text.gist, in: 10 seconds, more than: 2 }'),
  `
0 message_text=Buy+coins .
  message_text=BUY...coins! .
  message_text=1 .
  message_text=2 .
  message_text=buy+coins x
  message_text=3 x
`,
)
test(
  '6. what is null in JSON is absent, and a number is no text',
  follows,
  rule('how often: { same: ex.level, in: 10 seconds, more than: 1 }'),
  `
0 ex={"level":null} ...
  ex={} ...
  ex={"level":1} .
  ex={"level":"1"} .
  ex={"level":1.0} x
`,
)
test(
  '6. all calls together need no value',
  follows,
  rule('how often: { in: 10 seconds, more than: 2 }'),
  `
0 sendID=a .
  sendID=b .
  sendID=c x
`,
)

test(
  '6. different values count, not calls',
  follows,
  rule('how often: { same: sendID, different: groupID, in: 10 seconds, more than: 2 }'),
  `
0 groupID=a ....
1 groupID=b ....
2 groupID=c x
  groupID=a .
10 groupID=c x
12 groupID=c .
`,
)

const joins = (body: string) =>
  `callback: beforeMembersJoinGroup\nrules:\n  - { rule: r, when: { ${body} }, reject: 5001 }\n`
test(
  '6. of a list each different item counts',
  follows,
  joins('how often: { same: groupID, different: memberList.userID, in: 10 seconds, at least: 4 }'),
  `
0 callback=beforeMembersJoinGroup groupID=g memberList:=[{"userID":"a"},{"userID":"b"},{"userID":"a"}] ...
1 callback=beforeMembersJoinGroup groupID=g memberList:=[{"userID":"c"}] ..
2 callback=beforeMembersJoinGroup groupID=g memberList:=[{"userID":"d"},{"userID":"a"}] x
  callback=beforeMembersJoinGroup groupID=g memberList:=[{"userID":"a"}] .
  callback=beforeMembersJoinGroup groupID=h memberList:=[{"userID":"d"}] .
`,
)
test(
  '6. an item without a value is left out',
  follows,
  joins('how often: { same: groupID, different: memberList.nickname, in: 10 seconds, at least: 2 }'),
  `
0 callback=beforeMembersJoinGroup groupID=g memberList:=[{"userID":"a"},{"userID":"b","nickname":"x"}] ..
  callback=beforeMembersJoinGroup groupID=g memberList:=[{"userID":"a"}] .
  callback=beforeMembersJoinGroup groupID=g memberList:=[{"userID":"a","nickname":"y"}] x
`,
)
test(
  '6. an empty list is as none',
  follows,
  joins('how often: { same: groupID, different: memberList.userID, in: 10 seconds, at most: 3 }'),
  `
0 callback=beforeMembersJoinGroup groupID=g memberList:=[] ..
  callback=beforeMembersJoinGroup groupID=g memberList:=[{"userID":"a"}] x
`,
)
test(
  '6. each item has a count of its own, and one that holds is enough',
  follows,
  rule('how often: { same: each atUserList, in: 10 seconds, more than: 2 }'),
  `
0 sendID=a atUserList:=["v","w"] .
  sendID=b atUserList:=["v","v"] .
  sendID=c atUserList:=["w"] .
  sendID=d atUserList:=["z","v"] x
  sendID=d atUserList:=["z"] ..x
  sendID=e atUserList:=[] ....
  sendID=e ....
`,
)

test(
  '7. calls of a message with one id are one call',
  follows,
  rule(two),
  `
0 serverMsgID=m1 ....
  serverMsgID=m2 ....
  serverMsgID=m3 x
  serverMsgID=m1 .
`,
)
test('7. an empty id is none', follows, rule(two), '0 serverMsgID= ..x')
test('7. ids that clients choose hide nothing', follows, rule(two), '0 clientMsgID=c ..x')
test(
  '7. a message that passes two callbacks is one',
  follows,
  `rules:
  - { rule: r, callback: [beforeSendGroupMsg, beforeMsgModify], when: { ${two} }, reject: 5001 }
`,
  `
0 serverMsgID=m1 .
  callback=beforeMsgModify serverMsgID=m1 .
  serverMsgID=m2 .
  callback=beforeMsgModify serverMsgID=m2 .
  serverMsgID=m3 x
`,
)
test('7. a message that is sent again while it is judged is one call', async t => {
  const { begin, call } = service(rule(two))
  const begun = await Promise.all(['m1', 'm1', 'm1', 'm2'].map(id => begin(`serverMsgID=${id}`, 0)))
  t.is(begun.map(({ decision }) => sign(decision)).join(''), '....')
  for (const { settle } of begun) settle()
  t.is(sign(await call('serverMsgID=m3', 0)) + sign(await call('serverMsgID=m2', 0)), 'x.')
})
test('7. a message that was refused and is sent again counts by what becomes of it then', async t => {
  const { begin, call } = service(rule(two))
  ;(await begin('serverMsgID=m1', 0)).settle('refused')
  t.is(sign(await call('serverMsgID=m2', 0)) + sign(await call('serverMsgID=m1', 0)), '..')
  t.is(sign(await call('serverMsgID=m3', 0)), 'x')
})
test('7. without that the id of a trusted proxy tells what is repeated', async t => {
  const { call } = service(
    'callback: beforeAddFriend\nrules:\n  - { rule: r, when: { how often: { same: fromUserID, in: 1 day, more than: 2 } }, reject: 5001 }\n',
  )
  let signs = ''
  for (const id of ['a', 'a', 'a', 'b', 'b', 'c', undefined]) {
    signs += sign(await call('callback=beforeAddFriend fromUserID=u toUserID=v', 0, id))
  }
  t.is(signs, '.....xx')
})
test(
  '3. so it does beside calls that could still be refused',
  follows,
  `rules:
  - rule: r
    callback: [beforeSendGroupMsg, afterSendGroupMsg]
    when: { how often: { same: sendID, in: 10 seconds, more than: 2 } }
    reject: 5001
    mode: shadow
`,
  `
0 .
5 .
6 ss
10 .
  callback=afterSendGroupMsg s
15 s
`,
)
test(
  '7. notices never count',
  follows,
  rule(two),
  `
0 contentType:=1000 .....
  contentType:=1501 .....
  contentType:=999 ..x
`,
)
test(
  '7. nor do they for named counters',
  follows,
  file(
    'counters: { sent: { callback: beforeSendGroupMsg, same: sendID } }\nrules:\n  - { rule: r, when: { how often: { of: sent, same: sendID, in: 10 seconds, more than: 2 } }, reject: 5001 }\n',
  ),
  `
0 contentType:=1000 .....
  contentType:=101 ..x
`,
)

test(
  '8. after a start what is more than the limit is true, and the rest unknown',
  follows,
  rule(two),
  `
1 ..xx
5 sendID=v .
`,
  { since: 0 },
)
for (const when of ['at most: 2', 'less than: 3', 'is: 1', 'between: [1, 2]']) {
  test(
    `8. a first call is not known to be one until the whole window is known: ${when}`,
    follows,
    rule(`how often: { same: sendID, in: 10 seconds, ${when} }`),
    `
1 .
9 sendID=v .
10 sendID=w x
`,
    { since: 0 },
  )
}
test(
  '8. more than so many is certain from a lower bound, and at most so many is certainly not',
  follows,
  file(`counters: { sent: { callback: beforeSendGroupMsg, same: sendID } }
rules:
  - rule: r
    when: { msgFrom: user, not: { how often: { of: sent, same: sendID, in: 10 seconds, at most: 1 } } }
    reject: 5001
`),
  '1 .xx',
  { since: 0 },
)
test(
  '8. a lower bound is unknown, never unsure, so that "if unsure" says nothing of it',
  follows,
  rule('how often: { same: sendID, in: 10 seconds, at most: 2 }', 'if unsure: fire, reject: 5001'),
  `
1 .
10 sendID=w x
`,
  { since: 0 },
)
test(
  '8. an unknown exception exempts nothing',
  follows,
  file(
    'counters: { sent: { callback: beforeSendGroupMsg, same: sendID } }\nrules:\n  - { rule: r, when: { msgFrom: user }, unless: { how often: { of: sent, same: sendID, in: 10 seconds, at most: 5 } }, reject: 5001 }\n',
  ),
  `
1 x
10 .
`,
  { since: 0 },
)
test('8. what was forgotten for room makes the count a lower bound', async t => {
  const store = new MemoryCounts({ secret: '', since: Number.NEGATIVE_INFINITY, mostKeys: 2 })
  const { call } = service(rule('how often: { same: sendID, in: 10 seconds, at most: 1, counting: all }'), { store })
  let signs = ''
  for (const id of ['a', 'b', 'c', 'd', 'a']) signs += sign(await call(`sendID=${id}`, 0))
  t.is(signs, 'xxx..')
  // More than the limit is true all the same, and the rest known again after the span.
  const again = service(rule('how often: { same: sendID, in: 10 seconds, more than: 1, counting: all }'), { store })
  t.is(sign(await again.call('sendID=d', 5)) + sign(await again.call('sendID=new', 5)), 'x.')
  t.is(sign(await call('sendID=new', 16)), 'x')
})
test('8. a raised limit is a lower bound until enough is known', async t => {
  const { call, reload } = service(rule('how often: { same: sendID, in: 10 seconds, at least: 2, counting: all }'))
  let signs = ''
  for (let at = 0; at < 4; at++) signs += sign(await call('', at))
  reload(rule('how often: { same: sendID, in: 10 seconds, is: 5, counting: all }'), 4)
  // Only the last two were kept: with this one there are three, or more.
  signs += sign(await call('', 4))
  t.is(signs, '.xxx.')
})
test('8. a longer span is a lower bound until it is over', async t => {
  const first = (span: string) => rule(`how often: { same: sendID, in: ${span}, at most: 1, counting: all }`)
  const { call, reload } = service(first('10 seconds'))
  t.is(sign(await call('', 0)), 'x')
  reload(first('1 minute'), 20)
  t.is(sign(await call('sendID=new', 20)), '.')
  t.is(sign(await call('sendID=newer', 70)), 'x')
})

test('9. what is only tried is told how often it was, and counts nothing', async t => {
  const ruleSet = counting(rule(two))
  const { call, counts: store } = service(rule(two))
  const tried = (at: number) =>
    decide(ruleSet, given(''), noon + at * 1000, {
      counts: {
        take: () => {},
        ask: questions => store.peek(countedCall(given(''), noon + at * 1000), questions),
      },
    })
  let signs = ''
  for (let at = 0; at < 4; at++) signs += sign(await tried(at))
  for (let at = 0; at < 2; at++) signs += sign(await call('', 4))
  for (let at = 0; at < 2; at++) signs += sign(await tried(5))
  t.is(signs, '......xx')
  t.is(sign(await call('', 14)), '.')
})
test('9. a decision that goes on after its call was answered counts nothing', async t => {
  const ruleSet = counting(rule(two))
  const { call, counts: store } = service(rule(two))
  for (let at = 0; at < 3; at++) {
    const late = new CallCounts(store, ruleSet.counters, countedCall(given(''), noon))
    late.settle('refused')
    const { effects } = await decide(ruleSet, given(''), noon, { counts: late })
    late.settle('let through', effects)
  }
  t.is(sign(await call('', 0)) + sign(await call('', 0)) + sign(await call('', 0)), '..x')
})
test(
  '9. a disabled rule counts nothing, and nothing holds of it',
  follows,
  rule(two, 'reject: 5001, mode: disabled'),
  '0 .....',
)
test('9. a rule that is enabled starts to count then', async t => {
  const { call, reload } = service(rule(two, 'reject: 5001, mode: disabled'))
  for (let at = 0; at < 5; at++) await call('', 0)
  reload(rule(two), 1)
  t.is(sign(await call('', 1)) + sign(await call('', 1)) + sign(await call('', 1)), '..x')
})

test(
  '10. a rule in shadow counts as if it were in force',
  follows,
  rule(two, 'reject: 5001, mode: shadow'),
  `
0 ..sss
10 ..s
`,
)
test(
  '10. what another rule refused counts as that in shadow',
  follows,
  file(`rules:
  - { rule: rude, when: { message text: { has word: damn } }, reject: 5001 }
  - { rule: r, when: { ${two} }, reject: 5002, mode: shadow }
`),
  `
0 message_text=damn xxxx
1 message_text=hi ..s
`,
)
test(
  '10. two rules that count alike, one of them in shadow, do not take counts from each other',
  follows,
  file(`rules:
  - { rule: strict, when: { how often: { same: sendID, in: 10 seconds, more than: 1 } }, reject: 5001, mode: shadow }
  - { rule: r, when: { how often: { same: sendID, in: 10 seconds, more than: 3 } }, reject: 5002 }
`),
  '0 .ssx',
)
test(
  '10. an exempted rule counts by what became of the call',
  follows,
  file(`rules:
  - { rule: pass, when: { groupID: free }, allow: [r] }
  - { rule: r, when: { ${two} }, reject: 5001 }
`),
  `
0 groupID=free .....
1 groupID=g x
10 groupID=g ..x
`,
)
test(
  '10. so does one in shadow',
  follows,
  file(`rules:
  - { rule: pass, when: { groupID: free }, allow: everything }
  - { rule: r, when: { ${two} }, reject: 5001, mode: shadow }
`),
  `
0 groupID=free ..
9 groupID=free ...
10 groupID=g s
`,
)

test(
  '11. each member of a batch counts',
  follows,
  joins('how often: { same: each memberList.userID, in: 10 seconds, more than: 1 }'),
  `
0 callback=beforeMembersJoinGroup groupID=a memberList:=[{"userID":"a"},{"userID":"b"}] .
  callback=beforeMembersJoinGroup groupID=b memberList:=[{"userID":"c"},{"userID":"b"}] x
  callback=beforeMembersJoinGroup groupID=c memberList:=[{"userID":"c"}] .
  callback=beforeMembersJoinGroup groupID=c memberList:=[{"userID":"c"}] x
`,
)
