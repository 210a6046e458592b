import test from 'ava'
import { compile } from '../../src/compile/compile.ts'
import { readFolder } from '../../src/language/folder/folder.ts'
import { atOnce } from '../../src/yaml/steps.ts'
import { eachTest } from './_each.ts'

test(
  'an earlier call has come so long ago, and so many times',
  eachTest,
  `
- { after: [{ ago: 9 seconds }, { ago: 1 day, times: 1000, given: { nickName: b } }], given: { nickName: a }, expect: { reject: 5001 } }

- { after: [{ times: 5 }], given: { nickName: a }, expect: { reject: 5001 } }
            ^^^^^^^^^^^^ missing-key

- { after: { ago: 9 seconds }, given: { nickName: a }, expect: { reject: 5001 } }
           ^... wrong-shape

- { after: [], given: { nickName: a }, expect: { reject: 5001 } }
           ^^ empty

- { after: [{ ago: 9s }], given: { nickName: a }, expect: { reject: 5001 } }
                   ^^ bad-span

- { after: [{ ago: 9 seconds ago }], given: { nickName: a }, expect: { reject: 5001 } }
                   ^^^^^^^^^^^^^ bad-span

- { after: [{ ago: 9 seconds, times: 0 }], given: { nickName: a }, expect: { reject: 5001 } }
                                     ^ wrong-value

- { after: [{ ago: 9 seconds, times: 1001 }], given: { nickName: a }, expect: { reject: 5001 } }
                                     ^^^^ wrong-value

- { after: [{ ago: 9 seconds, times: many }], given: { nickName: a }, expect: { reject: 5001 } }
                                     ^^^^ wrong-value

- { after: [{ ago: 9 seconds, count: 3 }], given: { nickName: a }, expect: { reject: 5001 } }
                              ^^^^^ unknown-key

- { after: [{ ago: 9 seconds, nickName: b }], given: { nickName: a }, expect: { reject: 5001 } }
                              ^^^^^^^^ unknown-key

- { earlier: [{ ago: 9 seconds }], given: { nickName: a }, expect: { reject: 5001 } }
    ^^^^^^^ unknown-key
`,
)

test(
  'values of an earlier call are those of its callback',
  eachTest,
  `
- { after: [{ ago: 1 day, given: { nickname: b } }], given: { nickName: a }, expect: { reject: 5001 } }
                                   ^^^^^^^^ unknown-field

- { after: [{ ago: 1 day, given: { nickName: 12 } }], given: { nickName: a }, expect: { reject: 5001 } }
                                             ^^ unquoted-number

- { after: [{ ago: 1 day, callback: beforeAddFriend, given: { reqMsg: b } }], given: { nickName: a }, expect: { reject: 5001 } }

- { after: [{ ago: 1 day, callback: beforeAddFriend, given: { nickName: b } }], given: { nickName: a }, expect: { reject: 5001 } }
                                                              ^^^^^^^^ unknown-field

- { after: [{ ago: 1 day, callback: beforeAddFrend }], given: { nickName: a }, expect: { reject: 5001 } }
                                    ^^^^^^^^^^^^^^ unknown-callback

- { after: [{ ago: 1 day, callback: [beforeAddFriend, beforeSendGroupMsg] }], given: { nickName: a }, expect: { reject: 5001 } }
                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-shape
`,
)

const rule = (cases: string) => `callback: beforeSendGroupMsg
rules:
  - rule: r
    when: { how often: { same: sendID, in: 10 seconds, more than: 5 } }
    reject: 5001
    tests:
      - ${cases}
`

/** The values of the earlier calls of a test of a group message. */
function earlier(text: string): unknown {
  const { folder, diagnostics } = atOnce(readFolder([{ file: 'a.yaml', content: rule(text) }]))
  return (
    folder?.rules[0]?.cases[0]?.after?.map(({ ago, times, callback, given }) => [
      ago,
      times,
      callback.name,
      Object.fromEntries(given),
    ]) ?? diagnostics.map(({ code, message }) => `${code} ${message}`)
  )
}

test('an earlier call has the values of its test, with its own over them', t => {
  const given = 'given: { sendID: u-1, groupID: g-1, message text: a }, expect: allow'
  t.deepEqual(
    earlier(
      `{ after: [{ ago: 9 seconds, times: 3 }, { ago: 1 hour, given: { sendID: u-2, groupID: null } }], ${given} }`,
    ),
    [
      [9_000, 3, 'beforeSendGroupMsg', { sendID: 'u-1', groupID: 'g-1', 'message text': 'a' }],
      [3_600_000, 1, 'beforeSendGroupMsg', { sendID: 'u-2', 'message text': 'a' }],
    ],
  )
})

test('of another callback it has those that this one has', t => {
  const given = 'given: { sendID: u-1, groupID: g-1, message text: a }, expect: allow'
  t.deepEqual(
    earlier(
      `{ after: [{ ago: 1 minute, callback: beforeMembersJoinGroup, given: { memberList: [{ userID: u-1 }] } }], ${given} }`,
    ),
    [[60_000, 1, 'beforeMembersJoinGroup', { groupID: 'g-1', memberList: [{ userID: 'u-1' }] }]],
  )
})

test('the text of a message and its content replace each other', t => {
  const after = (own: string, given: string) =>
    earlier(`{ after: [{ ago: 1 minute, given: ${own} }], given: ${given}, expect: allow }`)
  const name = 'beforeSendGroupMsg'
  t.deepEqual(after('{ message text: b }', `{ contentType: text, content: '{"content":"a"}' }`), [
    [60_000, 1, name, { contentType: 101, 'message text': 'b' }],
  ])
  t.deepEqual(after(`{ content: '{"content":"b"}', contentType: text }`, '{ message text: a }'), [
    [60_000, 1, name, { content: '{"content":"b"}', contentType: 101 }],
  ])
  t.deepEqual(after('{ contentType: picture }', '{ message text: a, contentType: text }'), [
    [60_000, 1, name, { contentType: 102 }],
  ])
  t.deepEqual(after('{ message text: b }', '{ contentType: picture }'), [
    'wrong-value A message of this "contentType" has no "message text"',
  ])
})

test('very many earlier calls are refused', t => {
  const many = Array.from({ length: 11 }, () => '{ ago: 1 day, times: 1000 }').join(', ')
  t.deepEqual(earlier(`{ after: [${many}], given: { sendID: u-1 }, expect: allow }`), [
    'too-large This test has more than 10,000 earlier calls',
  ])
})

test('a file can test the whole set after earlier calls', t => {
  const content = `${rule('{ given: { sendID: u-1 }, expect: allow }')}tests:\n  - { after: [{ ago: 1 day, given: { sendID: u-2 } }], given: { sendID: u-1 }, expect: allow }\n`
  t.deepEqual(compile([{ file: 'a.yaml', content }]).diagnostics, [])
  const { folder } = atOnce(readFolder([{ file: 'a.yaml', content }]))
  t.deepEqual(
    folder?.cases[0]?.after?.map(({ given }) => [...given]),
    [[['sendID', 'u-2']]],
  )
})
