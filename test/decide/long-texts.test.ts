import test from 'ava'
import { decideBy, rules } from '../_rules.ts'

const tests = [
  '{ has word: admin }',
  '{ has word in: [admin, 管理员] }',
  '{ looks like a word in: [admin, 管理员] }',
  '{ contains any: [admin, 管理员] }',
  '{ exactly: { has word: admin } }',
]
const byField = tests.flatMap((asked, at) => [
  `  - { rule: nick-${at}, when: { nickName: ${asked} }, reject: 5001 }`,
  `  - { rule: original-${at}, when: { original.nickName: ${asked} }, reject: 5001 }`,
])
const ruleSet = rules(`
rules:
  - { rule: say, when: { userID: said }, rewrite: { nickName: { replace: { text: bob, with: admin } } } }
  - { rule: hide, when: { userID: hidden }, rewrite: { nickName: { replace: { text: admin, with: bob } } } }
${byField.join('\n')}
`)

/** Two of the same length, long enough that what is made of them is remembered. */
const withWord = `${'lorem ipsum '.repeat(1000)}admin`
const without = withWord.replace('admin', 'bdmin')

const firedOf = async (userID: string, nickName: string) => {
  const { matches } = await decideBy(ruleSet, { userID, nickName })
  return new Set(matches.filter(({ stage }) => stage === 'reject').map(({ rule }) => rule.replace(/-\d$/, '')))
}

test('long texts that are asked about in turn each get their own answer', async t => {
  for (let round = 0; round < 3; round++) {
    t.deepEqual(await firedOf('u', withWord), new Set(['nick', 'original']))
    t.deepEqual(await firedOf('u', without), new Set())
    t.deepEqual(await firedOf('hidden', withWord), new Set(['original']))
    t.deepEqual(await firedOf('said', withWord.replace('admin', 'bob')), new Set(['nick']))
  }
})

test('calls with long texts that overlap each get their own answer', async t => {
  const texts = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? withWord : without))
  const fired = await Promise.all(texts.map(text => firedOf('u', text)))
  t.deepEqual(
    fired.map(({ size }) => size),
    texts.map(text => (text === withWord ? 2 : 0)),
  )
})

test('a negation of a long text gets its own answer, too', async t => {
  const denied = rules('rules:\n  - { rule: r, when: { nickName: { not: { has word: admin } } }, reject: 5001 }\n')
  const kinds = []
  for (const nickName of [withWord, without, withWord]) kinds.push((await decideBy(denied, { nickName })).kind)
  t.deepEqual(kinds, ['allow', 'reject', 'allow'])
})
