import test from 'ava'
import { Engine } from 'json-rules-engine'
import { noPause } from '../../src/compile/pause.ts'
import { View } from '../../src/compile/view.ts'
import { judge, run } from '../../src/decide/judge.ts'
import { check } from '../../src/lint/check.ts'
import { callOf, decideBy, noon, rules, told } from '../_rules.ts'

const some = rules(`
lists:
  many: [${Array.from({ length: 1_000 }, (_, at) => `u-${at}`).join(', ')}]
rules:
  - { rule: listed, when: { userID: { in list: many } }, reject: 5001 }
  - { rule: named, when: { any: [{ nickName: admin }, { nickName: support }] }, reject: 5002 }
  - { rule: inside, when: { ex.a.b: x }, reject: 5003 }
`)
const rejects = some.stages.get('callbackBeforeSetGroupMemberInfoCommand')?.reject.rules ?? []

test.serial('no engine is shared: every decision makes its own', async t => {
  const made: unknown[] = []
  const original = Engine.prototype.run
  Engine.prototype.run = function (this: Engine, ...args) {
    made.push(this)
    return original.apply(this, args)
  }
  try {
    await Promise.all([decideBy(some, { userID: 'u-1' }), decideBy(some, { userID: 'u-2' })])
  } finally {
    Engine.prototype.run = original
  }
  t.is(new Set(made).size, 2)
})

test('a rule is handed to engines as data, never as an object that remembers one', t => {
  for (const { definition } of rejects) {
    t.is(Object.getPrototypeOf(definition), Object.prototype)
    t.true(Object.isFrozen(definition))
  }
})

test('a list stays out of the conditions that the engine copies', t => {
  t.true(JSON.stringify(rejects.map(({ definition }) => definition)).length < 1_500)
})

test('matches keep the order of the rules, whatever the engine answers first', async t => {
  const view = new View(callOf({ userID: 'u-1', nickName: 'admin', ex: '{"a":{"b":"x"}}' }).values, noon)
  const fired = await judge(rejects, view, noPause)
  t.deepEqual(
    [...fired].map(({ id }) => id),
    ['listed', 'named', 'inside'],
  )
})

const refused = test.macro((t, condition: string, code: string) => {
  const content = `callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: r, when: ${condition}, reject: 5001 }\n`
  const { ruleSet, diagnostics } = check([{ file: 'a.yaml', content }])
  t.is(ruleSet, null)
  t.deepEqual(
    diagnostics.map(each => each.code),
    [code],
  )
})
test('an empty any is refused', refused, '{ any: [] }', 'empty')
test('an empty all is refused', refused, '{ all: [] }', 'empty')
test('an unknown operator is refused at load', refused, '{ fact: userID, operator: equals, value: x }', 'unknown-word')
test('an unknown fact is refused at load', refused, '{ fact: userid, operator: equal, value: x }', 'unknown-field')
test('a path is refused at load', refused, '{ fact: ex, operator: equal, value: x, path: $.a }', 'unknown-key')

const decides = test.macro(async (t, condition: string, given: Parameters<typeof decideBy>[1], expected: string) => {
  const ruleSet = rules(`rules:\n  - { rule: r, when: ${condition}, reject: 5001 }\n`)
  t.is(told(await decideBy(ruleSet, given)), expected)
})
const fires = 'reject 5001 by r'
const both = '{ any: [{ userID: a }, { userID: b }], all: [{ nickName: x }] }'
test('any beside all does not drop all', decides, both, { userID: 'a', nickName: 'y' }, 'allow')
test('any beside all holds when both do', decides, both, { userID: 'a', nickName: 'x' }, fires)
const native = (operator: string, value: string, fact = 'userID') =>
  `{ fact: ${fact}, operator: ${operator}, value: ${value} }`
test('notEqual does not match an absent fact', decides, native('notEqual', 'a'), {}, 'allow')
test('notIn does not match an absent fact', decides, native('notIn', '[a]'), {}, 'allow')
test('doesNotContain does not match an absent fact', decides, native('doesNotContain', 'a'), {}, 'allow')
test('in compares whole values', decides, native('in', '[abc]'), { userID: 'b' }, 'allow')
test('contains finds a piece of a text', decides, native('contains', 'b'), { userID: 'abc' }, fires)
const tags = { ex: '{"tags":["vip",3]}' }
test('contains finds an item of a list inside JSON', decides, native('contains', 'vip', 'ex.tags'), tags, fires)
test('contains finds a number in a list inside JSON', decides, native('contains', '3', 'ex.tags'), tags, fires)
test('contains takes whole items inside JSON', decides, native('contains', 'v', 'ex.tags'), tags, 'allow')
test(
  'contains finds a piece of a text inside JSON',
  decides,
  native('contains', 'i', 'ex.a'),
  { ex: '{"a":"vip"}' },
  fires,
)
test('doesNotContain misses an item inside JSON', decides, native('doesNotContain', 'x', 'ex.tags'), tags, fires)
test('doesNotContain sees an item inside JSON', decides, native('doesNotContain', 'vip', 'ex.tags'), tags, 'allow')
test('a number word does not read a text', decides, native('greaterThan', '5', 'ex.n'), { ex: '{"n":"10"}' }, 'allow')
test('inside JSON a non-object holds nothing', decides, '{ ex.a.b: x }', { ex: '"x"' }, 'allow')
test('inside JSON only own keys are there', decides, '{ ex.constructor.name: present }', { ex: '{}' }, 'allow')
test('a length is no key of a list inside JSON', decides, '{ ex.a.length: present }', { ex: '{"a":[1]}' }, 'allow')

test('the resolver that runs code from paths is never asked', async t => {
  const spied = rules('rules:\n  - { rule: r, when: { ex.a: x }, reject: 5001 }\n')
  const [rule] = spied.stages.get('callbackBeforeSetGroupMemberInfoCommand')?.reject.rules ?? []
  t.false(JSON.stringify(rule?.definition).includes('"path"'))
  const fired = await run([rule as NonNullable<typeof rule>], new View(callOf({ ex: '{"a":"x"}' }).values, noon))
  t.true(fired.has('r'))
})
