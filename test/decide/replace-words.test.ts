import test from 'ava'
import { survivorsOf } from '../../src/cases/mutate.ts'
import { sentencesOf } from '../../src/language/show/sentence.ts'
import { decideBy, ruleSetOf, told } from '../_rules.ts'

const files = {
  'a.yaml': `callback: beforeSetGroupMemberInfo
rules:
  - { rule: words, when: { nickName: present }, rewrite: { nickName: [trim, { replace words in: friendly }] } }
  - { rule: own, when: { nickName: present }, rewrite: { nickName: { replace words in: { hell: heck } } } }
  - { rule: any, when: { nickName: { contains any: friendly } }, reject: 5001 }
`,
  'lists/friendly.txt': 'damn = darn\n失业 = 灵活就业\nfoo=bar = x # why\n! damn good\n',
}

test('words are replaced by those of their pairs', async t => {
  const rename = async (nickName: string) => told(await decideBy(ruleSetOf(files), { nickName }))
  t.is(await rename(' Damn it, he is 失業'), 'allow nickName=darn it, he is 灵活就业')
  t.is(await rename('damn good, hell'), 'allow nickName=damn good, heck')
  t.is(await rename('FOO=BAR'), 'allow nickName=x')
  t.is(await rename('foo'), 'allow')
  t.is(await rename('goddamned'), 'reject 5001 by any')
})

test('a text of many words grows as far as there is room', async t => {
  const file = `callback: beforeSetGroupMemberInfo
rules: [{ rule: r, when: { nickName: present }, rewrite: { nickName: { replace words in: { a: ${'b'.repeat(9000)} } } } }]
`
  const decision = await decideBy(ruleSetOf(file), { nickName: 'a '.repeat(40_000) })
  t.is(decision.kind === 'allow' && String(decision.rewrites.get('nickName')).length, 80_000)
})

test('what is replaced is explained', t => {
  const [words, own] = [...ruleSetOf(files).compiled.values()].map(({ rule }) => sentencesOf(rule)[0] ?? '')
  t.true(words?.endsWith('rewrite nickName: trim, then replace words in friendly.'), words)
  t.true(own?.endsWith('rewrite nickName: replace the word “hell” with “heck”.'), own)
})

test('exceptions of pairs are dropped to see whether a test notices', async t => {
  const { survivors } = await survivorsOf(ruleSetOf(files))
  t.true(survivors.some(({ what }) => what === 'without the exceptions of its list: nickName replace words in'))
})
