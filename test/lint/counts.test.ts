import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { fixed } from '../language/_fixed.ts'
import { warns } from './_warns.ts'

const top = `
--- a.yaml
callback: beforeSendGroupMsg
counters:
  sent: { callback: beforeSendGroupMsg, same: sendID }
  pairs: { callback: beforeSendGroupMsg, same: [groupID, sendID] }
  users: { callback: beforeSendGroupMsg, when: { msgFrom: user }, same: sendID }
rules:
  - { rule: u1, when: { how often: { of: sent, same: sendID, in: 7 days, is: 9 } }, reject: 5091 }
  - { rule: u2, when: { how often: { of: pairs, same: [groupID, sendID], in: 7 days, is: 9 } }, reject: 5092 }
  - { rule: u3, when: { how often: { of: users, same: sendID, in: 7 days, is: 9 } }, reject: 5093 }
`

/** Rules on messages to groups, marked with the warnings that belong there. */
const counts = (title: string, marked: string) => test(title, warns, `${top}${marked.replace(/^\n/, '')}`)

/** After a fix of the only warning in some rules nothing is left to say but that tests are missing. */
const obeyed = test.macro({
  title: (_, rules: string, written: string) => `${rules.trim().replaceAll(/\s+/g, ' ')} becomes ${written}`,
  exec(t, rules: string, written: string) {
    const head = rules.startsWith('callback') ? '' : top.slice(top.indexOf('callback'))
    const content = `${head}${rules.replace(/^\n/, '')}`
    const heeded = (text: string) =>
      check([{ file: 'a.yaml', content: text }]).diagnostics.filter(({ code }) => code !== 'no-test')
    const [warning, ...others] = heeded(content)
    t.deepEqual(others, [])
    const [fix, ...more] = warning?.fixes ?? []
    t.deepEqual(more, [])
    t.true(fix && warning?.hint?.includes(fix.label), warning?.hint)
    const [after] = fixed([{ file: 'a.yaml', content }], fix ?? { edits: [] })
    t.true(after?.content.includes(written), after?.content)
    t.deepEqual(heeded(after?.content ?? ''), [])
  },
})

const rule = (when: string, rest = 'reject: 5001') => `  - { rule: r, when: { ${when} }, ${rest} }\n`

counts(
  'a count of everybody together is pointed at',
  `
  - { rule: r, when: { how often: { in: 10 seconds, more than: 5 } }, reject: 5001 }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning counts-everybody
  - { rule: s, when: { how often: { same: groupID, in: 20 seconds, more than: 5 } }, reject: 5002 }
`,
)
test(obeyed, rule('how often: { in: 10 seconds, more than: 5 }'), 'how often: { same: sendID, in: 10 seconds')
test(
  obeyed,
  `
  - rule: r
    when:
      msgFrom: user
      how often:
        in: 10 seconds
        more than: 5
    reject: 5001
`,
  'how often:\n        same: sendID\n        in: 10 seconds\n',
)

test('for callbacks without a shared id, a rule for each is recommended', t => {
  const { diagnostics } = check([
    {
      file: 'a.yaml',
      content: `callback: [beforeSetFriendRemark, beforeSetGroupMemberInfo]
rules:
  - { rule: r, when: { how often: { in: 10 seconds, more than: 5 } }, reject: 5001 }
`,
    },
  ])
  const [warning] = diagnostics.filter(({ code }) => code === 'counts-everybody')
  t.regex(warning?.hint ?? JSON.stringify(diagnostics), /one rule for each/)
})

counts(
  'limits that hold for every call, or for none, are pointed at',
  `
  - { rule: b, when: { message text: x, how often: { same: sendID, in: 1 day, more than: 0 } }, reject: 5002 }
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: c, when: { how often: { same: sendID, in: 1 day, at most: 0 } }, reject: 5003 }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: d, when: { how often: { same: sendID, in: 1 day, less than: 1, counting: all } }, reject: 5004 }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: e, when: { how often: { same: sendID, in: 1 day, is: 0, counting: refused } }, reject: 5005 }
  - { rule: f, when: { how often: { same: sendID, in: 1 day, at most: 1 } }, reject: 5006 }
  - { rule: g, when: { how often: { of: sent, same: sendID, in: 1 day, is: 0 } }, reject: 5007 }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: h, when: { how often: { of: users, same: sendID, in: 1 day, is: 0 } }, reject: 5008 }
  - { rule: i, when: { any: [{ msgFrom: user }, { how often: { of: users, same: sendID, in: 1 day, at least: 0 } }] }, reject: 5009 }
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: j, when: { not: { how often: { of: users, same: sendID, in: 1 day, at least: 0 } } }, reject: 5010 }
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: k, when: { how often: { same: sendID, different: msgFrom, in: 1 day, more than: 9 } }, reject: 5011 }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: l, when: { how often: { same: sendID, different: msgFrom, in: 1 day, at most: 9 } }, reject: 5012 }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: a, when: { how often: { same: sendID, in: 1 day, at least: 1 } }, reject: 5001 }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
`,
)
test(obeyed, rule('how often: { same: sendID, in: 1 day, at least: 1 }'), 'in: 1 day, at least: 2 }')
test(obeyed, rule('how often: { same: sendID, in: 1 day, more than: 0 }'), 'in: 1 day, at least: 2 }')
test(obeyed, rule('how often: { same: sendID, in: 1 day, less than: 1 }'), 'in: 1 day, at most: 1 }')
test(obeyed, rule('how often: { same: sendID, in: 1 day, between: [0, 0] }'), 'in: 1 day, at most: 1 }')
test(
  obeyed,
  rule('any: [{ message text: x }, { how often: { of: users, same: sendID, in: 1 day, at least: 0 } }]'),
  'at least: 1 }',
)
test(obeyed, rule('how often: { of: users, same: sendID, in: 1 day, less than: 0 }'), 'in: 1 day, at most: 0 }')

counts(
  'a time that is never remembered is pointed at',
  `
  - { rule: a, when: { how long since: { of: sent, same: sendID, more than: 30 days } }, reject: 5001 }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: b, when: { how long since: { of: sent, same: sendID, less than: 30 days } }, reject: 5002 }
  - { rule: c, when: { how long since: { of: sent, same: sendID, more than: 29 days } }, reject: 5003 }
`,
)

counts(
  'fields of a counter in another order are pointed at',
  `
  - { rule: a, when: { how often: { of: pairs, same: [sendID, groupID], in: 1 day, is: 3 } }, reject: 5001 }
                                                      ^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: b, when: { how often: { of: pairs, same: [groupID, sendID], in: 1 day, is: 3 } }, reject: 5002 }
`,
)
test(
  obeyed,
  rule('how often: { of: pairs, same: [sendID, groupID], in: 1 day, is: 3 }'),
  'same: [groupID, sendID], in: 1 day',
)

test(
  'refused calls counted where nothing else refuses are pointed at',
  warns,
  `
--- a.yaml
callback: beforeSendGroupMsg
rules:
  - { rule: r, when: { how often: { same: sendID, in: 1 hour, counting: refused, more than: 3 } }, reject: 5001 }
                                                              ^^^^^^^^^^^^^^^^^ warning meant-otherwise
--- b.yaml
callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { how often: { same: userID, in: 1 hour, counting: refused, more than: 3 } }, reject: 5001 }
  - { rule: b, when: { nickName: admin }, reject: 5002 }
`,
)

counts(
  'a rule with a higher limit than an earlier one is hidden',
  `
  - { rule: a, when: { how often: { same: sendID, in: 1 minute, more than: 5 } }, reject: 5001 }
  - { rule: b, when: { how often: { same: sendID, in: 1 minute, more than: 9 } }, reject: 5002 }
            ^ warning hidden-rule
  - { rule: c, when: { msgFrom: user, how often: { same: [groupID, sendID], in: 30 seconds, at least: 6 } }, reject: 5003 }
            ^ warning hidden-rule
  - { rule: d, when: { how often: { same: sendID, in: 1 hour, more than: 9 } }, reject: 5004 }
  - { rule: e, when: { how often: { same: groupID, in: 1 minute, more than: 9 } }, reject: 5005 }
  - { rule: g, when: { how often: { same: sendID, in: 1 minute, more than: 9, counting: all } }, reject: 5007 }
  - { rule: h, when: { how often: { same: sendID, different: groupID, in: 1 minute, more than: 9 } }, reject: 5008 }
  - { rule: i, when: { how often: { same: sendID, in: 1 minute, more than: 9, then for: 1 hour } }, reject: 5009 }
  - { rule: j, when: { how often: { same: sendID, in: 1 minute, at most: 9 } }, reject: 5010 }
`,
)
counts(
  'a rule with a higher limit than a later one never gets to it',
  `
  - { rule: a, when: { how often: { same: sendID, in: 1 minute, more than: 9 } }, reject: 5001 }
            ^ warning hidden-rule
  - { rule: b, when: { how often: { same: sendID, in: 1 minute, more than: 5 } }, reject: 5002 }
  - { rule: c, when: { how often: { same: groupID, in: 1 minute, more than: 9, counting: all } }, reject: 5003 }
  - { rule: d, when: { how often: { same: groupID, in: 1 minute, more than: 5, counting: all } }, reject: 5004 }
  - { rule: e, when: { msgFrom: user, how often: { same: senderNickname, in: 1 minute, more than: 9 } }, reject: 5005 }
  - { rule: f, when: { message text: x, how often: { same: senderNickname, in: 1 minute, more than: 5 } }, reject: 5006 }
`,
)
counts(
  'limits of one counter hide each other by their numbers and times',
  `
  - { rule: a, when: { how often: { of: sent, same: sendID, in: 1 minute, more than: 5 } }, reject: 5001 }
  - { rule: b, when: { msgFrom: user, how often: { of: sent, same: sendID, in: 1 minute, more than: 9 } }, reject: 5002 }
            ^ warning hidden-rule
  - { rule: c, when: { how often: { of: sent, same: sendID, in: 1 hour, more than: 9 } }, reject: 5003 }
  - { rule: d, when: { how long since: { of: sent, same: sendID, less than: 1 hour } }, reject: 5004 }
  - { rule: e, when: { msgFrom: user, how long since: { of: sent, same: sendID, less than: 1 minute } }, reject: 5005 }
            ^ warning hidden-rule
  - { rule: f, when: { how long since: { of: sent, same: sendID, less than: 2 hours } }, reject: 5006 }
`,
)
counts(
  'limits of one counter that exclude each other are pointed at',
  `
  - rule: a
    when:
      how often: { of: users, same: sendID, in: 1 day, more than: 5 }
      not: { how often: { of: users, same: sendID, in: 2 days, more than: 4 } }
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
    reject: 5001
  - rule: b
    when:
      all: [{ how often: { of: users, same: sendID, in: 1 day, more than: 5 } }, { how often: { of: users, same: sendID, in: 1 hour, at most: 3 } }]
    reject: 5002
  - rule: c
    when: { how often: { of: users, same: sendID, in: 1 day, more than: 5 } }
    unless: { how often: { of: users, same: sendID, in: 2 days, more than: 4 } }
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
    reject: 5003
  - rule: d
    when: { how often: { of: users, same: sendID, in: 1 day, more than: 5 } }
    unless: { how often: { of: users, same: sendID, in: 1 day, more than: 6 } }
    reject: 5004
  - rule: e
    when: { none: [{ how often: { of: users, same: sendID, in: 1 day, more than: 5 } }, { msgFrom: system }], message text: e }
    reject: 5005
`,
)

const names = (title: string, rules: string) =>
  test(title, warns, `--- a.yaml\ncallback: beforeSetGroupMemberInfo\nrules:\n${rules.replace(/^\n/, '')}`)
names(
  'a value that an earlier rewrite changes is pointed at',
  `
  - { rule: mask, when: { nickName: present }, rewrite: { nickName: mask links } }
  - { rule: a, when: { how often: { same: [userID, nickName], in: 1 day, more than: 3 } }, reject: 5001 }
                                                   ^^^^^^^^ warning meant-otherwise
  - { rule: b, when: { how often: { same: userID, different: nickName, in: 1 day, more than: 3 } }, reject: 5002 }
                                                             ^^^^^^^^ warning meant-otherwise
  - { rule: c, when: { faceURL: present, how often: { same: [userID, original.nickName], in: 1 day, more than: 3 } }, reject: 5003 }
  - { rule: d, when: { how often: { same: [groupID, userID], in: 1 day, more than: 3 } }, reject: 5004 }
`,
)
names(
  'what a later, a shadow or a harmless rewrite changes counts as it is',
  `
  - { rule: tidy, when: { nickName: present }, rewrite: { nickName: [trim, collapse spaces, lower case] } }
  - { rule: tried, when: { nickName: present }, rewrite: { nickName: mask links }, mode: shadow }
  - { rule: own, when: { how often: { same: [userID, nickName], in: 1 day, more than: 3 } }, rewrite: { nickName: { set: x } } }
`,
)
names(
  'a rewrite of other calls than those that are counted changes nothing',
  `
  - { rule: mask, when: { groupID: g-1, nickName: present }, rewrite: { nickName: mask links } }
  - { rule: a, when: { groupID: g-2, how often: { same: nickName, in: 1 day, more than: 3 } }, reject: 5001 }
`,
)
test(
  obeyed,
  `callback: beforeSetGroupMemberInfo
rules:
  - { rule: mask, when: { nickName: present }, rewrite: { nickName: mask links } }
  - { rule: r, when: { how often: { same: [userID, nickName], in: 1 day, more than: 3 } }, reject: 5001 }
`,
  'same: [userID, original.nickName]',
)
test(
  obeyed,
  `callback: beforeMembersJoinGroup
rules:
  - { rule: mask, when: { memberList: present }, rewrite: { memberList: { each item: { nickname: { set: x } } } } }
  - { rule: r, when: { how often: { same: groupID, different: memberList.nickname, in: 1 day, more than: 3 } }, reject: 5001 }
`,
  'different: original.memberList.nickname',
)
test(
  obeyed,
  `${rule('how often: { same: sendID, in: 1 minute, more than: 9 }')}  - { rule: s, when: { how often: { same: sendID, in: 1 minute, more than: 5 } }, reject: 5002 }\n`,
  '{ counting: all, same: sendID, in: 1 minute, more than: 9 }',
)

test(
  'a counter that nobody asks is pointed at',
  warns,
  `
--- a.yaml
callback: beforeSendGroupMsg
counters:
  idle: { callback: beforeSendGroupMsg, same: sendID }
  ^^^^ warning unused-counter
rules:
  - { rule: r, when: { sendID: u-1 }, reject: 5001 }
`,
)

test(
  'a rule that only fires after earlier calls is shown by a test that has some',
  warns,
  `
--- a.yaml
callback: beforeSendGroupMsg
counters:
  sent: { callback: beforeSendGroupMsg, same: sendID }
rules:
  - rule: a
          ^ warning no-test
    when: { how often: { same: sendID, in: 1 minute, more than: 5 } }
    reject: 5001
    tests: [{ given: { sendID: u-1 }, expect: allow }]
  - rule: b
    when: { how often: { same: sendID, in: 1 hour, more than: 5 } }
    reject: 5002
    tests: [{ after: [{ times: 5, ago: 59 minutes }], given: { sendID: u-1 }, expect: { reject: 5002 } }]
  - rule: c
          ^ warning no-test
    when: { not: { how often: { of: sent, same: sendID, in: 1 hour, at most: 1 } }, message text: x }
    reject: 5003
    tests: [{ given: { sendID: u-1 }, expect: allow }]
  - rule: d
    when: { how often: { same: sendID, in: 1 day, at most: 1 } }
    reject: 5004
    tests: [{ given: { sendID: u-1 }, expect: { reject: 5004 } }]
  - rule: e
    when: { how often: { same: sendID, in: 1 second, more than: 1 } }
    reject: 5005
    tests: [{ given: { sendID: u-1 }, expect: allow }]
`,
)

counts(
  'a field that tells every call from every other is pointed at',
  `
  - { rule: a, when: { how often: { same: clientMsgID, in: 1 day, more than: 3 } }, reject: 5001 }
                                          ^^^^^^^^^^^ warning meant-otherwise
  - { rule: b, when: { how often: { same: [sendID, serverMsgID], in: 1 day, more than: 3 } }, reject: 5002 }
                                           ^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: c, when: { how often: { same: sendID, different: clientMsgID, in: 1 day, more than: 3 } }, reject: 5003 }
`,
)
test(obeyed, rule('how often: { same: clientMsgID, in: 1 day, more than: 3 }'), 'same: sendID, in: 1 day')
test(obeyed, rule('how often: { same: [sendID, operationID], in: 1 day, more than: 3 }'), 'same: [sendID], in: 1 day')
test(
  'fields that are often empty do not tell users apart',
  warns,
  `
--- a.yaml
callback: beforeCreateGroup
rules:
  - { rule: a, when: { how often: { same: ownerUserID, in: 1 day, more than: 9 } }, reject: 5001 }
                                          ^^^^^^^^^^^ warning counts-everybody
  - rule: b
    when: { ownerUserID: { is not: "" }, how often: { same: ownerUserID, in: 1 day, more than: 8 } }
    reject: 5002
  - { rule: c, when: { how often: { same: [ownerUserID, groupName], in: 1 day, more than: 5 } }, reject: 5003 }
  - { rule: d, when: { how often: { same: [creatorUserID, ownerUserID], in: 1 day, more than: 6 } }, reject: 5004 }
                                           ^^^^^^^^^^^^^ warning counts-everybody
`,
)
test(
  'a field that is never sent counts nothing',
  warns,
  `
--- a.yaml
callback: beforeUpdateUserInfoEx
rules:
  - { rule: a, when: { how often: { same: [userID, ex], in: 1 day, more than: 3 } }, reject: 5001 }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
`,
)
