import test from 'ava'
import { View } from '../../src/compile/view.ts'
import { explain } from '../../src/decide/explain.ts'
import { phrase } from '../../src/language/show/phrase.ts'
import { callOf, decideBy, type Given, noon, rules, told } from '../_rules.ts'

function ruleOf(condition: string) {
  const ruleSet = rules(`rules:\n  - { rule: r, when: ${condition}, reject: 5001 }\n`)
  const [rule] = ruleSet.stages.get('callbackBeforeSetGroupMemberInfoCommand')?.reject.rules ?? []
  if (rule === undefined) throw new Error('There is no rule')
  return { ruleSet, rule }
}

const means = test.macro({
  title: (_, condition: string, nickName: string | null, verdict: boolean | null) =>
    `${condition} of ${JSON.stringify(nickName)} is ${verdict ?? 'unknown'}`,
  async exec(t, condition: string, nickName: string | null, verdict: boolean | null) {
    const { ruleSet, rule } = ruleOf(condition)
    t.is(rule.when.judge(new View(callOf({ nickName }).values, noon)), verdict)
    t.is(told(await decideBy(ruleSet, { nickName })), verdict === true ? 'reject 5001 by r' : 'allow')
  },
})

const foreign = '{ nickName.links: { any item: { not: { hosted on: [a.com, b.org] } } } }'
const own = '{ nickName.links: { every item: { hosted on: [a.com, b.org] } } }'

test(means, '{ nickName.links: present }', 'see spam[.]com', true)
test(means, '{ nickName.links: present }', 'ASP.NET', false)
test(means, '{ nickName.links: absent }', 'ASP.NET', true)
test(means, '{ nickName.links: absent }', null, true)
test(means, foreign, 'a.com www.b.org/x', false)
test(means, foreign, 'a.com spam.com', true)
test(means, foreign, 'https://a.com@spam.com', true)
test(means, foreign, '[a.com](https://spam.com)', true)
test(means, foreign, 'magnet:?xt=urn:btih:1', true)
test(means, foreign, 'ASP.NET', null)
test(means, own, 'a.com www.b.org/x', true)
test(means, own, 'a.com spam.com', false)
test(means, own, 'ASP.NET', null)
test(means, '{ nickName.links: { how many: { more than: 2 } } }', 'a.com, b.org, c.net', true)
test(means, '{ nickName.links: { how many: { more than: 2 } } }', '[a.com](https://a.com), b.org', false)
test(means, '{ nickName.links: { how many: 0 } }', 'Ann', null)
test(means, '{ nickName.links: { any item: { .host: { ends with: .ru } } } }', 'spam.ru/x', true)
test(means, '{ nickName.links: { any item: { .host: { ends with: .ru } } } }', 'spam.com/.ru', false)
test(means, '{ nickName.links: { any item: { .scheme: http, hosted on: a.com } } }', 'http://a.com', true)
test(means, '{ nickName.links: { any item: { .scheme: http, hosted on: a.com } } }', 'http://b.com a.com', false)
test(means, '{ nickName.links: { any item: { not: { .path: /ok, .scheme: https } } } }', 'a.com/ok', false)
test(means, '{ nickName.links: { any item: { not: { .path: /ok, .scheme: https } } } }', 'a.com/no', true)
test(means, '{ nickName.links: { any item: { any: [{ .path: /x }, { hosted on: b.org }] } } }', 'a.com/x', true)
test(means, '{ nickName.links: { any item: { none: [{ .path: /x }, { hosted on: b.org }] } } }', 'a.com/x', false)
test(means, '{ nickName.links: { any item: { .extension: exe } } }', 'a.com/b.EXE', true)
test(means, '{ nickName.links: { any item: { .shown host: present } } }', '[a.com](https://spam.com)', true)
test(means, '{ nickName.links: { any item: { .shown host: a.com } } }', '[a.com](https://spam.com)', true)
test(means, '{ nickName.links: { any item: { .shown host: present } } }', '[a.com](https://a.com/x)', false)
test(means, '{ nickName.links: { any item: "https://a.com" } }', 'A.com', true)
test(means, '{ nickName.links: { any item: { starts with: "https://t.me/" } } }', 't.me/x', true)

test('links of the text as received are there after it was rewritten', async t => {
  const ruleSet = rules(`rules:
  - { rule: m, when: { nickName: present }, rewrite: { nickName: { mask links: true, with: "#" } } }
  - { rule: r, when: { nickName.links: absent, original.nickName.links: present, userID: u-1 }, reject: 5001 }
`)
  t.is(told(await decideBy(ruleSet, { userID: 'u-2', nickName: 'see a.com' })), 'allow nickName=see #####')
  t.is(told(await decideBy(ruleSet, { userID: 'u-1', nickName: 'see a.com' })), 'reject 5001 by r')
})

test('a text of a refusal can name the links', async t => {
  const ruleSet = rules(
    'rules:\n  - { rule: r, when: { nickName.links: present }, reject: { code: 5001, message: "no {nickName.links}" } }\n',
  )
  const decision = await decideBy(ruleSet, { nickName: 'a.com b[.]org' })
  t.is(decision.kind === 'reject' && decision.message, 'no https://a.com, https://b.org')
})

test('a report shows the links, and the one that decided', async t => {
  const given: Given = { nickName: 'a.com, spam[.]com/x' }
  const { rules: [rule] = [] } = await explain(ruleOf(foreign).ruleSet, callOf(given), noon)
  t.deepEqual(rule?.conditions.actual, ['https://a.com', 'https://spam.com/x'])
  t.deepEqual(
    rule?.conditions.items?.map(({ index, actual }) => [index, actual]),
    [[1, 'https://spam.com/x']],
  )
})

const says = test.macro((t, condition: string, sentence: string) => {
  t.is(phrase(ruleOf(condition).rule.rule.when), sentence)
})

test('foreign links are told', says, foreign, 'nickName has a link that is not hosted on a.com, b.org')
test('the number of links is told', says, '{ nickName.links: { how many: 3 } }', 'the number of links in nickName is 3')
test('that there are links is told', says, '{ nickName.links: present }', 'nickName has a link')
test('that there are none is told', says, '{ not: { nickName.links: present } }', 'nickName has no link')
test(
  'parts of a link are told',
  says,
  '{ nickName.links: { any item: { .host: a.com, .shown host: present } } }',
  'nickName has a link whose host is “a.com” and whose shown host is another',
)
