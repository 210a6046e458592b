import test from 'ava'
import { type Step, type StepName, steps, type Word, type WordName, words } from '../../src/language/vocabulary.ts'
import { decideBy, type Given, ruleSetOf, rules, told } from '../_rules.ts'

/** Of the example of each word, a call of which it holds, and one of which it does not. */
const calls: Partial<Record<WordName, readonly [holds: Given, fails: Given]>> = {
  is: [{ nickName: 'Support' }, { nickName: 'Supporter' }],
  'is not': [{ roleLevel: 20 }, { roleLevel: 60 }],
  'one of': [{ groupID: 'g-2' }, { groupID: 'g-3' }],
  'not one of': [{ groupID: 'g-3' }, { groupID: 'g-2' }],
  'in list': [{ userID: 'u-101' }, { userID: 'u-1' }],
  'not in list': [{ userID: 'u-1' }, { userID: 'u-101' }],
  present: [{ nickName: '' }, { nickName: null }],
  absent: [{ nickName: null }, { nickName: '' }],
  not: [{ nickName: 'Ann' }, { nickName: 'Guest 1' }],
  contains: [{ nickName: 'http://a.test' }, { nickName: 'a.test' }],
  'contains any': [{ nickName: 'WWW.A.TEST' }, { nickName: 'a.test' }],
  'starts with': [{ groupID: 'school-1' }, { groupID: 'a-school-1' }],
  'ends with': [{ nickName: 'a bot' }, { nickName: 'a bot 1' }],
  'starts with any': [{ userID: 'test-1' }, { userID: 'u-test-1' }],
  'ends with any': [{ nickName: 'the Admin ' }, { nickName: 'admin 1' }],
  'has all words in': [{ nickName: 'Money, for FREE' }, { nickName: 'free of cost' }],
  'only words in': [{ nickName: 'Hello, hi!' }, { nickName: 'hello you' }],
  matches: [{ nickName: 'a123456' }, { nickName: 'a12345' }],
  'longer than': [{ nickName: 'a'.repeat(25) }, { nickName: 'a'.repeat(24) }],
  'shorter than': [{ nickName: '王' }, { nickName: '王芳' }],
  'is blank': [{ nickName: ' \u200b' }, { nickName: ' . ' }],
  'only emoji': [{ nickName: '😀 🇩🇪' }, { nickName: '😀 hi' }],
  exactly: [{ nickName: 'a VIP' }, { nickName: 'a vip' }],
  'has word': [{ nickName: 'the Admin' }, { nickName: 'Badminton' }],
  'has word in': [{ nickName: 'our SUPPORT' }, { nickName: 'supporter' }],
  'looks like': [{ nickName: 'аdmіn' }, { nickName: 'an admin' }],
  'sounds like a word in': [{ nickName: '加我威信' }, { nickName: '微笑' }],
  'looks like a word in': [{ nickName: 'an a.d.m.1.n' }, { nickName: 'Badminton' }],
  'has phone number': [{ nickName: '加我 138 1234 5678' }, { nickName: '+44 7400 123456' }],
  'has email': [{ nickName: 'ｂｏｂ＠example。com' }, { nickName: '@bob' }],
  'has card number': [{ nickName: '4111-1111-1111-1111' }, { nickName: '4111-1111-1111-1112' }],
  'has ip address': [{ nickName: '服务器 47.98.12.5' }, { nickName: 'v1.2.3.4' }],
  'has crypto address': [
    { nickName: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' },
    { nickName: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u' },
  ],
  'hosted on': [{ faceURL: 'https://img.example.com/a.png' }, { faceURL: 'https://example.com.test/a.png' }],
  'is a url': [{ faceURL: 'https://a.test' }, { faceURL: 'a.test' }],
  'is json': [{ ex: '{"a":1}' }, { ex: '{a:1}' }],
  'at least': [{ roleLevel: 60 }, { roleLevel: 20 }],
  'at most': [{ roleLevel: 20 }, { roleLevel: 60 }],
  'more than': [{ roleLevel: 60 }, { roleLevel: 20 }],
  'less than': [{ roleLevel: 20 }, { roleLevel: 60 }],
  between: [{ nickName: 'Al' }, { nickName: 'A' }],
  'any item': [
    { memberList: [{ userID: 'u-3' }, { userID: 'u-2' }] },
    { memberList: [{ userID: 'u-3' }, { userID: 'u-4' }] },
  ],
  'every item': [
    { memberList: [{ userID: 'staff-1' }, { userID: 'staff-2' }] },
    { memberList: [{ userID: 'staff-1' }, { userID: 'u-2' }] },
  ],
  'how many': [
    { memberList: Array.from({ length: 51 }, () => ({ userID: 'u-1' })) },
    { memberList: [{ userID: 'u-1' }] },
  ],
}

for (const { name, example } of words as readonly (Word & { name: WordName })[]) {
  test(`the example of "${name}" holds and fails as its meaning says`, async t => {
    const [holds, fails] = calls[name] ?? []
    if (holds === undefined || fails === undefined) return t.fail('there is no call for it here')
    const file = `rules:\n  - { rule: r, when: ${example}, reject: 5001 }\n`
    const ruleSet = example.includes('memberList')
      ? ruleSetOf(`callback: beforeMembersJoinGroup\n${file}`)
      : rules(file)
    t.is(told(await decideBy(ruleSet, holds)), 'reject 5001 by r')
    t.is(told(await decideBy(ruleSet, fails)), 'allow')
  })
}

/** Of the example of each step, what it makes of a nickname. */
const texts: Partial<Record<StepName, readonly [from: string, to: string]>> = {
  trim: [' Ann ', 'Ann'],
  'collapse spaces': ['Ann \t Lee', 'Ann Lee'],
  'remove invisible': ['An\u200bn', 'Ann'],
  normalise: ['Ａｎｎ', 'Ann'],
  'lower case': ['ANN', 'ann'],
  'upper case': ['ann', 'ANN'],
  'cut to': ['a'.repeat(30), 'a'.repeat(24)],
  'mask words in': ['damn it', '**** it'],
  'mask links': ['see a.com', 'see *****'],
  'mask phone numbers': ['call 415-555-2671', 'call ############'],
  'mask emails': ['a@b.cn 王', '****** 王'],
  'mask card numbers': ['4111 1111 1111 1111!', '*******************!'],
  'mask ip addresses': ['at 8.8.8.8', 'at *******'],
  'mask crypto addresses': ['1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa ok', '---------------------------------- ok'],
  'mask pattern': ['1234567 a 12345', '####### a 12345'],
  'replace pattern': ['hi!!! yes!', 'hi! yes!'],
  'replace words in': ['Damn goddamned', 'darn goddamned'],
  replace: ['a_b_c', 'a b c'],
  set: ['', 'Member u-1'],
}

for (const { name, example } of steps) {
  if (name === 'each item') continue
  test(`the example of the step "${name}" does what its meaning says`, async t => {
    const [from, to] = texts[name] ?? []
    if (from === undefined || to === undefined) return t.fail('there is no text for it here')
    const ruleSet = rules(`rules:\n  - { rule: r, when: { nickName: present }, rewrite: ${example} }\n`)
    t.is(told(await decideBy(ruleSet, { userID: 'u-1', nickName: from })), `allow nickName=${to}`)
    t.is(told(await decideBy(ruleSet, { userID: 'u-1', nickName: to })), 'allow')
  })
}

test('the example of the step "each item" changes the items that it means', async t => {
  const { example } = steps.find(({ name }) => name === 'each item') as Step
  const file = `callback: beforeMembersJoinGroup\nrules:\n  - { rule: r, when: { groupID: g }, rewrite: ${example} }\n`
  const memberList = [{ userID: 'u-1' }, { userID: 'guest-2' }]
  const decision = await decideBy(ruleSetOf(file), { groupID: 'g', memberList })
  t.deepEqual(decision.kind === 'allow' && Object.fromEntries(decision.rewrites), {
    memberList: [{ userID: 'u-1' }, { userID: 'guest-2', nickname: 'Guest guest-2' }],
  })
})
