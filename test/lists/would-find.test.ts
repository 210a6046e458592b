import test from 'ava'
import { askList, wouldFind } from '../../src/lists/would-find.ts'

const list = { file: 'lists/bad.txt', content: 'casino\nadmin*\n微信\n!admiral\n' }

const found = async (text: string, file = list) => {
  const asked = askList(file)
  if (!('ruleSet' in asked)) throw new Error('the list has errors')
  const ways = await wouldFind(asked.ruleSet, text)
  return ways.filter(({ isFound }) => isFound).map(({ way, found }) => `${way}: ${found?.entry}`)
}

const finds = test.macro({
  exec: async (t, text: string, expected: readonly string[]) => t.deepEqual(await found(text), expected),
  title: (_, text) => `each way of looking says whether it finds something in ${JSON.stringify(text)}`,
})

test(finds, 'Casino', [
  'in list: casino',
  'has word in: casino',
  'contains any: casino',
  'looks like a word in: casino',
])
test(finds, 'best casino here', ['has word in: casino', 'contains any: casino', 'looks like a word in: casino'])
test(finds, 'mycasinos', ['contains any: casino'])
test(finds, 'c4s1n0', ['looks like a word in: casino'])
test(finds, '薇信', ['looks like a word in: 微信', 'sounds like a word in: 微信'])
test(finds, 'admiral', [])
test(finds, '', [])

test('it says where the entry is in the list, and which letters were read', async t => {
  const asked = askList(list)
  if (!('ruleSet' in asked)) return t.fail()
  const ways = await wouldFind(asked.ruleSet, 'the c4sino')
  const { found: entry } = ways.find(({ way }) => way === 'looks like a word in') ?? {}
  t.is(entry?.line, 1)
  t.is(entry?.text, 'c4sino')
  t.is(entry?.read?.length, 1)
})

test('a list with a mistake says so', t => {
  const asked = askList({ file: 'lists/bad.txt', content: '!\n' })
  t.true('diagnostics' in asked && asked.diagnostics.length > 0)
})
