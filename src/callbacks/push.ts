import type { Callback, Field } from './callback.ts'
import { contentTypes, platforms, sessionTypes } from './enum-names.ts'
import { flag, id, integer, json, list, oneOf, text } from './fields.ts'
import { allText, messageText } from './messages.ts'

const sender: readonly Field[] = [
  id('operationID', 'the id of the operation, set by the client'),
  oneOf(platforms, 'platformID', 'the platform of the sender'),
  text('platform', 'the name of that platform'),
]

const atUserIDList = list('id', 'atUserIDList', 'who is mentioned')

const message: readonly Field[] = [
  id('clientMsgID', "the client's id of the message"),
  id('sendID', 'the sender of the message'),
  id('groupID', 'the group it is sent to; "" in a single chat'),
  oneOf(contentTypes, 'contentType', 'the type of the message; notices are numbered from 1000', {
    hasOthers: true,
  }),
  oneOf(sessionTypes, 'sessionType', 'the type of the conversation'),
  atUserIDList,
  { ...messageText, mentions: atUserIDList },
  allText,
  json('content', 'the whole message as JSON; its keys depend on contentType'),
]

const receivers = list('id', 'userIDList', 'the users who get the push')

/** Push notification texts. The answer carries them in one object, which the server replaces whole. */
function push(more: Pick<Field, 'rewrite' | 'neverSent'>): readonly Field[] {
  return [
    text('title', 'the title of the push', more),
    text('desc', 'the text of the push', more),
    json('ex', 'extra data of the push', more),
    text('iOSPushSound', 'the sound on iOS', more),
    flag('iOSBadgeCount', 'whether iOS counts it on the badge', more),
    text('signalInfo', 'signaling data of a call', more),
  ]
}

/** Callbacks about notifying users of a message. Users never see a rejection: it is only logged. */
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
    about: 'before a message is pushed to users who are offline',
    source: 'open-im-server 7848d7c, internal/push/push_handler.go:164,267',
  },
  {
    name: 'beforeOnlinePush',
    command: 'callbackBeforeOnlinePushCommand',
    formerly: ['callbackOnlinePushCommand'],
    setting: 'beforeOnlinePush',
    phase: 'before',
    rejectable: true,
    // The server has no push settings yet when it calls: it omits the six keys.
    fields: [...sender, receivers, ...push({ neverSent: 'no key' }), ...message],
    about: 'before a message of a single chat is delivered to users; if rejected, nobody is notified',
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
      {
        ...receivers,
        origin: 'answer',
        rewrite: { notEmpty: true },
        about: 'the users who get the push; rules can set it but not test it',
      },
    ],
    about: 'before a message of a group is delivered to users; if rejected, nobody is notified',
    source: 'open-im-server 7848d7c, internal/push/push_handler.go:228',
  },
]
