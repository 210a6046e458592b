import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { top, warns } from './_warns.ts'

test(
  'two values of one field never hold together',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: admin, all: [{ nickName: root }] } }
                                                              ^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'a value that other tests refuse never holds',
  warns,
  `
  - { rule: r, reject: 5001, when: { userID: { one of: [u-1, u-2], starts with: staff- } } }
                                                                   ^^^^^^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'values that are compared folded contradict as they are compared',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: { is: Admin, is not: ADMIN } } }
                                                            ^^^^^^^^^^^^^ warning never-fires
  - { rule: s, reject: 5001, when: { ex.a: { is: Casino, not: { contains: CASINO } } } }
                                                                ^^^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'a number cannot be on both sides',
  warns,
  `
  - { rule: r, reject: 5001, when: { roleLevel: { at least: admin, less than: admin } } }
                                                                   ^^^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'a length may be tested in two ways',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: { longer than: 24 }, nickName.length: { at most: 24 } } }
                                                                                       ^^^^^^^^^^^ warning never-fires
`,
)
test(
  'what is absent passes no test',
  warns,
  `
  - { rule: r, reject: 5001, when: { faceURL: absent, faceURL.host: example.com } }
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'a test turned round never holds beside itself',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: { matches: a+, not: { matches: a+ } } } }
                                                                     ^^^^^^^^^^^ warning never-fires
`,
)
test(
  'what contains a text contains what is in the text',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: { starts with: administrator, not: { contains: ADMIN } } } }
                                                                                    ^^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'nothing begins in two ways',
  warns,
  `
  - { rule: r, reject: 5001, when: { groupID: { starts with: a- }, all: [{ groupID: { starts with: b- } }] } }
                                                                                      ^^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'a group none of whose parts can hold never holds',
  warns,
  `
  - { rule: r, reject: 5001, when: { roleLevel: admin, any: [{ roleLevel: owner }, { roleLevel: { less than: admin } }] } }
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'a condition by name counts where it is used',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
conditions: { guests: { userID: { starts with: guest- } } }
rules:
  - { rule: r, when: { userID: boss, use: guests }, reject: 5001 }
                                     ^^^^^^^^^^^ warning never-fires
`,
)
test(
  'the condition of the file counts, too',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
when: { groupID: { starts with: school- } }
rules:
  - { rule: r, when: { groupID: office }, reject: 5001 }
                       ^^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'an exception that takes all leaves nothing',
  warns,
  `
  - rule: r
    when: { nickName: { contains: a }, userID: u-1 }
    unless: { userID: u-1 }
              ^^^^^^^^^^^ warning never-fires
    reject: 5001
`,
)
test(
  'an exception that is wider than the rule leaves nothing',
  warns,
  `
  - { rule: a, when: { userID: u-1 }, unless: { userID: [u-1, u-2] }, reject: 5001 }
                                                ^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: b, when: { nickName: { longer than: 20 } }, unless: { nickName: { longer than: 10 } }, reject: 5002 }
                                                                              ^^^^^^^^^^^^^^^ warning never-fires
  - { rule: c, when: { ex.level: 3 }, unless: { ex: present }, reject: 5003 }
                                                ^^^^^^^^^^^ warning never-fires
  - { rule: d, when: { groupID: [g-1, g-2] }, unless: { groupID: g-1 }, reject: 5004 }
  - { rule: e, when: { groupID: g-3 }, unless: { nickName: present }, reject: 5005 }
`,
)
test(
  'no address has a part in this spelling',
  warns,
  `
  - { rule: r, reject: 5001, when: { faceURL.extension: { one of: [.png, JPG] } } }
                                                          ^^^^^^^^^^^^^^^^^^^ warning never-fires
`,
)

test(
  'what can hold together is not set',
  warns,
  `
  - { rule: a, when: { nickName: { is: admin, matches: ADMIN, longer than: 7 } }, reject: 5001 }
  - { rule: b, when: { nickName: { is: a, contains: " " } }, reject: 5001 }
  - { rule: c, when: { roleLevel: { more than: member, less than: owner } }, reject: 5001 }
  - { rule: d, when: { ex.level: { not: { at least: 3 } }, ex.level.a: 1, ex: { starts with: a } }, reject: 5001 }
  - { rule: e, when: { ex.n: { more than: 1, less than: 2 } }, reject: 5001 }
  - { rule: f, when: { ex.n: { is not: "" }, not: { ex.n: { at least: 3 } }, none: [{ ex.n: { at most: 5 } }] }, reject: 5001 }
  - { rule: g, when: { original.nickName: a, nickName: b }, reject: 5001 }
  - { rule: h, when: { faceURL.host: absent, faceURL: present }, reject: 5001 }
  - { rule: i, when: { nickName: { contains: ab, not: { contains: abc }, is not: "" } }, reject: 5001 }
  - { rule: j, when: { userID: u-1, any: [{ userID: u-2 }, { groupID: g-1 }] }, reject: 5001 }
`,
)

test(
  'a rule that tests nothing about the call always fires',
  warns,
  `
  - { rule: r, reject: 5001, when: { groupID: present } }
                                     ^^^^^^^^^^^^^^^^ warning always-fires
`,
)
test(
  'an exemption of every call always fires',
  warns,
  `
  - { rule: a, when: { any: [{ userID: present }, { nickName: x }] }, allow: everything }
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning always-fires
`,
)
test(
  'a rule that takes every time, or a field there and not there, always fires',
  warns,
  `
  - { rule: a, reject: 5001, when: { time: { within: "00:00-24:00" } } }
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning always-fires
  - { rule: b, reject: 5002, when: { time: { days: [weekdays, sat, sun] } }, mode: enforce }
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning always-fires
  - { rule: c, allow: everything, when: { any: [{ nickName: present }, { ex: x }, { nickName: absent }] } }
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning always-fires
`,
)
test(
  'what always fires on purpose is not set',
  warns,
  `
  - { rule: a, when: { userID: present }, rewrite: { ex: "{userID}" } }
  - { rule: b, when: { userID: present }, unless: { userID: boss }, reject: 5001 }
  - { rule: c, when: { userID: present }, reject: 5002, until: 2026-12-31 }
  - { rule: d, when: { userID: present }, reject: 5003, mode: shadow }
  - { rule: e, when: { time: { days: weekends } }, reject: 5004 }
`,
)

test(
  'a rule that an earlier one leaves nothing never answers',
  warns,
  `
  - { rule: no-links, when: { nickName: { contains: "://" } }, reject: 5001 }
  - { rule: no-guest-links, when: { userID: { starts with: guest- }, nickName: { contains: "://" } }, reject: 5002 }
            ^^^^^^^^^^^^^^ warning hidden-rule
`,
)
test(
  'a wider test hides a narrower one',
  warns,
  `
  - { rule: a, when: { faceURL: { contains: porn } }, reject: 5001 }
  - { rule: a2, when: { faceURL: { starts with: "https://porn" }, groupID: g }, reject: 5002 }
            ^^ warning hidden-rule
  - { rule: b, when: { nickName: { longer than: 20 } }, reject: 5001 }
  - { rule: b2, when: { nickName.length: { at least: 30 } }, reject: 5002 }
            ^^ warning hidden-rule
  - { rule: c, when: { userID: { one of: [u, v, w] } }, reject: 5001 }
  - { rule: c2, when: { userID: { one of: [u, w] } }, reject: 5002 }
            ^^ warning hidden-rule
  - { rule: d, when: { groupID: g, nickName: { contains: admin } }, reject: 5001 }
  - { rule: d2, when: { nickName: Admin, groupID: g }, reject: 5002 }
            ^^ warning hidden-rule
  - { rule: f, when: { nickName: { starts with: Dr } }, reject: 5001 }
  - { rule: f2, when: { nickName: { starts with: "Dr " } }, reject: 5002 }
            ^^ warning hidden-rule
  - { rule: g, when: { nickName: { contains: guest } }, reject: 5001 }
  - { rule: g2, when: { nickName: { ends with: "guest " } }, reject: 5002 }
            ^^ warning hidden-rule
  - { rule: e, when: { ex: present, roleLevel: { at least: admin } }, reject: 5001 }
  - { rule: e2, when: { ex.level: 3, roleLevel: owner }, reject: 5002 }
            ^^ warning hidden-rule
`,
)
test(
  'a narrower test hides no wider one, and what looks at something else hides nothing',
  warns,
  `
  - { rule: a, when: { faceURL: { contains: porn-site } }, reject: 5001 }
  - { rule: a2, when: { faceURL: { contains: porn } }, reject: 5002 }
  - { rule: b, when: { nickName: { starts with: b } }, reject: 5001 }
  - { rule: b2, when: { nickName: { contains: b } }, reject: 5002 }
  - { rule: c, when: { nickName: { exactly: { contains: VIP } } }, reject: 5001 }
  - { rule: c2, when: { nickName: { contains: VIP } }, reject: 5002 }
  - { rule: d, when: { nickName.length: { between: [5, 9] } }, reject: 5001 }
  - { rule: d2, when: { nickName.length: { more than: 4 } }, reject: 5002 }
  - { rule: e, when: { ex.level: { less than: 9 } }, reject: 5001 }
  - { rule: e2, when: { ex.level: { not: { more than: 8 } } }, reject: 5002 }
  - { rule: f, when: { original.nickName: present, userID: { starts with: f } }, reject: 5001 }
  - { rule: f2, when: { nickName: { is: q }, userID: f-1 }, reject: 5002 }
  - { rule: g, when: { nickName: { starts with: "Dr " } }, reject: 5001 }
  - { rule: g2, when: { nickName: { starts with: Dr } }, reject: 5002 }
`,
)
test(
  'a role beyond the highest is never there',
  warns,
  `
  - { rule: a, when: { roleLevel: { more than: owner } }, reject: 5001 }
                                    ^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: b, when: { roleLevel: { not: { at least: member } } }, reject: 5001 }
                                           ^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: c, when: { roleLevel: { not one of: [member, admin, owner] } }, reject: 5001 }
`,
)
test('the one that goes before is named with its place', t => {
  const content = `${top}rules:
  - { rule: b, when: { userID: { in list: [v, u] }, nickName: x }, reject: 5002 }
  - { rule: a, order: 1, when: { userID: { one of: [u, v] } }, reject: 5001 }
`
  const { diagnostics } = check([{ file: 'a.yaml', content }])
  const hidden = diagnostics.find(({ code }) => code === 'hidden-rule')
  t.like(hidden, {
    message: '"b" can never decide: "a" runs first and already rejects every call "b" would reject',
    hint: '"a" is at a.yaml:5:13: remove one of them, or give this one a lower order',
  })
})
test(
  'what may answer in its turn is not set',
  warns,
  `
  - { rule: a, when: { nickName: x }, unless: { groupID: g-9 }, reject: 5001 }
  - { rule: b, when: { nickName: y }, reject: 5001, mode: shadow }
  - { rule: c, when: { nickName: z }, reject: 5001, from: 2026-01-01 }
  - { rule: d, when: { nickName: w }, reject: 5001 }
  - { rule: may, when: { userID: boss }, allow: d }
  - { rule: a2, when: { nickName: x, userID: u }, reject: 5002 }
  - { rule: b2, when: { nickName: y, userID: u }, reject: 5002 }
  - { rule: c2, when: { nickName: z, userID: u }, reject: 5002 }
  - { rule: d2, when: { nickName: w, userID: u }, reject: 5002 }
  - { rule: e, when: { nickName: v, groupID: g }, reject: 5001 }
  - { rule: e2, when: { nickName: v, userID: u }, reject: 5002 }
`,
)
test(
  'groups hide as tests do',
  warns,
  `
  - { rule: a, when: { any: [{ userID: u }, { groupID: g }] }, reject: 5001 }
  - { rule: b, when: { nickName: x, any: [{ groupID: g }, { userID: u }] }, reject: 5002 }
            ^ warning hidden-rule
  - { rule: c, when: { nickName: x, any: [{ groupID: g }, { userID: v }] }, reject: 5003 }
`,
)

test(
  'two rules that set one field to different values are told',
  warns,
  `
  - { rule: a, when: { groupID: g }, rewrite: { nickName: { set: A } } }
  - { rule: b, when: { userID: u }, rewrite: { nickName: { set: B } } }
                                               ^^^^^^^^^^^^^^^^^^^^ warning same-field
`,
)
test(
  'one for all and one for some are told in either order',
  warns,
  `
  - { rule: a, when: { groupID: g }, rewrite: { nickName: { set: A } } }
  - { rule: b, when: { nickName: present }, rewrite: { nickName: { set: B } } }
                                                       ^^^^^^^^^^^^^^^^^^^^ warning same-field
  - { rule: c, when: { groupID: h }, rewrite: { nickName: { set: C } } }
                                                ^^^^^^^^^^^^^^^^^^^^ warning same-field
`,
)
test(
  'rules that exclude each other, or say which goes last, are left alone',
  warns,
  `
  - { rule: a, when: { groupID: g }, rewrite: { nickName: { set: A } } }
  - { rule: b, when: { groupID: h }, rewrite: { nickName: { set: B } } }
  - { rule: c, when: { groupID: g }, rewrite: { nickName: { set: A } } }
  - { rule: d, when: { groupID: g, nickName: { is blank: true } }, rewrite: { nickName: { set: D } } }
  - { rule: e, when: { userID: u }, rewrite: { nickName: { set: E } }, order: 200 }
  - { rule: f, when: { userID: u }, rewrite: { nickName: { set: F } }, order: 300, mode: shadow }
  - { rule: g, when: { userID: v, groupID: x }, rewrite: { nickName: trim } }
`,
)

test(
  'a rule without a test is told',
  warns,
  `
  - rule: a
          ^ warning no-test
    when: { nickName: x }
    reject: 5001
  - { rule: b, when: { nickName: y }, reject: 5001, mode: disabled }
  - { rule: c, when: { nickName: z }, reject: 5001, tests: [{ given: { nickName: z }, expect: { reject: 5001 } }] }
  - { rule: d, when: { nickName: w }, reject: 5002 }
  - { rule: e, when: { nickName: v }, reject: 5003 }
  - { rule: f, when: { nickName: " " }, rewrite: { nickName: trim } }
  - { rule: g, when: { userID: boss }, allow: [a] }
            ^ warning no-test
tests:
  - { given: { nickName: w }, expect: { reject: 5002, by: d } }
  - { given: { nickName: v }, expect: { reject: 5003 } }
  - { given: { nickName: " " }, expect: { rewrite: { nickName: "" } } }
`,
)

test(
  'a refusal by what a text is not hits who clears it',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: { not: { matches: '^[a-z]+$' } } } }
                                                        ^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
`,
)
test(
  'so does one of a group',
  warns,
  `
  - { rule: r, reject: 5001, when: { groupID: g, any: [{ nickName: { not one of: [a, b] } }, { faceURL.scheme: { is not: https } }] } }
                                                                     ^^^^^^^^^^^^^^^^^^ warning meant-otherwise
`,
)
test(
  'a refusal that speaks of the empty text is not set',
  warns,
  `
  - { rule: a, when: { nickName: { not: { contains: x }, is not: "" } }, reject: 5001 }
  - { rule: b, when: { nickName: { not: { contains: y } } }, unless: { nickName: { is blank: true } }, reject: 5001 }
  - { rule: c, when: { nickName: { not: { contains: z }, longer than: 3 } }, reject: 5001 }
  - { rule: d, when: { faceURL: { not: { hosted on: example.com } } }, reject: 5001 }
  - { rule: e, when: { faceURL.scheme: { is not: https } }, reject: 5001 }
  - { rule: f, when: { userID: { is not: boss } , roleLevel: admin }, reject: 5001 }
  - { rule: g, when: { nickName: { shorter than: 2 } }, reject: 5001 }
  - { rule: h, when: { nickName: { is not: x } }, rewrite: { nickName: { set: x } } }
  - rule: i
    when: { nickName: { not: { contains: w } } }
    reject: 5001
    tests: [{ given: { nickName: "" }, expect: { reject: 5001 } }]
  - { rule: j, when: { nickName: { not: { contains: v } }, any: [{ nickName: { starts with: a } }, { nickName: { longer than: 3 } }] }, reject: 5001 }
`,
)
test(
  'not this or not that holds whatever it is',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: x, any: [{ userID: { is not: u-1 } }, { userID: { is not: u-2 } }] } }
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
`,
)
test(
  'not both of what are never both holds whatever it is',
  warns,
  `
  - { rule: a, when: { nickName: x, not: { all: [{ userID: u-1 }, { userID: u-2 }] } }, reject: 5001 }
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: b, when: { nickName: y }, unless: { not: { roleLevel: { less than: admin }, all: [{ roleLevel: owner }] } }, reject: 5001 }
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
`,
)
test(
  'a value that is never there is told where others are',
  warns,
  `
  - { rule: r, reject: 5001, when: { faceURL.extension: { not one of: [png, .jpg] } } }
                                                          ^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
`,
)

test('rules with mistakes get no warnings beside them', t => {
  const { diagnostics } = check([
    { file: 'a.yaml', content: `${top}rules:\n  - { rule: a, when: { nick: x }, reject: 5001 }\n` },
  ])
  t.deepEqual(
    diagnostics.map(({ code }) => code),
    ['unknown-field'],
  )
})

test('of many warnings of a kind the first hundred are told', t => {
  const rules = Array.from(
    { length: 120 },
    (_, at) => `  - { rule: r-${at}, when: { userID: u-${at} }, reject: 5001 }\n`,
  )
  const { diagnostics } = check([{ file: 'a.yaml', content: `${top}rules:\n${rules.join('')}` }])
  t.is(diagnostics.length, 100)
  t.regex(diagnostics.at(-1)?.hint ?? '', /There are 20 more like this$/)
})

test(
  'names that nothing uses are left over',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
codes: { taken: 5001, spare: 5002 }
                      ^^^^^ warning unused-code
lists:
  staff: [u-1]
  guests: [u-2]
  ^^^^^^ warning unused-list
conditions:
  is staff: { userID: { in list: staff } }
  is guest: { userID: u-2 }
  ^^^^^^^^ warning unused-condition
rules:
  - { rule: r, when: { use: is staff }, reject: taken }
--- lists/old.txt
u-3
^^^ warning unused-list
`,
)
test(
  'what rules use in every way is no name left over',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
codes: { taken: 5001, native: 5002 }
lists: { staff: [u-1], hosts: [cdn.example.com], words: [bad] }
conditions: { outer: { use: inner }, inner: { userID: { in list: staff } } }
rules:
  - { rule: a, when: { use: outer }, reject: { code: taken, message: No } }
  - { rule: b, when: { faceURL: { hosted on: hosts } }, rewrite: { nickName: { mask words in: words } }, mode: disabled }
  - { rule: c, conditions: { all: [{ fact: userID, operator: equal, value: u-9 }] }, event: { type: reject, params: { code: native } } }
`,
)
test(
  'entries of a list that say nothing new are told',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { ids: [u-1, U-1, u-2, u-1] }
                              ^^^ warning duplicate-entry
rules:
  - { rule: a, when: { userID: { in list: ids } }, reject: 5001 }
  - { rule: b, when: { nickName: { has word in: words } }, reject: 5001 }
--- lists/words.txt
admin* # and all others
root
administrator
^^^^^^^^^^^^^ warning swallowed-entry
admin*
^^^^^^ warning duplicate-entry
Root

  root
  ^^^^ warning duplicate-entry
M*A*S*H
roots
`,
)
test(
  'a list without entries is told',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { ids: [] }
         ^^^ warning empty-list
rules:
  - { rule: a, when: { userID: { in list: ids } }, reject: 5001 }
`,
)
test('a list file without entries is told', t => {
  const files = [
    {
      file: 'a.yaml',
      content:
        'callback: beforeSetGroupMemberInfo\nrules:\n  - { rule: b, when: { nickName: { has word in: words } }, reject: 5001 }\n',
    },
    { file: 'lists/words.txt', content: '# to be filled\n\n' },
  ]
  const told = check(files).diagnostics.filter(({ code }) => code === 'empty-list')
  t.deepEqual(
    told.map(({ span }) => span.file),
    ['lists/words.txt'],
  )
})
test(
  'entries of a list that are written for another reader are told',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
rules:
  - { rule: a, when: { nickName: { has word in: words } }, reject: 5001 }
--- lists/words.txt
- admin
^^^^^^^ warning odd-entry
"root"
^^^^^^ warning odd-entry
staff,
^^^^^^ warning odd-entry
one,two,three
^^^^^^^^^^^^^ warning odd-entry
管理员、客服
^^^^^^ warning odd-entry
*bot
*
^ warning odd-entry
*.example.com
Smith, John
well-known
***
`,
)
test(
  'an entry that looks like nothing is never found',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
lists: { signs: [admin, "---"] }
                        ^^^^^ warning never-found
rules:
  - { rule: a, when: { nickName: { looks like a word in: signs } }, reject: 5001 }
`,
)

test(
  'numbers of messages go on where their names end',
  warns,
  `
--- a.yaml
rules:
  - { rule: a, callback: beforeSendGroupMsg, reject: 5001, when: { contentType: { more than: official notice } } }
  - { rule: b, callback: beforeSendGroupMsg, reject: 5002, when: { sessionType: { more than: notification } } }
                                                                                  ^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
`,
)
test(
  'what one of several callbacks leaves out is not always there',
  warns,
  `
--- a.yaml
rules:
  - { rule: a, callback: [beforeCreateGroup, beforeSetGroupInfoEx], reject: 5001, when: { groupName: present } }
  - { rule: b, callback: beforeCreateGroup, reject: 5002, when: { notification: present } }
                                                                  ^^^^^^^^^^^^^^^^^^^^^ warning always-fires
`,
)

test(
  'what the IM server never sends is set by a rule or is not there',
  warns,
  `
--- a.yaml
callback: beforeMembersJoinGroup
rules:
  - { rule: a, reject: 5001, when: { memberList: { any item: { nickname: { contains: x } } } } }
                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: b, reject: 5002, when: { memberList: { any item: { faceURL: present } } } }
  - { rule: c, reject: 5003, when: { memberList: { any item: { roleLevel: absent } } } }
  - { rule: d, reject: 5004, when: { memberList: { any item: { any: [{ roleLevel: admin }, { userID: u }] } } } }
  - { rule: e, when: { groupID: g }, rewrite: { memberList: { each item: { faceURL: "https://example.com/" } } } }
`,
)

test(
  'what no server sends to any of the callbacks of a rule is warned of, wherever the rule needs it',
  warns,
  `
--- push.yaml
rules:
  - { rule: a, callback: beforeOnlinePush, reject: 5001, when: { title: { contains: x } } }
                                                                          ^^^^^^^^^^^ warning meant-otherwise
  - { rule: b, callback: beforeOnlinePush, reject: 5002, when: { iOSBadgeCount: absent, ex.level: absent, sendID: u } }
  - { rule: c, callback: beforeOnlinePush, reject: 5003, when: { any: [{ desc: { contains: x } }, { signalInfo: a }] } }
                                                                                 ^^^^^^^^^^^ warning meant-otherwise
  - { rule: d, callback: beforeOnlinePush, reject: 5004, when: { any: [{ desc: { contains: x } }, { sendID: u-4 }] } }
  - { rule: e, callback: [beforeOnlinePush, beforeOfflinePush], reject: 5005, when: { title: { contains: y } } }
  - { rule: f, callback: beforeOnlinePush, reject: 5006, when: { sendID: u-6 }, unless: { title: { contains: x } } }
                                                                                                   ^^^^^^^^^^^ warning meant-otherwise
  - { rule: g, callback: beforeOnlinePush, reject: 5007, when: { not: { iOSPushSound: bell }, sendID: u-7 } }
                                                                        ^^^^^^^^^^^^^^^^^^ warning meant-otherwise
--- users.yaml
rules:
  - { rule: h, callback: beforeUpdateUserInfoEx, reject: 5008, when: { ex.level: { more than: 3 } } }
                                                                                   ^^^^^^^^^^^^ warning meant-otherwise
  - { rule: i, callback: afterUpdateUserInfo, reject: 5009, when: { ex: "" }, mode: shadow }
                                                                    ^^^^^^ warning meant-otherwise
  - { rule: j, callback: beforeUpdateUserInfo, reject: 5010, when: { ex: { is: x } } }
  - { rule: k, callback: beforeUpdateUserInfo, rewrite: { ex: { set: x } }, when: { nickName: a } }
  - { rule: l, callback: afterUserKickOff, reject: 5011, when: { userID: u }, mode: shadow }
            ^ warning meant-otherwise
--- groups.yaml
rules:
  - { rule: m, callback: beforeSetGroupInfoEx, reject: 5012, when: { operationID: { starts with: op } } }
                                                                                    ^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: n, callback: beforeSetGroupInfo, reject: 5013, when: { operationID: { is not: op }, groupName: a } }
  - { rule: o, callback: beforeCreateGroupChatConversations, reject: 5014, when: { ownerUserId: u-1 } }
                                                                                   ^^^^^^^^^^^^^^^^ warning meant-otherwise
  - { rule: p, callback: beforeCreateSingleChatConversations, reject: 5015, when: { ownerUserId: u-1 } }
`,
)

test(
  'tests of items contradict each other only where their list does',
  warns,
  `
--- a.yaml
callback: beforeMembersJoinGroup
rules:
  - { rule: a, reject: 5001, when: { memberList: { any item: { userID: u-1 }, every item: { not: { userID: u-1 } } } } }
  - { rule: b, reject: 5002, when: { memberList: { any item: { userID: u-1 } }, all: [{ memberList: { any item: { userID: u-2 } } }] } }
  - { rule: c, reject: 5003, when: { memberList: absent, all: [{ memberList: { any item: { userID: u-3 } } }] } }
                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: d, reject: 5004, when: { memberList: { how many: 3 }, all: [{ memberList: { how many: { less than: 2 } } }] } }
                                                                                                    ^^^^^^^^^^^^ warning never-fires
  - { rule: e, reject: 5005, when: { memberList: { any item: { userID: u-5 } } } }
  - { rule: f, reject: 5006, when: { memberList: { any item: { userID: u-5 } }, groupID: g } }
            ^ warning hidden-rule
`,
)

test(
  'times that never meet by the same clock contradict each other',
  warns,
  `
--- a.yaml
callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
when: { time: { days: weekdays } }
rules:
  - { rule: a, reject: 5001, when: { nickName: a, time: { days: weekends } } }
                                                  ^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: b, reject: 5002, when: { nickName: b, time: { within: "22:00-07:00", days: fri } } }
  - { rule: c, reject: 5003, when: { nickName: c, time: { days: weekends, zone: UTC } } }
--- b.yaml
callback: beforeSetGroupMemberInfo
zone: Asia/Shanghai
rules:
  - { rule: d, reject: 5004, when: { ex: a, time: { within: "09:00-18:00" }, not: { time: { within: "08:00-18:00" } } } }
                                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning never-fires
  - { rule: e, reject: 5005, when: { ex: b, time: { within: "09:00-18:00" }, not: { time: { within: "10:00-18:00" } } } }
`,
)

test(
  'a pattern with wide repetitions is warned of with its price',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: { matches: '(?:free|win).{0,300}(?:money|cash)' } } }
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning slow-pattern
  - { rule: s, reject: 5001, when: { nickName: { matches: '(?:free|win).{0,20}(?:money|cash)' } } }
`,
)
test(
  'a share of nobody or of everybody is none',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: admin }, mode: { enforce: 0 %, by: userID } }
                                                                         ^^^ warning whole-share
  - { rule: s, reject: 5001, when: { nickName: root }, mode: { enforce: 100 %, by: userID } }
                                                                        ^^^^^ warning whole-share
  - { rule: t, reject: 5001, when: { nickName: boss }, mode: { enforce: 99.9 %, by: userID } }
`,
)
test(
  'a share of what is new in each call keeps nobody in or out',
  warns,
  `
--- a.yaml
callback: beforeSendGroupMsg
rules:
  - { rule: r, reject: 5001, when: { sendID: u }, mode: { enforce: 10 %, by: serverMsgID } }
                                                                             ^^^^^^^^^^^ warning meant-otherwise
  - { rule: s, reject: 5001, when: { sendID: v }, mode: { enforce: 10 %, by: groupID } }
`,
)
test(
  'a rule with a share hides no other, and may refuse every call of it',
  warns,
  `
  - { rule: r, reject: 5001, when: { nickName: admin }, mode: { enforce: 10 %, by: userID } }
  - { rule: s, reject: 5002, when: { nickName: admin } }
  - { rule: t, reject: 5001, when: { userID: present }, mode: { enforce: 10 %, by: groupID } }
`,
)
test(
  'only rules that refuse have a fuse',
  warns,
  `
  - { rule: r, allow: everything, when: { nickName: admin }, fuse: off }
                                                             ^^^^ warning meant-otherwise
  - { rule: s, reject: 5002, when: { nickName: admin }, fuse: off }
`,
)
