import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { eachFile, loads, mistakesIn } from './_each.ts'

/** Conditions for users who join a group, each as a file of its own: what is said of one is marked below it. */
function joining(table: string): string {
  return paragraphs(table)
    .map(part => `${top}    when:\n${indent(part)}\n    reject: 5001`)
    .join('\n\n')
}

/** The same for what stands under `rewrite`. */
function rewriting(table: string): string {
  return paragraphs(table)
    .map(part => `${top}    when: { groupID: g }\n    rewrite:\n${indent(part)}`)
    .join('\n\n')
}

const top = 'callback: beforeMembersJoinGroup\nzone: UTC\nrules:\n  - rule: r\n'

function paragraphs(table: string): string[] {
  return table.replaceAll(/^\n+|\n+$/g, '').split(/\n\n+/)
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '      ')
}

test(
  'items of lists are tested in every way',
  eachFile,
  joining(`
memberList: { any item: { userID: { in list: [u-1] }, ex.level: { at least: 3 } } }

memberList: { every item: { any: [{ userID: u-1 }, { none: [{ ex: absent }] }], not: { ex: { is json: true } } } }

memberList: { not: { any item: { fact: userID, operator: in, value: [u-1] } }, how many: { between: [2, 5] } }

original.memberList: { any item: { userID: u-1 } }

memberList: present

{ fact: memberList, operator: every item, value: { userID: { starts with: u- } } }

{ fact: memberList, operator: how many, value: { at least: 3 } }

groupEx.tags: { any item: vip, how many: 3 }

groupEx.tags: { every item: [vip, staff] }

groupEx.tags: { any item: { not: { contains: v } } }

groupEx.members: { any item: { level: { at least: 3 }, not: { tags: { any item: vip } } } }

groupEx.rows: { any item: { any item: { more than: 3 }, count: 2 } }
                                                        ^^^^^ unknown-word

groupEx.rows: { any item: { count: 2, items: { any item: 3 } } }
`),
)

test(
  'a word for one value does not fit a list',
  eachFile,
  joining(`
memberList: u-1
            ^^^ wrong-kind

memberList: [u-1, u-2]
            ^^^^^^^^^^ wrong-kind

memberList: { contains: u-1 }
              ^^^^^^^^ wrong-kind

memberList: { at least: 3 }
              ^^^^^^^^ wrong-kind

memberList: { userID: u-1 }
              ^^^^^^ unknown-word

memberList: { some item: { userID: u-1 } }
              ^^^^^^^^^ unknown-word

memberList: { count: 3 }
              ^^^^^ unknown-word

{ fact: memberList, operator: contains, value: u-1 }
                                               ^^^ wrong-kind
`),
)

test(
  'a word on lists does not fit anything else',
  eachFile,
  joining(`
groupID: { any item: x }
           ^^^^^^^^ wrong-kind

groupID: { how many: 3 }
           ^^^^^^^^ wrong-kind

groupEx: { any item: x }
           ^^^^^^^^ wrong-kind

memberList: { any item: { userID: { any item: u } } }
                                    ^^^^^^^^ wrong-kind
`),
)

test(
  'what an item must be is checked like a condition of a call',
  eachFile,
  joining(`
memberList: { any item: u-1 }
                        ^^^ wrong-shape

memberList: { any item: [] }
                        ^^ wrong-shape

memberList: { any item: {} }
                        ^^ empty

memberList: { any item: { in list: [u-1] } }
                          ^^^^^^^ unknown-field

memberList: { any item: { usrID: u-1 } }
                          ^^^^^ unknown-field

memberList: { any item: { groupID: g } }
                          ^^^^^^^ unknown-field

memberList: { any item: { original.userID: u } }
                          ^^^^^^^^^^^^^^^ unknown-field

memberList: { any item: { time: { days: mon } } }
                          ^^^^ unknown-field

memberList: { any item: { userID: { at least: 3 } } }
                                    ^^^^^^^^ wrong-kind

memberList: { any item: { any: [] } }
                               ^^ empty

memberList: { how many: many }
                        ^^^^ wrong-value

memberList: { how many: { contains: x } }
                          ^^^^^^^^ wrong-kind

groupEx.tags: { any item: { contians: x } }
                            ^^^^^^^^ unknown-word

groupEx.tags: { any item: { is: x, level: 3 } }
                                   ^^^^^ unknown-word

groupEx.tags: { any item: { any: [{ is: x }, { is: y }] } }
                            ^^^ unknown-word
`),
)

test(
  'a list has no parts',
  eachFile,
  joining(`
memberList.userID: u-1
^^^^^^^^^^^^^^^^^ unknown-field

memberList.0.userID: u-1
^^^^^^^^^^^^^^^^^^^ unknown-field

memberList.length: 3
^^^^^^^^^^^^^^^^^ unknown-field
`),
)

test(
  'what an item that is one value must be is checked',
  eachFile,
  paragraphs(`
invitedUserIDs: { any item: { userID: x } }
                              ^^^^^^ unknown-word

invitedUserIDs: { any item: { any: [{ is: x }] } }
                              ^^^ unknown-word

invitedUserIDs: { any item: 7 }
                            ^ unquoted-number

invitedUserIDs: { contains: u-1 }
                  ^^^^^^^^ wrong-kind

invitedUserIDs: { any item: { hosted on: x } }
                              ^^^^^^^^^ wrong-kind

invitedUserIDs: { any item: { in list: [u-1] }, how many: { at most: 20 } }

invitedUserIDs: { every item: [u-1, u-2] }
`)
    .map(part => `callback: beforeInviteJoinGroup\nrules:\n  - rule: r\n    when:\n${indent(part)}\n    reject: 5001`)
    .join('\n\n'),
)

test(
  'rewrites of items are checked',
  eachFile,
  rewriting(`
memberList: { each item: { when: { userID: u-1 }, nickname: [trim, { cut to: 3 }], roleLevel: member, ex: "" } }

memberList: [{ each item: { nickname: "{userID} of {groupID}" } }, { each item: { faceURL: "{original.groupID}" } }]

memberList: trim
            ^^^^ wrong-kind

memberList: { set: [a] }
                   ^^^ wrong-kind

memberList: [a, b]
            ^^^^^^ wrong-shape

memberList: { nickname: trim }
              ^^^^^^^^ unknown-word

memberList: { any item: { nickname: x } }
              ^^^^^^^^ unknown-word

memberList: { each item: {} }
              ^^^^^^^^^ empty

memberList: { each item: trim }
                         ^^^^ wrong-shape

memberList: { each item: { when: { userID: x } } }
                           ^^^^ empty

memberList: { each item: { unless: { userID: x }, nickname: trim } }
                           ^^^^^^ unknown-key

memberList: { each item: { nickname: trim }, when: { userID: x } }
                                             ^^^^ unknown-key

memberList: { each item: { userID: x } }
                           ^^^^^^ not-rewritable

memberList: { each item: { nickNmae: trim } }
                           ^^^^^^^^ unknown-field

memberList: { each item: { roleLevel: owner } }
                                      ^^^^^ not-rewritable

memberList: { each item: { nickname: "{foo}" } }
                                      ^^^^^ unknown-field

memberList: { each item: { nickname: "{memberList}" } }
                                      ^^^^^^^^^^^^ bad-template

memberList: { each item: { when: { time: { days: mon } }, nickname: trim } }
                                   ^^^^ unknown-field

memberList.nickname: trim
^^^^^^^^^^^^^^^^^^^ unknown-field

groupID: { each item: { nickname: trim } }
^^^^^^^ not-rewritable
`),
)

test(
  'rewrites of lists of values are checked',
  eachFile,
  paragraphs(`
friendUserIDs: { set: [u-1, "{ownerUserID}"] }

friendUserIDs: { set: [] }
                      ^^ not-rewritable

friendUserIDs: [u-1, u-2]
               ^^^^^^^^^^ wrong-shape

friendUserIDs: { set: [1] }
                       ^ unquoted-number

friendUserIDs: { each item: { userID: x } }
                 ^^^^^^^^^ wrong-kind

friendUserIDs: trim
               ^^^^ wrong-kind
`)
    .map(
      part =>
        `callback: beforeImportFriends\nrules:\n  - rule: r\n    when: { ownerUserID: u }\n    rewrite:\n${indent(part)}`,
    )
    .join('\n\n'),
)

test(
  'lists that tests give and expect are checked',
  eachFile,
  paragraphs(`
given: { memberList: [{ userID: u-1, ex: null, roleLevel: admin }, {}] }

given: { memberList: [] }

given: { memberList: null }

given: { memberList: u }
                     ^ wrong-shape

given: { memberList: [u] }
                      ^ wrong-shape

given: { memberList: [{ userId: u }] }
                        ^^^^^^ unknown-field

given: { memberList: [{ userID: 5 }] }
                                ^ unquoted-number

given: { memberList: [{ roleLevel: boss }] }
                                   ^^^^ wrong-value

given: { memberList: [{ ex.a: 5 }] }
                        ^^^^ unknown-field
`)
    .map(
      part =>
        `${top}    when: { groupID: g }\n    reject: 5001\n    tests:\n      -\n${indent(part).replaceAll(/^/gm, '  ')}\n        expect: allow`,
    )
    .join('\n\n'),
)

test(
  'a condition by name may be about items of a list',
  loads,
  `
--- a.yaml
conditions: { banned: { userID: { in list: [u-1] } }, nameless: { nickname: { is blank: true } } }
--- b.yaml
callback: beforeMembersJoinGroup
rules:
  - rule: r
    when: { memberList: { any item: { use: banned, not: { use: nameless } } } }
    reject: 5001
`,
)

test('what a hint says of a list is what to write', t => {
  const hintOf = (condition: string) => {
    const content = `${top}    when: ${condition}\n    reject: 5001\n`
    return mistakesIn(check([{ file: 'a.yaml', content }]).diagnostics).map(({ hint }) => hint)
  }
  t.deepEqual(hintOf('{ memberList: u-1 }'), ['Write any item: { userID: { is: u-1 } }'])
  t.deepEqual(hintOf('{ memberList: { at least: 3 } }'), ['Write how many: { at least: 3 }'])
  t.deepEqual(hintOf('{ memberList: { any item: { groupID: g } } }'), ['Write it beside "memberList", not inside it'])
  t.deepEqual(hintOf('{ memberList: { any item: { usrID: g } } }'), [
    'Did you mean "userID"? Fields: userID, ex, nickname, faceURL, roleLevel, muteEndTime',
  ])
  t.deepEqual(hintOf('{ memberList.length: 3 }'), ['Write memberList: { how many: … }'])
})

test('items count when it is measured how much a condition is', t => {
  const tests = Array.from({ length: 2_001 }, () => '{ userID: u }').join(', ')
  const content = `${top}    when: { memberList: { any item: { any: [${tests}] } } }\n    reject: 5001\n`
  const { diagnostics } = check([{ file: 'a.yaml', content }])
  t.deepEqual(
    mistakesIn(diagnostics).map(({ code }) => code),
    ['too-large'],
  )
})
