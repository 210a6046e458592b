import test from 'ava'
import { mends } from './_mends.ts'

const file = (when: string, before = '') => `callback: beforeSetGroupMemberInfo
${before}rules:
  - rule: r
    when: ${when}
    reject: 5001
`
const [admin, mod, ann] = ['admin', 'mod', 'Ann'].map(nickName => ({ nickName })) as [
  { nickName: string },
  { nickName: string },
  { nickName: string },
]
const [one, two, three] = ['u-1', 'u-2', 'u-3'].map(userID => ({ userID })) as [
  { userID: string },
  { userID: string },
  { userID: string },
]

test(mends, 'file', file('{ nickName: ("admin", "mod") }'), 'Parentheses do not make a list', [
  'Write ["admin", "mod"]',
  [admin, 'no'],
  [mod, 'no'],
  [ann, 'yes'],
])
test(mends, 'file', file('{ nickName in [admin, mod] }'), 'has no colon', [
  'Write nickName: [admin, mod]',
  [admin, 'no'],
  [ann, 'yes'],
])
test(mends, 'file', file('{ userID not in [u-1, u-2] }'), 'has no colon', [
  'Write userID: { not one of: [u-1, u-2] }',
  [one, 'yes'],
  [three, 'no'],
])
test(mends, 'file', file('{ nickName contains any of [adm, mod] }'), 'has no colon', [
  'Write nickName: { contains any: [adm, mod] }',
  [admin, 'no'],
  [ann, 'yes'],
])
test(mends, 'file', file('{ userID: one of u-1, u-2 }'), 'has no colon', [
  'Write [u-1, u-2]',
  [one, 'no'],
  [two, 'no'],
  [three, 'yes'],
])
for (const quotes of ['«»', '„“', '‹›']) {
  test(mends, 'file', file(`{ nickName: ${quotes[0]}admin${quotes[1]} }`), 'are ordinary characters here', [
    'Write "admin"',
    [admin, 'no'],
    [ann, 'yes'],
  ])
}
test(
  mends,
  'file',
  file('{ nickName: "^adm.*" }'),
  "Write { matches: '^adm.*' }",
  ["Write { matches: '^adm.*' }", [admin, 'no'], [ann, 'yes']],
  ['Write { exactly: { is: "^adm.*" } } for the text itself', [admin, 'yes'], [{ nickName: '^adm.*' }, 'no']],
)
test(
  mends,
  'file',
  file(String.raw`{ nickName: { contains: '\d{5}' } }`),
  'is one text, not a test',
  [String.raw`Write matches: '\d{5}'`, [{ nickName: 'a12345' }, 'no'], [ann, 'yes']],
  [String.raw`Write exactly: { contains: '\d{5}' } for the text itself`, [{ nickName: 'a12345' }, 'yes']],
)
test(
  mends,
  'file',
  file('{ userID: not in the list staff }', 'lists: { staff: [u-1] }\n'),
  'Write { not in list: staff }',
  ['Write { not in list: staff }', [one, 'yes'], [two, 'no']],
  ['Write "not in the list staff" for the text itself', [two, 'yes']],
)
test(
  mends,
  'file',
  file('{ userID: none of u-1 or u-2 }'),
  'Write { not one of: [u-1, u-2] }',
  ['Write { not one of: [u-1, u-2] }', [one, 'yes'], [three, 'no']],
  ['Write "none of u-1 or u-2" for the text itself', [three, 'yes']],
)
test(mends, 'file', file('{ nickName.length: "2-24" }'), 'Write { between: [2, 24] }', [
  'Write { between: [2, 24] }',
  [ann, 'no'],
  [{ nickName: 'A' }, 'yes'],
])
