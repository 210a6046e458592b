import test from 'ava'
import { eachCondition, eachFile } from './_each.ts'

const top = `callback: beforeSendGroupMsg
counters:
  sent: { callback: beforeSendGroupMsg, same: sendID }
  joins: { callback: beforeMembersJoinGroup, same: [groupID, each memberList.userID] }
`
/** A rule on messages with a condition, under carets, in a file with two counters. */
const messages = test.macro<[string]>(async (t, table) => {
  const files = table.replaceAll(/^\n+|\n+$/g, '').split(/\n\n+/)
  const wrapped = files.map(
    each => `${top}rules:\n  - rule: r\n    when:\n${each.replaceAll(/^/gm, '      ')}\n    reject: 5001`,
  )
  await eachFile.exec(t, wrapped.join('\n\n'))
})

test(
  'a length of time has one spelling',
  eachCondition,
  `
how often: { same: userID, in: 10 seconds, more than: 5 }

how often: { same: userID, in: 10s, more than: 5 }
                               ^^^ bad-span

how often: { same: userID, in: 10 sec, more than: 5 }
                               ^^^^^^ bad-span

how often: { same: userID, in: 1h, more than: 5 }
                               ^^ bad-span

how often: { same: userID, in: 10, more than: 5 }
                               ^^ bad-span

how often: { same: userID, in: "10", more than: 5 }
                               ^^^^ bad-span

how often: { same: userID, in: 1 week, more than: 5 }
                               ^^^^^^ bad-span

how often: { same: userID, in: 1 minutes, more than: 5 }
                               ^^^^^^^^^ bad-span

how often: { same: userID, in: 5 minute, more than: 5 }
                               ^^^^^^^^ bad-span

how often: { same: userID, in: 1 Minute, more than: 5 }
                               ^^^^^^^^ bad-span

how often: { same: userID, in: 0 seconds, more than: 5 }
                               ^^^^^^^^^ bad-span

how often: { same: userID, in: 500ms, more than: 5 }
                               ^^^^^ bad-span

how often: { same: userID, in: 31 days, more than: 5 }
                               ^^^^^^^ bad-span

how often: { same: userID, in: 010 seconds, more than: 5 }
                               ^^^^^^^^^^^ bad-span

how often: { same: userID, in: 1.5 hours, more than: 5 }
                               ^^^^^^^^^ bad-span

how often: { same: userID, in: PT10S, more than: 5 }
                               ^^^^^ bad-span

how often: { same: userID, in: 00:05:00, more than: 5 }
                               ^^^^^^^^ bad-span

how often: { same: userID, in: 10 秒, more than: 5 }
                               ^^^^ bad-span

how often: { same: userID, in: soon, more than: 5 }
                               ^^^^ bad-span

how often: { same: userID, in: [10 seconds], more than: 5 }
                               ^^^^^^^^^^^^ wrong-shape

how often: { same: userID, in: 1 day, more than: 5, then for: 60s }
                                                              ^^^ bad-span
`,
)

test(
  'a count has one limit',
  eachCondition,
  `
how often: { same: userID, in: 1 day, is: 3 }

how often: { same: userID, in: 1 day, between: [2, 5] }

how often: { same: userID, in: 1 day, less than: 1000 }

how often: { same: userID, in: 1 day }
^^^^^^^^^ missing-key

how often: { same: userID, more than: 3 }
           ^... missing-key

how often: { same: userID, in: 1 day, more than: 3, at most: 5 }
                                                    ^^^^^^^ wrong-shape

how often: { same: userID, in: 1 day, more than: 3, at least: 5 }
                                                    ^^^^^^^^ wrong-shape

how often: { same: userID, in: 1 day, more than: 1001 }
                                                 ^^^^ wrong-value

how often: { same: userID, in: 1 day, more than: -1 }
                                                 ^^ wrong-value

how often: { same: userID, in: 1 day, more than: 1.5 }
                                                 ^^^ wrong-value

how often: { same: userID, in: 1 day, more than: "5" }
                                                 ^^^ wrong-value

how often: { same: userID, in: 1 day, between: [5, 2] }
                                               ^^^^^^ wrong-value

how often: { same: userID, in: 1 day, between: 2-5 }
                                               ^^^ wrong-shape

how often: { same: userID, in: 1 day, between: [2, 5000] }
                                                   ^^^^ wrong-value
`,
)

test(
  'calls count together by up to four fields, or all together',
  eachCondition,
  `
how often: { in: 1 minute, more than: 100 }

how often: { same: [groupID, userID, nickName, ex.level], in: 1 day, more than: 3 }

how often: { same: nickName.gist, in: 1 day, more than: 3 }

how often: { same: original.nickName, in: 1 day, more than: 3 }

how often: { same: each nickName.links, in: 1 day, more than: 3 }

how often: { same: each nickName.links.host, in: 1 day, more than: 3 }

how often: { same: userID, different: nickName.links.host, in: 1 day, more than: 3 }

how often: { same: nickname, in: 1 day, more than: 3 }
                   ^^^^^^^^ unknown-field

how often: { same: [groupID, nobody], in: 1 day, more than: 3 }
                             ^^^^^^ unknown-field

how often: { same: user, in: 1 day, more than: 3 }
                   ^^^^ unknown-field

how often: { same: 12, in: 1 day, more than: 3 }
                   ^^ unknown-field

how often: { same: [], in: 1 day, more than: 3 }
                   ^^ empty

how often: { same: { userID: u-1 }, in: 1 day, more than: 3 }
                   ^... wrong-shape

how often: { same: [groupID, userID, nickName, ex, faceURL], in: 1 day, more than: 3 }
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ too-large

how often: { same: [groupID, userID, groupID], in: 1 day, more than: 3 }
                                     ^^^^^^^ wrong-value

how often: { same: "groupID, userID", in: 1 day, more than: 3 }
                   ^^^^^^^^^^^^^^^^^ wrong-shape

how often: { same: groupID and userID, in: 1 day, more than: 3 }
                   ^^^^^^^^^^^^^^^^^^ wrong-shape

how often: { same: each userID, in: 1 day, more than: 3 }
                   ^^^^^^^^^^^ wrong-kind

how often: { same: nickName.links, in: 1 day, more than: 3 }
                   ^^^^^^^^^^^^^^ wrong-kind

how often: { same: each nickName.links.port, in: 1 day, more than: 3 }
                   ^^^^^^^^^^^^^^^^^^^^^^^^ unknown-field

how often: { same: every nickName.links, in: 1 day, more than: 3 }
                   ^^^^^^^^^^^^^^^^^^^^ wrong-value
`,
)

test(
  'different values of one field can count',
  eachCondition,
  `
how often: { same: userID, different: groupID, in: 1 day, more than: 3 }

how often: { same: userID, different: userID, in: 1 day, more than: 3 }
                                      ^^^^^^ wrong-value

how often: { same: userID, different: each nickName.links, in: 1 day, more than: 3 }
                                      ^^^^^^^^^^^^^^^^^^^ wrong-value

how often: { same: userID, different: [groupID, nickName], in: 1 day, more than: 3 }
                                      ^^^^^^^^^^^^^^^^^^^ wrong-shape
`,
)

test(
  'a list counts for each of its items, or its different items count',
  messages,
  `
how often: { same: each atUserList, in: 1 minute, more than: 10 }

how often: { same: sendID, different: atUserList, in: 1 minute, more than: 10 }

how often: { same: atUserList, in: 1 minute, more than: 10 }
                   ^^^^^^^^^^ wrong-kind

how often: { same: [each atUserList, each message text.links], in: 1 minute, more than: 10 }
                                     ^^^^^^^^^^^^^^^^^^^^^^^ wrong-value

how often: { same: each atUserList, different: atUserList, in: 1 minute, more than: 10 }
                                               ^^^^^^^^^^ wrong-value

how often: { same: each atUserList.userID, in: 1 minute, more than: 10 }
                   ^^^^^^^^^^^^^^^^^^^^^^ unknown-field
`,
)

test(
  'of a list of objects one field counts',
  eachFile,
  `
callback: beforeMembersJoinGroup
rules:
  - { rule: a, when: { how often: { same: each memberList.userID, in: 1 day, more than: 3 } }, reject: 5001 }
  - { rule: b, when: { how often: { same: groupID, different: memberList.userID, in: 1 day, more than: 3 } }, reject: 5001 }

callback: beforeMembersJoinGroup
rules:
  - { rule: a, when: { how often: { same: each memberList, in: 1 day, more than: 3 } }, reject: 5001 }
                                          ^^^^^^^^^^^^^^^ wrong-kind

callback: beforeMembersJoinGroup
rules:
  - { rule: a, when: { how often: { same: memberList.userID, in: 1 day, more than: 3 } }, reject: 5001 }
                                          ^^^^^^^^^^^^^^^^^ wrong-kind

callback: beforeMembersJoinGroup
rules:
  - { rule: a, when: { how often: { same: groupID, different: memberList, in: 1 day, more than: 3 } }, reject: 5001 }
                                                              ^^^^^^^^^^ wrong-kind

callback: beforeMembersJoinGroup
rules:
  - { rule: a, when: { how often: { same: groupID, different: memberList.id, in: 1 day, more than: 3 } }, reject: 5001 }
                                                              ^^^^^^^^^^^^^ unknown-field
`,
)

test(
  'which calls count is one of three, and open only before something happens',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { how often: { same: userID, in: 1 day, more than: 3, counting: all } }, reject: 5001 }
  - { rule: b, when: { how often: { same: userID, in: 1 day, more than: 3, counting: refused } }, reject: 5001 }
  - { rule: c, when: { how often: { same: userID, in: 1 day, more than: 3, counting: let through } }, reject: 5001 }

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { how often: { same: userID, in: 1 day, more than: 3, counting: rejected } }, reject: 5001 }
                                                                                     ^^^^^^^^ wrong-value

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { how often: { same: userID, in: 1 day, more than: 3, counting: [all] } }, reject: 5001 }
                                                                                     ^^^^^ wrong-value

callback: afterSendGroupMsg
rules:
  - { rule: a, when: { how often: { same: sendID, in: 1 day, more than: 3, counting: all } }, reject: 5001, mode: shadow }
                                                                           ^^^^^^^^ wrong-value
`,
)

test(
  'the calls of a rule count only directly under its when',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
when: { how often: { same: userID, in: 1 day, more than: 3 } }
        ^^^^^^^^^ misplaced-count
rules:
  - { rule: a, when: { nickName: present }, reject: 5001 }

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { any: [{ how often: { same: userID, in: 1 day, more than: 3 } }] }, reject: 5001 }
                               ^^^^^^^^^ misplaced-count

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { all: [{ how often: { same: userID, in: 1 day, more than: 3 } }] }, reject: 5001 }
                               ^^^^^^^^^ misplaced-count

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { none: [{ how often: { same: userID, in: 1 day, more than: 3 } }] }, reject: 5001 }
                                ^^^^^^^^^ misplaced-count

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { not: { how often: { same: userID, in: 1 day, more than: 3 } } }, reject: 5001 }
                              ^^^^^^^^^ misplaced-count

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: present }, unless: { how often: { same: userID, in: 1 day, more than: 3 } }, reject: 5001 }
                                                      ^^^^^^^^^ misplaced-count

callback: beforeSetGroupMemberInfo
conditions: { often: { how often: { same: userID, in: 1 day, more than: 3 } } }
                       ^^^^^^^^^ misplaced-count
rules:
  - { rule: a, when: { use: often }, reject: 5001 }

callback: beforeMembersJoinGroup
rules:
  - rule: a
    when:
      memberList: { any item: { how often: { same: userID, in: 1 day, more than: 3 } } }
                                ^^^^^^^^^ misplaced-count
    reject: 5001

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when:
      nickName: { how often: { same: userID, in: 1 day, more than: 3 } }
                  ^^^^^^^^^ unknown-word
    reject: 5001
`,
)

test(
  'what a counter counts can be asked anywhere',
  eachFile,
  `
callback: beforeSendGroupMsg
when: { how often: { of: sent, same: sendID, in: 1 day, more than: 3 } }
counters: { sent: { callback: [beforeSendGroupMsg, beforeSendSingleMsg], same: sendID } }
conditions: { new: { not: { how often: { of: sent, same: sendID, in: 1 day, more than: 3 } } } }
rules:
  - rule: a
    when:
      any:
        - how often: { of: sent, same: sendID, in: 1 day, more than: 3 }
        - how long since: { of: sent, same: sendID, more than: 1 day }
        - use: new
    unless: { none: [{ how often: { of: sent, same: sendID, in: 1 hour, less than: 2 } }] }
    reject: 5001
  - rule: b
    when:
      how often: { same: sendID, in: 10 seconds, more than: 5 }
      all: [{ how often: { of: sent, same: sendID, in: 1 day, more than: 3 } }]
    reject: 5002

callback: beforeSendGroupMsg
counters: { sent: { callback: beforeSendGroupMsg, same: sendID } }
rules:
  - rule: a
    when: { how often: { of: sent, same: sendID, in: 1 day, more than: 3, then for: 1 minute } }
                                                                          ^^^^^^^^ misplaced-count
    reject: 5001

callback: beforeSendGroupMsg
counters: { sent: { callback: beforeSendGroupMsg, same: sendID } }
rules:
  - rule: a
    when: { how often: { of: sent, same: sendID, different: groupID, in: 1 day, more than: 3 } }
                                                 ^^^^^^^^^ misplaced-count
    reject: 5001

callback: beforeSendGroupMsg
counters: { sent: { callback: beforeSendGroupMsg, same: sendID } }
rules:
  - rule: a
    when: { how often: { of: sent, same: sendID, counting: all, in: 1 day, more than: 3 } }
                                                 ^^^^^^^^ misplaced-count
    reject: 5001

callback: beforeSendGroupMsg
counters: { sent: { callback: beforeSendGroupMsg, same: sendID } }
rules:
  - rule: a
    when: { atUserList: { any item: { is: u }, how many: 1 }, how often: { of: send, same: sendID, in: 1 day, more than: 3 } }
                                                                               ^^^^ unknown-counter
    reject: 5001
`,
)

test(
  'a counter is asked by as many fields as it has, of the same kinds',
  messages,
  `
how often: { of: joins, same: [groupID, sendID], in: 1 day, more than: 3 }

how often: { of: joins, same: [groupID, each atUserList], in: 1 day, more than: 3 }

how often: { of: sent, in: 1 day, more than: 3 }
             ^^ wrong-value

how often: { of: sent, same: [groupID, sendID], in: 1 day, more than: 3 }
                             ^^^^^^^^^^^^^^^^^ wrong-value

how often: { of: joins, same: sendID, in: 1 day, more than: 3 }
                              ^^^^^^ wrong-value

how often: { of: sent, same: message text, in: 1 day, more than: 3 }
                             ^^^^^^^^^^^^ wrong-kind

how long since: { of: joins, same: sendID, less than: 1 day }
                                   ^^^^^^ wrong-value
`,
)

test(
  'how long since has one limit, a length of time',
  messages,
  `
how long since: { of: sent, same: sendID, less than: 10 minutes }

how long since: { of: sent, same: sendID, more than: 30 days }

how long since: { of: sent, same: sendID }
^^^^^^^^^^^^^^ missing-key

how long since: { same: sendID, less than: 10 minutes }
                ^... missing-key

how long since: { of: sent, same: sendID, less than: 10m }
                                                     ^^^ bad-span

how long since: { of: sent, same: sendID, less than: 10 }
                                                     ^^ bad-span

how long since: { of: sent, same: sendID, less than: 10 minutes, more than: 1 minute }
                                                                 ^^^^^^^^^ wrong-shape

how long since: { of: sent, same: sendID, in: 10 minutes }
                                          ^^ unknown-key

how long since: { of: sent, same: sendID, at least: 10 minutes }
                                          ^^^^^^^^ unknown-key

how long since: sent
                ^^^^ wrong-shape
`,
)

test(
  'a counter has callbacks and fields, and a condition without counts',
  eachFile,
  `
callback: beforeSendGroupMsg
counters:
  a: { callback: beforeSendGroupMsg }
     ^... missing-key
  b: { same: sendID }
     ^... missing-key
  m: { callback: [beforeSendGroupMsg, callbackBeforeSendGroupMsgCommand], same: sendID }
  c: { callback: beforeSendGroupMessage, same: sendID }
                 ^^^^^^^^^^^^^^^^^^^^^^ unknown-callback
  d: { callback: beforeSendGroupMsg, same: userID }
                                           ^^^^^^ unknown-field
  e: { callback: afterSendGroupMsg, same: sendID, counting: refused }
                                                  ^^^^^^^^ wrong-value
  f: { callback: beforeSendGroupMsg, same: sendID, in: 1 day }
                                                   ^^ unknown-key
  g: { callback: beforeSendGroupMsg, same: sendID, more than: 3 }
                                                   ^^^^^^^^^ unknown-key
  h: { callback: beforeSendGroupMsg, same: sendID, then for: 1 day }
                                                   ^^^^^^^^ unknown-key
  i: { callback: beforeSendGroupMsg, same: sendID, unless: { msgFrom: user } }
                                                   ^^^^^^ unknown-key
  j: { callback: beforeSendGroupMsg, same: sendID, when: { nobody: user } }
                                                           ^^^^^^ unknown-field
  k: 5
     ^ wrong-shape
  l: { callback: beforeSendGroupMsg, same: sendID, different: sendID }
                                                              ^^^^^^ wrong-value

callback: beforeSendGroupMsg
counters:
  a: { callback: beforeSendGroupMsg, same: sendID }
  b: { callback: beforeSendGroupMsg, same: sendID, when: { how often: { of: a, same: sendID, in: 1 day, more than: 1 } } }
                                                           ^^^^^^^^^ misplaced-count
  c: { callback: beforeSendGroupMsg, same: sendID, when: { not: { how long since: { of: a, same: sendID, less than: 1 day } } } }
                                                                  ^^^^^^^^^^^^^^ misplaced-count
  d: { callback: beforeSendGroupMsg, same: sendID, when: { all: [{ use: busy }] } }
                                                                        ^^^^ misplaced-count
conditions: { busy: { how often: { of: a, same: sendID, in: 1 day, more than: 1 } } }
rules: [{ rule: r, when: { use: busy }, reject: 5001 }]
`,
)

test(
  'counters belong to the folder',
  eachFile,
  `
--- a.yaml
callback: beforeSendGroupMsg
rules:
  - { rule: a, when: { how often: { of: said, same: sendID, in: 1 day, more than: 1 } }, reject: 5001 }
--- b.yaml
counters: { said: { callback: beforeSendGroupMsg, same: sendID, when: { use: human } } }
conditions: { human: { msgFrom: user } }

--- a.yaml
callback: beforeSendGroupMsg
counters: { said: { callback: beforeSendGroupMsg, same: sendID } }
--- b.yaml
counters: { said: { callback: beforeSendGroupMsg, same: sendID } }
            ^^^^ duplicate-name
rules: []

--- a.yaml
callback: beforeSendGroupMsg
rules:
  - { rule: a, when: { how often: { of: said, same: sendID, in: 1 day, more than: 1 } }, reject: 5001 }
--- b.yaml
counters: [{ said: 5 }]
          ^^^^^^^^^^^^^ wrong-shape

callback: beforeSendGroupMsg
counters: { said: { callback: beforeSendGroupMsg, same: nobody } }
                                                        ^^^^^^ unknown-field
rules:
  - { rule: a, when: { how often: { of: said, same: sendID, in: 1 day, more than: 1 } }, reject: 5001 }
`,
)

test(
  'if unsure is skip or fire',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: present }, reject: 5001, if unsure: skip }
  - { rule: b, when: { nickName: present }, reject: 5001, if unsure: fire }

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: present }, reject: 5001, if unsure: allow }
                                                                     ^^^^^ wrong-value

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: present }, reject: 5001, if unsure: [skip] }
                                                                     ^^^^^^ wrong-value

callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: present }, reject: 5001, if_unsure: fire }
                                                          ^^^^^^^^^ unknown-key
`,
)

test(
  '{wait} needs one count of the own calls, which waiting ends',
  eachFile,
  `
callback: beforeSetGroupMemberInfo
codes: { slow: { code: 5002, message: "{wait} s" } }
rules:
  - rule: a
    when: { how often: { same: userID, in: 1 day, more than: 3 } }
    reject: { code: 5001, message: "wait {wait} s", detail: "{wait}" }
  - rule: b
    when: { nickName: present, how often: { same: userID, in: 1 day, between: [1, 3] } }
    reject: slow

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { nickName: present }
    reject: { code: 5001, message: "wait {wait} s" }
                                         ^^^^^^ bad-template

callback: beforeSetGroupMemberInfo
codes: { slow: { code: 5002, message: "{wait} s" } }
rules:
  - rule: a
    when: { nickName: present }
    reject: slow
            ^^^^ bad-template

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { how often: { same: userID, in: 1 day, at most: 3 } }
    reject: { code: 5001, detail: "{wait}" }
                                   ^^^^^^ bad-template

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { how often: { same: userID, in: 1 day, less than: 3 } }
    event: { type: reject, params: { code: 5001, message: "{wait}" } }
                                                           ^^^^^^ bad-template

callback: beforeSetGroupMemberInfo
counters: { names: { callback: beforeSetGroupMemberInfo, same: userID } }
rules:
  - rule: a
    when: { how often: { of: names, same: userID, in: 1 day, more than: 3 } }
    reject: { code: 5001, message: "{wait}" }
                                    ^^^^^^ bad-template

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { how often: { same: userID, in: 1 day, more than: 3 } }
    reject: { code: 5001, message: "{seconds}" }
                                    ^^^^^^^^^ unknown-field

callback: beforeSetGroupMemberInfo
rules:
  - rule: a
    when: { how often: { same: userID, in: 1 day, more than: 3 } }
    rewrite: { nickName: { set: "{wait}" } }
                                 ^^^^^^ unknown-field
`,
)
