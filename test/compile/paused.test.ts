import test from 'ava'
import { compile } from '../../src/compile/compile.ts'
import { withPaused } from '../../src/compile/paused.ts'
import type { RuleSet } from '../../src/compile/ruleset.ts'
import { atOnce } from '../../src/yaml/steps.ts'

const content = `callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: a }, reject: 5001 }
  - { rule: b, when: { nickName: b }, allow: [a] }
  - { rule: c, when: { nickName: c }, rewrite: { nickName: trim }, mode: shadow }
  - { rule: d, when: { nickName: present, how often: { same: [userID], in: 1 hour, more than: 3, then for: 1 hour } }, reject: 5002 }
`

function rulesIn(text = content, before?: RuleSet): RuleSet {
  const { ruleSet } = compile([{ file: 'a.yaml', content: text }], { before: before ?? null })
  if (ruleSet === null) throw new Error('it has errors')
  return ruleSet
}

function modesOf({ stages }: RuleSet): Record<string, string> {
  const all = [...stages.values()].flatMap(({ rewrite, exempt, reject }) => [rewrite, exempt, reject])
  return Object.fromEntries(all.flatMap(({ rules }) => rules.map(({ id, mode }) => [id, mode])))
}

test('only rules that are enforced can be paused, and counters keep their ids', t => {
  const ruleSet = rulesIn()
  const paused = atOnce(withPaused(ruleSet, new Set(['d', 'c', 'gone'])))
  t.deepEqual(paused.paused, ['d'])
  t.deepEqual(modesOf(paused), { a: 'enforce', b: 'enforce', c: 'shadow', d: 'shadow' })
  t.deepEqual(paused.counts, { total: 4, enforce: 2, shadow: 2, disabled: 0 })
  t.is(paused.counters, ruleSet.counters)
  t.is(paused.version, ruleSet.version)
  t.deepEqual(modesOf(ruleSet), { a: 'enforce', b: 'enforce', c: 'shadow', d: 'enforce' })
})

test('pausing others takes no note of what was paused before', t => {
  const ruleSet = rulesIn()
  const first = atOnce(withPaused(ruleSet, new Set(['a', 'b'])))
  const then = atOnce(withPaused(first, new Set(['b', 'd'])))
  t.deepEqual(modesOf(then), { a: 'enforce', b: 'shadow', c: 'shadow', d: 'shadow' })
  t.is(atOnce(withPaused(then, new Set(['d', 'b']))), then)
  const back = atOnce(withPaused(then, new Set()))
  t.deepEqual(back.counts, ruleSet.counts)
  t.deepEqual(modesOf(back), modesOf(ruleSet))
})

test('rules that are compiled after paused ones are as their files have them', t => {
  const paused = atOnce(withPaused(rulesIn(), new Set(['a'])))
  t.deepEqual(modesOf(rulesIn(content.replace('5002', '5003'), paused)), modesOf(rulesIn()))
})
