import test from 'ava'
import { eachFile, eachRule } from './_each.ts'

test(
  'a key of a rule that is misspelt is read as the one it misspells',
  eachRule,
  `
wehn: { nickName: { contains: "://" } }
^^^^ unknown-key
reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - name: no-links
    ^^^^ unknown-key
    when: { nickName: { contains: "://" } }
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - id: no-links
    ^^ unknown-key
    when: { nickName: { contains: "://" } }
    reject: 5001

if: { nickName: { contains: "://" } }
^^ unknown-key
reject: 5001

when: { nickName: { contains: "://" } }
deny: 5001
^^^^ unknown-key

when: { nickName: { contains: "://" } }
rejct: 5001
^^^^^ unknown-key

when: { nickName: { contains: "://" } }
Reject: 5001
^^^^^^ unknown-key

when: { nickName: { contains: "://" } }
Rewrite: { nickName: trim }
^^^^^^^ unknown-key

when: { nickName: x }
reject with: 5001
^^^^^^^^^^^ unknown-key
`,
)

test(
  'a key of other rule languages is told what to write',
  eachRule,
  `
when: { nickName: { contains: "://" } }
then: { reject: 5001 }
^^^^ unknown-key

when: { nickName: { contains: "://" } }
action: reject
^^^^^^ unknown-key

when: { nickName: present }
reject: 5001
priority: 1
^^^^^^^^ unknown-key

when: { nickName: present }
reject: 5001
enabled: false
^^^^^^^ unknown-key

when: { nickName: present }
reject: 5001
disabled: true
^^^^^^^^ unknown-key

when: { nickName: x }
reject: 5001
colour: red
^^^^^^ unknown-key
`,
)

test(
  'a rule without an outcome is told so at its name',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: r
          ^ no-outcome
    when: { nickName: { contains: "://" } }
`,
)

test(
  'a rule with two outcomes is told of the second',
  eachRule,
  `
when: { nickName: { contains: "://" } }
reject: 5001
rewrite: { nickName: trim }
^^^^^^^ two-outcomes

when: { nickName: { contains: "://" } }
reject: 5001
rewrite: { nickName: trim }
^^^^^^^ two-outcomes
allow: everything
`,
)

test(
  'an outcome inside a condition is sent out of it',
  eachRule,
  `
when:
  nickName: { contains: "://" }
  reject: 5001
  ^^^^^^ unknown-key
`,
)

test(
  'conditions outside of when are sent into it',
  eachRule,
  `
nickName: { contains: "://" }
^^^^^^^^ unknown-key
reject: 5001

callback: beforeSetGroupMemberInfo
conditions: { q: { nickName: x } }
rules:
  - rule: a
    use: q
    ^^^ unknown-key
    reject: 5001

any:
^^^ unknown-key
  - nickName: x
  - nickName: y
reject: 5001

when: { nickName: x }
groupID: b
^^^^^^^ unknown-key
reject: 501
        ^^^ bad-code
`,
)

test(
  'a rule says when it fires',
  eachRule,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: r
          ^ missing-key
    reject: 5001

when: nickName
      ^^^^^^^^ wrong-shape
reject: 5001

when: true
      ^^^^ wrong-shape
reject: 5001

when: always
      ^^^^^^ wrong-shape
reject: 5001

when:
  - nickName: { contains: a }
  ^... wrong-shape
  - groupID: { is: b }
reject: 5001

when: {}
      ^^ empty
reject: 5001

when: { nickName: present }
unless: {}
        ^^ empty
reject: 5001

when: { nickName: present }
unless: [ { groupID: a } ]
        ^^^^^^^^^^^^^^^^^^ wrong-shape
reject: 5001

when: null
      ^^^^ wrong-shape
reject: 5001
`,
)

test(
  'order is a whole number',
  eachRule,
  `
when: { nickName: present }
reject: 5001
order: first
       ^^^^^ wrong-value

when: { nickName: present }
reject: 5001
order: "10"
       ^^^^ wrong-value

when: { nickName: present }
reject: 5001
order: 1.5
       ^^^ wrong-value

when: { nickName: present }
reject: 5001
order: [1]
       ^^^ wrong-value
`,
)

test(
  'a mode is one of three',
  eachRule,
  `
when: { nickName: present }
reject: 5001
mode: off
      ^^^ wrong-value

when: { nickName: present }
reject: 5001
mode: false
      ^^^^^ wrong-value

when: { nickName: present }
reject: 5001
mode: dry-run
      ^^^^^^^ wrong-value

when: { nickName: present }
reject: 5001
mode: shadwo
      ^^^^^^ wrong-value

when: { nickName: present }
reject: 5001
mode: enforced
      ^^^^^^^^ wrong-value

when: { nickName: present }
reject: 5001
mode: [shadow]
      ^^^^^^^^ wrong-value

when: { nickName: present }
reject: 5001
mode: Shadow
      ^^^^^^ wrong-value

when: { nickName: x }
reject: 5001
mode: null
      ^^^^ wrong-value
`,
)

test(
  'why is a text',
  eachRule,
  `
why: [a, b]
     ^^^^^^ wrong-shape
when: { nickName: present }
reject: 5001

why: 2024
     ^^^^ unquoted-number
when: { nickName: present }
reject: 5001
`,
)

test(
  'a disabled rule is checked',
  eachRule,
  `
when: { nickname: x }
        ^^^^^^^^ unknown-field
reject: 50
        ^^ bad-code
mode: disabled
`,
)

test(
  'an empty rule is told so once',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - {}
    ^^ empty
`,
)

test(
  'a rule has a name in kebab-case',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: No Links
          ^^^^^^^^ bad-name
    when: { nickName: { contains: "://" } }
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - rule: 12
          ^^ unquoted-number
    when: { nickName: { contains: "://" } }
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - rule: everything
          ^^^^^^^^^^ bad-name
    when: { nickName: { contains: "://" } }
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - rule: no_links
          ^^^^^^^^ bad-name
    when: { nickName: { contains: "://" } }
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - when: { nickName: { contains: "://" } }
    ^^^^ missing-key
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - rule: no links: strict
                  ^ colon-in-text
    when: { nickName: x }
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - rule:
    ^^^^ empty-value
    when: { nickName: x }
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - rule:
    ^^^^ empty-value
    when: { nickName: x }
    reject: 50
            ^^ bad-code
`,
)

test(
  'the texts and the code of a refusal stand under reject',
  eachRule,
  `
when: { nickName: present }
reject: 5001
message: Not allowed
^^^^^^^ unknown-key

when: { nickName: x }
reject: 5001
detail: "no"
^^^^^^ unknown-key

when: { nickName: x }
code: 5001
^^^^ unknown-key
message: no
`,
)
