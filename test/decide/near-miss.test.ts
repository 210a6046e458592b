import test from 'ava'
import { report } from '../../src/protocol/report.ts'
import { callOf, type Given, noon, rules } from '../_rules.ts'

const ruleSet = rules(`
rules:
  - rule: no-guest-admins
    when: { roleLevel: { at least: admin }, userID: { starts with: guest- }, groupID: { in list: [g-1, g-2] } }
    reject: 5001
  - rule: no-links
    when: { nickName: { contains: "://" } }
    unless: { userID: boss }
    reject: 5002
  - rule: no-nights
    when: { nickName: present, time: { within: "22:00-07:00" } }
    reject: 5003
  - rule: either
    when: { groupID: g-9, any: [{ nickName: x }, { nickName: { starts with: y, longer than: 3 } }] }
    reject: 5004
  - { rule: watched, when: { groupID: g-1, nickName: x }, reject: 5005, mode: shadow }
  - { rule: over, when: { groupID: g-1, nickName: x }, reject: 5006, until: 2020-01-01 }
  - { rule: friends, when: { userID: { in list: [friend] } }, allow: [no-links] }
  - { rule: testers, when: { userID: { starts with: test- }, groupID: g-1 }, allow: everything }
`)

/** Near misses as one line each, and what would have kept a refusal from being. */
async function told(given: Given) {
  const { nearMisses, escapes, next } = await report(ruleSet, callOf(given), noon)
  const lines = nearMisses.map(({ rule, held, of, position, missing: { subject, named, actual, needs }, then }) => {
    return `${rule} ${held}/${of}, ${position}: ${subject ?? 'group'} is ${named ?? actual}, ${needs}; ${then}`
  })
  return { lines, escapes: escapes?.map(({ subject, needs }) => `${subject} ${needs}`), next }
}

test('the only condition that failed is shown, with names for numbers', async t => {
  t.deepEqual(await told({ userID: 'guest-1', groupID: 'g-2', roleLevel: 20 }), {
    lines: ['no-guest-admins 2/3, 1: roleLevel is member, must be at least admin; it would be rejected with 5001'],
    escapes: undefined,
    next: undefined,
  })
})

test('an exception that held is shown, and a time', async t => {
  const { lines } = await told({ userID: 'boss', nickName: 'a://b' })
  t.deepEqual(lines, [
    'no-links 1/2, 2: userID is boss, must not be “boss”; it would be rejected with 5002',
    'no-nights 1/2, 2: the time is Wed 12:00 Asia/Shanghai, must be between 22:00 and 07:00 in Asia/Shanghai; it would be rejected with 5003',
  ])
})

test('a group that failed is shown as a whole', async t => {
  const { lines } = await told({ userID: 'u', groupID: 'g-9', nickName: 'z' })
  t.true(
    lines.includes(
      'either 1/2, 2: group is null, it must be that nickName is “x” or (nickName starts with “y” and nickName is longer than 3); it would be rejected with 5004',
    ),
    lines.join('\n'),
  )
})

test('for a reject, all ways out are shown', async t => {
  t.deepEqual(await told({ userID: 'test-1', groupID: 'g-2', nickName: 'a://b' }), {
    lines: [
      'testers 1/2, 2: groupID is g-2, must be “g-1”; it would be allowed',
      'friends 0/1, 1: userID is test-1, must be one of “friend”; it would be allowed',
    ],
    escapes: ['nickName must not contain “://”', 'userID must be “boss”'],
    next: undefined,
  })
})

test('the rule that would reject next is shown', async t => {
  const { next, lines } = await told({ userID: 'guest-1', groupID: 'g-1', roleLevel: 60, nickName: 'a://b' })
  t.deepEqual(next, { rule: 'no-links', code: 5002 })
  t.deepEqual(lines, ['testers 1/2, 1: userID is guest-1, must start with “test-”; it would be allowed'])
})

test('near misses that would change nothing are not shown', async t => {
  const { lines } = await told({ userID: 'friend', groupID: 'g-1', nickName: 'x' })
  t.false(
    lines.some(line => /^(?:watched|over|no-links)/.test(line)),
    lines.join('\n'),
  )
})

test('of many near misses, the nearest are shown', async t => {
  const many = rules(
    `rules:\n${Array.from({ length: 30 }, (_, at) => `  - { rule: r${at}, when: { groupID: g, userID: u-${at} }, reject: 5001 }\n`).join('')}  - { rule: near, when: { groupID: g, nickName: x, roleLevel: admin }, reject: 5002 }\n`,
  )
  const { nearMisses } = await report(many, callOf({ groupID: 'g', nickName: 'x', roleLevel: 20, userID: 'u' }), noon)
  t.deepEqual(
    nearMisses.map(({ rule }) => rule),
    ['near', 'r0', 'r1', 'r2', 'r3'],
  )
})

for (const [word, needs] of Object.entries({
  'looks like a word in': 'must neither look like nor have a word of',
  'looks like': 'must not look like',
  'has word in': 'must have no word of',
  'has word': 'must not have the word',
  'contains any': 'must contain none of',
  'one of': 'must be none of',
})) {
  test(`what would keep “${word}” from holding names what is looked for`, async t => {
    const operand = word.endsWith('word') || word === 'looks like' ? 'boss' : '[boss]'
    const one = rules(`rules: [{ rule: r, when: { nickName: { ${word}: ${operand} } }, reject: 5001 }]`)
    const { escapes } = await report(one, callOf({ nickName: 'boss' }), noon)
    t.deepEqual(
      escapes?.map(each => each.needs),
      [`${needs} “boss”`],
    )
  })
}
