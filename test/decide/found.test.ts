import test from 'ava'
import { explain } from '../../src/decide/explain.ts'
import type { FoundEntry } from '../../src/decide/trace.ts'
import { report } from '../../src/protocol/report.ts'
import { callOf, type Given, noon, ruleSetOf } from '../_rules.ts'

const list = '\uFEFF# staff\r\n\r\nadmin* # and all others\r\n客服\r\nspam\r\n'

function filesWith(condition: string): Record<string, string> {
  const rule = `  - { rule: r, when: ${condition}, reject: 5001 }\n`
  return { 'a.yaml': `callback: beforeSetGroupMemberInfo\nrules:\n${rule}`, 'lists/staff.txt': list }
}

const finds = test.macro(async (t, condition: string, given: Given, found: FoundEntry | undefined) => {
  const { rules } = await explain(ruleSetOf(filesWith(condition)), callOf(given), noon)
  t.deepEqual(rules[0]?.conditions.found, found)
})

const admin = { entry: 'admin*', file: 'lists/staff.txt', line: 3 }

test(
  'a look-alike is shown with its entry and its letters',
  finds,
  '{ nickName: { looks like a word in: staff } }',
  { nickName: 'my аdmіns' },
  {
    ...admin,
    text: 'аdmіns',
    read: [
      { from: 'а', codePoint: 'U+0430', to: 'a', index: 3 },
      { from: 'і', codePoint: 'U+0456', to: 'i', index: 6 },
    ],
  },
)
test(
  'a look-alike of one text is shown',
  finds,
  '{ nickName: { looks like: admin } }',
  { nickName: '@dmin' },
  {
    entry: 'admin',
    text: '@dmin',
    read: [{ from: '@', codePoint: 'U+0040', to: 'a', index: 0 }],
  },
)
test(
  'a word is shown with its entry',
  finds,
  '{ nickName: { has word in: staff } }',
  { nickName: 'a ＡＤＭＩＮ' },
  {
    ...admin,
    text: 'ＡＤＭＩＮ',
  },
)
test(
  'a part is shown with its entry',
  finds,
  '{ nickName: { contains any: staff } }',
  { nickName: 'antispamming' },
  {
    entry: 'spam',
    file: 'lists/staff.txt',
    line: 5,
    text: 'spam',
  },
)
test(
  'an entry that equals the value is shown',
  finds,
  '{ nickName: { in list: staff } }',
  { nickName: ' 客服 ' },
  {
    entry: '客服',
    file: 'lists/staff.txt',
    line: 4,
  },
)
test(
  'an entry that makes a negated test fail is shown',
  finds,
  '{ userID: { not in list: staff } }',
  { userID: 'spam' },
  {
    entry: 'spam',
    file: 'lists/staff.txt',
    line: 5,
  },
)
test(
  'a host is shown with its entry',
  finds,
  '{ faceURL: { hosted on: [example.com] } }',
  { faceURL: 'https://a.example.com/' },
  {
    entry: 'example.com',
  },
)
test(
  'nothing is shown if nothing is found',
  finds,
  '{ nickName: { has word in: staff } }',
  { nickName: 'Ann' },
  undefined,
)
test('nothing is shown for an absent field', finds, '{ nickName: { has word in: staff } }', {}, undefined)
test('the native spelling also shows what was found', async t => {
  const condition = '{ all: [{ fact: nickName, operator: looks like a word in, value: staff }] }'
  const rule = `  - { rule: r, conditions: ${condition}, event: { type: reject, params: 5001 } }\n`
  const files = { 'a.yaml': `callback: beforeSetGroupMemberInfo\nrules:\n${rule}`, 'lists/staff.txt': list }
  const { rules } = await explain(ruleSetOf(files), callOf({ nickName: 'sp4m' }), noon)
  t.is(rules[0]?.conditions.children?.[0]?.found?.line, 5)
})

test('the message for the user reveals nothing of the list', async t => {
  const ruleSet = ruleSetOf(filesWith('{ nickName: { looks like a word in: staff } }'))
  const { reply } = await report(ruleSet, callOf({ nickName: 'my аdmіns' }), noon)
  t.regex(JSON.stringify(reply), /"errMsg":"This is not allowed","errDlt":""/)
})
