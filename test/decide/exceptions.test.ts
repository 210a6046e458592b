import test from 'ava'
import { renderFound } from '../../src/cli/render-found.ts'
import { explain } from '../../src/decide/explain.ts'
import { callOf, decideBy, type Given, noon, ruleSetOf, told } from '../_rules.ts'

const lists = `lists:
  bad: { words: [hell, 黄片, ass], except: [hell kitty, 三黄片, bad ass] }
  ids: { words: ["bot-*", u-1], except: [bot-7, u-2] }
  hosts: { words: [example.com], except: [img.example.com] }
`

const decides = test.macro<[condition: string, hit: Given, fine: Given]>({
  exec: async (t, condition, hit, fine) => {
    const file = `callback: beforeSetGroupMemberInfo\n${lists}rules:\n  - { rule: r, when: ${condition}, reject: 5001 }\n`
    const ruleSet = ruleSetOf(file)
    t.is(told(await decideBy(ruleSet, hit)), 'reject 5001 by r')
    t.is(told(await decideBy(ruleSet, fine)), 'allow')
  },
  title: (_, condition) => `an exception is no hit: ${condition}`,
})

test(decides, '{ nickName: { has word in: bad } }', { nickName: 'Hell Kitty, hell' }, { nickName: 'HELL KITTY' })
test(decides, '{ nickName: { contains any: bad } }', { nickName: 'a黄片' }, { nickName: 'a三黄片, bad ass' })
test(decides, '{ nickName: { looks like a word in: bad } }', { nickName: 'he11' }, { nickName: 'h.e.1.1 kitty' })
test(decides, '{ nickName: { in list: bad } }', { nickName: 'Ass' }, { nickName: 'bad ass' })
test(decides, '{ userID: { in list: ids } }', { userID: 'bot-77' }, { userID: 'bot-7' })
test(decides, '{ userID: { not in list: ids } }', { userID: 'bot-7' }, { userID: 'u-1' })
test(decides, '{ userID: { one of: ids } }', { userID: 'u-1' }, { userID: 'u-2' })
test(
  decides,
  '{ faceURL: { hosted on: hosts } }',
  { faceURL: 'https://example.com' },
  { faceURL: 'https://a.img.example.com' },
)
test(decides, '{ nickName: { exactly: { has word in: bad } } }', { nickName: 'bad hell' }, { nickName: 'hell kitty' })
test(decides, '{ ex.a: { has word in: bad } }', { ex: '{"a":"hell"}' }, { ex: '{"a":"hell kitty"}' })

test('words are masked but where an exception covers them', async t => {
  const file = `callback: beforeSetGroupMemberInfo\n${lists}rules:\n  - { rule: r, when: { nickName: present }, rewrite: { nickName: { mask words in: bad } } }\n`
  t.is(told(await decideBy(ruleSetOf(file), { nickName: '三黄片和黄片' })), 'allow nickName=三黄片和**')
})

test('a number may be an exception', async t => {
  const file = `callback: beforeSetGroupMemberInfo
lists: { roles: { words: ["20", "60"], except: ["60"] } }
rules:
  - { rule: r, when: { roleLevel: { in list: roles } }, reject: 5001 }
`
  t.is(told(await decideBy(ruleSetOf(file), { roleLevel: 20 })), 'reject 5001 by r')
  t.is(told(await decideBy(ruleSetOf(file), { roleLevel: 60 })), 'allow')
})

const files = {
  'a.yaml': `callback: beforeSetGroupMemberInfo
rules:
  - { rule: word, when: { nickName: { has word in: bad } }, reject: 5001 }
  - { rule: looks, when: { nickName: { looks like a word in: bad } }, reject: 5001 }
  - { rule: whole, when: { nickName: { in list: bad } }, reject: 5001 }
  - { rule: host, when: { faceURL: { hosted on: hosts } }, reject: 5001 }
`,
  'lists/bad.txt': 'hell # and what is in it\n\\!wow\n! hell kitty\n',
  'lists/hosts.txt': '!img.example.com\nexample.com\n',
}

test('what an exception covers is told with it', async t => {
  const given = { nickName: 'a He11 Kitty', faceURL: 'https://img.example.com/a' }
  const { rules } = await explain(ruleSetOf(files), callOf(given), noon)
  const found = new Map(rules.map(({ rule, conditions }) => [rule, conditions.found]))
  t.is(found.get('word'), undefined)
  t.like(found.get('looks'), {
    entry: 'hell',
    line: 1,
    text: 'He11',
    exception: { entry: 'hell kitty', file: 'lists/bad.txt', line: 3, text: 'He11 Kitty' },
  })
  t.deepEqual(found.get('host'), {
    entry: 'example.com',
    file: 'lists/hosts.txt',
    line: 2,
    exception: { entry: 'img.example.com', file: 'lists/hosts.txt', line: 1 },
  })
})

test('a covered hit is shown in two lines', t => {
  const exception = { entry: 'hell kitty', file: 'lists/bad.txt', line: 3, text: 'Hell-Kitty' }
  t.deepEqual(renderFound({ entry: 'hell', text: 'Hell', exception }), [
    'found "hell" in "Hell"',
    'no hit, since it is inside the exception "hell kitty" (lists/bad.txt:3) in "Hell-Kitty"',
  ])
})

test('what stands beside an exception is told as ever', async t => {
  const { rules } = await explain(ruleSetOf(files), callOf({ nickName: 'hell kitty, hell !WOW' }), noon)
  const [word] = rules
  t.deepEqual(word?.conditions.found, { entry: 'hell', file: 'lists/bad.txt', line: 1, text: 'hell' })
})
