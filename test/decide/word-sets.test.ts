import test from 'ava'
import fc from 'fast-check'
import { explain } from '../../src/decide/explain.ts'
import { callOf, decideBy, type Given, noon, ruleSetOf, told } from '../_rules.ts'
import { runs } from '../_runs.ts'

const lists = `lists:
  words: { words: [hi, hello, "good*", New York, 你好, 世界], except: [hello kitty] }
  edges: { words: [bot-, bot-7, "http://"], except: [bot-77, "http://example.com"] }
  none: { words: [a], except: [a] }
`

const ruleSet = (condition: string) =>
  ruleSetOf(`callback: beforeSetGroupMemberInfo\n${lists}rules:\n  - { rule: r, when: ${condition}, reject: 5001 }\n`)

/** Which values of a field pass a test, and which fail it; of the rest it is unknown. */
const judges = test.macro<[field: string, words: string, passes: string[], fails: string[], unknown?: string[]]>({
  async exec(t, field, words, passes, fails, unknown = []) {
    const [holds, negated] = [ruleSet(`{ ${field}: { ${words} } }`), ruleSet(`{ ${field}: { not: { ${words} } } }`)]
    const verdicts = async (value: string) =>
      Promise.all(
        [holds, negated].map(async rules => told(await decideBy(rules, { [field]: value } as Given)) !== 'allow'),
      )
    for (const value of passes) t.deepEqual(await verdicts(value), [true, false], value)
    for (const value of fails) t.deepEqual(await verdicts(value), [false, true], value)
    for (const value of unknown) t.deepEqual(await verdicts(value), [false, false], value)
  },
  title: (_, field, words) => `${field}: { ${words} }`,
})

test(
  judges,
  'nickName',
  'only words in: words',
  ['Hi', 'hello, HELLO!', ' goodness 😀 hi', 'new-york hi', '你好，世界', 'h\u200bi'],
  ['hi there', 'hello kitty', 'newyork', 'hi 3', '你好吗', 'new', '㊗ hi'],
  ['', ' ', '?!', '😀 ❤️'],
)
test(judges, 'nickName', 'only words in: [C++, R]', ['c++ r', 'R, C++'], ['C', 'c++11'], ['++'])
test(judges, 'nickName', 'exactly: { only words in: [VIP] }', ['VIP!'], ['vip', 'VIP x'], ['!'])
test(
  judges,
  'nickName',
  'has all words in: [free, "mon*", free money now]',
  ['Free-Money now', 'free money now and monday'],
  ['free money', 'money now', '', 'freemoney now'],
)
test(judges, 'nickName', 'has all words in: words', [], ['hi hello', ''])
test(judges, 'nickName', 'has all words in: none', [], ['a', 'a b'])
test(
  judges,
  'nickName',
  'starts with any: [Dr, "Prof "]',
  ['dr', '  DR House', 'Drake', 'prof x', 'Prof'],
  ['professor', 'a dr', ''],
)
test(judges, 'nickName', 'ends with any: [.exe, " bot"]', ['setup.EXE ', 'a bot', 'bot'], ['robot', 'exe', '.exe x'])
test(judges, 'nickName', 'exactly: { ends with any: [X, yY] }', ['aX', 'yY'], ['ax', 'X '])
test(judges, 'userID', 'starts with any: edges', ['bot-', 'bot-7', 'bot-8'], ['bot-77', 'bot-771', 'Bot-1', 'xbot-'])
test(judges, 'faceURL', 'starts with any: edges', ['http://a.test'], ['http://example.com/x', 'https://a.test'])

const letters = fc.string({ unit: fc.constantFrom('a', 'B', ' ', 'ß', '😀'), minLength: 1, maxLength: 3 })

test('a word for several is the word for one of each', async t => {
  const several = fc.array(letters, { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(
      several,
      letters,
      fc.constantFrom('starts with', 'ends with'),
      fc.boolean(),
      async (texts, value, word, isExact) => {
        const within = (words: object) => JSON.stringify({ nickName: isExact ? { exactly: words } : words })
        const each = `{ any: [${texts.map(text => within({ [word]: text })).join(', ')}] }`
        const [one, all] = [ruleSet(each), ruleSet(within({ [`${word} any`]: texts }))]
        t.is(told(await decideBy(all, { nickName: value })), told(await decideBy(one, { nickName: value })))
      },
    ),
    { numRuns: runs(2_000) },
  )
})

test('all words of a list are in a text when each is', async t => {
  const some = fc.array(fc.constantFrom('a', 'a b', 'b*', '*c', '你', '你好', 'c++'), { minLength: 1, maxLength: 3 })
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ' ', '你', '好', '++', 'bc'), { maxLength: 6 })
    .map(all => all.join(''))
  await fc.assert(
    fc.asyncProperty(some, text, async (words, value) => {
      const each = `{ all: [${words.map(word => JSON.stringify({ nickName: { 'has word': word } })).join(', ')}] }`
      const [one, all] = [ruleSet(each), ruleSet(JSON.stringify({ nickName: { 'has all words in': words } }))]
      t.is(told(await decideBy(all, { nickName: value })), told(await decideBy(one, { nickName: value })))
    }),
    { numRuns: runs(2_000) },
  )
})

test('the word that is missing is told', async t => {
  const lacks = async (words: string, nickName: string) => {
    const { rules } = await explain(ruleSet(`{ nickName: { ${words} } }`), callOf({ nickName }), noon)
    return rules[0]?.conditions.lacks
  }
  t.is(await lacks('only words in: words', 'Hi, THERE you'), 'there')
  t.is(await lacks('only words in: words', 'hi'), undefined)
  t.is(await lacks('only words in: words', '?'), undefined)
  t.is(await lacks('has all words in: [free, Money, now]', 'free now'), 'Money')
  t.is(await lacks('has all words in: [free, Money]', 'free money'), undefined)
})
