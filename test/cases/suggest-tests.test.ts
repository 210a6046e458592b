import test from 'ava'
import { coverageOf } from '../../src/cases/coverage.ts'
import { rulesOf, runCases } from '../../src/cases/run-cases.ts'
import { suggestTests, withSuggestedTests } from '../../src/cases/suggest-tests.ts'
import { check } from '../../src/lint/check.ts'
import { ruleSetOf } from '../_rules.ts'

function fileOf(rule: string, callback: string): string {
  return `callback: ${callback}
zone: Asia/Shanghai
${countersFor(rule)}rules:
  - rule: r
${rule.replaceAll(/^/gm, '    ')}
`
}

/** The counters that rules here ask. */
const counters: Record<string, string> = {
  sent: '{ callback: beforeSendGroupMsg, same: sendID }',
  rude: '{ callback: beforeSendGroupMsg, when: { message text: { has word: damn } }, same: sendID, counting: all }',
  joins: '{ callback: beforeMembersJoinGroup, same: [groupID, each memberList.userID] }',
}

function countersFor(rule: string): string {
  const used = Object.entries(counters).filter(([name]) => rule.includes(`of: ${name}`))
  return used.length === 0 ? '' : `counters: { ${used.map(([name, counter]) => `${name}: ${counter}`).join(', ')} }\n`
}

/** A test is suggested for a rule that, pasted below it, passes, and shows it firing and not firing. */
const suggests = test.macro({
  title: (_, rule: string, _callback?: string) => `${rule.replaceAll('\n', ', ')} is given a test that passes`,
  async exec(t, rule: string, callback: string = 'beforeSetGroupMemberInfo') {
    const text = fileOf(rule, callback)
    const ruleSet = ruleSetOf(text)
    const [compiled] = rulesOf(ruleSet)
    const tests = compiled && (await suggestTests(compiled, ruleSet))
    t.regex(tests ?? '', /^tests: \[\{ .* \}\]$/)
    const pasted = ruleSetOf(`${text}    ${tests}\n`)
    const results = await runCases(pasted)
    t.deepEqual(
      results.map(({ status }) => status),
      ['passed', 'passed'],
    )
    t.like(coverageOf(pasted, results), { neverFired: [], neverHeld: [] })
  },
})

const when = (condition: string) => `when: ${condition}\nreject: 5001`
for (const condition of [
  '{ nickName: admin }',
  '{ nickName: { is not: admin } }',
  '{ nickName: { contains: "://" } }',
  '{ nickName: { starts with: a, ends with: z, contains: mid } }',
  '{ nickName: { not: { in list: [a, "b*"] } } }',
  '{ nickName: { has word in: ["damn*", heck] } }',
  '{ nickName: { looks like a word in: [admin] } }',
  '{ nickName: { has word in: ["*coin"] } }',
  '{ nickName: { has all words in: [free, money, now] } }',
  '{ nickName: { only words in: [hi, hello] } }',
  '{ nickName: { not: { only words in: [hi, hello] } } }',
  '{ userID: { starts with any: [bot-, test-] }, nickName: { ends with any: [x, y], contains: mid } }',
  "{ nickName: { matches: '^(foo|bar)+[0-9]{2,3}$' } }",
  "{ nickName: { matches: '(?i)\\p{Han}{2}x' } }",
  '{ nickName: { longer than: 24, contains: a } }',
  '{ nickName: { shorter than: 1 } }',
  '{ nickName.length: { between: [2, 4] } }',
  '{ nickName: { is blank: true } }',
  '{ nickName: { has phone number: true } }',
  '{ nickName: { has phone number: [de, jp] } }',
  '{ nickName: { has email: true, has ip address: true } }',
  '{ nickName: { not: { has card number: true }, has crypto address: true } }',
  '{ nickName: { only emoji: true } }',
  '{ nickName.capitals: { at least: 70 }, nickName: { longer than: 9 } }',
  '{ nickName.emoji: { more than: 3 } }',
  '{ nickName.lines: { more than: 5 } }',
  '{ nickName.words: { at least: 12 } }',
  '{ nickName.longest run: { at least: 8 } }',
  '{ nickName.stacked marks: { at least: 3 } }',
  '{ nickName.scripts: { any item: cyrillic } }',
  '{ nickName.scripts: { how many: { more than: 2 } } }',
  '{ nickName.gist: Buy now }',
  '{ nickName.gist.length: { more than: 12 } }',
  '{ nickName: "" }',
  '{ nickName: absent, faceURL: present }',
  '{ original.nickName: { exactly: { contains: VIP } } }',
  '{ roleLevel: { more than: member } }',
  '{ faceURL: { not: { hosted on: example.com } } }',
  '{ faceURL.scheme: http, faceURL.host: { ends with: .example }, faceURL.extension: [gif] }',
  '{ faceURL.extension: { not one of: [png, jpg, gif] } }',
  '{ ex.level: { at least: 3 }, ex.kind: vip }',
  '{ ex.a.b: { absent: true } }',
  '{ ex.tags: { any item: vip } }',
  '{ ex.teams: { any item: { level: { at least: 3 } } } }',
  '{ ex: { is json: true } }',
  '{ any: [{ all: [{ nickName: a }, { userID: b }] }, { faceURL: present }] }',
  '{ nickName: present, none: [{ nickName: a }, { userID: b }] }',
  '{ not: { any: [{ nickName: a }, { userID: b }] } }',
  '{ time: { within: "22:00-07:00", days: weekends } }',
  '{ nickName: present, time: { within: "09:00-18:00" }, not: { time: { within: "12:00-13:00" } } }',
]) {
  test(suggests, when(condition))
}
for (const condition of [
  '{ memberList: { any item: { userID: { starts with: bot- } } } }',
  '{ memberList: { not: { every item: { userID: { starts with: s- } } } } }',
  '{ memberList: { how many: { more than: 3 }, any item: { ex.vip: true } } }',
]) {
  test(suggests, when(condition), 'beforeMembersJoinGroup')
}
test(suggests, 'when: { nickName: present }\nrewrite: { nickName: { replace words in: { damn*: darn } } }')
test(suggests, when('{ message text: { has word: damn }, contentType: quote }'), 'beforeSendGroupMsg')
test(suggests, when('{ message text: absent }'), 'beforeSendGroupMsg')
test(suggests, when('{ sendID: u-1 }'), '[beforeSendSingleMsg, beforeSendGroupMsg]')
test(suggests, when('{ isPinned: true, burnDuration: { more than: 10 } }'), 'beforeCreateSingleChatConversations')
test(suggests, 'when: { nickName: { starts with: a } }\nunless: { nickName: { starts with: ab } }\nreject: 5001')
test(suggests, when('{ nickName.links: present }'))
test(suggests, when('{ nickName.links: { how many: { more than: 2 } } }'))
test(suggests, when('{ nickName.links: { any item: { not: { hosted on: example.com } } } }'))
test(suggests, when('{ nickName.links: { any item: { .host: { ends with: .ru } } } }'))
test(suggests, when('{ nickName.links: { any item: { .shown host: present } } }'))
test(suggests, 'when: { nickName.links: { every item: { hosted on: [a.com, b.com] } } }\nreject: 5001')
test(suggests, 'when: { nickName.links: absent, userID: u-9 }\nreject: 5001')
test(suggests, 'when: { nickName: x }\nreject: 5001\nfrom: 2098-01-01\nuntil: 2098-12-31')
test(suggests, 'when: { nickName: x }\nreject: 5001\nuntil: 2020-01-01')
test(suggests, 'when: { nickName: x }\nreject: 5001\nmode: shadow')
test(suggests, 'when: { userID: boss }\nallow: everything')
for (const steps of [
  '[trim, collapse spaces]',
  'remove invisible',
  '{ cut to: 24 }',
  'normalise',
  '{ mask words in: ["damn*"] }',
  'mask links',
  'mask emails',
  "{ mask pattern: '[0-9]{6}' }",
  "{ replace pattern: { find: '(a)b+', with: '{match.1}' } }",
  '{ mask phone numbers: [fr], with: "#" }',
  '{ replace: { text: _, with: "-" } }',
  '{ set: "Guest {userID}" }',
]) {
  test(suggests, `when: { nickName: present }\nrewrite: { nickName: ${steps} }`)
}
test(suggests, 'when: { userID: u-9 }\nrewrite: { nickName: upper case }')
test(suggests, 'when: { roleLevel: admin }\nrewrite: { roleLevel: member }')
test(
  suggests,
  'when: { memberList: present }\nrewrite: { memberList: { each item: { when: { userID: { starts with: guest- } }, nickname: "Guest {userID}", ex: { cut to: 10 } } } }',
  'beforeMembersJoinGroup',
)
test(
  suggests,
  'when: { message text: present }\nrewrite: { message text: { mask words in: [damn] } }',
  'beforeMsgModify',
)

const sent = when('{ how often: { of: sent, same: sendID, in: 1 day, more than: 2 } }')
const often = (count: string, beside = '') => when(`{ ${beside}how often: { ${count} } }`)
const groupMessages = 'beforeSendGroupMsg'
test(suggests, often('same: sendID, in: 10 seconds, more than: 5'), groupMessages)
test(suggests, often('same: [groupID, sendID], in: 1 minute, at least: 2', 'msgFrom: user, '), groupMessages)
test(suggests, often('same: sendID, in: 2 minutes, at most: 3'), groupMessages)
test(suggests, often('same: sendID, in: 2 minutes, less than: 2'), groupMessages)
test(suggests, often('same: sendID, in: 1 day, is: 3'), groupMessages)
test(suggests, often('same: sendID, in: 1 day, between: [1, 4]'), groupMessages)
test(suggests, often('same: sendID, in: 1 day, between: [3, 4]'), groupMessages)
test(suggests, often('same: [sendID, message text], different: groupID, in: 5 minutes, more than: 3'), groupMessages)
test(suggests, often('same: sendID, in: 10 seconds, more than: 5, then for: 1 minute, counting: all'), groupMessages)
test(suggests, often('same: each atUserList, different: sendID, in: 1 hour, at least: 4'), groupMessages)
test(
  suggests,
  often('same: groupID, different: memberList.userID, in: 1 minute, at least: 5'),
  'beforeMembersJoinGroup',
)
test(
  suggests,
  'when: { nickName: present, how often: { same: userID, in: 1 day, more than: 1 } }\nrewrite: { nickName: trim }',
)
test(suggests, 'when: { how often: { same: userID, in: 1 day, more than: 1 } }\nallow: everything')
test(suggests, sent, groupMessages)
for (const condition of [
  '{ not: { how often: { of: sent, same: sendID, in: 1 day, more than: 2 } } }',
  '{ any: [{ message text: hi }, { how often: { of: sent, same: sendID, in: 1 day, more than: 2 } }] }',
  '{ none: [{ message text: hi }, { how often: { of: sent, same: sendID, in: 1 day, at most: 2 } }] }',
  '{ how long since: { of: joins, same: [groupID, sendID], less than: 10 minutes } }',
  '{ how long since: { of: joins, same: [groupID, sendID], more than: 1 day } }',
  '{ not: { how long since: { of: joins, same: [groupID, sendID], less than: 10 minutes } } }',
  '{ how long since: { of: joins, same: [groupID, sendID], less than: 10 minutes }, how often: { same: sendID, in: 1 minute, more than: 2 } }',
  '{ how often: { of: rude, same: sendID, in: 1 day, at least: 3 } }',
]) {
  test(suggests, when(condition), groupMessages)
}
test(
  suggests,
  'when: { message text: hi }\nunless: { how often: { of: sent, same: sendID, in: 1 day, more than: 2 } }\nreject: 5001',
  groupMessages,
)

const notSuggested = test.macro({
  title: (_, rule: string) => `${rule.replaceAll('\n', ', ')} is given no test`,
  async exec(t, rule: string) {
    const ruleSet = ruleSetOf(fileOf(rule, groupMessages))
    const [compiled] = rulesOf(ruleSet)
    t.is(compiled && (await suggestTests(compiled, ruleSet)), undefined)
  },
})
// No test has calls less than a second apart, and nothing refuses what a rule in a test of its own does not.
test(notSuggested, often('same: sendID, in: 1 second, more than: 5'))
test(notSuggested, often('same: sendID, in: 1 hour, more than: 5, counting: refused'))

test('a rule with tests none of which makes it fire is given one more', async t => {
  const file = fileOf(
    `${often('same: sendID, in: 10 seconds, more than: 5')}
tests:
  - { given: { sendID: u-1 }, expect: allow }`,
    groupMessages,
  )
  const { diagnostics } = await withSuggestedTests(check([{ file: 'a.yaml', content: file }]))
  const [{ hint } = { hint: '' }] = diagnostics.filter(({ code }) => code === 'no-test')
  t.is(
    hint,
    'Add to its tests: { after: [{ times: 5, ago: 9 seconds }], given: { sendID: u-1 }, expect: { reject: 5001 } }',
  )
})

test('invisible characters are escaped in a suggested test', async t => {
  const ruleSet = ruleSetOf(
    fileOf('when: { nickName: present }\nrewrite: { nickName: remove invisible }', 'beforeSetGroupMemberInfo'),
  )
  const [rule] = rulesOf(ruleSet)
  t.true((rule && (await suggestTests(rule, ruleSet)))?.includes('nickName: "Ann\\u200b Lee"'))
})

test('for a rule that nothing is found for, nothing is suggested', async t => {
  const { ruleSet } = check([
    { file: 'a.yaml', content: fileOf(when('{ nickName: { is: a, longer than: 5 } }'), 'beforeSetGroupMemberInfo') },
  ])
  const [rule] = ruleSet === null ? [] : rulesOf(ruleSet)
  t.truthy(rule)
  t.is(rule && ruleSet && (await suggestTests(rule, ruleSet)), undefined)
})
