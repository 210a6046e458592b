import test from 'ava'
import { joined, longestMade, replaced } from '../../src/decide/bounded.ts'
import { decideBy, rules } from '../_rules.ts'

test('a text that doubles with each step ends at the longest there may be', async t => {
  const doubled = Array.from({ length: 60 }, () => '{ replace: { text: a, with: aa } }').join(', ')
  const ruleSet = rules(`rules:\n  - { rule: r, when: { nickName: present }, rewrite: { nickName: [${doubled}] } }\n`)
  const decision = await decideBy(ruleSet, { nickName: 'a' })
  t.is(decision.kind === 'allow' && String(decision.rewrites.get('nickName')).length, longestMade)
})

test('a message that names a long field again and again still refuses', async t => {
  const message = '{nickName}'.repeat(3000)
  const ruleSet = rules(
    `rules:\n  - { rule: r, when: { nickName: present }, reject: { code: 5001, message: "${message}" } }\n`,
  )
  const decision = await decideBy(ruleSet, { nickName: 'x'.repeat(250_000) })
  t.is(decision.kind === 'reject' && decision.message.length, longestMade)
})

test('a text with room for it is replaced as a whole', t => {
  t.is(replaced('a-b-c', '-', '$&'), 'a$&b$&c')
  const long = `${'x'.repeat(longestMade - 10)}-y`
  t.is(replaced(long, '-', '—'.repeat(5)), long.replace('-', '—————'))
})

test('a text that came longer than rules make theirs keeps its length', t => {
  const long = `${'x'.repeat(longestMade + 10)}-y`
  t.is(replaced(long, '-', 'z'), long.replace('-', 'z'))
  t.is(replaced(long, '-', 'zz').length, long.length)
})

test('no pair of surrogates is cut in two', t => {
  t.is(joined(['x'.repeat(longestMade - 1), '😀']).length, longestMade - 1)
  t.is(replaced(`-${'x'.repeat(longestMade - 3)}😀`, '-', 'zz').length, longestMade - 1)
})
