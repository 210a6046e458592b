import test from 'ava'
import { eachFile, eachRule, loads } from './_each.ts'

test(
  'a share is a percentage with its sign, and a field',
  eachRule,
  `
when: { nickName: a }
reject: 5001
mode: { enforce: 10 %, by: userID }

when: { nickName: a }
reject: 5001
mode: { enforce: 0.5%, by: groupID }

when: { nickName: a }
reject: 5001
mode: { enforce: "12.5 %", by: nickName }

when: { nickName: a }
rewrite: { nickName: trim }
mode: { enforce: 10 percent, by: userID }

when: { nickName: a }
reject: 5001
mode: { enforce: 10, by: userID }
                 ^^ wrong-value

when: { nickName: a }
reject: 5001
mode: { enforce: 0.1, by: userID }
                 ^^^ wrong-value

when: { nickName: a }
reject: 5001
mode: { enforce: 120 %, by: userID }
                 ^^^^^ wrong-value

when: { nickName: a }
reject: 5001
mode: { enforce: [10 %], by: userID }
                 ^^^^^^ wrong-value

when: { nickName: a }
reject: 5001
mode: { enforce: 10 % }
      ^^^^^^^^^^^^^^^^^ missing-key

when: { nickName: a }
reject: 5001
mode: { shadow: 90 %, by: userID }
        ^^^^^^ unknown-key

when: { nickName: a }
reject: 5001
mode: 10 %
      ^^^^ wrong-value
`,
)

test(
  'the field of a share is an id or a text of the call as it was received',
  eachRule,
  `
when: { nickName: a }
reject: 5001
mode: { enforce: 10 %, by: userId }
                           ^^^^^^ unknown-field

when: { nickName: a }
reject: 5001
mode: { enforce: 10 %, by: roleLevel }
                           ^^^^^^^^^ wrong-kind

when: { nickName: a }
reject: 5001
mode: { enforce: 10 %, by: faceURL }
                           ^^^^^^^ wrong-kind

when: { nickName: a }
reject: 5001
mode: { enforce: 10 %, by: original.nickName }
                           ^^^^^^^^^^^^^^^^^ wrong-kind

when: { nickName: a }
reject: 5001
mode: { enforce: 10 %, by: nickName.length }
                           ^^^^^^^^^^^^^^^ wrong-kind

when: { nickName: a }
reject: 5001
mode: { enforce: 10 %, by: [userID, groupID] }
                           ^^^^^^^^^^^^^^^^^ wrong-shape
`,
)

test(
  'the field of a share is in every callback of the rule',
  eachFile,
  `
callback: [beforeSendSingleMsg, beforeSendGroupMsg]
rules:
  - { rule: r, when: { message text: a }, reject: 5001, mode: { enforce: 10 %, by: sendID } }

callback: [beforeSendSingleMsg, beforeSendGroupMsg]
rules:
  - { rule: r, when: { message text: a }, reject: 5001, mode: { enforce: 10 %, by: groupID } }
                                                                                   ^^^^^^^ unknown-field

callback: afterSendGroupMsg
rules:
  - { rule: r, when: { sendID: a }, reject: 5001, mode: { enforce: 10 %, by: sendID } }
                                    ^^^^^^ not-rejectable
`,
)

test(
  'a test is on one side of the share that its rule has',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - rule: r
    when: { nickName: a }
    reject: 5001
    mode: { enforce: 10 %, by: userID }
    tests:
      - { given: { nickName: a, share: in }, expect: { reject: 5001 } }
      - { given: { nickName: a, share: out }, expect: allow }
      - { given: { nickName: a, share: out }, expect: { reject: 5001 } }
                                                                ^^^^ impossible-test
      - { given: { nickName: a, share: inside }, expect: allow }
                                       ^^^^^^ wrong-value
      - { given: { nickName: a }, share: out, expect: allow }
                                  ^^^^^ unknown-key
tests:
  - { given: { nickName: a, share: out }, expect: allow }
  - { given: { nickName: a, share: out }, expect: { reject: 5001, by: r } }
                                                            ^^^^ impossible-test

callback: beforeSetGroupMemberInfo
rules:
  - rule: r
    when: { nickName: a }
    reject: 5001
    tests:
      - { given: { nickName: a, share: out }, expect: allow }
                                ^^^^^ impossible-test
tests:
  - { given: { nickName: a, share: in }, expect: { reject: 5001 } }
                            ^^^^^ impossible-test
`,
)

test(
  'a fuse is on or off',
  eachRule,
  `
when: { nickName: a }
reject: 5001
fuse: off

when: { nickName: a }
reject: 5001
fuse: on

when: { nickName: a }
reject: 5001
fuse: false
      ^^^^^ wrong-value

when: { nickName: a }
reject: 5001
fuse: [off]
      ^^^^^ wrong-value
`,
)

test(
  'an earlier call may be on another side than the call of its test',
  loads,
  `
callback: beforeSendGroupMsg
rules:
  - rule: r
    when: { how often: { same: sendID, in: 1 minute, more than: 1 } }
    reject: 5001
    mode: { enforce: 10 %, by: sendID }
    tests:
      - { after: [{ ago: 1 second, times: 3, given: { share: out } }], given: { sendID: u }, expect: { reject: 5001 } }
`,
)
