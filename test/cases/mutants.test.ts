import test from 'ava'
import { mutantsOf } from '../../src/cases/mutants.ts'
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

/** What no test notices of a rule on messages. */
const countSurvives = test.macro<[rule: string, tests: string[], expected: string[]]>(
  async (t, rule, tests, expected) => {
    const { survivors } = await survivorsOf(
      ruleSetOf(`callback: beforeSendGroupMsg
counters:
  sent: { callback: beforeSendGroupMsg, same: sendID }
rules:
  - rule: counted
    ${rule}
    tests:
${tests.map(each => `      - ${each}`).join('\n')}
`),
    )
    t.deepEqual(
      survivors.map(({ what }) => what),
      expected,
    )
  },
)
const flood = 'when: { how often: { same: sendID, in: 10 seconds, more than: 2 } }\n    reject: 5001'
const thirdFires = '{ after: [{ times: 2, ago: 9 seconds }], given: { sendID: u-1 }, expect: { reject: 5001 } }'
const secondFine = '{ after: [{ ago: 9 seconds }], given: { sendID: u-1 }, expect: allow }'
const othersFine =
  '{ after: [{ times: 2, ago: 9 seconds, given: { sendID: u-2 } }], given: { sendID: u-1 }, expect: allow }'
const refusedFine =
  '{ after: [{ times: 2, ago: 12 seconds }, { ago: 9 seconds }, { ago: 5 seconds }], given: { sendID: u-1 }, expect: allow }'
const all = 'counting all instead: how often more than 2 in 10 seconds'
const everybody = 'without same sendID: how often more than 2 in 10 seconds'

test(
  'tests of a count on both sides of its limit leave by whom and what counts',
  countSurvives,
  flood,
  [thirdFires, secondFine],
  [everybody, all],
)
test(
  'tests of others and of refused calls leave nothing',
  countSurvives,
  flood,
  [thirdFires, secondFine, othersFine, refusedFine],
  [],
)
test(
  'one value that all counted calls have cannot be missed in what is the same',
  countSurvives,
  'when: { groupID: g-1, how often: { same: [groupID, sendID], in: 10 seconds, more than: 2 } }\n    reject: 5001',
  [
    '{ after: [{ times: 2, ago: 9 seconds }], given: { groupID: g-1, sendID: u-1 }, expect: { reject: 5001 } }',
    '{ after: [{ ago: 9 seconds }], given: { groupID: g-1, sendID: u-1 }, expect: allow }',
    '{ given: { groupID: g-2, sendID: u-1 }, expect: allow }',
  ],
  ['without same sendID: how often more than 2 in 10 seconds', all],
)
test(
  'a second is not halved, and a count that has the call itself does not begin below one',
  countSurvives,
  'when: { how often: { same: sendID, in: 1 second, between: [1, 2] } }\n    reject: 5001',
  ['{ given: { sendID: u-1 }, expect: { reject: 5001 } }'],
  ['upper bound one lower', 'upper bound one higher', 'without same sendID', 'counting all instead'].map(
    what => `${what}: how often between 1 and 2 in 1 second`,
  ),
)
test(
  'a named counter is tried with other limits and times',
  countSurvives,
  'when: { how often: { of: sent, same: sendID, in: 10 seconds, more than: 2 } }\n    reject: 5001',
  [thirdFires, secondFine],
  [],
)
test(
  'a time since is halved',
  countSurvives,
  'when: { how long since: { of: sent, same: sendID, less than: 10 seconds } }\n    reject: 5001',
  [
    '{ after: [{ ago: 1 second }], given: { sendID: u-1 }, expect: { reject: 5001 } }',
    '{ given: { sendID: u-1 }, expect: allow }',
  ],
  ['half the time: how long since sent less than 10 seconds'],
)

test('of what has happened already, it is not tried which calls count', t => {
  const { compiled } = ruleSetOf(`callback: afterSendGroupMsg
rules:
  - { rule: r, when: { how often: { same: sendID, in: 1 minute, more than: 2 } }, reject: 5001, mode: shadow }
`)
  const mutants = [...compiled.keys()].flatMap(mutantsOf).map(({ what }) => what.split(':')[0])
  t.deepEqual(mutants, ['negated', 'one lower', 'one higher', 'half the time', 'without same sendID'])
})

test('of a rule that refuses nothing, it is only tried that refused calls count', t => {
  const { compiled } = ruleSetOf(`callback: beforeSetGroupMemberInfo
rules:
  - { rule: r, when: { how often: { same: userID, in: 1 minute, more than: 2 } }, rewrite: { nickName: trim } }
`)
  const mutants = [...compiled.keys()].flatMap(mutantsOf).map(({ what }) => what.split(':')[0])
  t.deepEqual(
    mutants.filter(what => what?.startsWith('counting')),
    ['counting refused instead'],
  )
})
