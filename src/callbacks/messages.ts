import type { Callback, Field } from './callback.ts'
import { authors, contentTypes, messageStatuses, platforms, sessionTypes } from './enum-names.ts'
import { id, integer, json, list, oneOf, rewritable, text, url } from './fields.ts'

/** The text of a message wherever its kind keeps it; see message-text.ts. */
export const messageText: Field = text('message text', 'the text that people read in the message; no picture has one', {
  origin: 'message text',
})

const atUserList = list('id', 'atUserList', 'who is mentioned')

/** What all callbacks about one message say of it. */
const message: readonly Field[] = [
  id('sendID', 'who sends the message'),
  id('serverMsgID', "the server's id of the message"),
  id('clientMsgID', "the client's id of the message"),
  id('operationID', 'what the client calls the operation'),
  oneOf(platforms, 'senderPlatformID', 'what the sender is on'),
  text('senderNickname', 'the nickname of the sender'),
  oneOf(sessionTypes, 'sessionType', 'what kind of conversation it is in'),
  oneOf(authors, 'msgFrom', 'whether a user wrote it or the system'),
  oneOf(contentTypes, 'contentType', 'what kind of message it is; notices have numbers from 1000 on', {
    hasOthers: true,
  }),
  { ...messageText, mentions: atUserList },
  json('content', 'the whole message as JSON; its keys depend on contentType'),
  oneOf(messageStatuses, 'status', 'how far the message has come'),
  integer('sendTime', 'when the server got it, in ms since 1970; 0 before 3.8.1'),
  integer('createTime', 'when the client made it, in ms since 1970'),
  integer('seq', 'its number in the conversation; 0 before it is stored'),
  atUserList,
  url('faceURL', "the sender's avatar"),
  json('ex', 'extra data'),
]

const recvID = id('recvID', 'whom the message is for; "" in a group')
const groupID = id('groupID', 'the group that the message is for; "" in a single chat')

/** What the answer to beforeMsgModify may change of a message. Whom it is for is left out: it was checked already. */
const changes: ReadonlyMap<string, NonNullable<Field['rewrite']>> = new Map([
  ['serverMsgID', {}],
  ['clientMsgID', {}],
  ['senderPlatformID', {}],
  ['senderNickname', {}],
  ['sessionType', {}],
  ['msgFrom', {}],
  ['contentType', {}],
  ['message text', { as: 'content', jsonObject: true }],
  ['content', { jsonObject: true }],
  ['status', {}],
  ['atUserList', { as: 'atUserIDList' }],
  ['faceURL', { as: 'senderFaceURL' }],
  ['ex', {}],
])

function changeable(field: Field): Field {
  const rewrite = changes.get(field.name)
  return rewrite === undefined ? field : { ...field, rewrite }
}

/** Callbacks about messages. */
export const messageCallbacks: readonly Callback[] = [
  {
    name: 'beforeSendSingleMsg',
    command: 'callbackBeforeSendSingleMsgCommand',
    formerly: [],
    setting: 'beforeSendSingleMsg',
    phase: 'before',
    rejectable: true,
    fields: [...message, recvID],
    about: 'before a message to one user is sent; it cannot be changed here, see beforeMsgModify',
    source: 'open-im-server 7848d7c, internal/rpc/msg/verify.go:64',
  },
  {
    name: 'beforeSendGroupMsg',
    command: 'callbackBeforeSendGroupMsgCommand',
    formerly: [],
    setting: 'beforeSendGroupMsg',
    phase: 'before',
    rejectable: true,
    fields: [...message, groupID],
    about: 'before a message to a group is sent; it cannot be changed here, see beforeMsgModify',
    source: 'open-im-server 7848d7c, internal/rpc/msg/send.go:75',
  },
  {
    name: 'beforeMsgModify',
    command: 'callbackBeforeMsgModifyCommand',
    formerly: ['callbackMsgModifyCommand'],
    setting: 'beforeMsgModify',
    phase: 'before',
    rejectable: true,
    fields: [
      ...message.map(changeable),
      json('attachedInfo', 'what clients keep with the message; it can only be set', {
        origin: 'answer',
        ...rewritable,
      }),
    ],
    // The request does not show whether the message has push settings, and changing none is a nil pointer.
    unsafe: ['offlinePushInfo'],
    about: 'before a message is sent, to change it; up to 3.8.3 for texts only. Whom it is for is not said',
    source: 'open-im-server 7848d7c, internal/rpc/msg/send.go:78,189, pkg/callbackstruct/message.go',
  },
  {
    name: 'afterSendSingleMsg',
    command: 'callbackAfterSendSingleMsgCommand',
    formerly: [],
    setting: 'afterSendSingleMsg',
    phase: 'after',
    rejectable: false,
    fields: [...message, recvID],
    about: 'after a message to one user was sent',
    source: 'open-im-server 7848d7c, internal/rpc/msg/send.go:197',
  },
  {
    name: 'afterSendGroupMsg',
    command: 'callbackAfterSendGroupMsgCommand',
    formerly: [],
    setting: 'afterSendGroupMsg',
    phase: 'after',
    rejectable: false,
    fields: [...message, groupID],
    about: 'after a message to a group was sent',
    source: 'open-im-server 7848d7c, internal/rpc/msg/send.go:89',
  },
  {
    name: 'afterMsgSaveDB',
    command: 'callbackAfterMsgSaveDBCommand',
    formerly: [],
    setting: 'afterMsgSaveDB',
    phase: 'after',
    rejectable: false,
    fields: [...message, recvID, groupID],
    about: 'after a message was stored; not before 3.8.4',
    source: 'open-im-server 7848d7c, internal/msgtransfer/online_msg_to_mongo_handler.go:67',
  },
  {
    // The command says "before", but it comes after: the server's own slip.
    name: 'beforeAfterMsg',
    command: 'callbackBeforeAfterMsgCommand',
    formerly: [],
    setting: 'afterRevokeMsg',
    phase: 'after',
    rejectable: false,
    fields: [
      id('conversationID', 'the conversation'),
      integer('seq', 'the number of the message in it'),
      id('userID', 'who took the message back'),
    ],
    about: 'after a message was taken back, whatever its name says',
    source: 'open-im-server 7848d7c, internal/rpc/msg/revoke.go:131',
  },
  {
    name: 'afterSingleMsgRead',
    command: 'callbackAfterSingleMsgReadCommand',
    formerly: ['callbackSingleMsgRead'],
    setting: 'afterSingleMsgRead',
    phase: 'after',
    rejectable: false,
    fields: [
      id('conversationID', 'the conversation'),
      id('userID', 'who read'),
      list('integer', 'Seqs', 'the numbers of the messages that were read'),
      oneOf(sessionTypes, 'contentType', 'what kind of conversation it is, not of content'),
    ],
    about: 'after messages of a single chat were read',
    source: 'open-im-server 7848d7c, internal/rpc/msg/as_read.go:142,208',
  },
  {
    name: 'afterGroupMsgRead',
    command: 'callbackAfterGroupMsgReadCommand',
    formerly: ['callbackGroupMsgReadCommand'],
    setting: 'afterGroupMsgRead',
    phase: 'after',
    rejectable: false,
    fields: [
      id('sendID', 'who read'),
      id('receiveID', 'the group'),
      integer('unreadMsgNum', 'up to which number was read: no count'),
      oneOf(sessionTypes, 'contentType', 'what kind of conversation it is, not of content'),
    ],
    about: 'after messages of a group were read',
    source: 'open-im-server 7848d7c, internal/rpc/msg/as_read.go:216',
  },
]
