import test from 'ava'
import { eachFile, eachRule, eachTest } from './_each.ts'

test(
  'a test has given and expect',
  eachTest,
  `
- { expect: { reject: 5001 } }
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-key

- { given: { nickName: a } }
  ^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-key

- { givn: { nickName: a }, expect: { reject: 5001 } }
    ^^^^ unknown-key

- { given: { nickName: a }, expects: { reject: 5001 } }
                            ^^^^^^^ unknown-key

- { input: { nickName: a }, output: { reject: 5001 } }
    ^^^^^ unknown-key
                            ^^^^^^ unknown-key

- { when: { nickName: a }, expect: { reject: 5001 } }
    ^^^^ unknown-key

- a test
  ^^^^^^ wrong-shape

- { name: 12, given: { nickName: a }, expect: { reject: 5001 } }
          ^^ unquoted-number
`,
)

test(
  'tests are a list',
  eachTest,
  `
given: { nickName: a }
^^^^^ wrong-shape
expect: { reject: 5001 }
`,
)

test(
  'given holds whole fields and their values',
  eachTest,
  `
- { given: admin, expect: { reject: 5001 } }
           ^^^^^ wrong-shape

- { given: { nickname: a }, expect: { reject: 5001 } }
             ^^^^^^^^ unknown-field

- { given: { ex.level: 3 }, expect: { reject: 5001 } }
             ^^^^^^^^ unknown-field

- { given: { original.nickName: a }, expect: { reject: 5001 } }
             ^^^^^^^^^^^^^^^^^ unknown-field

- { given: { groupID: 12345 }, expect: { reject: 5001 } }
                      ^^^^^ unquoted-number

- { given: { roleLevel: admn }, expect: { reject: 5001 } }
                        ^^^^ wrong-value

- { given: { ex: { level: 3 } }, expect: { reject: 5001 } }
                 ^^^^^^^^^^^^ wrong-shape

- { given: { nickName: present }, expect: { reject: 5001 } }
                       ^^^^^^^ ambiguous-text

- { given: { nickName: { contains: a } }, expect: { reject: 5001 } }
                       ^^^^^^^^^^^^^^^ wrong-shape

- { given: [ { nickName: a } ], expect: { reject: 5001 } }
           ^^^^^^^^^^^^^^^^^^^ wrong-shape

- { given: { nickName: a, userID: 12 }, expect: { reject: 5001 } }
                                  ^^ unquoted-number
`,
)

test(
  'expect is allow, a refusal or a rewrite',
  eachTest,
  `
- { given: { nickName: a }, expect: reject }
                                    ^^^^^^ wrong-value

- { given: { nickName: a }, expect: 5001 }
                                    ^^^^ wrong-value

- { given: { nickName: a }, expect: deny }
                                    ^^^^ wrong-value

- { given: { nickName: a }, expect: allowed }
                                    ^^^^^^^ wrong-value

- { given: { nickName: a }, expect: { reject: true } }
                                              ^^^^ bad-code

- { given: { nickName: a }, expect: { reject: 50 } }
                                              ^^ bad-code

- { given: { nickName: a }, expect: { reject: nope } }
                                              ^^^^ unknown-code

- { given: { nickName: a }, expect: { allow: true } }
                                      ^^^^^ unknown-key

- { given: { nickName: a }, expect: {} }
                                    ^^ missing-key

- { given: { nickName: a }, expect: { by: r } }
                                    ^^^^^^^^^ missing-key

- { given: { nickName: a }, expect: { code: 5001 } }
                                      ^^^^ unknown-key

- { given: { nickName: a }, expect: null }
                                    ^^^^ wrong-value

- { given: { nickName: a }, expect: [allow] }
                                    ^^^^^^^ wrong-value
`,
)

test(
  'a test that the rule cannot pass is pointed at',
  eachTest,
  `
- { given: { nickName: a }, expect: { reject: 5002 } }
                                              ^^^^ impossible-test

- { given: { nickName: a }, expect: { rewrite: { nickName: b } } }
                                               ^^^^^^^^^^^^^^^ impossible-test

- { given: { nickName: a }, expect: { reject: 5001, rewrite: { nickName: b } } }
                                                    ^^^^^^^ impossible-test

- { given: { nickName: a }, expect: { reject: 5001, by: other } }
                                                        ^^^^^ impossible-test

- { given: { nickName: a }, expect: { reject: 5001, by: 12 } }
                                                        ^^ impossible-test
`,
)

test(
  'a message of a test stands beside its code, and is one that the rule gives',
  eachTest,
  `
- { given: { nickName: a }, expect: { reject: 5001, message: No a } }
                                                             ^^^^ impossible-test

- { given: { nickName: a }, expect: { reject: { code: 5001, message: No a } } }
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-shape

- { given: { nickName: a }, expect: { message: No a } }
                                      ^^^^^^^ missing-key

- { given: { nickName: a }, expect: { rewrite: { nickName: b }, message: No a } }
                                                                ^^^^^^^ impossible-test

- { given: { nickName: a }, expect: { reject: 5001, msg: No a } }
                                                    ^^^ unknown-key
                                                         ^^^^ impossible-test
`,
)

test(
  'a message of a test that is a number is put in quotes',
  eachRule,
  `
when: { nickName: present }
reject: { code: 5001, message: "12" }
tests: [{ given: { nickName: a }, expect: { reject: 5001, message: 12 } }]
                                                                   ^^ unquoted-number
`,
)

test(
  'a message without fields in it is known before any call',
  eachRule,
  `
when: { nickName: present }
reject: { code: 5001, message: Sorry }
tests:
  - { given: { nickName: a }, expect: { reject: 5001, message: Sorry } }
  - { given: { nickName: a }, expect: { reject: 5001, message: sorry } }
                                                               ^^^^^ impossible-test

when: { nickName: present }
reject: { code: 5001, message: "No {nickName}" }
tests:
  - { given: { nickName: a }, expect: { reject: 5001, message: No b } }
`,
)

test(
  'a time of a test is a day and a time',
  eachTest,
  `
- { given: { nickName: a }, at: "2026-03-01 10:00", expect: { reject: 5001 } }
                            ^^ missing-zone

- { given: { nickName: a }, at: "10:00", expect: { reject: 5001 } }
                                ^^^^^^^ bad-time

- { given: { nickName: a }, at: 10, expect: { reject: 5001 } }
                                ^^ bad-time

- { given: { nickName: a }, at: 2026-02-30, expect: { reject: 5001 } }
                                ^^^^^^^^^^ bad-time
`,
)

test(
  'a callback of a test is a callback',
  eachTest,
  `
- { given: { nickName: a }, callback: beforeX, expect: { reject: 5001 } }
                                      ^^^^^^^ unknown-callback
`,
)

test(
  'two tests with mistakes are two',
  eachTest,
  `
- { given: { nickname: a }, expect: { reject: 5001 } }
             ^^^^^^^^ unknown-field
- { given: { nickName: a }, expect: { reject: 5002 } }
                                              ^^^^ impossible-test
`,
)

test(
  'a test that no rule can pass is pointed at',
  eachRule,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
tests:
  - { given: { nickName: a }, expect: { reject: 5001, by: b } }
                                                          ^ unknown-rule

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
tests:
  - { given: { nickName: a }, expect: { reject: 5002 } }
                                                ^^^^ impossible-test

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    mode: shadow
    reject: 5001
tests:
  - { given: { nickName: a }, expect: { reject: 5001, by: a } }
                                                ^^^^ impossible-test

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    rewrite: { nickName: trim }
tests:
  - { given: { nickName: a }, expect: { rewrite: { faceURL: a } } }
                                                   ^^^^^^^ impossible-test

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    rewrite: { nickName: trim }
tests:
  - { given: { nickName: a }, expect: { rewrite: {} } }
                                                 ^^ empty

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    rewrite: { nickName: trim }
tests:
  - { given: { nickName: a }, expect: { rewrite: { groupID: a } } }
                                                   ^^^^^^^ not-rewritable

when: { nickName: present }
allow: everything
tests:
  - { given: { nickName: a }, expect: { reject: 5001 } }
                                                ^^^^ impossible-test

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: 5001
tests:
  - { given: { nickName: a }, expect: { rewrite: { nickName: b }, by: a } }
                                                   ^^^^^^^^ impossible-test
`,
)

test(
  'a field is never rewritten to nothing',
  eachRule,
  `
when: { nickName: present }
rewrite: { nickName: trim }
tests:
  - { given: { nickName: a }, expect: { rewrite: { nickName: null } } }
                                                             ^^^^ wrong-value
`,
)

test(
  'a rule with mistakes may be the one that a test means',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickname: present }
            ^^^^^^^^ unknown-field
    reject: 5001
tests:
  - { given: { nickName: a }, expect: { reject: 5001, by: a } }

callback: beforeSetGroupMemberInfo
rules:
  - when: { nickName: present }
    ^^^^ missing-key
    reject: 5001
tests:
  - { given: { nickName: a }, expect: { reject: 5001 } }
`,
)
