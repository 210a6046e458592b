import test from 'ava'
import { eachFile, eachRule } from './_each.ts'

test(
  'a key of a file that is misspelt is pointed at',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rule:
^^^^ unknown-key
  - rule: a
    when: { nickName: present }
    reject: 5001

callbacks: beforeSetGroupMemberInfo
^^^^^^^^^ unknown-key
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001

callback: beforeSetGroupMemberInfo
version: 2
^^^^^^^ unknown-key
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001

include: other.yaml
^^^^^^^ unknown-key
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001
`,
)

test(
  'a callback that there is not is pointed at',
  eachFile,
  `
callback: beforeSetGroupMember
          ^^^^^^^^^^^^^^^^^^^^ unknown-callback
rules:
  - rule: a
    when: { nickName: { contains: admin } }
    reject: 5001

callback: beforeSetGroupMemberInf
          ^^^^^^^^^^^^^^^^^^^^^^^ unknown-callback
rules:
  - rule: a
    when: { nickName: { contains: admin } }
    reject: 5001

callback: CallbackBeforeSetGroupMemberInfo
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown-callback
rules:
  - rule: a
    when: { nickName: { contains: admin } }
    reject: 5001

callback: 12
          ^^ unknown-callback
rules:
  - rule: a
    when: { nickName: { contains: admin } }
    reject: 5001
`,
)

test(
  'a callback must be named by each rule or its file, which is said once',
  eachFile,
  `
rules:
  - rule: a
          ^ missing-key
    when: { nickName: { contains: admin } }
    reject: 5001
  - rule: b
    when: { nickName: { contains: admin } }
    reject: 5001
tests:
  - { given: { nickName: admin }, expect: { reject: 5001 } }

--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: { contains: admin } }
    reject: 5001
--- b.yaml
tests:
^^^^^ missing-key
  - { given: { nickName: admin }, expect: { reject: 5001 } }

callback: []
          ^^ empty
rules:
  - rule: a
    when: { nickName: { contains: admin } }
    reject: 5001

callback: { name: beforeSetGroupMemberInfo }
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-shape
rules:
  - rule: a
    when: { nickName: { contains: admin } }
    reject: 5001

callback: null
          ^^^^ wrong-value
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001

callback:
^^^^^^^^ empty-value
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001
`,
)

test(
  'a rule that stands alone is told of the list',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rule: a
^^^^ wrong-shape
when: { nickName: { contains: admin } }
reject: 5001

callback: beforeSetGroupMemberInfo
rules:
- rule: a
when: { nickName: x }
reject: 5001
^^^^^^ unknown-key
`,
)

test(
  'a file that is no mapping is told how to begin',
  eachFile,
  `
- rule: a
^ wrong-shape
  when: { nickName: { contains: admin } }
  reject: 5001

hello world
^^^^^^^^^^^ wrong-shape

--- lists/a.yaml
- a
^ wrong-shape
- b
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001
`,
)

test(
  'rules that are no list are told of the dash',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  no-admin:
  ^^^^^^^^ wrong-shape
    when: { nickName: { contains: admin } }
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  rule: no-admin
  ^^^^ wrong-shape
  when: { nickName: { contains: admin } }
  reject: 5001

callback: beforeSetGroupMemberInfo
rules: none
       ^^^^ wrong-shape

callback: beforeSetGroupMemberInfo
rules:
  - no-admin
    ^^^^^^^^ wrong-shape

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001
  rule: b
  ^^^^ missing-dash
  when: { nickName: y }
  reject: 5001

callback: beforeSetGroupMemberInfo
rules: null
       ^^^^ wrong-shape

callback: beforeSetGroupMemberInfo
rules:
^^^^^ empty-value

callback: beforeSetGroupMemberInfo
rules:
  -
  ^ empty-value
  - rule: a
    when: { nickName: x }
    reject: 5001
`,
)

test(
  'a rule at the wrong depth is one mistake',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rules:
    ^^^^^ unknown-key
    - rule: no-admin
      when: { nickName: { contains: admin } }
      reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - rule:
      name: no-admin
      ^^^^ wrong-shape
      when: { nickName: { contains: admin } }
      reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - no-admin:
    ^^^^^^^^ unknown-key
      when: { nickName: { contains: admin } }
      reject: 5001
`,
)

test(
  'keys of a rule at the top of a file are sent into a rule',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
reject: 5001
^^^^^^ unknown-key
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001

callback: beforeSetGroupMemberInfo
unless: { groupID: x }
^^^^^^ unknown-key
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001

callback: beforeSetGroupMemberInfo
mode: shadow
^^^^ unknown-key
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001
`,
)

test(
  'what should be indented under an empty key is said once',
  eachRule,
  `
callback: beforeSetGroupMemberInfo
codes:
^^^^^ empty-value
staff-name: 5001
rules:
  - rule: a
    when: { nickName: x }
    reject: staff-name

when:
^^^^ empty-value
any:
  - nickName: x
reject: 5001

when:
^^^^ empty-value
nickName: x
groupID: y
reject: 5001

when:
  nickName:
  ^^^^^^^^ empty-value
  contains: admin
reject: 5001

when:
^^^^ empty-value
nickName: { contains: admin }
reject: 5001
`,
)

test(
  'the condition of a file is checked once, with or without rules',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
when: { groupId: school }
        ^^^^^^^ unknown-field
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
  - rule: b
    when: { nickName: present }
    reject: 5001

--- a.yaml
callback: beforeSetGroupMemberInfo
when: { groupId: school }
        ^^^^^^^ unknown-field
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
`,
)

test(
  'where YAML breaks nothing more of that file is said',
  eachFile,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickname: x }
    reject: 1
  - rule: b
    when: { nickName: "unclosed }
                      ^ unclosed-quote
    reject: 5001
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - rule: c
    when: { nickName: x }
    reject: 1
            ^ bad-code
`,
)

test(
  'a key that nobody understands may be what is missing',
  eachFile,
  `
hooks for: beforeSetGroupMemberInfo
^^^^^^^^^ unknown-key
zone: UTC
rules:
  - rule: a
    when: { nickName: x, time: { days: mon } }
    reject: 5001

callback: beforeSetGroupMemberInfo
clock of: UTC
^^^^^^^^ unknown-key
rules:
  - rule: a
    when: { nickName: x, time: { days: mon } }
    reject: 5001
`,
)

test(
  'of several callbacks the wrong one is pointed at',
  eachFile,
  `
callback: [beforeSetGroupMemberInfo, beforeNothing]
                                     ^^^^^^^^^^^^^ unknown-callback
rules:
  - rule: a
    when: { nickName: x }
    reject: 5001
`,
)
