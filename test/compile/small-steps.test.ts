import test, { type ExecutionContext } from 'ava'
import { nearest } from '../../src/language/advice/suggest.ts'
import { checkInSteps } from '../../src/lint/check.ts'

const top = 'callback: beforeSetGroupMemberInfo\n'
const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')
const rule = '  - { rule: r, when: { nickName: x }, reject: 5001 }\n'
const ruleOf = (when: string) => `${top}rules:\n  - { rule: r, when: ${when}, reject: 5001 }\n`

function stepsOf(content: string, ...lists: string[]): number {
  const files = [{ file: 'a.yaml', content }, ...lists.map((list, at) => ({ file: `lists/l${at}.txt`, content: list }))]
  let count = 0
  for (const steps = checkInSteps(files); !steps.next().done; ) count++
  return count
}

const few = stepsOf(`${top}rules:\n${rule}`)

/** However much of one thing a folder has, its work is done in at least so many steps more than for one of it. */
const pauses = test.macro((t: ExecutionContext, atLeast: number, content: string, ...lists: string[]) => {
  const more = stepsOf(content, ...lists) - few
  t.true(more >= atLeast, `${more} steps more`)
})

// Each is read in tens, and made ready in twenties; then each rule is looked at for warnings.
test('a rule of 2,000 conditions', pauses, 300, ruleOf(`{ any: [${times(2_000, at => `{ nickName: n${at} },`)}] }`))
test(
  'a rule of 2,000 conditions on an item',
  pauses,
  300,
  ruleOf(`{ memberList: { any item: { any: [${times(2_000, at => `{ userID: n${at} },`)}] } } }`).replace(
    'beforeSetGroupMemberInfo',
    'beforeMembersJoinGroup',
  ),
)
test(
  'a condition of a file',
  pauses,
  150,
  `${top}when: { any: [${times(1_900, at => `{ nickName: n${at} },`)}] }\nrules:\n${rule}`,
)
test(
  'a condition with a name',
  pauses,
  250,
  `${top}conditions:\n  c: { any: [${times(1_900, at => `{ nickName: n${at} },`)}] }\nrules:\n  - { rule: r, when: { use: c }, reject: 5001 }\n`,
)
test(
  'patterns of a rule',
  pauses,
  100,
  ruleOf(`{ any: [${times(100, at => `{ nickName: { matches: 'a+${at}' } },`)}] }`),
)
test(
  'tests of a rule',
  pauses,
  50,
  `${ruleOf('{ nickName: x }').replace(' }\n', '')}, tests: [${times(1_000, at => `{ given: { nickName: n${at} }, expect: allow },`)}] }\n`,
)
test(
  'tests of a file',
  pauses,
  2_000,
  `${ruleOf('{ nickName: x }')}tests:\n${times(2_000, at => `  - { given: { nickName: n${at} }, expect: allow }\n`)}`,
)
test(
  'rules',
  pauses,
  10_000,
  `${top}rules:\n${times(1_000, at => `  - { rule: r${at}, when: { nickName: n${at} }, reject: 5001 }\n`)}`,
)
test('codes', pauses, 2_000, `${ruleOf('{ nickName: x }')}codes:\n${times(2_000, at => `  c${at}: 5001\n`)}`)
test(
  'conditions with names',
  pauses,
  6_000,
  `${ruleOf('{ nickName: x }')}conditions:\n${times(2_000, at => `  c${at}: { nickName: x }\n`)}`,
)
test(
  'entries of a list in a rule file',
  pauses,
  40,
  `${ruleOf('{ nickName: x }')}lists:\n  l:\n${times(20_000, at => `    - n${at}\n`)}`,
)
test(
  'lines of a list',
  pauses,
  200,
  ruleOf('{ nickName: { in list: l0 } }'),
  times(100_000, at => `n${at}\n`),
)
test(
  'a list of a few long lines',
  pauses,
  20,
  ruleOf('{ nickName: { in list: l0 } }'),
  `${'x'.repeat(500_000)}\n`.repeat(10),
)
test('the text of a file', pauses, 15, `${ruleOf('{ nickName: x }')}# ${'x'.repeat(4_000_000)}\n`)
test(
  'names of rules',
  pauses,
  400,
  `${top}rules:\n${rule}  - { rule: a, when: { nickName: y }, allow: [${'r,'.repeat(2_000)}] }\n`,
)

test('a file in bytes is decoded in pieces', t => {
  const content = Buffer.from(`${ruleOf('{ nickName: x }')}# ${'链'.repeat(1_300_000)}\n`)
  let count = 0
  for (const steps = checkInSteps([{ file: 'a.yaml', content }]); !steps.next().done; ) count++
  t.true(count - few >= 15, `${count - few} steps more`)
})

test('conditions that all use each other are followed use by use, and no use twice', t => {
  const graph = (count: number) =>
    `${ruleOf('{ nickName: x }')}conditions:\n${times(count, at => `  c${at}: { any: [${times(count, use => `{ use: c${use} },`)}] }\n`)}`
  const [some, more] = [stepsOf(graph(50)) - few, stepsOf(graph(200)) - few]
  // Four times the names, sixteen times the uses.
  t.true(more <= 20 * some, `${some} and ${more} steps`)
  t.true(more >= 40)
})

test('a condition is looked at callback by callback', t => {
  t.true(stepsOf('conditions:\n  c: { no: x }\nrules: []\n') >= 50)
})

test('of very many names only some are compared with what was written', t => {
  const names = Array.from({ length: 100_000 }, (_, at) => `other-${at}`)
  t.is(nearest('listt', [...names, 'list']), 'list')
  t.is(nearest('other-x', names), 'other-0')
  t.is(nearest('xther-99999', names), undefined)
})
