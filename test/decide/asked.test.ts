import test from 'ava'
import fc from 'fast-check'
import type { Answer } from '../../src/compile/question.ts'
import { View } from '../../src/compile/view.ts'
import { decide } from '../../src/decide/decide.ts'
import { run } from '../../src/decide/judge.ts'
import { asking, gatherFrom, type Invented, rulesOf } from '../_asked.ts'
import { callOf, type Given, noon, rules, told } from '../_rules.ts'
import { runs } from '../_runs.ts'

const value = (of: unknown): Answer => ({ kind: 'value', value: of })

/** What the call says of a member's role and `ex` is here something to look up. */
const invented: Invented = {
  roleLevel: { by: ['groupID', 'userID'] },
  ex: { by: ['userID'] },
}

async function decided(text: string, given: Given, answers: Readonly<Record<string, Answer>>) {
  const { gather, log } = gatherFrom(answers)
  const decision = await decide(asking(rules(text), invented), callOf(given), noon, { gather })
  return { told: told(decision), log }
}

const asks = test.macro(
  async (t, text: string, given: Given, answers: Record<string, Answer>, outcome: string, log: string[][]) => {
    t.deepEqual(await decided(text, given, answers), { told: outcome, log })
  },
)

const members =
  'rules: [{ rule: r, when: { nickName: { contains: x }, roleLevel: { at most: member } }, reject: 5001 }]'
const call = { groupID: 'g', userID: 'u', nickName: 'x' }

test('a fact is asked for when all else holds', asks, members, call, { roleLevel: value(20) }, 'reject 5001 by r', [
  ['roleLevel g u'],
])
test('and decides', asks, members, call, { roleLevel: value(60) }, 'allow', [['roleLevel g u']])
test(
  'it is not asked for when something else does not hold',
  asks,
  members,
  { ...call, nickName: 'y' },
  {},
  'allow',
  [],
)
test('nor when something else is unknown', asks, members, { groupID: 'g', userID: 'u' }, {}, 'allow', [])
test('nor when nobody could find it', asks, members, { userID: 'u', nickName: 'x' }, {}, 'allow', [])
test('what is absent is unknown', asks, members, call, { roleLevel: { kind: 'absent' } }, 'allow', [['roleLevel g u']])
test('what is unsure is unknown', asks, members, call, { roleLevel: { kind: 'unsure' } }, 'allow', [['roleLevel g u']])
for (const which of ['present', 'absent']) {
  test(
    `what is unsure is not known to be ${which}`,
    asks,
    members.replace('{ at most: member }', which),
    call,
    {},
    'allow',
    [['roleLevel g u']],
  )
}
test('what is left out is unknown', asks, members, call, {}, 'allow', [['roleLevel g u']])

const either =
  'rules: [{ rule: r, when: { any: [{ nickName: { contains: x } }, { roleLevel: admin }] }, reject: 5001 }]'
test('what holds anyway needs no fact', asks, either, call, {}, 'reject 5001 by r', [])
test(
  'one of two ways is asked for when the other is closed',
  asks,
  either,
  { ...call, nickName: 'y' },
  { roleLevel: value(60) },
  'reject 5001 by r',
  [['roleLevel g u']],
)

const excepted = 'rules: [{ rule: r, when: { nickName: { contains: x } }, unless: { roleLevel: admin }, reject: 5001 }]'
test('an exception is asked for when the rule would fire', asks, excepted, call, { roleLevel: value(60) }, 'allow', [
  ['roleLevel g u'],
])
test('an exception is not asked for when it would not', asks, excepted, { ...call, nickName: 'y' }, {}, 'allow', [])

const rewriting = `
rules:
  - { rule: first, when: { roleLevel: member }, rewrite: { userID: v } }
  - { rule: second, when: { roleLevel: admin, nickName: present }, rewrite: { nickName: { set: second } } }
  - { rule: third, when: { roleLevel: member }, reject: 5003 }
`.replace('rewrite: { userID: v }', 'rewrite: { nickName: { set: first } }')
test(
  'one answer serves all rules and stages',
  asks,
  rewriting,
  call,
  { roleLevel: value(20) },
  'reject 5003 by third',
  [['roleLevel g u']],
)

test('a rewrite can change what a later rule needs to know', async t => {
  const text = `
rules:
  - { rule: first, when: { roleLevel: member }, rewrite: { nickName: { set: new } } }
  - { rule: second, when: { ex: { contains: x } }, rewrite: { faceURL: "https://example.com/" } }
`
  const byName: Invented = {
    roleLevel: { by: ['userID'] },
    ex: { by: ['nickName'] },
  }
  const { gather, log } = gatherFrom({ roleLevel: value(20), ex: value('x') })
  const decision = await decide(asking(rules(text), byName), callOf(call), noon, { gather })
  t.is(told(decision), 'allow nickName=new faceURL=https://example.com/')
  t.deepEqual(log, [['roleLevel u', 'ex x'], ['ex new']])
})

test('rules that are off or out of date ask for nothing', async t => {
  const off = members.replace('reject: 5001', 'reject: 5001, mode: disabled')
  const past = members.replace('reject: 5001', 'reject: 5001, until: 2026-01-01')
  t.deepEqual((await decided(off, call, {})).log, [])
  t.deepEqual((await decided(past, call, {})).log, [])
})

test('what gathering throws ends the decision', async t => {
  const gather = () => Promise.reject(new Error('no answer'))
  await t.throwsAsync(decide(asking(rules(members), invented), callOf(call), noon, { gather }), {
    message: 'no answer',
  })
})

test('ten slow rules among ten thousand are all that is looked at and asked for', async t => {
  const slow = Array.from(
    { length: 10 },
    (_, at) => `  - { rule: s${at}, when: { userID: u${at}, roleLevel: admin }, reject: 5001 }`,
  )
  const plain = Array.from(
    { length: 2_000 },
    (_, at) => `  - { rule: r${at}, when: { userID: p${at}, nickName: { contains: x${at} } }, reject: 5002 }`,
  )
  const ruleSet = asking(rules(`rules:\n${[...slow, ...plain].join('\n')}\n`), invented)
  const { gather, log } = gatherFrom({ roleLevel: value(60) })
  const stages = ruleSet.stages.get('callbackBeforeSetGroupMemberInfoCommand')
  const candidates = await stages?.reject.mayFire(
    new View(callOf({ groupID: 'g', userID: 'u3' }).values, noon),
    () => undefined,
  )
  t.deepEqual(
    candidates?.map(({ id }) => id),
    ['s3'],
  )
  t.is(told(await decide(ruleSet, callOf({ groupID: 'g', userID: 'u3' }), noon, { gather })), 'reject 5001 by s3')
  t.is(
    told(await decide(ruleSet, callOf({ groupID: 'g', userID: 'p7', nickName: 'x7' }), noon, { gather })),
    'reject 5002 by r7',
  )
  t.deepEqual(log, [['roleLevel g u3']])
})

const leaf = fc.constantFrom(
  ...['{ roleLevel: admin }', '{ roleLevel: { at most: member } }', '{ roleLevel: present }', '{ roleLevel: absent }'],
  ...['{ ex: { contains: x } }', '{ ex: { not: { contains: x } } }', '{ userID: u }', '{ userID: { is not: u } }'],
  ...['{ nickName: { contains: x } }', '{ nickName: absent }'],
)
const { condition } = fc.letrec<{ condition: string }>(tie => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map(parts => `{ all: [${parts.join(', ')}] }`),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map(parts => `{ any: [${parts.join(', ')}] }`),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map(parts => `{ none: [${parts.join(', ')}] }`),
    tie('condition').map(part => `{ not: ${part} }`),
  ),
}))
const answer = <T>(values: readonly T[]): fc.Arbitrary<Answer> =>
  fc.oneof(
    fc.constantFrom(...values).map(of => value(of)),
    fc.constant<Answer>({ kind: 'absent' }),
  )

test('facts that are asked for decide like given ones, with the sieve as without', async t => {
  const rule = fc.record({ when: condition, unless: fc.option(condition, { nil: undefined }) })
  const given = fc.record({ userID: fc.constantFrom('u', 'v'), nickName: fc.constantFrom('x', 'y', null) })
  const answers = fc.record({ roleLevel: answer([20, 60]), ex: answer(['x', 'y']) })
  const property = fc.asyncProperty(
    fc.array(rule, { minLength: 1, maxLength: 4 }),
    given,
    answers,
    async (bodies, values, said) => {
      const lines = bodies.map(
        ({ when, unless }, at) =>
          `  - { rule: r${at}, when: ${when}${unless === undefined ? '' : `, unless: ${unless}`}, reject: ${5001 + at} }`,
      )
      const ruleSet = rules(`rules:\n${lines.join('\n')}\n`)
      const slow = asking(ruleSet, invented)
      const { gather, log } = gatherFrom(said)
      const all = { groupID: 'g', ...values }
      const known = Object.fromEntries(
        Object.entries(said).map(([field, is]) => [field, is.kind === 'value' ? (is.value as string) : null]),
      )
      const [late, early] = [
        await decide(slow, callOf(all), noon, { gather }),
        await decide(ruleSet, callOf({ ...all, ...known }), noon),
      ]
      t.deepEqual(late, early)
      t.true(log.length <= 2)
      // Without the sieve: all rules are given to the engine, with all answers.
      const ids = [...(await run(rulesOf(ruleSet), new View(callOf({ ...all, ...known }).values, noon)))].sort()
      t.deepEqual(late.matches.map(({ rule: id }) => id).sort(), ids)
    },
  )
  await fc.assert(property, { numRuns: runs(4_000) })
})
