import test from 'ava'
import { survivorsOf } from '../../src/cases/mutate.ts'
import { ruleSetOf } from '../_rules.ts'

/** What of a rule no test notices. */
const survives = test.macro<[rule: string, given: string[], expected: string[]]>(async (t, rule, given, expected) => {
  const file = `callback: beforeSetGroupMemberInfo
lists: { bad: { words: [hell], except: [hell kitty] } }
rules:
  - rule: r
    ${rule}
    tests:
${given.map(each => `      - ${each}`).join('\n')}
`
  const { survivors } = await survivorsOf(ruleSetOf(file))
  t.deepEqual(
    survivors.map(({ what }) => what),
    expected,
  )
})

const rule = 'when: { nickName: { has word in: bad } }\n    reject: 5001'
const masks = 'when: { nickName: present }\n    rewrite: { nickName: { mask words in: bad } }'
const hit = '{ given: { nickName: hell }, expect: { reject: 5001 } }'
const fine = '{ given: { nickName: hell kitty }, expect: allow }'
const none = '{ given: { nickName: Ann }, expect: allow }'

test(
  'a test without an exception misses that exceptions are dropped',
  survives,
  rule,
  [hit, none],
  ['without the exceptions of its list: nickName has word in bad'],
)
test('a test of an exception notices that exceptions are dropped', survives, rule, [hit, fine], [])
test(
  'a step on words is tried without its exceptions',
  survives,
  masks,
  ['{ given: { nickName: hell }, expect: { rewrite: { nickName: "****" } } }', none],
  ['without the exceptions of its list: nickName mask words in'],
)
