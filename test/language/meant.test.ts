import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { checkFixes, folderOf, heeded, type Part, untested } from './_each.ts'

/** One mistake, one diagnostic, and the hint has the text that was meant. */
const meant = test.macro<[Part, string, string]>({
  exec(t, part, text, hint) {
    const files = folderOf(part, text)
    const said = untested(check(files).diagnostics)
    checkFixes(t, files, heeded)
    t.deepEqual(
      said.map(diagnostic => diagnostic.hint),
      [hint],
    )
  },
  title: (_, part, text) => `in a ${part}: ${text.trim().replaceAll(/\s+/g, ' ').slice(0, 150)}`,
})

const reject = '\nreject: 5001'

test(meant, 'rule', `when: nickName contains admin${reject}`, 'Write { nickName: { contains: admin } }')
test(meant, 'rule', `when: nickName contains any a, b${reject}`, 'Write { nickName: { contains any: [a, b] } }')
test(meant, 'rule', `when: nickName not contains admin${reject}`, 'Write { nickName: { not: { contains: admin } } }')
test(meant, 'rule', `when: roleLevel >= admin${reject}`, 'Write { roleLevel: { at least: admin } }')
test(meant, 'rule', `when: userID == u-1${reject}`, 'Write { userID: { is: u-1 } }')
test(
  meant,
  'rule',
  `when: nickname contains admin and roleLevel is admin${reject}`,
  'Write { nickName: { contains: admin }, roleLevel: { is: admin } }',
)
test(meant, 'rule', `when: nickname contains Tom and Jerry${reject}`, 'Write { nickName: { contains: Tom and Jerry } }')
test(
  meant,
  'rule',
  `when: nickname contains admin or userID is u-1${reject}`,
  'Write { any: [{ nickName: { contains: admin } }, { userID: { is: u-1 } }] }',
)
test(
  meant,
  'rule',
  `when: the user is new${reject}`,
  'Write a field and a test, as in { nickName: { contains: … } }. To match every call, write groupID: present',
)
test(meant, 'rule', `when: nickName contains any of [a, b]${reject}`, 'Write { nickName: { contains any: [a, b] } }')
test(meant, 'rule', `when: nickName present${reject}`, 'Write { nickName: present }')
test(meant, 'condition', 'roleLevel: ">= 60"', 'Write { at least: 60 }')
test(meant, 'condition', 'nickName.length: "> 24"', 'Write { more than: 24 }')
test(
  meant,
  'condition',
  'nickName: contains admin',
  'Write { contains: admin }, or put it in quotes for the text itself',
)
test(
  meant,
  'condition',
  'faceURL: starts with https',
  'Write { starts with: https }, or put it in quotes for the text itself',
)
test(meant, 'condition', 'not: [{ nickName: a }]', 'Write none: before the list if none of them may be true')
test(meant, 'rule', `when: { nickName = admin }${reject}`, 'Write: nickName: admin')
test(meant, 'rule', 'when: { nickName: x }\nreject = 5001', 'Write: reject: 5001')
test(
  meant,
  'condition',
  'nickName: { contains: a, ignore case: true }',
  'Remove it: tests of a text ignore case; use exactly: { … } to match case',
)

const named = (when: string) => `callback: beforeSetGroupMemberInfo
conditions: { night: { nickName: x } }
rules: [{ rule: r, when: ${when}, reject: 5001 }, { rule: s, when: { use: night }, reject: 5002 }]
`
test(meant, 'file', named('night'), 'Write { use: night }')
test(meant, 'file', named('{ night: true }'), 'Write use: night')

const zoned = (rule: string) => `zone: UTC
callback: beforeSetGroupMemberInfo
rules:
  - { rule: r, reject: 5001, ${rule} }
`
const within = (span: string) => zoned(`when: { time: { within: ${span} } }`)
test(meant, 'file', within('"10pm-7am"'), 'Write "22:00-07:00"')
test(meant, 'file', within('"9.30 am to 12 pm"'), 'Write "09:30-12:00"')
test(meant, 'file', within('["22:00", "07:00"]'), 'Write "22:00-07:00"')
test(meant, 'file', within('morning'), 'Write two times from 00:00 to 24:00, as in "22:00-07:00"')
test(meant, 'file', zoned('when: { time: { from: 22:00, to: 07:00 } }'), 'Write within: "22:00-07:00"')
test(meant, 'file', zoned('when: { time: { days: mon to fri } }'), 'Write mon-fri')
for (const [written, day] of [
  ['2026-3-1', '2026-03-01'],
  ['2026/03/01', '2026-03-01'],
  ['31.12.2026', '2026-12-31'],
  ['12/31/2026', '2026-12-31'],
  ['31/12/2026', '2026-12-31'],
  ['2026年3月1日', '2026-03-01'],
] as const) {
  test(meant, 'file', zoned(`when: { nickName: x }, from: ${written}`), `Write ${day}`)
}
test(
  meant,
  'file',
  zoned('when: { nickName: x }, from: 01/02/2026'),
  'Write 2026-02-01 for 1 February 2026, or 2026-01-02 for 2 January 2026',
)
test(
  meant,
  'file',
  zoned('when: { nickName: x }, from: 2026-03-01 10:00'),
  'Add the offset, as in 2026-03-01T10:00+08:00',
)

const when = 'when: { nickName: x }\n'
test(meant, 'rule', `${when}reject: ５００１`, 'Write 5001')
test(meant, 'rule', `${when}reject: 5001#no`, 'Write 5001, and a space before a #')
test(meant, 'rule', `${when}code: 5001\nmessage: No`, 'Write reject: { code: 5001, message: No }')
test(meant, 'rule', `${when}reject: { code: 5001, message: Sorry, no }`, 'Write message: "Sorry, no"')
test(meant, 'rule', `${when}reject: { code: 5001, message: "\${nickName}" }`, 'Write {nickName}')
test(meant, 'rule', `${when}rewrite: { trim: nickName }`, 'Write { nickName: trim }')
test(meant, 'rule', `${when}rewrite: { nickName: [trim, cut to] }`, 'Write { cut to: 24 }')
test(meant, 'rule', `${when}allow: true`, 'Did you mean "everything"? Rules: everything')
test(
  meant,
  'file',
  named('{ nickName: y }').replace('rules:', 'codes: { 5003: staff }\nrules:').replace('5002', 'staff'),
  'Write staff: 5003',
)
test(
  meant,
  'file',
  named('{ userID: { in list: vips }, use: night }').replace('rules:', 'lists: { vips: "u-1, u-2" }\nrules:'),
  'Write [u-1, u-2], or one entry per line after a dash',
)
test(meant, 'test', '- { given: { nickName: x }, expect: allowed }', 'Write allow')
test(meant, 'test', '- { given: { nickName: x }, expect: rejected }', 'Write { reject: 5001 }')
test(
  meant,
  'test',
  '- { nickName: x, userID: u-1, expect: allow }',
  'Write values under "given": given: { nickName: x, userID: u-1 }',
)
test(
  meant,
  'file',
  '```yaml\ncallback: beforeSetGroupMemberInfo\n```\n',
  'Delete this line, and the same line at the end',
)
test(meant, 'file', 'callback: beforeSetGroupMemberInfo\n// names\nrules: []\n', 'Start a comment with #: # names')
test(
  meant,
  'file',
  'callback: beforeSetGroupMemberInfo\nrules:\n\u00a0\u00a0- rule: a\n\u00a0\u00a0\u00a0\u00a0when: { nickName: x }\n    reject: 5001\n',
  'Delete them and indent with the space bar',
)
test(meant, 'condition', 'nickName: { contains any: 【a, b】 }', 'Write [; put a text with such brackets in quotes')

test(meant, 'file', 'rules:\n  1. rule: a\n     when: { nickName: x }\n', 'Write a dash and a space: - rule: …')
test(meant, 'file', 'rules:\n  * rule: a\n    when: { nickName: x }\n', 'Write a dash and a space: - rule: a')
test(meant, 'file', 'rules:\n  - **rule**: a\n', 'Write rule')
test(meant, 'file', '> callback: beforeSetGroupMemberInfo\n> rules: []\n', 'Delete the > on each line')
test(
  meant,
  'rule',
  `${when}event: { type: reject, code: 5001, message: No }`,
  'Write params: { code: 5001, message: No }',
)
test(
  meant,
  'rule',
  `${when}reject:\n  code: 5001\n  unless: { userID: u }`,
  'It belongs to the rule: indent "unless" to the level of "reject"',
)
test(meant, 'condition', 'nickName: { more than: 24 }', 'Write nickName.length: { more than: … }')

const comma = 'Write an ordinary comma and a space; put the text in quotes if the comma belongs to it'
test(meant, 'condition', 'roleLevel: [admin，owner]', comma)
test(meant, 'rule', `${when}rewrite: { nickName: [trim，collapse spaces] }`, comma)
test(meant, 'rule', `${when}allow: [a，b]`, comma)

const curly = (part: Part, text: string, straight: string) =>
  [part, text, `Write straight quotes: "${straight}"`] as const
test(meant, ...curly('file', named('{ use: “night” }'), 'night'))
test(meant, ...curly('file', 'callback: “beforeSetGroupMemberInfo”\nrules: []\n', 'beforeSetGroupMemberInfo'))
test(meant, ...curly('file', within('“22:00-07:00”'), '22:00-07:00'))
test(meant, ...curly('rule', `${when}reject: “staff-name”`, 'staff-name'))
test(meant, ...curly('rule', `${when}reject: 5001\nmode: “shadow”`, 'shadow'))
test(meant, ...curly('condition', 'roleLevel: ‘admin’', 'admin'))
test(meant, ...curly('condition', 'userID: { in list: “vips” }', 'vips'))
test(meant, ...curly('condition', 'nickName: “vips”', 'vips'))
test(meant, ...curly('test', '- { given: { nickName: x }, expect: “allow” }', 'allow'))

test('quotes that are the reason of an error are one, and else a warning', t => {
  const severity = (text: string) => check(folderOf('rule', text)).diagnostics.map(each => each.severity)
  t.deepEqual(severity('when: { nickName: x }\nreject: “a”'), ['error'])
  t.deepEqual(
    untested(check(folderOf('condition', 'nickName: “x”')).diagnostics).map(each => each.severity),
    ['warning'],
  )
})

test('a text in quotes may begin like a test', t => {
  t.deepEqual(untested(check(folderOf('condition', 'nickName: "contains admin"')).diagnostics), [])
})
