import test from 'ava'
import { mends } from './_mends.ts'

const file = (when: string, outcome = 'reject: 5001') => `callback: beforeSetGroupMemberInfo
zone: UTC
rules:
  - rule: r
    when: ${when}
    ${outcome}
`
const [tom, admin, mod, ann] = ['tom', 'admin', 'mod', 'Ann'].map(nickName => ({ nickName })) as [
  { nickName: string },
  { nickName: string },
  { nickName: string },
  { nickName: string },
]
const none = { userID: 'u-1' }
const links = 'reject: { code: 5001, message: No links }'

test(mends, 'file', file('{ nickName: { contains not: admin } }'), 'Write not: {', [
  'Write not: { contains: … }',
  [ann, 'no'],
  [admin, 'yes'],
])
test(mends, 'file', `${file('{ use: a }')}condition:\n  a: { nickName: admin }\n`, 'There is no key "condition"', [
  'Write conditions',
  [ann, 'yes'],
  [admin, 'no'],
])
test(
  mends,
  'file',
  file('{ nickName: { contains: m } }', 'reject: 5001\n    exempt: { nickName: admin }'),
  'write unless',
  ['Write unless', [tom, 'no'], [admin, 'yes']],
)
test(
  mends,
  'file',
  file('{ nickName: [`tom`] }'),
  'backticks',
  ['Write tom', [tom, 'no'], [{ nickName: '`tom`' }, 'yes']],
  ['Write "`tom`"', [tom, 'yes'], [{ nickName: '`tom`' }, 'no']],
)
test(
  mends,
  'file',
  file('{ nickName: &quot;admin&quot; }'),
  '&quot;',
  ['Write "admin"', [admin, 'no'], [tom, 'yes']],
  ['Write "&quot;admin&quot;"', [admin, 'yes'], [{ nickName: '&quot;admin&quot;' }, 'no']],
)
test(mends, 'file', file('{ nickName: !admin }'), 'begins with !', [
  'Write { is not: admin }',
  [admin, 'yes'],
  [tom, 'no'],
])
test(mends, 'file', file('{ nickName: "admin" or "mod" }'), 'Write a list', [
  'Write ["admin", "mod"]',
  [admin, 'no'],
  [mod, 'no'],
  [tom, 'yes'],
])
test(mends, 'file', file('{ nickName: (admin, mod) }'), 'no colon', [
  'Write [admin, mod]',
  [admin, 'no'],
  [mod, 'no'],
  [tom, 'yes'],
])
test(mends, 'file', file('{ nickName != admin }'), 'no colon', [
  'Write { nickName: { is not: admin } }',
  [admin, 'yes'],
  [tom, 'no'],
])
test(mends, 'file', file('{ nickName == admin }'), '', ['Write: nickName: admin', [admin, 'no'], [tom, 'yes']])
test(mends, 'file', file('{ roleLevel >= 60 }'), 'no colon', [
  'Write { roleLevel: { at least: 60 } }',
  [{ roleLevel: 60 }, 'no'],
  [{ roleLevel: 20 }, 'yes'],
])
test(mends, 'file', file('( nickName: present )'), 'parentheses', [
  'Write { nickName: present }',
  [tom, 'no'],
  [none, 'yes'],
])
test(mends, 'file', file('{ nickName: { contains any: "admin, mod" } }'), '[admin, mod]', [
  'Write [admin, mod]',
  [{ nickName: 'a mod' }, 'no'],
  [tom, 'yes'],
])
test(
  mends,
  'file',
  file('{ ex: x }').replace('beforeSetGroupMemberInfo', 'beforeSetGroupMemberInfo, beforeAddFriend'),
  'for several',
  [
    'Write [beforeSetGroupMemberInfo, beforeAddFriend]',
    [{ ex: 'x' }, 'no'],
    [{ callback: 'beforeAddFriend', ex: 'x' }, 'no'],
  ],
)
for (const written of ['5001 No links', '5001, No links', '{ 5001: No links }']) {
  test(mends, 'file', file('{ nickName: tom }', `reject: ${written}`), links.slice('reject: '.length), [
    'Write { code: 5001, message: No links }',
    [tom, 'no'],
    [ann, 'yes'],
  ])
}
test(mends, 'file', file('{ nickName: tom }', 'reject: { code: 5,001, message: No links }'), '5,001', [
  'Write 5001',
  [tom, 'no'],
  [ann, 'yes'],
])
test(mends, 'file', file('{ nickName: tom }', 'reject: { code: No links, message: 5001 }'), 'swapped', [
  'Swap them',
  [tom, 'no'],
  [ann, 'yes'],
])
test(
  mends,
  'file',
  file('{ nickName: tom }', 'reject: 5001\n    until: 2127-02-29'),
  'February 2127 has 28 days',
  ['Write 2127-02-28', [tom, 'no']],
  ['Write 2127-03-01', [tom, 'no']],
)
test(mends, 'file', file('{ nickName: tom }', 'reject: 5001\n    until: 1 March 2127'), '2127-03-01', [
  'Write 2127-03-01',
  [tom, 'no'],
])
test(
  mends,
  'file',
  file('{ nickName: tom }', 'reject: 5001\n    until: 03/04/2127'),
  'is ambiguous',
  ['Write 2127-04-03 for 3 April 2127', [tom, 'no']],
  ['Write 2127-03-04 for 4 March 2127', [tom, 'no']],
)
test(
  mends,
  'file',
  file('\n      nickName:'),
  'present (it has a value)',
  ['Write nickName: present', [tom, 'no'], [none, 'yes']],
  ['Write nickName: absent', [tom, 'yes'], [none, 'no']],
  ['Write nickName: ""', [tom, 'yes'], [{ nickName: '' }, 'no']],
)
test(
  mends,
  'file',
  file('{ any: [{ not: { nickName: } }] }'),
  'present (it has a value)',
  ['Write nickName: present', [tom, 'yes'], [none, 'no']],
  ['Write nickName: absent', [tom, 'no'], [none, 'yes']],
  ['Write nickName: ""', [tom, 'no'], [{ nickName: '' }, 'yes']],
)
test(
  mends,
  'file',
  file('\n      - nickName: admin\n      - userID: u-1'),
  'all: before the list',
  ['All must be true', [admin, 'yes'], [{ ...admin, ...none }, 'no']],
  ['One is enough', [admin, 'no'], [none, 'no'], [tom, 'yes']],
  ['None may be true', [admin, 'yes'], [{ ...tom, userID: 'u-2' }, 'no']],
)
test(
  mends,
  'file',
  'callback: beforeSetGroupMemberInfo\nrules:\n- rule: r\nwhen: { nickName: tom }\nreject: 5001\n',
  'belong to the rule above',
  ['Indent them to the level of "rule"', [tom, 'no'], [ann, 'yes']],
)
test(
  mends,
  'file',
  `# a long comment that a chat program\nwrapped onto a second line\n${file('{ nickName: tom }')}`,
  'continues the comment above',
  ['Write # before it', [tom, 'no'], [ann, 'yes']],
)
test(mends, 'file', file('{ nickName: { contains\u00a0any: [tom] } }'), 'U+00A0', [
  'Write a standard space',
  [tom, 'no'],
  [ann, 'yes'],
])
for (const day of ['Mittwoch', 'mercredi', '周三', '星期三']) {
  test(mends, 'file', file(`{ time: { within: "00:00-24:00", days: [${day}] } }`), 'Did you mean', [
    'Write wed',
    [tom, 'no'],
  ])
}
test(mends, 'file', file('{ username: tom }'), 'nickName', ['Write nickName', [tom, 'no'], [ann, 'yes']])
test(mends, 'file', file('{ displayName: tom }'), 'nickName', ['Write nickName', [tom, 'no'], [ann, 'yes']])
test(mends, 'file', file('{ avatar: "https://x.example/a.png" }'), 'faceURL', [
  'Write faceURL',
  [{ faceURL: 'https://x.example/a.png' }, 'no'],
  [ann, 'yes'],
])
