import test from 'ava'
import { cut, joined, longestMade, mostGrowth, replaced } from '../../src/decide/bounded.ts'
import { decide } from '../../src/decide/decide.ts'
import { callOf, decideBy, noon, ruleSetOf, rules } from '../_rules.ts'

test('a text that doubles with each step ends at the longest there may be', async t => {
  const doubled = Array.from({ length: 60 }, () => '{ replace: { text: a, with: aa } }').join(', ')
  const ruleSet = rules(`rules:\n  - { rule: r, when: { nickName: present }, rewrite: { nickName: [${doubled}] } }\n`)
  const decision = await decideBy(ruleSet, { nickName: 'a' })
  t.is(decision.kind === 'allow' && String(decision.rewrites.get('nickName')).length, longestMade)
})

test('a message that names a long field again and again still rejects', async t => {
  const message = '{nickName}'.repeat(400)
  const ruleSet = rules(
    `rules:\n  - { rule: r, when: { nickName: present }, reject: { code: 5001, message: "${message}" } }\n`,
  )
  const decision = await decideBy(ruleSet, { nickName: 'x'.repeat(250_000) })
  t.is(decision.kind === 'reject' && decision.message.length, longestMade)
})

test('a text with room for it is replaced as a whole', t => {
  t.is(replaced('a-b-c', '-', '$&'), 'a$&b$&c')
  const long = `${'x'.repeat(longestMade - 10)}-y`
  t.is(replaced(long, '-', '—'.repeat(5)), long.replace('-', '—————'))
})

test('a text that arrived longer than the limit keeps its length', t => {
  const long = `${'x'.repeat(longestMade + 10)}-y`
  t.is(replaced(long, '-', 'z'), long.replace('-', 'z'))
  t.is(replaced(long, '-', 'zz').length, long.length)
})

test('no pair of surrogates is cut in two', t => {
  t.is(joined(['x'.repeat(longestMade - 1), '😀']).length, longestMade - 1)
  t.is(replaced(`-${'x'.repeat(longestMade - 3)}😀`, '-', 'zz').length, longestMade - 1)
})

test('a long field in the text of each of many items fills no memory, and the call is still judged', async t => {
  const ruleSet = ruleSetOf(`
callback: beforeMembersJoinGroup
rules:
  - { rule: name, when: { memberList: present }, rewrite: { memberList: { each item: { nickname: "{groupID}" } } } }
  - { rule: banned, when: { memberList: { any item: { userID: u-7999 } } }, reject: 5001 }
`)
  const memberList = Array.from({ length: 8000 }, (_, at) => ({ userID: `u-${at}` }))
  const given = { groupID: 'g'.repeat(120_000) }
  t.like(await decideBy(ruleSet, { ...given, memberList }), { kind: 'reject', code: 5001 })
  const decision = await decideBy(ruleSet, { ...given, memberList: memberList.slice(0, 7000) })
  t.true(decision.kind === 'allow' && JSON.stringify([...decision.rewrites]).length < 2 * mostGrowth)
})

test('a step that makes more of a text ends where any other does', async t => {
  const one = (step: string) =>
    rules(`rules:\n  - { rule: r, when: { nickName: present }, rewrite: { nickName: ${step} } }\n`)
  const grows: [step: string, text: string][] = [
    ['normalise', 'ﷺ'],
    ['upper case', 'ΐ'],
    ['{ mask words in: [a], with: 😀 }', 'a '],
  ]
  for (const [step, text] of grows) {
    const decision = await decideBy(one(step), { nickName: text.repeat(longestMade / text.length) })
    const { length } = decision.kind === 'allow' ? String(decision.rewrites.get('nickName')) : ''
    // One unit less, where half of a pair would be left.
    t.true(length === longestMade || length === longestMade - 1, `${step}: ${length}`)
  }
})

test('a text that arrived longer is not cut when changed', t => {
  const long = 'x'.repeat(longestMade + 10)
  t.is(cut(long, long), long)
  t.is(cut(`${long}y`, long), long)
})

test('texts made of the longest that may come in are as long', async t => {
  const ruleSet = rules('rules:\n  - { rule: r, when: { nickName: present }, rewrite: { ex: "{nickName}" } }\n')
  const nickName = 'x'.repeat(65_536)
  const decision = await decideBy(ruleSet, { nickName })
  t.is(decision.kind === 'allow' && decision.rewrites.get('ex'), nickName)
})

test('a rule of many steps on a long text asks for pauses', async t => {
  let asked = 0
  const pause = () => {
    asked += 1
    return undefined
  }
  const steps = Array.from({ length: 100 }, (_, at) => `{ replace: { text: a${at}, with: b } }`).join(', ')
  const many = rules(`rules:\n  - { rule: r, when: { nickName: present }, rewrite: { nickName: [${steps}] } }\n`)
  await decide(many, callOf({ nickName: 'a'.repeat(5_000) }), noon, { pause })
  t.true(asked >= 100)
})
