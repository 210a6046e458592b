import type { Callback, Field } from './callback.ts'
import { contentTypes, platforms, sessionTypes } from './enum-names.ts'
import { flag, id, integer, json, list, oneOf, text } from './fields.ts'
import { messageText } from './messages.ts'

const sender: readonly Field[] = [
  id('operationID', 'what the client calls the operation'),
  oneOf(platforms, 'platformID', 'what the sender is on'),
  text('platform', 'the name of that'),
]

const atUserIDList = list('id', 'atUserIDList', 'who is mentioned')

const message: readonly Field[] = [
  id('clientMsgID', "the client's id of the message"),
  id('sendID', 'who sends the message'),
  id('groupID', 'the group that it is for; "" in a single chat'),
  oneOf(contentTypes, 'contentType', 'what kind of message it is; notices have numbers from 1000 on', {
    hasOthers: true,
  }),
  oneOf(sessionTypes, 'sessionType', 'what kind of conversation it is in'),
  atUserIDList,
  { ...messageText, mentions: atUserIDList },
  json('content', 'the whole message as JSON; its keys depend on contentType'),
]

const receivers = list('id', 'userIDList', 'who gets the push')

/** What phones are told. The answer has it in one object, which the server takes whole. */
function push(more: Pick<Field, 'rewrite' | 'neverSent'>): readonly Field[] {
  return [
    text('title', 'the title of the push', more),
    text('desc', 'the text of the push', more),
    json('ex', 'extra data of the push', more),
    text('iOSPushSound', 'the sound on iOS', more),
    flag('iOSBadgeCount', 'whether iOS counts it on the badge', more),
    text('signalInfo', 'about a call', more),
  ]
}

/** Callbacks about telling users that there is a message. Nobody sees a refusal: it is only logged. */
export const pushCallbacks: readonly Callback[] = [
  {
    name: 'beforeOfflinePush',
    command: 'callbackBeforeOfflinePushCommand',
    formerly: ['callbackOfflinePushCommand'],
    setting: 'beforeOfflinePush',
    phase: 'before',
    rejectable: true,
    fields: [
      ...sender,
      { ...receivers, rewrite: { notEmpty: true } },
      ...push({ rewrite: { within: 'offlinePushInfo' } }),
      ...message,
    ],
    about: 'before phones of users who are offline are told of a message',
    source: 'open-im-server 7848d7c, internal/push/push_handler.go:164,267',
  },
  {
    name: 'beforeOnlinePush',
    command: 'callbackBeforeOnlinePushCommand',
    formerly: ['callbackOnlinePushCommand'],
    setting: 'beforeOnlinePush',
    phase: 'before',
    rejectable: true,
    // The server has no push settings yet when it asks: it leaves the six keys out.
    fields: [...sender, receivers, ...push({ neverSent: 'no key' }), ...message],
    about: 'before a message of a single chat is handed to users; refused, nobody is told at all',
    source: 'open-im-server 7848d7c, internal/push/push_handler.go:133',
  },
  {
    name: 'beforeGroupOnlinePush',
    command: 'callbackBeforeGroupOnlinePushCommand',
    formerly: ['callbackSuperGroupOnlinePushCommand'],
    setting: 'beforeGroupOnlinePush',
    phase: 'before',
    rejectable: true,
    fields: [
      ...sender,
      ...message,
      integer('seq', 'its number in the conversation'),
      { ...receivers, origin: 'answer', rewrite: { notEmpty: true }, about: 'who gets the push; it can only be set' },
    ],
    about: 'before a message of a group is handed to users; refused, nobody is told at all',
    source: 'open-im-server 7848d7c, internal/push/push_handler.go:228',
  },
]
