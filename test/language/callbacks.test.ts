import test from 'ava'
import { check } from '../../src/lint/check.ts'
import { folderOf, mistakesIn } from './_each.ts'

/** All that is said of a rule file about callbacks, word for word. */
const says = test.macro<[string, ...[message: string, hint: string][]]>({
  exec(t, text, ...said) {
    const mistakes = mistakesIn(check(folderOf('file', text.replace(/^\n/, ''))).diagnostics)
    t.deepEqual(
      mistakes.map(({ message, hint }) => [message, hint]),
      said,
    )
  },
  title: (_, text) => text.trim().replaceAll(/\s+/g, ' ').slice(0, 150),
})

const watch = (rest: string, callback = 'afterQuitGroup') => `
callback: ${callback}
rules:
  - rule: watch
    when: { userID: u-1 }
    ${rest}
`

test(says, watch('mode: shadow\n    reject: 5001'))
test(says, watch('mode: disabled\n    reject: 5001'))
test(says, watch('reject: 5001'), [
  'afterQuitGroup is sent after the fact, so "reject" is too late',
  'Add mode: shadow, to see in the log when the rule fires',
])
test(says, watch('rewrite: { userID: u-2 }\n    mode: shadow'), [
  'afterQuitGroup is sent after the fact, so "rewrite" changes nothing',
  'Write reject: 5001 and mode: shadow, to see in the log when the rule fires',
])
test(says, watch('allow: everything\n    mode: shadow'), [
  'afterQuitGroup is sent after the fact, so "allow" exempts from nothing',
  'Write unless: in the rule that logs the call',
])
test(says, watch('reject: 5001', '[beforeUpdateUserInfo, afterQuitGroup]'), [
  'afterQuitGroup is sent after the fact, so "reject" is too late',
  'Add mode: shadow, to see in the log when the rule fires, or name only callbacks that a rule can reject',
])
test(says, watch('reject: 5001', 'beforeAfterMsg'), [
  'beforeAfterMsg is sent after the fact, so "reject" is too late',
  'Add mode: shadow, to see in the log when the rule fires',
])
test(says, watch('mode: shadows\n    reject: 5001'), [
  'A mode must be one of enforce, shadow, disabled, got the text "shadows"',
  'Write shadow',
])

const rewrites = (callback: string, rewrite: string) => `
callback: ${callback}
rules:
  - rule: set
    when: { ex: present }
    rewrite: ${rewrite}
`

test(says, rewrites('beforeSendGroupMsg', '{ message text: trim }'), [
  '"message text" cannot be rewritten in beforeSendGroupMsg',
  'Calls of this callback cannot be rewritten: write reject: 5001, or callback: beforeMsgModify',
])
test(says, rewrites('beforeAddFriend', '{ ex: trim }'), [
  '"ex" cannot be rewritten in beforeAddFriend',
  'Calls of this callback cannot be rewritten: write reject: 5001',
])
test(says, rewrites('beforeMsgModify', '{ msgFrom: 7 }'), [
  '"msgFrom" cannot be set to 7: it is not a known value',
  'Write user or system',
])
test(says, rewrites('beforeMsgModify', '{ content: { set: "[1]" } }'), [
  '"content" cannot be set to "[1]": the IM server accepts only a JSON object',
  `Write the JSON as a single text: '{{ "content": "hello" }}'`,
])
test(says, rewrites('beforeMsgModify', `{ content: { set: '{{ "content": "a" }}' }, message text: { set: "[1]" } }`))
test(says, rewrites('beforeCreateSingleChatConversations', '{ burnDuration: 2147483648 }'), [
  '"burnDuration" cannot be set to 2147483648: it is too large for the IM server',
  'Write a number up to 2147483647',
])
test(says, rewrites('beforeCreateSingleChatConversations', '{ burnDuration: 2147483647 }'))
test(says, rewrites('beforeCreateGroup', '{ groupType: normal }'), [
  '"groupType" cannot be set to normal: the IM server would accept it unchecked',
  'Write working',
])
test(says, rewrites('beforeSetFriendRemark', '{ remark: "" }').replace('ex: present', 'remark: x'), [
  '"remark" cannot be set to an empty text: the IM server treats it as unchanged',
  'Write a non-empty text, or reject the call',
])

const refuses = (callbacks: string, when: string) => `
callback: [${callbacks}]
rules:
  - rule: no
    when: ${when}
    reject: 5001
    mode: shadow
`

test(says, refuses('beforeAddBlack, beforeSetFriendRemark, afterSetFriendRemark', '{ remark: x }'), [
  'There is no field "remark" in beforeAddBlack',
  'Only beforeSetFriendRemark and afterSetFriendRemark have it: write a rule for those callbacks. Fields in all of them: ownerUserID',
])
test(says, refuses('beforeAddFriend, beforeCreateGroup', '{ groupName: x }'), [
  'There is no field "groupName" in beforeAddFriend',
  'Only beforeCreateGroup has it: write a rule for that callback. Fields in all of them: ex',
])
test(says, refuses('beforeAddFriend, beforeAddFriendAgree', '{ fromUserId: x }'), [
  'There is no field "fromUserId" in beforeAddFriend',
  'Did you mean "fromUserID"? Fields: fromUserID, toUserID, reqMsg, ex',
])
test(says, refuses('beforeSendGroupMsg, afterGroupMsgRead', '{ contentType: text }'), [
  '"contentType" is a number with names (text, picture, voice …) in beforeSendGroupMsg but a number with names (single, write group, group …) in afterGroupMsgRead',
  'Write a separate rule for each callback',
])
test(says, refuses('afterUserOnline, beforeAfterMsg', '{ seq: 5 }'))
test(says, refuses('beforeSendGroupMsg, afterMsgSaveDB', '{ message text: { contains: "{" } }'))

const templated = (message: string) => `
callback: beforeSendGroupMsg
rules:
  - rule: no
    when: { message text: x }
    reject: { code: 5001, message: "${message}" }
`

test(says, templated('{message text} {original.message text} {message text.length}'))
test(says, templated('{mesage text}'), [
  'There is no field "mesage text" in beforeSendGroupMsg',
  'Did you mean "message text"? Fields: sendID, serverMsgID, clientMsgID, operationID, senderPlatformID, senderNickname, sessionType, msgFrom, contentType, message text, all text, content, status, sendTime, createTime, seq, atUserList, faceURL, ex, groupID',
])
test(says, templated('{message  text}'), [
  'There is no field name in {message  text}',
  'Write {nickName} for the value of a field, and {{ and }} for braces',
])
test(says, templated('{{message text}}'), [
  '{{message text}} prints as {message text}, not as the value of the field',
  'Write {message text}',
])

test('a callback that may be either of two is none', t => {
  const content =
    'callback: beforeSendMessage\nrules:\n  - { rule: a, when: { recvID: x, groupID: x }, reject: 5001 }\n'
  const said = check([{ file: 'a.yaml', content }]).diagnostics.filter(({ severity }) => severity === 'error')
  t.deepEqual(
    said.map(({ message, hint }) => [message, hint]),
    [
      [
        'There is no callback "beforeSendMessage"',
        'Did you mean "beforeSendSingleMsg" or "beforeSendGroupMsg"? Run "hookwarden callbacks" to list all callbacks',
      ],
    ],
  )
})

const given = (text: string) => `
callback: beforeSendGroupMsg
rules:
  - rule: no
    when: { message text: x }
    reject: 5001
    tests:
      - { given: { ${text} }, expect: { reject: 5001 } }
`

test(says, given('message text: x'))
test(says, given('message text: x, contentType: quote'))
test(says, given(`content: '{"content":"x"}', contentType: text`))
test(says, given('message text: x, contentType: picture'), [
  'A message of this "contentType" has no "message text"',
  'Remove "message text", or write contentType: text',
])
test(says, given(`message text: x, content: '{"content":"x"}'`), [
  '"message text" is the text in "content", but both are given',
  'Keep one',
])

const message = (when: string) => refuses('beforeSendSingleMsg, beforeSendGroupMsg', when)

test(says, message('{ contentType: image }'), [
  '"contentType" must be a name or a number, got the text "image"',
  'Did you mean "picture"? Names: text, picture, voice, video, file, at text, merger, card, location, custom, revoke, typing, quote, face, advanced text, markdown, custom without conversation, custom online only, reaction, reaction removed, official notice',
])
test(says, message('{ sessionType: private }'), [
  '"sessionType" must be single, write group, group, notification or a number, got the text "private"',
  'Did you mean "single"? Names: single, write group, group, notification',
])

test('the words of a message are looked for in its text', t => {
  const content = message('{ content: { has word: x }, text: { has word: x } }')
  const said = check([{ file: 'a.yaml', content }]).diagnostics.filter(({ severity }) => severity === 'error')
  t.deepEqual(
    said.map(({ hint = '' }) => hint.slice(0, 70)),
    [
      'Write message text: { has word: … } to test the text that people read.',
      'Did you mean "message text"? Fields: sendID, serverMsgID, clientMsgID,',
    ],
  )
})
