import test from 'ava'
import { decideBy, rules, told } from '../_rules.ts'

const decides = test.macro(async (t, condition: string, nickName: string, fires: boolean) => {
  const ruleSet = rules(`rules:\n  - { rule: r, when: { nickName: ${condition} }, reject: 5001 }\n`)
  t.is(told(await decideBy(ruleSet, { nickName })), fires ? 'reject 5001 by r' : 'allow')
})

test('a word is found as a word of its own', decides, '{ has word: admin }', 'the ADMIN here', true)
test('a word is not found inside another', decides, '{ has word: admin }', 'administer', false)
test('a word of Han is found anywhere', decides, '{ has word: 管理员 }', '小管理员王', true)
test('exactly counts case in words', decides, '{ exactly: { has word: admin } }', 'the ADMIN', false)
test('one word of a list is enough', decides, '{ has word in: [bank, "free money"] }', 'get Free  Money now', true)
test('a star in a list matches any ending', decides, '{ has word in: ["admin*"] }', 'administer', true)
test('other letters that look the same are read', decides, '{ looks like: admin }', 'аdmіn', true)
test('looks are those of the whole value', decides, '{ looks like: admin }', 'my admin friend', false)
test('separators do not hide a word', decides, '{ looks like a word in: [admin] }', 'a.d.m.i.n 1', true)
test('traditional Chinese reads as simplified', decides, '{ looks like a word in: [管理员] }', '管理員', true)
test('an honest name passes', decides, '{ looks like a word in: [admin, support] }', 'Badminton Supporter', false)
test('looking unlike is unknown for an absent field', async t => {
  const ruleSet = rules('rules:\n  - { rule: r, when: { nickName: { not: { looks like: admin } } }, reject: 5001 }\n')
  t.is(told(await decideBy(ruleSet, {})), 'allow')
})

test('words are masked character by character, whatever letters they are in', async t => {
  const ruleSet = rules(
    'rules:\n  - { rule: r, when: { nickName: present }, rewrite: { nickName: { mask words in: [damn, 坏蛋] } } }\n',
  )
  t.is(told(await decideBy(ruleSet, { nickName: 'a ＤＡＭＮ 大坏蛋' })), 'allow nickName=a **** 大**')
})

test('normalise makes wide letters plain', async t => {
  const ruleSet = rules('rules:\n  - { rule: r, when: { nickName: present }, rewrite: { nickName: normalise } }\n')
  t.is(told(await decideBy(ruleSet, { nickName: 'Ａｎｎ' })), 'allow nickName=Ann')
})
