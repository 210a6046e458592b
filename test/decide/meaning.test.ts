import test from 'ava'
import { decideBy, type Given, noon, ruleSetOf, rules, told } from '../_rules.ts'

const decides = test.macro(async (t, text: string, given: Given, expected: string, at: string | number = noon) => {
  const decision = await decideBy(rules(text), given, typeof at === 'number' ? at : Date.parse(at))
  t.is(told(decision), expected)
})

const avatar = `
rules:
  - rule: our-avatars
    when: { faceURL: { not: { hosted on: example.com } } }
    reject: 5001
`
test('a negation does not fire on an absent field', decides, avatar, { nickName: 'Ann' }, 'allow')
test('a negation does not fire on a field being cleared', decides, avatar, { faceURL: '' }, 'allow')
test('a negation fires on a value', decides, avatar, { faceURL: 'https://evil.net/a' }, 'reject 5001 by our-avatars')
test('a negation fires on a value that does not parse', decides, avatar, { faceURL: 'x' }, 'reject 5001 by our-avatars')

const when = (condition: string) => `
rules:
  - rule: r
    when: ${condition}
    reject: 5001
`
const fires = 'reject 5001 by r'

test('a test on an absent field is unknown', decides, when('{ nickName: { is not: x } }'), {}, 'allow')
test('null is absent', decides, when('{ nickName: { is not: x } }'), { nickName: null }, 'allow')
test('not unknown is unknown', decides, when('{ not: { nickName: x } }'), {}, 'allow')
test('none of an unknown is unknown', decides, when('{ none: [{ nickName: x }] }'), {}, 'allow')
test(
  'all with a false is false, whatever is unknown',
  decides,
  when('{ not: { all: [{ nickName: x }, { userID: u }] } }'),
  { userID: 'v' },
  fires,
)
test(
  'all with an unknown and no false is unknown',
  decides,
  when('{ not: { all: [{ nickName: x }, { userID: u }] } }'),
  { userID: 'u' },
  'allow',
)
test(
  'any with a true is true, whatever is unknown',
  decides,
  when('{ any: [{ nickName: x }, { userID: u }] }'),
  { userID: 'u' },
  fires,
)
test(
  'any with an unknown and no true is unknown',
  decides,
  when('{ not: { any: [{ nickName: x }, { userID: u }] } }'),
  { userID: 'v' },
  'allow',
)
const onLocal = when('{ faceURL: { hosted on: [127.0.0.1, "::ffff:10.0.0.1"] } }')
test('an address is the same written as IPv6', decides, onLocal, { faceURL: 'http://[::ffff:127.0.0.1]/a' }, fires)
test('so it is in hexadecimal', decides, onLocal, { faceURL: 'http://[::FFFF:7f00:1]:8080/a' }, fires)
test('so it is in a rule', decides, onLocal, { faceURL: 'http://10.0.0.1/a' }, fires)
test('another address stays another', decides, onLocal, { faceURL: 'http://[::ffff:127.0.0.2]/a' }, 'allow')
test('another prefix is another address', decides, onLocal, { faceURL: 'http://[64:ff9b::127.0.0.1]/a' }, 'allow')
test(
  'the host of a URL is that address, too',
  decides,
  when('{ faceURL.host: 127.0.0.1 }'),
  { faceURL: 'http://[::ffff:7f00:1]/' },
  fires,
)
test('absent is never unknown', decides, when('{ nickName: absent }'), {}, fires)
test('present is never unknown', decides, when('{ not: { nickName: present } }'), {}, fires)
test('an empty text is present', decides, when('{ nickName: present }'), { nickName: '' }, fires)

const unless = `
rules:
  - rule: r
    when: { nickName: present }
    unless: { roleLevel: { at least: admin } }
    reject: 5001
`
test('unless exempts when definitely true', decides, unless, { nickName: 'x', roleLevel: 60 }, 'allow')
test('unless does not exempt when unknown', decides, unless, { nickName: 'x' }, fires)
test('unless does not exempt when false', decides, unless, { nickName: 'x', roleLevel: 20 }, fires)

const chain = `
rules:
  - rule: trims
    when: { nickName: present }
    rewrite: { nickName: trim }
  - rule: reserved
    when: { nickName: { exactly: { is: admin } } }
    reject: 5001
  - rule: small
    when: { nickName: { exactly: { is: Admin } } }
    rewrite: { nickName: lower case }
`
test('a rewrite rule sees what the one before left', decides, chain, { nickName: ' Admin ' }, 'reject 5001 by reserved')
test('a reject judges final values', decides, chain, { nickName: ' Bob ' }, 'allow nickName=Bob')

const derived = `
rules:
  - rule: https
    when: { faceURL: { starts with: "http:" } }
    rewrite: { faceURL: { replace: { text: "http:", with: "https:" } } }
  - rule: no-http
    when: { faceURL.scheme: { is not: https } }
    reject: 5001
  - rule: was-http
    when: { original.faceURL.scheme: http, faceURL.extension: exe }
    reject: 5002
`
test(
  'what is derived from a field follows a rewrite',
  decides,
  derived,
  { faceURL: 'http://a.com/x.png' },
  'allow faceURL=https://a.com/x.png',
)
test(
  'original is the value as received',
  decides,
  derived,
  { faceURL: 'http://a.com/x.EXE' },
  'reject 5002 by was-http',
)

const ordered = `
rules:
  - { rule: late, when: { nickName: present }, reject: 5001, order: 200 }
  - { rule: second, when: { nickName: present }, reject: 5002 }
  - { rule: third, when: { nickName: present }, reject: 5003 }
  - { rule: first, when: { nickName: x }, reject: 5004, order: -1 }
`
test('a lower order goes first', decides, ordered, { nickName: 'x' }, 'reject 5004 by first')
test('position decides between equal orders', decides, ordered, { nickName: 'y' }, 'reject 5002 by second')

test('files go in the order of their paths by code unit', async t => {
  const file = (rule: string, code: number) =>
    `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: ${rule}, when: { nickName: present }, reject: ${code} }\n`
  const ruleSet = ruleSetOf({ 'a/z.yaml': file('az', 5003), 'a.yaml': file('a', 5002), 'B.yaml': file('b', 5001) })
  t.is(told(await decideBy(ruleSet, { nickName: 'x' })), 'reject 5001 by b')
})

test('every reject rule is evaluated and the others are reported', async t => {
  const decision = await decideBy(rules(ordered), { nickName: 'x' })
  t.deepEqual(
    decision.matches.map(({ rule }) => rule),
    ['first', 'second', 'third', 'late'],
  )
})

test('a rejected call carries no rewritten field', async t => {
  const decision = await decideBy(rules(chain), { nickName: ' admin' })
  t.is(decision.kind, 'reject')
  t.false('rewrites' in decision)
})

const exempting = (allow: string) => `
rules:
  - { rule: trims, when: { nickName: present }, rewrite: { nickName: trim } }
  - { rule: vip, when: { userID: vip }, allow: ${allow} }
  - { rule: one, when: { nickName: present }, reject: 5001 }
  - { rule: two, when: { nickName: present }, reject: 5002 }
`
test(
  'allow everything exempts from all rejects',
  decides,
  exempting('everything'),
  { userID: 'vip', nickName: 'x' },
  'allow',
)
test(
  'allow everything does not exempt from rewrites',
  decides,
  exempting('everything'),
  { userID: 'vip', nickName: ' x' },
  'allow nickName=x',
)
test(
  'allow of a rule exempts from that one',
  decides,
  exempting('one'),
  { userID: 'vip', nickName: 'x' },
  'reject 5002 by two',
)
test('allow of several exempts from each', decides, exempting('[two, one]'), { userID: 'vip', nickName: 'x' }, 'allow')
test(
  'allow that does not fire exempts from nothing',
  decides,
  exempting('everything'),
  { userID: 'u', nickName: 'x' },
  'reject 5001 by one',
)

test('an exempted rule is still evaluated and reported', async t => {
  const decision = await decideBy(rules(exempting('one')), { userID: 'vip', nickName: 'x' })
  t.deepEqual(
    decision.matches.filter(({ exempted }) => exempted).map(({ rule }) => rule),
    ['one'],
  )
})

const shadowed = `
rules:
  - { rule: masks, when: { nickName: present }, rewrite: { nickName: { set: "shadow" } }, mode: shadow }
  - { rule: frees, when: { nickName: present }, allow: everything, mode: shadow }
  - { rule: would, when: { nickName: x }, reject: 5001, mode: shadow }
  - { rule: off, when: { nickName: present }, reject: 5002, mode: disabled }
  - { rule: on, when: { nickName: y }, reject: 5003 }
`
test('shadow rules change nothing', decides, shadowed, { nickName: 'x' }, 'allow')
test('a shadow exemption exempts from nothing', decides, shadowed, { nickName: 'y' }, 'reject 5003 by on')

test('shadow rules are reported and disabled ones never run', async t => {
  const { matches } = await decideBy(rules(shadowed), { nickName: 'x' })
  t.deepEqual(
    matches.map(({ rule, mode }) => `${rule} ${mode}`),
    ['masks shadow', 'frees shadow', 'would shadow'],
  )
})

const twoWays = `
rules:
  - { rule: there, when: { nickName: x }, rewrite: { nickName: { set: y } } }
  - { rule: back, when: { nickName: y }, rewrite: { nickName: { set: x } } }
`
test('a field that ends as it began is not sent back', decides, twoWays, { nickName: 'x' }, 'allow')

const inTime = (time: string) => when(`{ time: ${time} }`)
const at = (text: string) => Date.parse(`2026-03-${text}:00+08:00`)
test('within includes its start', decides, inTime('{ within: "09:00-17:00" }'), {}, fires, at('04T09:00'))
test('within does not include its end', decides, inTime('{ within: "09:00-17:00" }'), {}, 'allow', at('04T17:00'))
test('within may cross midnight', decides, inTime('{ within: "22:00-07:00" }'), {}, fires, at('04T03:00'))
test('within over midnight has its own end', decides, inTime('{ within: "22:00-07:00" }'), {}, 'allow', at('04T07:00'))
test(
  'after midnight the day is the one it began on',
  decides,
  inTime('{ within: "22:00-07:00", days: [tue] }'),
  {},
  fires,
  at('04T03:00'),
)
test(
  'after midnight the new day does not count',
  decides,
  inTime('{ within: "22:00-07:00", days: [wed] }'),
  {},
  'allow',
  at('04T03:00'),
)
test('24:00 may end a span', decides, inTime('{ within: "22:00-24:00" }'), {}, fires, at('04T23:59'))
test('a span may end at 00:00', decides, inTime('{ within: "22:00-00:00" }'), {}, fires, at('04T23:59'))
test('a run of days may cross the week', decides, inTime('{ days: [fri-mon] }'), {}, fires, at('08T12:00'))
test('weekends are Saturday and Sunday', decides, inTime('{ days: weekends }'), {}, 'allow', at('04T12:00'))
test('a condition may have its own zone', decides, inTime('{ within: "04:00-05:00", zone: UTC }'), {}, fires, noon)
const newYork = inTime('{ within: "09:00-10:00", zone: America/New_York }')
test('a zone is followed into daylight saving', decides, newYork, {}, fires, Date.parse('2026-07-01T13:30:00Z'))
test('a zone is followed out of daylight saving', decides, newYork, {}, fires, Date.parse('2026-01-05T14:30:00Z'))

const dated = (keys: string) => `
rules:
  - { rule: r, when: { nickName: present }, reject: 5001, ${keys} }
`
test('from includes its day', decides, dated('from: 2026-03-04'), { nickName: 'x' }, fires, at('04T00:00'))
test(
  'before from a rule is not in force',
  decides,
  dated('from: 2026-03-04'),
  { nickName: 'x' },
  'allow',
  at('03T23:59'),
)
test('until includes its day', decides, dated('until: 2026-03-04'), { nickName: 'x' }, fires, at('04T23:59'))
test(
  'after until a rule is not in force',
  decides,
  dated('until: 2026-03-04'),
  { nickName: 'x' },
  'allow',
  at('05T00:00'),
)
const instants = dated('from: "2026-03-04T10:00:00Z", until: "2026-03-04T11:00:00Z"')
test('from and until may be instants', decides, instants, { nickName: 'x' }, fires, '2026-03-04T11:00:00Z')
test('an instant ends where it says', decides, instants, { nickName: 'x' }, 'allow', '2026-03-04T11:00:00.001Z')

const texts = `
rules:
  - rule: tidy
    when: { nickName: present }
    rewrite: { nickName: upper case, ex: "{original.nickName}/{nickName}/{roleLevel}/{{x}}/}" }
  - rule: r
    when: { userID: present }
    reject: { code: 5001, message: "{nickName} as {roleLevel} via {faceURL.host}", detail: "was {original.nickName}" }
`
test('texts show final values, once', async t => {
  const decision = await decideBy(rules(texts), { userID: 'u', nickName: 'a{userID}', roleLevel: 60 })
  t.like(decision, { message: 'A{USERID} as admin via ', detail: 'was a{userID}' })
})
test(
  'set fills in fields as they are before the rule',
  decides,
  texts,
  { nickName: 'a' },
  'allow nickName=A ex=a/a//{x}/}',
)
test(
  'set sets an absent field and other steps do nothing to it',
  decides,
  `
rules:
  - { rule: r, when: { userID: u }, rewrite: { nickName: [trim, { set: new }], ex: trim, roleLevel: member } }
`,
  { userID: 'u' },
  'allow nickName=new roleLevel=20',
)
