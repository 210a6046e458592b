import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { checkFixes, folderOf, mistakesIn, type Part } from './_each.ts'

/** The first thing said of a text, word for word: a table of what authors read. */
const says = test.macro<[Part, string, string, string]>({
  exec(t, part, text, message, hint) {
    const files = folderOf(part, text.replace(/^\n/, ''))
    const diagnostics = mistakesIn(check(files).diagnostics)
    checkFixes(t, files)
    const [first] = diagnostics
    t.is(first?.message, message)
    // What there is to choose from grows with the language.
    t.is(
      first?.hint?.replace(/(?<=(?:Words|Words for [^:]*|Steps|Keys|Callbacks|Operators|Parts of [^:]*): ).*/, '…'),
      hint,
    )
  },
  title: (_, part, text) => `in a ${part}: ${text.trim().replaceAll(/\s+/g, ' ').slice(0, 150)}`,
})

test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rule:
  - rule: a
    when: { nickName: present }
    reject: 5001
`,
  'There is no key "rule" in a rule file',
  'Did you mean "rules"? Keys: …',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMember
rules:
  - rule: a
    when: { nickName: { contains: admin } }
    reject: 5001
`,
  'There is no callback "beforeSetGroupMember"',
  'Did you mean "beforeSetGroupMemberInfo"? Run "hookwarden callbacks" to list all callbacks',
)
test(
  says,
  'file',
  `
rules:
  - rule: a
    when: { nickName: { contains: admin } }
    reject: 5001
  - rule: b
    when: { nickName: { contains: admin } }
    reject: 5001
tests:
  - { given: { nickName: admin }, expect: { reject: 5001 } }
`,
  'This rule does not name a callback',
  'Write callback: beforeSetGroupMemberInfo (or another) at the top of the file',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rule: a
when: { nickName: { contains: admin } }
reject: 5001
`,
  'This rule is not in the list under "rules"',
  'Write rules: above it, start it with a dash, and indent its other lines',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  no-admin:
    when: { nickName: { contains: admin } }
    reject: 5001
`,
  '"rules" must be a list, got "key: value" lines',
  'Start each rule with a dash: - rule: no-admin, with its other lines below',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - no-admin
`,
  'A rule must be "key: value" lines, got the text "no-admin"',
  'Write - rule: no-links, with its other lines below',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - rules:
    - rule: no-admin
      when: { nickName: { contains: admin } }
      reject: 5001
`,
  'There is no key "rules" in a rule',
  'Write "rules" at the top of the file, not in a rule',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - no-admin:
      when: { nickName: { contains: admin } }
      reject: 5001
`,
  'There is no key "no-admin" in a rule',
  'Write - rule: no-admin, with its other lines below, at the level of "rule"',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: { contains: "://" } }
    then: { reject: 5001 }
`,
  'There is no key "then" in a rule',
  'Write reject: 5001 instead',
)
test(
  says,
  'rule',
  `
nickName: { contains: "://" }
reject: 5001
`,
  'There is no key "nickName" in a rule',
  'Write conditions under "when", indented deeper: when: { nickName: … }',
)
test(
  says,
  'rule',
  `
when:
  nickName: { contains: "://" }
  reject: 5001
`,
  'There is no key "reject" in a condition',
  'It belongs to the rule: indent "reject" to the level of "when"',
)
test(
  says,
  'rule',
  `
when: always
reject: 5001
`,
  '"when" of the rule "r" must be "key: value" lines, got the text "always"',
  'Write a field and a test, as in { nickName: { contains: … } }. To match every call, write groupID: present',
)
test(
  says,
  'rule',
  `
when:
  - nickName: { contains: a }
  - groupID: { is: b }
reject: 5001
`,
  'A condition must be "key: value" lines, got a list',
  'Write all: before the list if all of them must be true, any: if one is enough, none: if none may be true',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: 5001
priority: 1
`,
  'There is no key "priority" in a rule',
  'Write order: the rule with the lower number runs first',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: 5001
enabled: false
`,
  'There is no key "enabled" in a rule',
  'Write mode: disabled to switch the rule off',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: No Links
    when: { nickName: { contains: "://" } }
    reject: 5001
`,
  '"No Links" is not a valid rule name: it must be lowercase letters and digits, joined by single hyphens',
  'Write no-links',
)
test(
  says,
  'rule',
  'when: { nickName: { contains: "://" } }',
  'The rule "r" has no outcome',
  'Write reject: 5001, or rewrite: { nickName: trim }, or allow: everything',
)
test(
  says,
  'rule',
  `
when: { nickName: { contains: "://" } }
reject: 5001
rewrite: { nickName: trim }
`,
  'A rule has one outcome, but "rewrite" follows "reject"',
  'Write a separate rule for it',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: 5001
mode: off
`,
  'A mode must be one of enforce, shadow, disabled, got the text "off"',
  'Write disabled',
)
test(
  says,
  'condition',
  'nickname: { contains: admin }',
  'There is no field "nickname" in beforeSetGroupMemberInfo',
  'Did you mean "nickName"? Fields: groupID, userID, nickName, faceURL, roleLevel, ex',
)
test(
  says,
  'condition',
  'role: admin',
  'There is no field "role" in beforeSetGroupMemberInfo',
  'Did you mean "roleLevel"? Fields: groupID, userID, nickName, faceURL, roleLevel, ex',
)
test(
  says,
  'condition',
  'nickName.size: { more than: 3 }',
  '"nickName" is a text and has no part "size"',
  'Did you mean "nickName.length"? Parts of nickName: …',
)
test(
  says,
  'condition',
  'orignal.nickName: { is: a }',
  'There is no field "orignal.nickName" in beforeSetGroupMemberInfo',
  'Did you mean "original.nickName"? Fields: groupID, userID, nickName, faceURL, roleLevel, ex',
)
test(
  says,
  'condition',
  'nickName: { contain: admin }',
  'There is no test word "contain" for a text such as nickName',
  'Did you mean "contains"? Words: …',
)
test(
  says,
  'condition',
  'groupID: { in: [a, b] }',
  'There is no test word "in" for an id such as groupID',
  'Did you mean "one of"? Words: …',
)
test(
  says,
  'condition',
  'nickName: { length: 20 }',
  'There is no test word "length" for a text such as nickName',
  'Write nickName.length: 20',
)
test(
  says,
  'condition',
  'roleLevel: { contains: admin }',
  '"contains" cannot test "roleLevel", which is a number with names',
  'Words for a number with names: …',
)
test(
  says,
  'condition',
  'nickName: { contains: [a, b] }',
  '"contains" must be a text, got a list',
  'Write contains any: […]',
)
test(says, 'condition', 'groupID: 0123', '0123 is read as a number, but "groupID" must be a text', 'Write "0123"')
test(
  says,
  'condition',
  'nickName: true',
  'true is read as true or false, but "nickName" must be a text',
  'Write "true"',
)
test(
  says,
  'condition',
  'nickName: null',
  '"nickName" has no value here',
  'Write absent for a field that the call does not set, or "" for an empty text',
)
test(
  says,
  'condition',
  'nickName: { present: no }',
  '"present" takes only true, got the text "no"',
  'Write { absent: true }',
)
test(
  says,
  'condition',
  'nickName: is blank',
  'is blank is a test word, but here it would be read as a text',
  'Write { is blank: true } for the test, or { is: is blank } for the text',
)
test(
  says,
  'condition',
  'nickName: { not: admin }',
  'Expected test words after "not", got the text "admin"',
  'Write is not: admin',
)
test(
  says,
  'condition',
  'nickName: { not: present }',
  'Expected test words after "not", got the text "present"',
  'Write absent',
)
test(
  says,
  'condition',
  'nickName: { contains: "" }',
  'Every text contains the empty text',
  'Write { is: "" } for an empty field',
)
test(
  says,
  'condition',
  'roleLevel: moderator',
  '"roleLevel" must be member, admin, owner or a number, got the text "moderator"',
  'Names: member, admin, owner',
)
test(
  says,
  'condition',
  'nickName: { longer than: "24" }',
  'Expected a whole number, 0 or more, got the text "24"',
  'Write 24',
)
test(says, 'condition', 'nickName.length: { between: [24, 2] }', 'The range from 24 to 2 is empty', 'Write [2, 24]')
test(
  says,
  'condition',
  'userID: { in list: vips }',
  'There is no list "vips"',
  'Lists: none. Or write the entries here, [vips, …], or one per line in lists/vips.txt',
)
test(
  says,
  'condition',
  'userID: { in list: 12 }',
  'Expected a list or a list name, got 12',
  'Write ["12"], or a list name',
)
test(
  says,
  'condition',
  'nickName: { matches: "^(?!guest)" }',
  'The pattern looks ahead or behind with (?!, which is not supported',
  'Use not for what must not match, as in { not: { matches: … } }',
)
test(
  says,
  'condition',
  `nickName: { matches: '(a)\\1' }`,
  'The pattern refers back to a group with \\1, which is not supported',
  'Write out the alternatives, as in (aa|bb)',
)
test(
  says,
  'condition',
  'nickName: { matches: /abc/i }',
  'The slashes around /abc/i are part of the pattern: they must be in the text too',
  'Write abc, or (?i)abc to ignore case',
)
test(
  says,
  'condition',
  'nickName: { matches: "*admin*" }',
  'The pattern has * with nothing before it to repeat',
  'Write .* for any text, \\* for a literal star; contains needs neither',
)
test(
  says,
  'condition',
  'faceURL: { hosted on: [cdn.example.com, "https://x.example.com"] }',
  '"https://x.example.com" is not a host',
  'Write x.example.com',
)
test(
  says,
  'condition',
  'any: [admin, root]',
  '"any" takes conditions, got values',
  'For one field with several values, write groupID: [a, b]',
)
test(
  says,
  'condition',
  `
or:
  - nickName: a
  - nickName: b
`,
  'There is no key "or" in a condition',
  'Did you mean "any"? Keys: …',
)
test(
  says,
  'condition',
  `
nickName:
  any:
    - contains: a
    - contains: b
`,
  'There is no test word "any" for a text such as nickName',
  'Write it beside fields, as in any: [{ nickName: … }, { nickName: … }]',
)
test(
  says,
  'condition',
  `
groupID:
  nickName: { contains: a }
`,
  'There is no test word "nickName" for an id such as groupID',
  '"nickName" is a field: write it beside "groupID", not inside it',
)
test(
  says,
  'condition',
  'contains: admin',
  'Expected a field, got the test word "contains"',
  'Write it inside a field, as in { nickName: { contains: … } }',
)
test(
  says,
  'condition',
  `
nickName:
  - contains: admin
  - starts with: a
`,
  'Expected a list of values of "nickName", got test words',
  'Remove the dashes if all must be true; if one is enough, write any: [{ nickName: … }, …]',
)
test(
  says,
  'condition',
  'time: { within: "22:00-07:00" }',
  'This time has no time zone',
  'Write zone: Asia/Shanghai (or yours) here or at the top of the file',
)
test(
  says,
  'condition',
  'time: { within: "9:00-17:00", zone: UTC }',
  '"9:00-17:00" is not a time span',
  'Write "09:00-17:00"',
)
test(
  says,
  'condition',
  'time: { days: monday, zone: UTC }',
  'There is no day "monday"',
  'Did you mean "mon"? Days: mon, tue, wed, thu, fri, sat, sun, mon-fri, weekdays, weekends',
)
test(
  says,
  'condition',
  'time: { days: "mon, tue", zone: UTC }',
  'There is no day "mon, tue"',
  'Write a list: [mon, tue]',
)
test(
  says,
  'condition',
  'time: { within: "22:00-07:00", zone: Shanghai }',
  'There is no time zone "Shanghai"',
  'Did you mean "Asia/Shanghai"? Write continent and city, as in Asia/Shanghai, or UTC',
)
test(
  says,
  'condition',
  'time: { within: "22:00-07:00", zone: CST }',
  'There is no time zone "CST"',
  'Write continent and city, as in Asia/Shanghai, or UTC',
)
test(
  says,
  'condition',
  '{ fact: nickName, value: a }',
  '"operator" is missing from a native condition',
  'Write { fact: …, operator: …, value: … }',
)
test(
  says,
  'condition',
  '{ fact: ex, operator: equal, value: a, path: $.a }',
  'There is no key "path" in a native condition',
  'Write the path in fact, as in fact: ex.level',
)
test(
  says,
  'condition',
  '{ fact: nickName, operator: equals, value: a }',
  'There is no operator "equals"',
  'Did you mean "equal"? Operators: …',
)
test(
  says,
  'condition',
  '{ fact: nickName, operator: equal, value: null }',
  'Only "absent" is true for an absent field',
  'Write { fact: nickName, operator: absent, value: true }',
)
test(
  says,
  'rule',
  `
conditions: { all: [ { fact: nickName, operator: equal, value: a } ] }
event: { type: deny, params: { code: 5001 } }
`,
  'There is no event type "deny"',
  'Did you mean "reject"? Types: reject, rewrite, allow',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: 500
`,
  'A code must be a number from 5000 to 9999, got the number 500',
  'Write a number such as 5001',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: Links are not allowed here
`,
  'There is no code "Links are not allowed here"',
  'Write { code: 5001, message: Links are not allowed here } for a message',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: 5001
message: Not allowed
`,
  'There is no key "message" in a rule',
  'Write reject: { code: 5001, message: Not allowed }',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: { code: 5001, message: "Not {nickname}" }
`,
  'There is no field "nickname" in beforeSetGroupMemberInfo',
  'Did you mean "nickName"? Fields: groupID, userID, nickName, faceURL, roleLevel, ex',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: { code: 5001, message: "Not {nickName" }
`,
  'This brace is not closed',
  'Write {nickName} for the value of a field, and {{ and }} for braces',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: { code: 5001, message: "Not {{nickName}" }
`,
  '{{nickName} prints as {nickName}, not as the value of the field',
  'Write {nickName}',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: { code: 5001, message: "Not {nickName | upper}" }
`,
  'There is no field name in {nickName | upper}',
  'Write {nickName} for the value of a field, and {{ and }} for braces',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
rewrite: { groupID: trim }
`,
  '"groupID" cannot be rewritten in beforeSetGroupMemberInfo',
  'Fields that can be rewritten: nickName, faceURL, roleLevel, ex',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
rewrite: { nickName: [trimm, collapse spaces] }
`,
  'There is no step "trimm"',
  'Did you mean "trim"? Steps: …',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
rewrite: { nickName: cut to 24 }
`,
  'There is no step "cut to 24"',
  'Write { cut to: 24 }. To set this text, write { set: cut to 24 }',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
rewrite: { nickName: { trim: true, cut to: 24 } }
`,
  '"cut to" is a second step beside "trim"',
  'Write a list of steps, as in [trim, { cut to: 24 }]',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
rewrite: { roleLevel: owner }
`,
  '"roleLevel" cannot be set to owner: the IM server would accept it unchecked',
  'Write member or admin',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
rewrite: { ex: { set: { a: 1 } } }
`,
  '"ex" takes a single value here, got "key: value" lines',
  `Write the JSON as a single text: '{{ "level": 3 }}'`,
)
test(
  says,
  'rule',
  `
when: { nickName: present }
allow: no-such-rule
`,
  'There is no rule "no-such-rule"',
  'Rules: everything',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: tidy
    when: { nickName: present }
    rewrite: { nickName: trim }
  - rule: vip
    when: { userID: u-1 }
    allow: tidy
`,
  '"tidy" rejects nothing, so calls cannot be exempted from it',
  'Name reject rules, or write everything',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: no-links
    when: { nickName: present }
    reject: 5001
  - rule: vip
    when: { userID: u-1 }
    allow: [no-links, everything]
`,
  '"everything" cannot be combined with rule names',
  'Write allow: everything, or remove everything',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: 5001
from: 2026-03-01
`,
  'This date has no time zone',
  'Write zone: Asia/Shanghai (or yours) at the top of the file',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: 5001
from: 01.03.2026
`,
  '"01.03.2026" is not a date',
  'Write 2026-03-01',
)
test(
  says,
  'rule',
  `
when: { nickName: present }
reject: 5001
from: 2026-03-01T08:00:00Z
until: 2026-02-01T08:00:00Z
`,
  'This rule ends before it starts',
  'Swap "from" and "until"',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
codes: { staff-name: 5001 }
rules:
  - rule: a
    when: { nickName: present }
    reject: staffname
`,
  'There is no code "staffname"',
  'Did you mean "staff-name"? Codes: staff-name. Or write a number from 5000 to 9999',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
conditions: { quiet hours: { nickName: present } }
rules:
  - rule: a
    when: { use: quiet-hours }
    reject: 5001
`,
  'There is no condition "quiet-hours"',
  'Did you mean "quiet hours"? Conditions: quiet hours',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
conditions:
  a: { use: a }
rules:
  - rule: a
    when: { use: a }
    reject: 5001
`,
  'The condition "a" refers to itself: a → a',
  'Remove one of these references',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
conditions:
  a: { use: b }
  b: { use: a }
  c: { use: d }
  d: { use: c }
rules:
  - rule: a
    when: { use: a, nickName: present }
    reject: 5001
`,
  'The condition "a" refers to itself: a → b → a',
  'Remove one of these references',
)
test(
  says,
  'file',
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { vips: [u-1] }
rules:
  - rule: a
    when: { userID: { in list: vips } }
    reject: 5001
--- lists/vips.txt
u-2
`,
  'Duplicate list "vips"',
  'The first is at lists/vips.txt:1:1; rename this one',
)
test(
  says,
  'file',
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
`,
  'Duplicate rule "a"',
  'The first is at a.yaml:3:11; rename this one',
)
test(
  says,
  'test',
  '- { given: { ex.level: 3 }, expect: { reject: 5001 } }',
  '"ex.level" is a part, but the IM server sends whole fields',
  'Write ex: … for the whole field',
)
test(
  says,
  'test',
  '- { given: { nickName: present }, expect: { reject: 5001 } }',
  'present is a test word, but here it would be read as a text',
  'Remove the line for an absent field, or write "present" for the text',
)
test(
  says,
  'test',
  '- { given: { nickName: a }, expect: { reject: 5002 } }',
  '"r" rejects with 5001, so this test cannot pass',
  'Write reject: 5001',
)
test(
  says,
  'test',
  '- { given: { nickName: a }, expect: { allow: true } }',
  'There is no key "allow" in "expect"',
  'Write expect: allow',
)
test(
  says,
  'test',
  '- { given: { nickName: a }, expect: { reject: 5001, by: other } }',
  'Only "r" itself runs in its own tests',
  'Write by: r, or move the test to "tests" of the file',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
tests:
  - { given: { nickName: a }, expect: { reject: 5002 } }
`,
  'No enforced rule for beforeSetGroupMemberInfo rejects with 5002',
  'Codes here: 5001',
)
test(
  says,
  'file',
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    mode: shadow
    reject: 5001
tests:
  - { given: { nickName: a }, expect: { reject: 5001, by: a } }
`,
  '"a" never rejects with 5001',
  '"a" has mode: shadow',
)
test(
  says,
  'file',
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { userID: { in list: vips.txt } }
    reject: 5001
--- lists/vips.txt
u-1
`,
  'There is no list "vips.txt"',
  'Write vips: a list name has no file ending',
)
test(
  says,
  'rule',
  `
when: { nickName: x }
rewrite:
  nickName: trim, lower case
`,
  'There is no step "trim, lower case"',
  'Write a list: [trim, lower case]. To set this text, write { set: "trim, lower case" }',
)

test(
  says,
  'rule',
  'when: { nickName: a }\nreject:',
  'There is nothing after "reject"',
  'Write the value after the colon, and indent lines that belong to it',
)
test(
  says,
  'rule',
  'when: { nickName: a }\nerror: { code: 5001, message: No }',
  'There is no key "error" in a rule',
  'Write reject',
)
test(
  says,
  'rule',
  'when: { time: { within: ["09:00-12:00", "13:00-17:00"], zone: UTC } }\nreject: 5001',
  'A time span must be a text, got a list',
  'Write one span here. For several, write any: [{ time: { within: "09:00-12:00" } }, { time: … }]',
)
test(
  says,
  'rule',
  'when: { faceURL: { hosted on: "example.*" } }\nreject: 5001',
  '"example.*" is not a host',
  'Write the whole name, as in example.com: its subdomains count, and a star can only be in *. at the start',
)
