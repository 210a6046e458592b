import test from 'ava'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { decide } from '../../src/decide/decide.ts'
import { callOf, type Given, noon, ruleSetOf } from '../_rules.ts'

const calls: readonly Given[] = [
  {
    groupID: 'g-1',
    userID: 'u-1',
    nickName: 'admin',
    faceURL: 'https://example.com/a.png',
    roleLevel: 60,
    ex: '{"n":5}',
  },
  { groupID: 'G-1', userID: 'u-2', nickName: 'ADMIN ', faceURL: 'http://evil.test/', roleLevel: 20, ex: '{"n":"5"}' },
  { groupID: 'g-2', userID: 'u-1', nickName: 'the admin of it', roleLevel: 100, ex: '' },
  { groupID: 'g-1', userID: 'u-3', nickName: '' },
  { groupID: 'g-1', userID: 'u-3', faceURL: '', roleLevel: 20 },
]

/** A rule in one spelling of its condition and its outcome. */
function ruleOf(condition: string, outcome: string): RuleSet {
  return ruleSetOf(`callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
lists: { vips: [u-1, u-9] }
conditions: { from g-1: { groupID: g-1 } }
rules:
  - rule: r
    ${condition}
    ${outcome}
`)
}

/** What the engine is given, without the predicates: each rule has its own. */
function writtenOf(ruleSet: RuleSet) {
  const [stages] = [...ruleSet.stages.values()]
  const [rule] = [stages?.rewrite, stages?.exempt, stages?.reject].flatMap(stage => stage?.rules ?? [])
  return JSON.stringify(rule?.definition)
}

async function decisions(ruleSet: RuleSet): Promise<unknown[]> {
  const made = await Promise.all(calls.map(given => decide(ruleSet, callOf(given), noon)))
  return made.map(({ kind, changes, matches }) => ({ kind, changes, matches }))
}

const sameRule = test.macro<[string, string, string?, string?]>({
  async exec(t, native, sugar, event = 'event: { type: reject, params: 5001 }', outcome = 'reject: 5001') {
    const [one, other] = [ruleOf(`conditions: ${native}`, event), ruleOf(`when: ${sugar}`, outcome)]
    t.deepEqual(writtenOf(one), writtenOf(other))
    t.deepEqual(await decisions(one), await decisions(other))
  },
  title: (given, native) => given ?? `both spellings make the same rule: ${native}`,
})

test(sameRule, '{ fact: nickName, operator: equal, value: admin }', '{ nickName: { exactly: { is: admin } } }')
test(sameRule, '{ fact: nickName, operator: notEqual, value: admin }', '{ nickName: { exactly: { is not: admin } } }')
test(sameRule, '{ fact: userID, operator: in, value: [u-1, u-2] }', '{ userID: [u-1, u-2] }')
test(sameRule, '{ fact: userID, operator: notIn, value: [u-1] }', '{ userID: { not one of: [u-1] } }')
test(sameRule, '{ fact: userID, operator: in, value: vips }', '{ userID: { one of: vips } }')
test(sameRule, '{ fact: nickName, operator: contains, value: min }', '{ nickName: { exactly: { contains: min } } }')
test(
  sameRule,
  '{ fact: nickName, operator: doesNotContain, value: min }',
  '{ nickName: { not: { exactly: { contains: min } } } }',
)
test(sameRule, '{ fact: roleLevel, operator: equal, value: 60 }', '{ roleLevel: 60 }')
test(sameRule, '{ fact: roleLevel, operator: equal, value: admin }', '{ roleLevel: admin }')
test(sameRule, '{ fact: roleLevel, operator: lessThan, value: 60 }', '{ roleLevel: { less than: 60 } }')
test(sameRule, '{ fact: roleLevel, operator: lessThanInclusive, value: 60 }', '{ roleLevel: { at most: 60 } }')
test(sameRule, '{ fact: roleLevel, operator: greaterThan, value: 20 }', '{ roleLevel: { more than: 20 } }')
test(
  sameRule,
  '{ fact: roleLevel, operator: greaterThanInclusive, value: admin }',
  '{ roleLevel: { at least: admin } }',
)
test(sameRule, '{ fact: nickName.length, operator: greaterThan, value: 5 }', '{ nickName.length: { more than: 5 } }')
test(sameRule, '{ fact: ex.n, operator: equal, value: 5 }', '{ ex.n: 5 }')
test(sameRule, '{ fact: ex.n, operator: equal, value: "5" }', '{ ex.n: "5" }')
test(sameRule, '{ fact: nickName, operator: is, value: admin }', '{ nickName: admin }')
test(sameRule, '{ fact: nickName, operator: starts with, value: the }', '{ nickName: { starts with: the } }')
test(sameRule, '{ fact: nickName, operator: absent, value: true }', '{ nickName: absent }')
test(sameRule, '{ fact: original.faceURL, operator: present, value: true }', '{ original.faceURL: present }')
test(sameRule, '{ fact: faceURL, operator: hosted on, value: example.com }', '{ faceURL: { hosted on: example.com } }')
test(sameRule, '{ fact: nickName, operator: not, value: { is: admin } }', '{ nickName: { not: { is: admin } } }')
test(
  sameRule,
  '{ all: [{ fact: userID, operator: equal, value: u-1 }, { use: from g-1 }] }',
  '{ all: [{ userID: u-1 }, { use: from g-1 }] }',
)
test(
  sameRule,
  '{ any: [{ fact: userID, operator: equal, value: u-1 }, { not: { fact: groupID, operator: equal, value: g-1 } }] }',
  '{ any: [{ userID: u-1 }, { not: { groupID: g-1 } }] }',
)
test(sameRule, '{ none: [{ fact: userID, operator: equal, value: u-1 }] }', '{ none: [{ userID: u-1 }] }')

test(
  'an event rewrites as rewrite does',
  sameRule,
  '{ nickName: present }',
  '{ nickName: present }',
  'event: { type: rewrite, params: { nickName: [trim, { cut to: 3 }] } }',
  'rewrite: { nickName: [trim, { cut to: 3 }] }',
)
test(
  'an event allows as allow does',
  sameRule,
  '{ nickName: present }',
  '{ nickName: present }',
  'event: { type: allow, params: everything }',
  'allow: everything',
)
test(
  'an event refuses with texts as reject does',
  sameRule,
  '{ nickName: present }',
  '{ nickName: present }',
  'event: { type: reject, params: { code: 5001, message: "{nickName}?" } }',
  'reject: { code: 5001, message: "{nickName}?" }',
)

test("json-rules-engine's own operators compare letter by letter", async t => {
  const native = ruleOf('conditions: { fact: nickName, operator: equal, value: Admin }', 'reject: 5001')
  const sugar = ruleOf('when: { nickName: Admin }', 'reject: 5001')
  const call = callOf({ nickName: 'admin' })
  t.is((await decide(native, call, noon)).kind, 'allow')
  t.is((await decide(sugar, call, noon)).kind, 'reject')
})

test('a test on an absent field is unknown natively too', async t => {
  const native = ruleOf('conditions: { not: { fact: nickName, operator: equal, value: x } }', 'reject: 5001')
  t.is((await decide(native, callOf({ userID: 'u' }), noon)).kind, 'allow')
})
