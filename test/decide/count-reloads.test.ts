import test from 'ava'
import { follows, service, sign } from '../_counting.ts'

/** What counting means, by the numbers of its sentences: silences, and rules that change. */

const file = (body: string) => `callback: beforeSendGroupMsg\n${body}`
const rule = (when: string, rest = 'reject: 5001') => file(`rules:\n  - { rule: r, when: { ${when} }, ${rest} }\n`)
const two = 'how often: { same: sendID, in: 10 seconds, more than: 2 }'
const quiet = 'how often: { same: sendID, in: 10 seconds, more than: 2, then for: 1 minute }'

test(
  '12. a silence begins when the rule first fires, and calls in it do not prolong it',
  follows,
  rule(quiet),
  `
0 ..x
30 x
59.999 x
60 ..x
119.999 x
120 .
`,
)
test(
  '12. it is for the same values only',
  follows,
  rule(quiet),
  `
0 sendID=a ..x
1 sendID=b .
30 sendID=b .
  sendID=a x
`,
)
test(
  '12. a call that does not match otherwise is none of it',
  follows,
  rule(`msgFrom: user, ${quiet}`),
  `
0 ..x
30 msgFrom:=200 ..
  x
`,
)
test(
  '12. a rule that is exempted begins none',
  follows,
  file(`rules:
  - { rule: pass, when: { groupID: free }, allow: [r] }
  - { rule: r, when: { ${quiet} }, reject: 5001 }
`),
  `
0 groupID=free ....
20 groupID=g ..x
`,
)
test(
  '12. it may be shorter than the window',
  follows,
  rule('how often: { same: sendID, in: 10 seconds, more than: 2, then for: 1 second }'),
  `
0 ..x
5 x
10 ..
`,
)
test('12. calls that overlap begin one silence', async t => {
  const { begin, call } = service(rule(quiet))
  const begun = await Promise.all(Array.from({ length: 5 }, () => begin('', 0)))
  for (const { settle } of begun) settle()
  t.is(begun.map(({ decision }) => sign(decision)).join(''), '..xxx')
  t.is(sign(await call('', 59)) + sign(await call('', 60)), 'x.')
})
test(
  '12. in shadow it runs as well',
  follows,
  rule(quiet, 'reject: 5001, mode: shadow'),
  `
0 ..s
59 s
60 .
`,
)
test('12. in shadow it has a clock of its own', async t => {
  const { call, reload } = service(rule(quiet, 'reject: 5001, mode: shadow'))
  let signs = ''
  for (const seconds of [0, 0, 0]) signs += sign(await call('', seconds))
  reload(rule(quiet), 1)
  for (const seconds of [30, 31, 32, 33]) signs += sign(await call('', seconds))
  t.is(signs, '..s..xx')
})
test('12. it goes on after a reload', async t => {
  const { call, reload } = service(rule(quiet))
  for (const seconds of [0, 0, 0]) await call('', seconds)
  reload(rule(quiet, 'reject: { code: 5002, message: "Hush for {wait} s" }'), 1)
  const decision = await call('', 20.5)
  t.is(decision.kind === 'reject' && decision.message, 'Hush for 40 s')
})

test('{wait} is how long it takes until the rule would not fire', async t => {
  const { call, begin } = service(rule(two, 'reject: { code: 5001, message: "{wait}" }'))
  const said = async (seconds: number) => {
    const decision = await call('', seconds)
    return decision.kind === 'reject' ? decision.message : ''
  }
  t.deepEqual(
    [await said(0), await said(4), await said(6), await said(9.2), await said(10), await said(10)],
    ['', '', '4', '1', '', '4'],
  )
  // Calls under way count, so there is something to wait for.
  const { settle } = await begin('sendID=v', 20)
  await call('sendID=v', 21)
  const third = await call('sendID=v', 22)
  t.is(third.kind === 'reject' && third.message, '8')
  settle()
})
for (const counting of ['let through', 'refused', 'all']) {
  test(`{wait} is long enough: counting ${counting}`, async t => {
    const when = `how often: { same: sendID, in: 1 minute, at least: 4, counting: ${counting} }`
    const { call } = service(
      file(`rules:
  - { rule: r, when: { ${when} }, reject: { code: 5002, message: "{wait}" } }
  - { rule: rude, when: { message text: { has word: damn } }, reject: 5001 }
`),
    )
    const waits: number[] = []
    let now = 0
    for (const step of [1, 7, 3, 12, 5, 2, 20, 1, 1, 1, 30, 2, 0, 0, 0, 0, 59, 1, 1, 1, 1, 1]) {
      now += step
      const decision = await call(`message_text=${counting === 'refused' ? 'damn' : 'hi'}`, now)
      if (decision.kind !== 'reject' || decision.rule !== 'r') continue
      waits.push(Number(decision.message))
      now += Number(decision.message)
      const next = await call('', now)
      t.not(next.kind === 'reject' && next.rule, 'r')
    }
    t.true(waits.length > 2)
  })
}
test('{wait} of a silence that just begins is its length', async t => {
  const { call } = service(rule(quiet, 'reject: { code: 5001, message: "{wait}" }'))
  await call('', 0)
  await call('', 0)
  const begins = await call('', 0)
  t.is(begins.kind === 'reject' && begins.message, '60')
})

const base = {
  callback: 'beforeSendGroupMsg',
  name: 'r',
  when: 'msgFrom: user',
  own: 'same: sendID',
  span: '10 seconds',
  limit: 'more than: 2',
  rest: 'reject: 5001',
  lists: '[boss]',
  unless: 'sendID: { in list: staff }',
}

function written(changes: Partial<typeof base> = {}): string {
  const { callback, name, when, own, span, limit, rest, lists, unless } = { ...base, ...changes }
  const often = `how often: { ${own}, in: ${span}, ${limit} }`
  return `lists: { staff: ${lists} }
conditions: { human: { msgFrom: user }, person: { msgFrom: user } }
rules:
  - { rule: ${name}, callback: ${callback}, when: { ${when}, ${often} }, unless: { ${unless} }, ${rest} }
`
}

/** Whether two calls before a reload count after it. */
const reloads = test.macro<[Partial<typeof base>, 'stays' | 'starts over']>(async (t, changes, outcome) => {
  const { call, reload } = service(written())
  for (const seconds of [1, 2]) await call('', seconds)
  const over = reload(written(changes), 3)
  t.is(sign(await call('', 4)), outcome === 'stays' ? 'x' : '.')
  t.deepEqual(over, outcome === 'stays' ? [] : ['r'])
})

test('13. counts stay after a change of the span', reloads, { span: '5 seconds' }, 'stays')
test('13. counts stay after a change of the limit', reloads, { limit: 'at least: 2' }, 'stays')
test(
  '13. counts stay after a change of what is said',
  reloads,
  { rest: 'why: x, reject: { code: 5002, message: No }' },
  'stays',
)
test('13. counts stay after a change of the name', reloads, { name: 'other' }, 'stays')
test('13. counts stay after a change of the order', reloads, { rest: 'order: 5, reject: 5001' }, 'stays')
test('13. counts stay after a change of a list', reloads, { lists: '[boss, chief]' }, 'stays')
test('13. counts stay when a condition gets a name', reloads, { when: 'use: human' }, 'stays')
test(
  '13. counts stay when it is known what is done if unsure',
  reloads,
  { rest: 'if unsure: fire, reject: 5001' },
  'stays',
)
test('13. counts stay when a silence is to follow', reloads, { limit: 'more than: 2, then for: 1 hour' }, 'stays')
test('13. they start over with another condition', reloads, { when: 'msgFrom: user, groupID: g' }, 'starts over')
test('13. they start over with another exception', reloads, { unless: 'sendID: boss' }, 'starts over')
test(
  '13. they start over with another callback',
  reloads,
  { callback: '[beforeSendGroupMsg, beforeMsgModify]' },
  'starts over',
)
test('13. they start over for other values', reloads, { own: 'same: [groupID, sendID]' }, 'starts over')
test(
  '13. they start over when different ones count',
  reloads,
  { own: 'same: sendID, different: groupID' },
  'starts over',
)
test('13. they start over when other outcomes count', reloads, { own: 'same: sendID, counting: all' }, 'starts over')

test('13. counts stay when a rule goes into force or into shadow', async t => {
  const { call, reload } = service(rule(two, 'reject: 5001, mode: shadow'))
  let signs = ''
  for (const at of [0, 1, 2]) signs += sign(await call('', at))
  reload(rule(two), 3)
  signs += sign(await call('', 3))
  reload(rule(two, 'reject: 5001, mode: shadow'), 4)
  signs += sign(await call('', 4)) + sign(await call('', 10))
  t.is(signs, '..sxs.')
})

test('13. counts stay when another rule comes or goes', async t => {
  const other = '  - { rule: other, when: { msgFrom: system }, reject: 5002 }\n'
  const { call, reload } = service(rule(two))
  await call('', 0)
  reload(rule(two) + other, 1)
  await call('', 1)
  reload(rule(two), 2)
  t.is(sign(await call('', 2)), 'x')
})

test('13. a call under way at a reload counts in what stays', async t => {
  const { begin, call, reload } = service(rule(two))
  const begun = [await begin('', 0), await begin('', 0)]
  reload(rule(two, 'reject: 5002'), 1)
  t.is(sign(await call('', 1)), 'x')
  for (const { settle } of begun) settle()
  t.is(sign(await call('', 1)), 'x')
})

test('13. a call under way at a reload does not count in what starts over', async t => {
  const { begin, call, reload } = service(rule(two))
  const begun = [await begin('', 0), await begin('', 0)]
  reload(rule(`msgFrom: user, ${two}`), 1)
  for (const { settle } of begun) settle()
  t.is(sign(await call('', 1)), '.')
})

const named = (counter: string, asks = 'how often: { of: sent, same: sendID, in: 10 seconds, more than: 2 }') => ({
  'counters.yaml': `lists: { rude: [damn] }\ncounters: { sent: ${counter} }\nrules: []\n`,
  'rules.yaml': rule(asks),
})

test('13. a named counter is what it counts, too', async t => {
  const plain = '{ callback: beforeSendGroupMsg, same: sendID }'
  const { call, reload } = service(named(plain))
  await call('', 0)
  await call('', 0)
  t.deepEqual(reload(named(plain, 'how often: { of: sent, same: sendID, in: 5 seconds, at least: 3 }'), 1), [])
  t.is(sign(await call('', 1)), 'x')
  const texts = '{ callback: beforeSendGroupMsg, when: { message text: present }, same: sendID }'
  t.deepEqual(reload(named(texts), 2), ['sent'])
  t.is(sign(await call('message_text=a', 2)), '.')
})

test('13. a named counter stays when its name changes', async t => {
  const files = (name: string) =>
    file(
      `counters: { ${name}: { callback: beforeSendGroupMsg, same: sendID } }\nrules:\n  - { rule: r, when: { how often: { of: ${name}, same: sendID, in: 10 seconds, more than: 2 } }, reject: 5001 }\n`,
    )
  const { call, reload } = service(files('sent'))
  await call('', 0)
  await call('', 0)
  t.deepEqual(reload(files('messages'), 1), [])
  t.is(sign(await call('', 1)), 'x')
})

test('15. a list that changes is used from then on and is no change of what is counted', async t => {
  const words =
    '{ callback: beforeSendGroupMsg, when: { message text: { has word in: rude } }, same: sendID, counting: all }'
  const files = (list: string) => {
    const all = named(words)
    return { ...all, 'counters.yaml': all['counters.yaml'].replace('[damn]', list) }
  }
  const { call, reload } = service(files('[damn]'))
  for (const text of ['damn', 'heck', 'damn']) t.is(sign(await call(`message_text=${text}`, 0)), '.')
  t.deepEqual(reload(files('[damn, heck]'), 1), [])
  t.is(sign(await call('message_text=hi', 1)), '.')
  t.is(sign(await call('message_text=heck', 1)), 'x')
})

test('15. a list in a file of its own that changes is used, too', async t => {
  const often = 'message text: { has word in: rude }, how often: { same: sendID, in: 10 seconds, at least: 3 }'
  const files = (list: string) => ({ 'rules.yaml': rule(often), 'lists/rude.txt': list })
  const { call, reload } = service(files('damn\n'))
  for (const text of ['damn', 'heck', 'damn']) t.is(sign(await call(`message_text=${text}`, 0)), '.')
  t.deepEqual(reload(files('heck\n'), 1), [])
  t.is(sign(await call('message_text=damn', 1)), '.')
  t.is(sign(await call('message_text=heck', 1)), 'x')
})
