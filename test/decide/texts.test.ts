import test from 'ava'
import { decideBy, rules, told } from '../_rules.ts'

const holds = test.macro<[condition: string, given: Record<string, string>, fires: boolean]>({
  exec: async (t, condition, given, fires) => {
    const ruleSet = rules(`rules:\n  - { rule: r, when: ${condition}, reject: 5001 }\n`)
    t.is(told(await decideBy(ruleSet, given)), fires ? 'reject 5001 by r' : 'allow')
  },
  title: (_, condition, given, fires) =>
    `${condition} ${fires ? 'holds' : 'does not hold'} of ${JSON.stringify(given)}`,
})

const name = (nickName: string) => ({ nickName })
const inJson = (part: unknown) => ({ ex: JSON.stringify({ name: part }) })

test(holds, '{ nickName: { starts with: admin } }', name(' \u3000Admin of all'), true)
test(holds, '{ nickName: { starts with: admin } }', name('an admin'), false)
test(holds, '{ nickName: { starts with: " admin" } }', name('Admin'), true)
test(holds, '{ nickName: { starts with: " admin" } }', name('administer'), true)
test(holds, '{ nickName: { starts with: "Dr " } }', name('Dr House'), true)
test(holds, '{ nickName: { starts with: "Dr " } }', name(' Dr'), true)
test(holds, '{ nickName: { starts with: "Dr " } }', name('Drake'), false)
test(holds, '{ nickName: { ends with: bot } }', name('A Bot\u00a0\n'), true)
test(holds, '{ nickName: { ends with: " bot" } }', name('A Bot '), true)
test(holds, '{ nickName: { ends with: " bot" } }', name('robot'), false)
test(holds, '{ nickName: { ends with: "bot " } }', name('robot'), true)
test(holds, '{ nickName: { not: { ends with: bot } } }', name('a bot '), false)
test(holds, '{ nickName: { starts with: " " } }', name(' x'), true)
test(holds, '{ nickName: { starts with: " " } }', name('x'), false)
test(holds, '{ nickName: { exactly: { starts with: admin } } }', name(' admin'), false)
test(holds, '{ nickName: { exactly: { ends with: "bot " } } }', name('bot '), true)
test(holds, '{ nickName: { exactly: { ends with: "bot " } } }', name('bot'), false)
test(holds, '{ userID: { starts with: u } }', { userID: ' u' }, false)

test(holds, '{ ex.name: { has word in: [casino] } }', inJson('Best Casino.pdf'), true)
test(holds, '{ ex.name: { has word: casino } }', inJson('Casinos'), false)
test(holds, '{ ex.name: { contains: casino } }', inJson('ＢｅｓｔCas\u200bino'), true)
test(holds, '{ ex.name: { contains any: [casino, poker] } }', inJson('POKERFACE'), true)
test(holds, '{ ex.name: { starts with: best } }', inJson(' Best'), true)
test(holds, '{ ex.name: { ends with: .pdf } }', inJson('A.PDF '), true)
test(holds, '{ ex.name: { looks like: casino } }', inJson('CАS1NO'), true)
test(holds, '{ ex.name: { contains: casino } }', inJson(7), false)
test(holds, '{ ex.name: { any item: { contains: casino } } }', inJson(['x', 'Casino']), true)
test(holds, '{ ex.name: { is: casino } }', inJson('Casino'), false)
test(holds, '{ ex.name: [casino] }', inJson('Casino'), false)
test(holds, '{ ex.name: { in list: [cas*] } }', inJson('Casino'), false)
test(holds, '{ ex.name: { exactly: { contains: casino } } }', inJson('Casino'), false)
test(holds, '{ ex.name: { exactly: { has word: Casino } } }', inJson('Best Casino'), true)
test(holds, '{ fact: ex.name, operator: has word, value: casino }', inJson('Best Casino'), true)
test(holds, '{ ex: { contains: casino } }', inJson('Casino'), false)
