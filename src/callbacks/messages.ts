import type { Callback, Field } from './callback.ts'
import { authors, contentTypes, messageStatuses, platforms, sessionTypes } from './enum-names.ts'
import { id, integer, json, list, oneOf, rewritable, text, url } from './fields.ts'

/** The text of a message, wherever that message type stores it; see message-text.ts. */
export const messageText: Field = text(
  'message text',
  'the text that people read in the message; absent for pictures and the like',
  {
    origin: 'message text',
  },
)

/** All that a reader of the message sees; see all-text.ts. */
export const allText: Field = text(
  'all text',
  'all that a reader of the message sees: its text, what it quotes, forwarded messages, names of files and cards',
  { origin: 'all text' },
)

const atUserList = list('id', 'atUserList', 'who is mentioned')

/** What all callbacks about one message say of it. */
const message: readonly Field[] = [
  id('sendID', 'the sender of the message'),
  id('serverMsgID', "the server's id of the message"),
  id('clientMsgID', "the client's id of the message"),
  id('operationID', 'the id of the operation, set by the client'),
  oneOf(platforms, 'senderPlatformID', 'the platform of the sender'),
  text('senderNickname', 'the nickname of the sender'),
  oneOf(sessionTypes, 'sessionType', 'the type of the conversation'),
  oneOf(authors, 'msgFrom', 'whether a user or the system wrote it'),
  oneOf(contentTypes, 'contentType', 'the type of the message; notices are numbered from 1000', {
    hasOthers: true,
  }),
  { ...messageText, mentions: atUserList },
  allText,
  json('content', 'the whole message as JSON; its keys depend on contentType'),
  oneOf(messageStatuses, 'status', 'the delivery status of the message'),
  integer('sendTime', 'when the server received it, in ms since 1970; 0 before 3.8.1'),
  integer('createTime', 'when the client created it, in ms since 1970'),
  integer('seq', 'its number in the conversation; 0 before it is stored'),
  atUserList,
  url('faceURL', "the sender's avatar"),
  json('ex', 'extra data'),
]

const recvID = id('recvID', 'the recipient of the message; "" in a group')
const groupID = id('groupID', 'the group the message is sent to; "" in a single chat')

/** What the answer to beforeMsgModify may change. The recipient is left out, since it was checked already. */
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
    about: 'before a message to one user is sent; to change it, use beforeMsgModify',
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
    about: 'before a message to a group is sent; to change it, use beforeMsgModify',
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
      json('attachedInfo', 'data that clients attach to the message; rules can set it but not test it', {
        origin: 'answer',
        ...rewritable,
      }),
    ],
    // The request does not show whether the message has push settings, and changing missing ones is a nil pointer.
    unsafe: ['offlinePushInfo'],
    about: 'before a message is sent, to change it; up to 3.8.3 for texts only. The recipient is not sent',
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
    about: 'after a message was stored; since 3.8.4',
    source: 'open-im-server 7848d7c, internal/msgtransfer/online_msg_to_mongo_handler.go:67',
  },
  {
    // The command says "before", but it comes after: a mistake of the server.
    name: 'beforeAfterMsg',
    command: 'callbackBeforeAfterMsgCommand',
    formerly: [],
    setting: 'afterRevokeMsg',
    phase: 'after',
    rejectable: false,
    fields: [
      id('conversationID', 'the conversation'),
      integer('seq', 'the number of the message in it'),
      id('userID', 'the user who recalled the message'),
    ],
    about: 'after a message was recalled, despite the name',
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
      id('userID', 'the user who read them'),
      list('integer', 'Seqs', 'the numbers of the messages that were read'),
      oneOf(sessionTypes, 'contentType', 'the type of the conversation, not of the content'),
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
      id('sendID', 'the user who read them'),
      id('receiveID', 'the group'),
      integer('unreadMsgNum', 'the number of the last message read, not a count'),
      oneOf(sessionTypes, 'contentType', 'the type of the conversation, not of the content'),
    ],
    about: 'after messages of a group were read',
    source: 'open-im-server 7848d7c, internal/rpc/msg/as_read.go:216',
  },
]
