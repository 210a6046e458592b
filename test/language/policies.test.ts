import test from 'ava'
import { eachCondition, eachRule, loads } from './_each.ts'

test(
  'conditions on nicknames, as operators write them, load',
  eachCondition,
  String.raw`
nickName: { contains: "://" }

nickName: { contains any: [http, www., .com] }

nickName: admin

nickName: [admin, root, "0123", support]

nickName: { contains any: [管理员, 客服, 官方] }

nickName: { is blank: true }

nickName: ""

nickName: { longer than: 24 }

nickName: { shorter than: 2, is not: "" }

nickName.length: { between: [2, 24] }

nickName.length: 7

nickName: { matches: '\d{11}' }

nickName: { not: { matches: '^\p{Han}+$' } }

nickName: { matches: "(?i)v[i1]p" }

nickName: { matches: '[\u4e00-\u9fff]{10,}' }

nickName: { exactly: { contains: VIP } }

nickName: { not: { exactly: { is: VIP } } }

nickName: { starts with: "[", ends with: "]", longer than: 3 }

nickName: { contains: bot }
roleLevel: admin
`,
)

test(
  'conditions on roles, as operators write them, load',
  eachCondition,
  `
roleLevel: { at least: admin }

roleLevel: 60

roleLevel: { more than: 20, less than: 100 }

roleLevel: [admin, owner]

roleLevel: { is not: member }

roleLevel: { between: [member, admin] }
`,
)

test(
  'conditions on presence, as operators write them, load',
  eachCondition,
  `
faceURL: present

nickName: { absent: true }
`,
)

test(
  'conditions on ids, as operators write them, load',
  eachCondition,
  `
groupID: { starts with: school- }

groupID: ["12345", "0042"]

userID.length: { less than: 4 }
`,
)

test(
  'conditions on avatars, as operators write them, load',
  eachCondition,
  `
faceURL: { not: { hosted on: cdn.example.com } }

faceURL: { not: { hosted on: [cdn.example.com, "*.example.org", localhost, 10.0.0.1, "[::1]"] } }

faceURL.scheme: { is not: https }

faceURL.extension: [exe, svg, html]

faceURL.host: { ends with: .ru }

faceURL.host: { one of: [a.com], contains: a, longer than: 3, matches: '^cdn', in list: [a.com], present: true }

faceURL.path: { contains: /../ }

faceURL: { not: { is a url: true }, is not: "" }
`,
)

test(
  'conditions on values inside JSON, as operators write them, load',
  eachCondition,
  `
ex.level: { at least: 3 }

ex.vip.name: { is: gold }

ex.level: 3

ex.verified: false

ex.tags.0: [a, b, 3, true]

ex.name: { is: a, is not: b, not in list: [c], contains: d, contains any: [e], starts with: f, ends with: g, matches: h, longer than: 1, shorter than: 9, exactly: { is: a }, not: { is blank: true } }

ex.n: { at least: 1.5, at most: 9, more than: 0, less than: 10, between: [1, 2.5], is not: 3 }

ex: { is json: true, longer than: 1000 }

ex: { not: { is json: true } }
`,
)

test(
  'conditions on values as received, as operators write them, load',
  eachCondition,
  String.raw`
original.nickName: { contains: "\n" }

original.ex.level: { more than: 5 }
`,
)

test(
  'times, as operators write them, load',
  eachCondition,
  `
time: { within: "22:00-07:00", zone: Asia/Shanghai }

time: { days: weekends, zone: UTC }

time: { days: [mon-fri, sun], within: "09:00-24:00", zone: Europe/Berlin }

time: { days: fri-mon, zone: America/Argentina/Buenos_Aires }
`,
)

test(
  'groups, as operators write them, load',
  eachCondition,
  `
all:
  - nickName: { contains: a }
  - any:
      - groupID: g-1
      - not: { userID: u-1 }
  - none:
      - roleLevel: owner
      - { nickName: b, groupID: g }

nickName: { contains: x }
any: [ { groupID: a }, { groupID: b } ]
not: { userID: { one of: [u-1, u-2] } }
`,
)

test(
  'native conditions, as operators write them, load',
  eachCondition,
  `
{ fact: nickName, operator: equal, value: admin }

all:
  - { fact: nickName, operator: contains, value: admin }
  - { fact: roleLevel, operator: greaterThanInclusive, value: 60 }
  - { fact: groupID, operator: in, value: [a, b] }
  - { fact: userID, operator: notIn, value: [a, b] }
  - { fact: nickName, operator: doesNotContain, value: x }
  - { fact: ex.level, operator: lessThan, value: 3 }

{ fact: nickName, operator: starts with, value: admin }

{ fact: nickName, operator: present, value: true }

{ fact: nickName.length, operator: greaterThan, value: 24 }
`,
)

test(
  'rewrites, as operators write them, load',
  eachRule,
  `
when: { nickName: present }
rewrite: { nickName: trim }

when: { nickName: present }
rewrite: { nickName: [remove invisible, trim, collapse spaces, { cut to: 24 }] }

when: { nickName: present }
rewrite: { nickName: [{ replace: { text: "_", with: "" } }] }

when: { nickName: { is blank: true } }
rewrite: { nickName: "Member {userID}" }

when: { nickName: { is blank: true } }
rewrite: { nickName: { set: trim } }

when: { roleLevel: owner }
rewrite: { roleLevel: member }

when: { roleLevel: owner }
rewrite: { roleLevel: 20 }

when: { faceURL: { not: { hosted on: example.com } } }
rewrite: { faceURL: "" }

when: { nickName: present }
rewrite:
  nickName: trim
  faceURL: { set: "https://example.com/{userID}.png" }

when: { ex: absent }
rewrite: { ex: '{{"by":"rules","was":"{original.nickName}"}}' }

when: { nickName: present }
rewrite: { nickName: lower case }
`,
)

test(
  'refusals, modes and dates, as operators write them, load',
  eachRule,
  `
when: { nickName: { contains: x } }
reject: { code: 5001, message: "“{nickName}” is taken, {userID} :}", detail: "Rule {{x}} for {roleLevel} and {ex.level}" }

when: { nickName: { contains: x } }
reject: 9999
mode: shadow
order: -5
why: Because we can

when: { nickName: { contains: x } }
reject: 5000
mode: disabled

when: { nickName: { contains: x } }
reject: 5001
from: 2026-03-01T08:00:00+08:00
until: 2026-04-01T08:00:00Z
`,
)

test(
  'exemptions and callbacks, as operators write them, load',
  eachRule,
  `
when: { userID: { in list: [u-1] } }
allow: everything

callback: beforeSetGroupMemberInfo
when: { nickName: x }
reject: 5001

callback: callbackBeforeSetGroupMemberInfoCommand
when: { nickName: x }
reject: 5001

callback: [beforeSetGroupMemberInfo]
when: { nickName: x }
reject: 5001
`,
)

test(
  'native rules, as operators write them, load',
  eachRule,
  `
conditions:
  all:
    - { fact: nickName, operator: equal, value: admin }
event: { type: reject, params: { code: 5001, message: No } }

conditions: { fact: nickName, operator: present, value: true }
event: { type: rewrite, params: { nickName: [trim] } }

conditions: { fact: userID, operator: equal, value: u-1 }
event: { type: allow, params: everything }
`,
)

test(
  'tests beside a rule, as operators write them, load',
  eachRule,
  `
when: { nickName: { contains: admin } }
reject: 5001
tests:
  - { given: { nickName: Admin, groupID: "1" }, expect: { reject: 5001 } }
  - { given: { nickName: Alice, ex: '{"level":3}', roleLevel: admin, faceURL: null }, expect: allow }
  - name: by name
    given: { nickName: administrator }
    at: 2026-03-01T10:00:00+08:00
    expect: { reject: 5001, by: r }
  - { given: {}, expect: allow, callback: beforeSetGroupMemberInfo }

when: { nickName: present }
rewrite: { nickName: trim }
tests:
  - { given: { nickName: " a " }, expect: { rewrite: { nickName: a } } }
  - { given: { nickName: a }, expect: allow }
`,
)

test(
  'the example of the documentation loads',
  loads,
  `
# yaml-language-server: $schema=./rules.schema.json
callback: beforeSetGroupMemberInfo       # what the rules of this file decide; a list is fine
when: { groupID: { starts with: school- } }
zone: Asia/Shanghai

codes:                                   # reject codes by name; 5000-9999
  staff-name: { code: 5001, message: "“{nickName}” is reserved for staff" }

lists:                                   # short lists inline; long ones in lists/
  vip-users: [u-100, u-101]
  staff-names: [admin]

conditions:                              # named once, used by many rules
  promotes to admin: { roleLevel: { at least: admin } }
  quiet hours: { time: { within: "22:00-07:00" } }

rules:
  - rule: no-staff-lookalikes            # kebab-case
    why: People pretend to be support    # optional, for the reader
    when:   { nickName: { contains any: staff-names } }
    unless: { userID: { in list: vip-users } }
    reject: staff-name
    tests:
      - { given: { groupID: school-1, nickName: "аdmin" },  expect: { reject: 5001 } }
      - { given: { groupID: school-1, nickName: "Alice" },  expect: allow }

  - rule: tidy-nickname
    when:    { nickName: present }
    rewrite: { nickName: [remove invisible, trim, collapse spaces, { cut to: 24 }] }

  - rule: no-night-promotions
    when:   { use: promotes to admin, all: [ { use: quiet hours } ] }
    reject: { code: 5003, message: Admins are appointed by day }

tests:                                   # cases for the whole set, not for one rule
  - name: a tidy name passes untouched
    given: { groupID: school-1, nickName: Alice }
    expect: allow
`,
)

test(
  'files share codes, lists and conditions',
  loads,
  String.raw`
--- a/names.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: reserved
    when: { nickName: { in list: reserved }, groupID: { not in list: open } }
    unless: { use: is staff }
    reject: { code: reserved, detail: "{nickName}" }
--- b/shared.yml
codes: { reserved: 5005 }
lists: { open: [g-1] }
conditions: { is staff: { userID: { starts with: staff- } } }
--- c/exempt.yaml
callback: beforeSetGroupMemberInfo
zone: UTC
rules:
  - rule: staff-may
    when: { use: is staff, time: { within: "00:00-12:00" } }
    allow: [reserved]
    from: 2026-01-01
    until: 2026-12-31
tests:
  - { given: { userID: staff-1, nickName: root }, at: "2026-06-01 10:00", expect: allow }
  - { given: { userID: u-1, nickName: root, groupID: g-2 }, at: 2026-06-01, expect: { reject: reserved, by: reserved } }
--- lists/reserved.txt
# names of ours
root
admin  # the boss
C#
\#tag
--- lists/nested/more.txt
a
--- samples/x.json
{}
--- README.md
hello
`,
)

test(
  'rules and tests may name the callback instead of their file',
  loads,
  `
rules:
  - rule: a
    callback: beforeSetGroupMemberInfo
    when: { nickName: x }
    reject: 5001
tests:
  - { given: { nickName: x }, callback: beforeSetGroupMemberInfo, expect: { reject: 5001 } }
`,
)

test(
  'empty files and empty lists are fine',
  loads,
  `
--- a.yaml
--- b.yaml
# only a comment
--- c.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001
--- lists/none.txt
# nothing
`,
)

test(
  'files and folders that begin with a dot are skipped',
  loads,
  `
--- .draft.yaml
nonsense: [
--- .git/x.yaml
nonsense: [
--- lists/.x.txt
a
--- c.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001
`,
)

test(
  'names may be in any script',
  loads,
  `
callback: beforeSetGroupMemberInfo
codes: { 员工: { code: 5001, message: "“{nickName}” 是员工专用" } }
lists: { 白名单: [u-1] }
conditions: { 夜里: { time: { within: "22:00-07:00", zone: Asia/Shanghai } } }
rules:
  - { rule: ルール-नियम-ชื่อ, when: { nickName: x }, reject: 5001 }
  - rule: 员工-名字
    when: { nickName: { contains any: [管理员, 客服] }, use: 夜里 }
    unless: { userID: { in list: 白名单 } }
    reject: 员工
`,
)

test(
  'a condition may use others',
  loads,
  `
callback: beforeSetGroupMemberInfo
conditions:
  a: { nickName: x }
  b: { any: [ { use: a }, { groupID: g } ] }
  c: { not: { use: b } }
rules:
  - rule: a
    when: { all: [ { use: c }, { use: b }, { use: a } ] }
    reject: 5001
`,
)
