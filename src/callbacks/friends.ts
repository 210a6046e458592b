import type { Callback, Field } from './callback.ts'
import { friendResponses } from './enum-names.ts'
import { id, json, list, oneOf, text } from './fields.ts'

const request: readonly Field[] = [
  id('fromUserID', 'the user who sends the request'),
  id('toUserID', 'the user who receives the request'),
  text('reqMsg', 'the text of the request'),
]

/** The server's own mistake: the user who accepts is called black. */
const response: readonly Field[] = [
  id('fromUserID', 'the user who sent the request'),
  id('blackUserID', 'the user who responds, despite the name'),
  oneOf(friendResponses, 'HandleResult', 'the response'),
  text('HandleMsg', 'the text of the response'),
]

const friendship: readonly Field[] = [
  id('ownerUserID', 'the user whose friend list it is'),
  id('friendUserID', 'the friend'),
]
const black: readonly Field[] = [
  id('ownerUserID', 'the user whose block list it is'),
  id('blackUserID', 'the blocked user'),
]

/** Callbacks about friends and blocked users. */
export const friendCallbacks: readonly Callback[] = [
  {
    name: 'beforeAddFriend',
    command: 'callbackBeforeAddFriendCommand',
    formerly: [],
    setting: 'beforeAddFriend',
    phase: 'before',
    rejectable: true,
    fields: [...request, json('ex', 'extra data')],
    about: 'before a friend request is sent',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:145',
  },
  {
    name: 'afterAddFriend',
    command: 'callbackAfterAddFriendCommand',
    formerly: [],
    setting: 'afterAddFriend',
    phase: 'after',
    rejectable: false,
    fields: request,
    about: 'after a friend request was sent: they are not friends yet',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:163',
  },
  {
    name: 'beforeAddFriendAgree',
    command: 'callbackBeforeAddFriendAgreeCommand',
    formerly: [],
    setting: 'beforeAddFriendAgree',
    phase: 'before',
    rejectable: true,
    fields: response,
    about: 'before a user accepts a friend request',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:216, pkg/callbackstruct/friend.go',
  },
  {
    name: 'afterAddFriendAgree',
    command: 'callbackAfterAddFriendAgreeCommand',
    formerly: [],
    setting: 'afterAddFriendAgree',
    phase: 'after',
    rejectable: false,
    fields: response,
    about: 'after a user accepted a friend request',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:223',
  },
  {
    name: 'beforeImportFriends',
    command: 'callbackBeforeImportFriendsCommand',
    formerly: [],
    setting: 'beforeImportFriends',
    phase: 'before',
    rejectable: true,
    fields: [
      id('ownerUserID', 'the user who gets the friends'),
      list('id', 'friendUserIDs', 'the new friends', { rewrite: { notEmpty: true } }),
    ],
    about: 'before an administrator adds friends for a user',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:183',
  },
  {
    name: 'afterImportFriends',
    command: 'callbackAfterImportFriendsCommand',
    formerly: [],
    setting: 'afterImportFriends',
    phase: 'after',
    rejectable: false,
    fields: [id('ownerUserID', 'the user who got the friends'), list('id', 'friendUserIDs', 'the new friends')],
    about: 'after an administrator added friends for a user',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:198',
  },
  {
    name: 'beforeSetFriendRemark',
    command: 'callbackBeforeSetFriendRemarkCommand',
    formerly: ['callbackBeforeSetFriendRemark'],
    setting: 'beforeSetFriendRemark',
    phase: 'before',
    rejectable: true,
    fields: [
      ...friendship,
      text('remark', 'the name given to the friend; a rewrite cannot clear it', { rewrite: { notEmpty: true } }),
    ],
    about: 'before a user sets their own name for a friend; the server has not checked permissions yet',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:261',
  },
  {
    name: 'afterSetFriendRemark',
    command: 'callbackAfterSetFriendRemarkCommand',
    formerly: ['callbackAfterSetFriendRemark'],
    setting: 'afterSetFriendRemark',
    phase: 'after',
    rejectable: false,
    fields: [...friendship, text('remark', 'the name given to the friend')],
    about: 'after a user set their own name for a friend',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:278',
  },
  {
    name: 'afterDeleteFriend',
    command: 'callbackAfterDeleteFriendCommand',
    formerly: [],
    setting: 'afterDeleteFriend',
    phase: 'after',
    rejectable: false,
    fields: friendship,
    about: 'after a user removed a friend',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:254',
  },
  {
    name: 'beforeAddBlack',
    command: 'callbackBeforeAddBlackCommand',
    formerly: [],
    setting: 'beforeAddBlack',
    phase: 'before',
    rejectable: true,
    fields: black,
    about: 'before a user blocks another user',
    source: 'open-im-server 7848d7c, internal/rpc/relation/black.go:82',
  },
  {
    name: 'afterRemoveBlack',
    command: 'callbackAfterRemoveBlackCommand',
    formerly: [],
    setting: 'afterRemoveBlack',
    phase: 'after',
    rejectable: false,
    fields: black,
    about: 'after a user unblocked another user',
    source: 'open-im-server 7848d7c, internal/rpc/relation/black.go:72',
  },
]
