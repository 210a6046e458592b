import type { Callback, Field } from './callback.ts'
import { mentions, receiveOptions, sessionTypes } from './enum-names.ts'
import { flag, id, integer, json, oneOf, readOnly, rewritable } from './fields.ts'

/** These callbacks write Id where all others write ID. `peer` is the other side: a user or a group. */
function conversation(peer: Field, owner: Field, conversationID: string): readonly Field[] {
  return [
    owner,
    id('conversationId', 'the conversation', { example: conversationID }),
    oneOf(sessionTypes, 'conversationType', 'what kind of conversation it is'),
    peer,
    oneOf(receiveOptions, 'recvMsgOpt', 'what happens to messages in it', rewritable),
    flag('isPinned', 'whether it stays on top', rewritable),
    flag('isPrivateChat', 'whether messages vanish once read', rewritable),
    integer('burnDuration', 'after how many seconds they vanish', { rewrite: { most: 2 ** 31 - 1 } }),
    oneOf(mentions, 'groupAtType', 'who is mentioned in it', rewritable),
    json('attachedInfo', 'what clients keep with it', rewritable),
    json('ex', 'extra data', rewritable),
  ]
}

const single = conversation(id('userId', 'the other user'), id('ownerUserId', 'whose conversation it is'), 'si_u1_u2')
const group = conversation(id('groupId', 'the group'), id('ownerUserId', 'always ""', { example: '' }), 'sg_g1')

/** Callbacks about conversations as they begin. */
export const conversationCallbacks: readonly Callback[] = [
  {
    name: 'beforeCreateSingleChatConversations',
    command: 'callbackBeforeCreateSingleChatConversationsCommand',
    formerly: [],
    setting: 'beforeCreateSingleChatConversations',
    phase: 'before',
    rejectable: true,
    fields: single,
    about: 'before a single chat begins, once for each side; rewrites reach the side of the sender only',
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
    about: 'after a single chat began',
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
    about: 'before the conversations of a group begin',
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
    about: 'after the conversations of a group began',
    source: 'open-im-server 7848d7c, internal/rpc/conversation/conversation.go:462',
  },
]
