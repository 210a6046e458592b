import test from 'ava'
import type { CompileOptions } from '../../src/compile/compile.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { checkInSteps } from '../../src/lint/check.ts'
import { decideBy, ruleSetOf, told } from '../_rules.ts'

const words = Array.from({ length: 20_000 }, (_, i) =>
  i % 2 === 0 ? `word${i}` : `字${String.fromCodePoint(0x4e00 + i)}`,
)

/** How many pauses there were, and what came of it. */
function compiled(
  rule: string,
  entries: readonly string[],
  options?: CompileOptions,
): { steps: number; ruleSet: RuleSet } {
  const text = `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: r, ${rule} }\n`
  const files = [
    { file: 'a.yaml', content: text },
    { file: 'lists/long.txt', content: entries.join('\n') },
  ]
  const making = checkInSteps(files, options)
  for (let steps = 0; ; steps++) {
    const { done, value } = making.next()
    if (!done) continue
    if (value.ruleSet === null) throw new Error(JSON.stringify(value.diagnostics))
    return { steps, ruleSet: value.ruleSet }
  }
}

const inSteps = test.macro({
  exec: (t, rule: string) => {
    const short = compiled(rule, words.slice(0, 10))
    const long = compiled(rule, words)
    t.true(long.steps >= short.steps + words.length / 1000, `${short.steps} and ${long.steps} steps`)
    const again = compiled(rule, words, { before: long.ruleSet })
    t.true(again.steps < long.steps - words.length / 2000, `${long.steps} and again ${again.steps} steps`)
    const other = compiled(rule, [...words, 'more'], { before: long.ruleSet })
    t.true(other.steps >= long.steps)
  },
  title: (_, rule = '') => `a long list lets others run while it is made ready, once: ${rule}`,
})

for (const word of ['in list', 'not in list', 'contains any', 'has word in', 'looks like a word in']) {
  test(inSteps, `when: { nickName: { ${word}: long } }, reject: 5001`)
}
test(inSteps, 'when: { nickName: { exactly: { has word in: long } } }, reject: 5001')
test(inSteps, 'when: { userID: x, not: { any: [{ nickName: { in list: long } }] } }, reject: 5001')
test(inSteps, 'when: { userID: x }, unless: { nickName: { in list: long } }, reject: 5001')
test(inSteps, 'when: { nickName: present }, rewrite: { nickName: { mask words in: long } }')
test(
  inSteps,
  'conditions: { all: [{ fact: nickName, operator: looks like a word in, value: long }] }, event: { type: reject, params: 5001 }',
)

const users = 'callback: beforeUserRegister, when: { users:'
test(inSteps, `${users} { any item: { nickname: { has word in: long } } } }, reject: 5001`)
test(inSteps, `${users} present }, rewrite: { users: { each item: { nickname: { mask words in: long } } } }`)
test(
  inSteps,
  `${users} present }, rewrite: { users: { each item: { when: { nickname: { in list: long } }, nickname: trim } } }`,
)

const decides = test.macro(async (t, word: string, nickName: string, fires: boolean) => {
  const files = {
    'a.yaml': `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: r, when: { nickName: { ${word}: stars } }, reject: 5001 }\n`,
    'lists/stars.txt': `ADMIN*\n***\nab*cd\n${words.join('\n')}`,
  }
  t.is(told(await decideBy(ruleSetOf(files), { nickName })), fires ? 'reject 5001 by r' : 'allow')
})

test('a star in a list matches any ending of a value', decides, 'in list', 'administrator', true)
test('a star in a list matches no ending, too', decides, 'in list', ' Admin ', true)
test('a star in a list matches no other beginning', decides, 'in list', 'my admin', false)
test('a star in the middle of an entry is a star', decides, 'in list', 'abxcd', false)
test('stars alone are stars', decides, 'in list', '***', true)
test('an entry of a long list is found', decides, 'in list', 'WORD19998', true)
test('a part is found by an entry with a star', decides, 'contains any', 'badminton', true)
test('a part of a long list is found', decides, 'contains any', 'xword19998x', true)
test('a part that is not in a long list is not found', decides, 'contains any', 'word', false)

test('a list of one line as long as a book is soon made ready', async t => {
  const { ruleSet } = compiled('when: { nickName: { in list: long } }, reject: 5001', ['a b'.repeat(150_000)])
  t.is(told(await decideBy(ruleSet, { nickName: 'a' })), 'allow')
})
