import test from 'ava'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { View } from '../../src/compile/view.ts'
import { explain } from '../../src/decide/explain.ts'
import { callOf, decideBy, type Given, noon, ruleSetOf } from '../_rules.ts'

function joining(rules: string): RuleSet {
  return ruleSetOf(`callback: beforeMembersJoinGroup\nrules:\n${rules}`)
}

/** What a condition says of a call: true, false, or null for unknown. */
function verdictOf(condition: string, given: Given): boolean | null {
  const one = (when: string) => joining(`  - { rule: r, when: ${when}, reject: 5001 }\n`)
  const [rule] = one(condition).stages.get('callbackBeforeMembersJoinGroupCommand')?.reject.rules ?? []
  return rule?.when.judge(new View(callOf(given).values, noon)) ?? null
}

const means = test.macro({
  title: (_, condition: string, given: Given, verdict: boolean | null) =>
    `${condition} of ${JSON.stringify(given).slice(0, 90)} is ${verdict ?? 'unknown'}`,
  exec(t, condition: string, given: Given, verdict: boolean | null) {
    t.is(verdictOf(condition, { memberList: [], ...given }), verdict)
  },
})

const any = '{ memberList: { any item: { ex: x } } }'
const every = '{ memberList: { every item: { ex: x } } }'
const [yes, no, open] = [{ ex: 'x' }, { ex: 'y' }, { userID: 'u' }]

test(means, any, { memberList: [no, yes, open] }, true)
test(means, any, { memberList: [no, open] }, null)
test(means, any, { memberList: [no, no] }, false)
test(means, any, { memberList: [] }, false)
test(means, any, { memberList: null }, null)
test(means, every, { memberList: [yes, no, open] }, false)
test(means, every, { memberList: [yes, open] }, null)
test(means, every, { memberList: [yes, yes] }, true)
test(means, every, { memberList: [] }, true)
test(means, every, { memberList: null }, null)
test(means, '{ memberList: { not: { any item: { ex: x } } } }', { memberList: [no, open] }, null)
test(means, '{ memberList: { not: { any item: { ex: x } } } }', { memberList: [no] }, true)
test(means, '{ memberList: { not: { any item: { ex: x } } } }', { memberList: null }, null)
test(means, '{ memberList: { any item: { ex: absent } } }', { memberList: [open] }, true)
test(
  means,
  '{ memberList: { any item: { ex: null } } }'.replace('null', 'absent'),
  { memberList: [{ ex: null }] },
  true,
)
test(means, '{ memberList: { any item: { ex: x, userID: u } } }', { memberList: [yes, open] }, null)
test(means, '{ memberList: { how many: 2 } }', { memberList: [yes, no] }, true)
test(means, '{ memberList: { how many: { more than: 2 } } }', { memberList: [yes, no] }, false)
test(means, '{ memberList: { how many: 0 } }', { memberList: [] }, true)
test(means, '{ memberList: { how many: 0 } }', { memberList: null }, null)
test(means, '{ memberList: present }', { memberList: [] }, true)
test(means, '{ memberList: absent }', { memberList: null }, true)
test(means, '{ groupEx.tags: { any item: vip } }', { groupEx: '{"tags":["a","vip"]}' }, true)
test(means, '{ groupEx.tags: { any item: vip } }', { groupEx: '{"tags":["VIP",null]}' }, null)
test(means, '{ groupEx.tags: { any item: vip } }', { groupEx: '{"tags":"vip"}' }, false)
test(means, '{ groupEx.tags: { every item: vip } }', { groupEx: '{"tags":{"0":"vip"}}' }, false)
test(means, '{ groupEx.tags: { any item: vip } }', { groupEx: '{}' }, null)
test(means, '{ groupEx.tags: { any item: vip } }', { groupEx: '{' }, null)
test(means, '{ groupEx.tags: { how many: 2 } }', { groupEx: '{"tags":[1,null]}' }, true)
test(means, '{ groupEx.tags: { how many: { at least: 0 } } }', { groupEx: '{"tags":"ab"}' }, false)
test(means, '{ groupEx.m: { any item: { level: { more than: 2 } } } }', { groupEx: '{"m":[{"level":3}]}' }, true)
test(means, '{ groupEx.m: { any item: { level: { more than: 2 } } } }', { groupEx: '{"m":[3,{"level":1}]}' }, null)
test(means, '{ groupEx.m: { any item: { any item: { more than: 2 } } } }', { groupEx: '{"m":[[1],[2,3]]}' }, true)
test(
  means,
  '{ groupEx.m: { any item: { __proto__.level: 3 } } }',
  { groupEx: '{"m":[{"__proto__":{"level":3}}]}' },
  true,
)
test(means, '{ groupEx.m: { any item: { constructor: present } } }', { groupEx: '{"m":[{}]}' }, false)

const guests = joining(`
  - rule: name-guests
    when: { memberList: present }
    rewrite:
      memberList: { each item: { when: { userID: { starts with: guest- } }, nickname: "{userID} of {groupID}", ex: trim } }
  - rule: no-bots
    when: { memberList: { any item: { nickname: { contains: bot } } } }
    reject: 5002
`)

/** What a list of members becomes; undefined when it stays as it is. */
async function rewritten(ruleSet: RuleSet, memberList: readonly object[]): Promise<unknown> {
  const decision = await decideBy(ruleSet, { groupID: 'g', memberList: memberList as never })
  return decision.kind === 'allow' ? decision.rewrites.get('memberList') : decision.code
}

test('only matching items change, each based on its own values', async t => {
  t.deepEqual(await rewritten(guests, [{ userID: 'guest-1', ex: ' a ' }, { userID: 'u-2', ex: ' b ' }, {}]), [
    { userID: 'guest-1', ex: 'a', nickname: 'guest-1 of g' },
    { userID: 'u-2', ex: ' b ' },
    {},
  ])
  t.is(await rewritten(guests, [{ userID: 'u-2', ex: ' b ' }]), undefined)
})

test('a reject judges the items as rewrites left them', async t => {
  t.is(await rewritten(guests, [{ userID: 'guest-bot' }]), 5002)
})

test('items are matched by their values before the rule', async t => {
  const swapping = joining(`
  - rule: swap
    when: { memberList: present }
    rewrite:
      memberList:
        - each item: { when: { ex: a }, ex: { set: b } }
        - each item: { when: { ex: b }, ex: { set: a } }
`)
  const list = [
    { userID: 'u-1', ex: 'a' },
    { userID: 'u-2', ex: 'b' },
  ]
  t.deepEqual(await rewritten(swapping, list), [
    { userID: 'u-1', ex: 'b' },
    { userID: 'u-2', ex: 'a' },
  ])
})

test('an item that the server could not find is left unchanged', async t => {
  const all = joining(
    '  - { rule: r, when: { memberList: present }, rewrite: { memberList: { each item: { ex: { set: x } } } } }\n',
  )
  t.is(await rewritten(all, [{ ex: 'a' }, { userID: null, ex: 'a' }]), undefined)
  t.deepEqual(await rewritten(all, [{ ex: 'a' }, { userID: 'u' }]), [{ ex: 'a' }, { userID: 'u', ex: 'x' }])
})

test('a list of values is set as a whole', async t => {
  const ruleSet = ruleSetOf(`
callback: beforeImportFriends
rules:
  - rule: r
    when: { friendUserIDs: { any item: u-9 } }
    rewrite: { friendUserIDs: { set: [u-1, "of-{ownerUserID}"] } }
    tests:
      - given: { ownerUserID: u, friendUserIDs: [u-9] }
        expect: { rewrite: { friendUserIDs: [u-1, of-u] } }
`)
  const [rule] = ruleSet.stages.get('callbackBeforeImportFriendsCommand')?.rewrite.rules ?? []
  t.is(rule?.rule.cases.length, 1)
})

test('the trace shows the item that decided', async t => {
  const ruleSet = joining('  - { rule: r, when: { memberList: { any item: { userID: [u-8, u-9] } } }, reject: 5001 }\n')
  const memberList = Array.from({ length: 20 }, (_, at) => ({ userID: `u-${at}` }))
  const { rules } = await explain(ruleSet, callOf({ memberList }), noon)
  const { actual, items } = rules[0]?.conditions ?? {}
  t.deepEqual((actual as unknown[]).length, 11)
  t.is((actual as unknown[]).at(-1), '… and 10 more')
  t.deepEqual(
    items?.map(({ index, actual, conditions }) => [index, actual, conditions.actual, conditions.verdict]),
    [[8, { userID: 'u-8' }, 'u-8', true]],
  )
  const none = await explain(ruleSet, callOf({ memberList: memberList.slice(0, 5) }), noon)
  t.deepEqual(
    none.rules[0]?.conditions.items?.map(({ index }) => index),
    [0, 1, 2],
  )
})

test('keys of items that objects have anyway are keys like others', async t => {
  const memberList = JSON.parse('[{"userID":"guest-1","__proto__":{"ex":"x"},"constructor":1,"toString":null}]')
  const after = (await rewritten(guests, memberList)) as object[]
  t.is(
    JSON.stringify(after),
    '[{"userID":"guest-1","__proto__":{"ex":"x"},"constructor":1,"toString":null,"nickname":"guest-1 of g"}]',
  )
  t.is(verdictOf('{ memberList: { any item: { ex: x } } }', { memberList }), null)
})
