import test from 'ava'
import { findCallback } from '../../../src/callbacks/catalogue.ts'
import { meaningAt, offersAt } from '../../../src/language/complete/offers.ts'
import { namesIn } from '../../../src/language/folder/names-defined.ts'
import { schemaOf } from '../../../src/language/schema/schema.ts'
import { cursorAt } from '../../../src/yaml/cursor.ts'

const folder = [
  { file: 'a.yaml', content: 'codes: { taken: 5001 }\nconditions: { is new: { userID: present } }\n' },
  { file: 'lists/staff.txt', content: 'u-1\n' },
]

const schema = schemaOf(
  [findCallback('beforeSetGroupMemberInfo')].filter(each => each !== undefined),
  namesIn(folder),
)

/** What is at `|` in a text. */
function at(marked: string) {
  const [before = '', after = ''] = marked.split('|')
  const lines = before.split('\n')
  return cursorAt(before + after, lines.length - 1, lines.at(-1)?.length ?? 0)
}

const rule = (lines: string) =>
  `callback: beforeSetGroupMemberInfo\nrules:\n  - rule: other\n    when: {\n  - rule: r\n${lines}`

const offers = test.macro((t, marked: string, ...wanted: string[]) => {
  const cursor = at(marked)
  const labels = cursor === undefined ? [] : offersAt(schema, cursor).map(({ label }) => label)
  for (const label of wanted) t.true(labels.includes(label), `${label} is not among ${labels.join(', ')}`)
  if (wanted.length === 0) t.deepEqual(labels, [])
})

test('keys of a file', offers, '|', 'callback', 'rules', 'lists')
test('callbacks', offers, 'callback: |', 'beforeSetGroupMemberInfo')
test('keys of a rule, whatever is the matter with others', offers, rule('    |'), 'when', 'reject', 'tests')
test(
  'keys of a rule between others',
  offers,
  rule('    when: { nickName: present }\n    |\n    reject: 5001\n'),
  'unless',
  'why',
)
test('fields, in a block', offers, rule('    when:\n      n|'), 'nickName', 'nickName.length', 'all')
test('fields, in brackets that are open', offers, rule('    when: { |'), 'nickName', 'userID')
test('words that fit', offers, rule('    when: { nickName: { con| } }'), 'contains', 'has word in')
test('names of numbers', offers, rule('    when:\n      roleLevel:\n        at least: |'), 'admin', 'owner')
test('lists of the folder', offers, rule('    when: { userID: { in list: |'), 'staff')
test('conditions of the folder', offers, rule('    when: { use: i| }'), 'is new')
test('codes of the folder', offers, rule('    reject: |'), 'taken')
test('steps', offers, rule('    rewrite: { nickName: [tr|] }'), 'trim', 'cut to')
test('nothing in a comment', offers, rule('    when: { nickName: present } # n|'))

test('a key that is there already is not offered again', t => {
  const cursor = at(rule('    when: { nickName: present }\n    w|\n'))
  t.false(cursor === undefined || offersAt(schema, cursor).some(({ label }) => label === 'when'))
})

test('the word at the cursor is replaced, and explained with an example', t => {
  const cursor = at(rule('    when: { nickName: { looks li|ke: admin } }'))
  t.like(cursor, { word: 'looks like', from: 24, to: 34, isKey: true })
  t.like(cursor && meaningAt(schema, cursor), { example: '{ nickName: { looks like: admin } }' })
})
