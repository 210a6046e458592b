import test from 'ava'
import { explain } from '../../src/decide/explain.ts'
import { callOf, decideBy, noon, rules } from '../_rules.ts'

const ruleSet = rules(`
rules:
  - { rule: no-deep, when: { ex.deep: present }, reject: { code: 5001, message: "no {ex.deep}!" } }
`)

const nested = (levels: number) => ({ ex: `{"deep":${'['.repeat(levels)}${']'.repeat(levels)}}` })

test('JSON of any depth does not keep a rule from rejecting', async t => {
  const decision = await decideBy(ruleSet, nested(100_000))
  t.like(decision, { kind: 'reject', code: 5001, message: 'no !' })
})

test('JSON that is not deep is filled in unchanged', async t => {
  const decision = await decideBy(ruleSet, nested(60))
  t.like(decision, { kind: 'reject', message: `no ${'['.repeat(60)}${']'.repeat(60)}!` })
})

test('an explanation says that JSON is too deep to be shown', async t => {
  const { rules: explained } = await explain(ruleSet, callOf(nested(100_000)), noon)
  t.regex(JSON.stringify(explained), /JSON nested more than 64 levels deep/)
})
