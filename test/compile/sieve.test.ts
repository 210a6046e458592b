import test from 'ava'
import fc from 'fast-check'
import type { RuleSet, StageRules, Stages } from '../../src/compile/ruleset.ts'
import { report } from '../../src/protocol/report.ts'
import { calls, ruleFiles } from '../_random.ts'
import { callOf, decideBy, noon, ruleSetOf, rules } from '../_rules.ts'

/** The same rules with nothing sieved: every one of them reaches json-rules-engine. */
function unsieved(ruleSet: RuleSet): RuleSet {
  const open = ({ rules }: StageRules): StageRules => ({ rules, mayFire: () => rules })
  const stages = [...ruleSet.stages].map(([command, { rewrite, exempt, reject }]) => {
    return [command, { rewrite: open(rewrite), exempt: open(exempt), reject: open(reject) }] as const
  })
  return { ...ruleSet, stages: new Map(stages) }
}

test('decision, reply and trace are the same with the sieve as without', async t => {
  await fc.assert(
    fc.asyncProperty(ruleFiles, calls, async (file, given) => {
      const ruleSet = ruleSetOf(file)
      const open = unsieved(ruleSet)
      t.deepEqual(await decideBy(ruleSet, given), await decideBy(open, given))
      t.deepEqual(await report(ruleSet, callOf(given), noon), await report(open, callOf(given), noon))
    }),
    { numRuns: 10_000 },
  )
})

const many = rules(`
rules:
${Array.from({ length: 200 }, (_, at) => `  - { rule: g${at}, when: { groupID: g-${at}, roleLevel: admin }, reject: 5001 }`).join('\n')}
${Array.from({ length: 200 }, (_, at) => `  - { rule: w${at}, when: { nickName: { contains: word${at}x } }, reject: 5002 }`).join('\n')}
${Array.from({ length: 200 }, (_, at) => `  - { rule: p${at}, when: { nickName: { matches: '^no${at}[0-9]+$' } }, reject: 5003 }`).join('\n')}
${Array.from({ length: 200 }, (_, at) => `  - { rule: h${at}, when: { faceURL: { hosted on: h${at}.example.com } }, reject: 5004 }`).join('\n')}
${Array.from({ length: 200 }, (_, at) => `  - { rule: s${at}, when: { any: [{ userID: { starts with: u${at}- } }, { ex.id: ${at} }] }, reject: 5005 }`).join('\n')}
`)

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
test('a host under another finds its rule', passes, { faceURL: 'https://a.b.h9.example.com/x' }, ['h9'])
test('one of several finds its rule', passes, { userID: 'u5-x', ex: '{"id":150}' }, ['s5', 's150'])

test('what a call that fits no rule looks at does not grow with the rules', t => {
  const stages = many.stages.get('callbackBeforeSetGroupMemberInfoCommand') as Stages
  const { mayFire } = stages.reject
  const looked: string[] = []
  const view = new Proxy(
    { at: noon, hasPending: false, value: () => null, isPending: () => false },
    {
      get: (target, key) => {
        looked.push(String(key))
        return target[key as keyof typeof target]
      },
    },
  )
  t.deepEqual(mayFire(view as never), [])
  t.true(looked.length < 20, `${looked.length} looks`)
})
