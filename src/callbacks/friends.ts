import type { Callback, Field } from './callback.ts'
import { friendResponses } from './enum-names.ts'
import { id, json, list, oneOf, text } from './fields.ts'

const request: readonly Field[] = [
  id('fromUserID', 'who asks'),
  id('toUserID', 'who is asked'),
  text('reqMsg', 'what the request says'),
]

/** The server's own slip: the one who agrees is called black. */
const response: readonly Field[] = [
  id('fromUserID', 'who asked'),
  id('blackUserID', 'who answers, whatever the name says'),
  oneOf(friendResponses, 'HandleResult', 'what the answer is'),
  text('HandleMsg', 'what the answer says'),
]

const friendship: readonly Field[] = [
  id('ownerUserID', 'whose list of friends it is'),
  id('friendUserID', 'the friend'),
]
const black: readonly Field[] = [
  id('ownerUserID', 'whose list of blocked users it is'),
  id('blackUserID', 'who is on it'),
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
    about: 'before a friend request is made',
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
    about: 'after a friend request was made: they are not friends yet',
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
    about: 'before somebody agrees to a friend request',
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
    about: 'after somebody agreed to a friend request',
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
      id('ownerUserID', 'who gets the friends'),
      list('id', 'friendUserIDs', 'who become friends', { rewrite: { notEmpty: true } }),
    ],
    about: 'before an administrator makes users friends',
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:183',
  },
  {
    name: 'afterImportFriends',
    command: 'callbackAfterImportFriendsCommand',
    formerly: [],
    setting: 'afterImportFriends',
    phase: 'after',
    rejectable: false,
    fields: [id('ownerUserID', 'who got the friends'), list('id', 'friendUserIDs', 'who became friends')],
    about: 'after an administrator made users friends',
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
      text('remark', 'what the friend is called; a rewrite cannot clear it', { rewrite: { notEmpty: true } }),
    ],
    about: "before a friend is given a name of one's own; the server has not checked yet who may",
    source: 'open-im-server 7848d7c, internal/rpc/relation/friend.go:261',
  },
  {
    name: 'afterSetFriendRemark',
    command: 'callbackAfterSetFriendRemarkCommand',
    formerly: ['callbackAfterSetFriendRemark'],
    setting: 'afterSetFriendRemark',
    phase: 'after',
    rejectable: false,
    fields: [...friendship, text('remark', 'what the friend is called')],
    about: "after a friend was given a name of one's own",
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
    about: 'after somebody removed a friend',
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
    about: 'before somebody blocks a user',
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
    about: 'after somebody no longer blocks a user',
    source: 'open-im-server 7848d7c, internal/rpc/relation/black.go:72',
  },
]
