import test from 'ava'
import fc from 'fast-check'
import { domainsOf } from '../../src/compile/list-words.ts'
import { noPause } from '../../src/compile/pause.ts'
import type { RuleSet, StageRules, Stages } from '../../src/compile/ruleset.ts'
import { setsOf } from '../../src/compile/slot-index.ts'
import { type Pattern, readPattern } from '../../src/language/pattern.ts'
import { check } from '../../src/lint/check.ts'
import { report } from '../../src/protocol/report.ts'
import { joining, setting } from '../_random.ts'
import { callOf, decideBy, noon, ruleSetOf, rules } from '../_rules.ts'
import { runs } from '../_runs.ts'

/** The same rules with nothing sieved: every one of them reaches json-rules-engine. */
function unsieved(ruleSet: RuleSet): RuleSet {
  const open = ({ rules }: StageRules): StageRules => ({ rules, mayFire: () => rules })
  const stages = [...ruleSet.stages].map(([command, { rewrite, exempt, reject }]) => {
    return [command, { rewrite: open(rewrite), exempt: open(exempt), reject: open(reject) }] as const
  })
  return { ...ruleSet, stages: new Map(stages) }
}

for (const { callback, ruleFiles, calls, numRuns } of [
  { ...setting, numRuns: 10_000 },
  { ...joining, numRuns: 3_000 },
]) {
  test(`decision, reply and trace are the same with the sieve as without: ${callback}`, async t => {
    await fc.assert(
      fc.asyncProperty(ruleFiles, calls, async (file, given) => {
        const ruleSet = ruleSetOf(file)
        const open = unsieved(ruleSet)
        t.deepEqual(await decideBy(ruleSet, given), await decideBy(open, given))
        t.deepEqual(await report(ruleSet, callOf(given), noon), await report(open, callOf(given), noon))
      }),
      { numRuns: runs(numRuns) },
    )
  })
}

const many = rules(`
rules:
${Array.from({ length: 200 }, (_, at) => `  - { rule: g${at}, when: { groupID: g-${at}, roleLevel: admin }, reject: 5001 }`).join('\n')}
${Array.from({ length: 200 }, (_, at) => `  - { rule: w${at}, when: { nickName: { contains: word${at}x } }, reject: 5002 }`).join('\n')}
${Array.from({ length: 200 }, (_, at) => `  - { rule: p${at}, when: { nickName: { matches: '^no${at}[0-9]+$' } }, reject: 5003 }`).join('\n')}
${Array.from({ length: 200 }, (_, at) => `  - { rule: h${at}, when: { faceURL: { hosted on: h${at}.example.com } }, reject: 5004 }`).join('\n')}
${Array.from({ length: 200 }, (_, at) => `  - { rule: l${at}, when: { nickName: { looks like a word in: [likes${at}x, other] } }, reject: 5006 }`).join('\n')}
${Array.from({ length: 200 }, (_, at) => `  - { rule: s${at}, when: { any: [{ userID: { starts with: u${at}- } }, { ex.id: ${at} }] }, reject: 5005 }`).join('\n')}
`)

const patterned = rules(`
rules:
${Array.from({ length: 300 }, (_, at) => `  - { rule: p${at}, when: { nickName: { matches: 'no${at}[^0-9]' } }, reject: 5001 }`).join('\n')}
`)

test('patterns find their rules in a long text', async t => {
  const { matches } = await decideBy(patterned, {
    nickName: `${'no '.repeat(2000)}no7, no250, no29${'9'.repeat(5000)}`,
  })
  t.deepEqual(
    matches.map(({ rule }) => rule),
    ['p7', 'p250'],
  )
})

const passes = test.macro(async (t, given: Parameters<typeof decideBy>[1], expected: string[]) => {
  const decision = await decideBy(many, given)
  t.deepEqual(
    decision.matches.map(({ rule }) => rule),
    expected,
  )
})
test('of many rules none passes a call that fits none', passes, { groupID: 'x', nickName: 'Ann', userID: 'u' }, [])
test('a value finds its rule', passes, { groupID: 'g-77', roleLevel: 60 }, ['g77'])
test('a piece of a text finds its rule', passes, { nickName: 'a WORD7X and word150x' }, ['w7', 'w150'])
test('a pattern finds its rule', passes, { nickName: 'no1234' }, ['p1', 'p12', 'p123'])
test('what looks like a word finds its rule', passes, { nickName: 'my l1kes77x' }, ['l77'])
test('a host under another finds its rule', passes, { faceURL: 'https://a.b.h9.example.com/x' }, ['h9'])
test('one of several finds its rule', passes, { userID: 'u5-x', ex: '{"id":150}' }, ['s5', 's150'])

const long = Array.from({ length: 2000 }, (_, at) => `n${at}.example.com`)
const shared = check([
  {
    file: 'a.yaml',
    content: `callback: beforeSetGroupMemberInfo
rules:
  - { rule: user, when: { userID: { in list: long } }, reject: 5001 }
  - { rule: also, when: { userID: { in list: long }, roleLevel: admin }, reject: 5002 }
  - { rule: host, when: { faceURL: { hosted on: long } }, reject: 5003 }
  - { rule: word, when: { nickName: { has word in: long } }, reject: 5004 }
  - { rule: part, when: { nickName: { contains any: long } }, reject: 5005 }
`,
  },
  { file: 'lists/long.txt', content: long.join('\n') },
]).ruleSet as RuleSet

const finds = test.macro(async (t, given: Parameters<typeof decideBy>[1], expected: string[]) => {
  const { matches } = await decideBy(shared, given)
  t.deepEqual(
    matches.map(({ rule }) => rule),
    expected,
  )
})
test('a long list finds the rules that share it', finds, { userID: 'n7.example.com', roleLevel: 60 }, ['user', 'also'])
test('a long list of hosts finds its rule', finds, { faceURL: 'http://a.n9.example.com/' }, ['host'])
test('a long list of words finds its rules', finds, { nickName: 'see n1999.example.com!' }, ['word', 'part'])
test('what is in no long list finds no rule', finds, { userID: 'n', nickName: 'n', faceURL: 'http://n/' }, [])

test('a host longer than any name is under none', t => {
  t.deepEqual(domainsOf('a.b.com'), ['a.b.com', 'b.com', 'com'])
  t.is(domainsOf(`${'a.'.repeat(100_000)}com`).length, 1)
})

test('what a call that fits no rule looks at does not grow with the rules', t => {
  const stages = many.stages.get('callbackBeforeSetGroupMemberInfoCommand') as Stages
  const { mayFire } = stages.reject
  const looked: string[] = []
  const view = new Proxy(
    { at: noon, value: () => null },
    {
      get: (target, key) => {
        looked.push(String(key))
        return target[key as keyof typeof target]
      },
    },
  )
  t.deepEqual(mayFire(view as never, noPause), [])
  t.true(looked.length < 20, `${looked.length} looks`)
})

test('no set of patterns is more than is made in one go', t => {
  const lengths = (source: string, count: number) =>
    setsOf(Array.from({ length: count }, () => ({ pattern: readPattern(source) as Pattern }))).map(set => set.length)
  t.deepEqual(lengths('^vip-?[a-z]{2}$', 450), [200, 200, 50])
  t.deepEqual(lengths('\\p{Han}{2,10}', 120), [50, 50, 20])
  t.deepEqual(lengths('[a-z]{900}[a-z]{900}[a-z]{900}', 3), [3])
  t.true(lengths('[a-z]{900}[a-z]{900}[a-z]{900}', 20).every(length => length < 5))
  t.deepEqual(lengths('x', 0), [])
})
