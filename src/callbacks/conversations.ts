import type { Callback, Field } from './callback.ts'
import { mentions, receiveOptions, sessionTypes } from './enum-names.ts'
import { flag, id, integer, json, oneOf, readOnly, rewritable } from './fields.ts'

/** These callbacks spell Id where all others spell ID. `peer` is the other side: a user or a group. */
function conversation(owner: Field, peer: Field): readonly Field[] {
  return [
    owner,
    id('conversationId', 'the conversation'),
    oneOf(sessionTypes, 'conversationType', 'the type of the conversation'),
    peer,
    oneOf(receiveOptions, 'recvMsgOpt', 'how its messages are received', rewritable),
    flag('isPinned', 'whether it is pinned to the top', rewritable),
    flag('isPrivateChat', 'whether messages disappear after they are read', rewritable),
    integer('burnDuration', 'the seconds until they disappear', { rewrite: { most: 2 ** 31 - 1 } }),
    oneOf(mentions, 'groupAtType', 'who is mentioned in it', rewritable),
    json('attachedInfo', 'data that clients attach to it', rewritable),
    json('ex', 'extra data', rewritable),
  ]
}

const owner = id('ownerUserId', 'the user who owns the conversation')
const single = conversation(owner, id('userId', 'the other user'))
const group = conversation({ ...owner, neverSent: 'empty text' }, id('groupId', 'the group'))

/** Callbacks about conversations being created. */
export const conversationCallbacks: readonly Callback[] = [
  {
    name: 'beforeCreateSingleChatConversations',
    command: 'callbackBeforeCreateSingleChatConversationsCommand',
    formerly: [],
    setting: 'beforeCreateSingleChatConversations',
    phase: 'before',
    rejectable: true,
    fields: single,
    about: "before a single chat is created, once for each user; rewrites change the sender's side only",
    source: 'open-im-server 7848d7c, internal/rpc/conversation/conversation.go:395,411,427',
  },
  {
    name: 'afterCreateSingleChatConversations',
    command: 'callbackAfterCreateSingleChatConversationsCommand',
    formerly: [],
    setting: 'afterCreateSingleChatConversations',
    phase: 'after',
    rejectable: false,
    fields: readOnly(single),
    about: 'after a single chat was created',
    source: 'open-im-server 7848d7c, internal/rpc/conversation/conversation.go:404,420,436',
  },
  {
    name: 'beforeCreateGroupChatConversations',
    command: 'callbackBeforeCreateGroupChatConversationsCommand',
    formerly: [],
    setting: 'beforeCreateGroupChatConversations',
    phase: 'before',
    rejectable: true,
    fields: group,
    about: 'before the conversations of a group are created',
    source: 'open-im-server 7848d7c, internal/rpc/conversation/conversation.go:450',
  },
  {
    name: 'afterCreateGroupChatConversations',
    command: 'callbackAfterCreateGroupChatConversationsCommand',
    formerly: [],
    setting: 'afterCreateGroupChatConversations',
    phase: 'after',
    rejectable: false,
    fields: readOnly(group),
    about: 'after the conversations of a group were created',
    source: 'open-im-server 7848d7c, internal/rpc/conversation/conversation.go:462',
  },
]
