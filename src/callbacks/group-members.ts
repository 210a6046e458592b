import type { Callback, Field } from './callback.ts'
import { groupTypes, joinSources, roles, rolesToGive } from './enum-names.ts'
import { id, integer, json, list, nullable, oneOf, readOnly, rewritable, text, url } from './fields.ts'

const memberInfo: readonly Field[] = [
  id('groupID', 'the group'),
  id('userID', 'the member whose info is set'),
  text('nickName', 'the nickname in the group; "" clears it', { ...nullable, ...rewritable }),
  url('faceURL', 'the address of the avatar; "" clears it', { ...nullable, ...rewritable }),
  oneOf(roles, 'roleLevel', 'the role: member, admin or owner', { ...nullable, rewrite: { only: rolesToGive } }),
  json('ex', 'extra data, often JSON', { ...nullable, ...rewritable }),
]

/** Sent before a client or an administrator changes a group member, once per member. */
export const beforeSetGroupMemberInfo: Callback = {
  name: 'beforeSetGroupMemberInfo',
  command: 'callbackBeforeSetGroupMemberInfoCommand',
  formerly: ['CallbackBeforeSetGroupMemberInfoCommand'],
  setting: 'beforeSetGroupMemberInfo',
  phase: 'before',
  rejectable: true,
  fields: memberInfo,
  about: 'before the info of a group member is set',
  source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1711 SetGroupMemberInfo',
}

/** The users who join, and what the answer may change about each. */
const joining: readonly Field[] = [
  id('userID', 'the user'),
  json('ex', 'extra data of the membership', rewritable),
  text('nickname', 'the nickname in the group', { origin: 'answer', ...rewritable }),
  url('faceURL', 'the address of the avatar in the group', { origin: 'answer', ...rewritable }),
  oneOf(roles, 'roleLevel', 'the role in the group', { origin: 'answer', rewrite: { only: rolesToGive } }),
  integer('muteEndTime', 'when the mute of the member ends, in ms since 1970', { origin: 'answer', ...rewritable }),
]

/** Callbacks about group membership and roles. */
export const groupMemberCallbacks: readonly Callback[] = [
  beforeSetGroupMemberInfo,
  {
    name: 'afterSetGroupMemberInfo',
    command: 'callbackAfterSetGroupMemberInfoCommand',
    formerly: [],
    setting: 'afterSetGroupMemberInfo',
    phase: 'after',
    rejectable: false,
    fields: readOnly(memberInfo),
    about: 'after the info of a group member was set, with the values after rewrites',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1739',
  },
  {
    name: 'beforeMembersJoinGroup',
    command: 'callbackBeforeMembersJoinGroupCommand',
    formerly: ['callbackBeforeMemberJoinGroupCommand'],
    setting: 'beforeMemberJoinGroup',
    phase: 'before',
    rejectable: true,
    fields: [
      id('groupID', 'the group'),
      list(joining, 'memberList', 'the users who join', { rewrite: { as: 'memberCallbackList', changedBy: 'userID' } }),
      json('groupEx', 'extra data of the group'),
    ],
    flattened: 'memberList',
    about: 'before users become members: by invitation, by approval, by joining freely, or with a new group',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:271,456,890,967; v3.7.1 for one member a call',
  },
  {
    name: 'beforeJoinGroup',
    command: 'callbackBeforeJoinGroupCommand',
    formerly: [],
    setting: 'beforeApplyJoinGroup',
    phase: 'before',
    rejectable: true,
    fields: [
      id('groupID', 'the group'),
      oneOf(groupTypes, 'groupType', 'the type of the group', { origin: 'character' }),
      id('applyID', 'the user who wants to join'),
      text('reqMessage', 'the text of the request'),
      json('ex', 'extra data'),
    ],
    about: 'before a user asks to join a group, or joins an open group',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:945',
  },
  {
    name: 'beforeInviteJoinGroup',
    command: 'callbackBeforeInviteJoinGroupCommand',
    formerly: [],
    setting: 'beforeInviteUserToGroup',
    phase: 'before',
    rejectable: true,
    fields: [
      id('operationID', 'the id of the operation, set by the client'),
      id('groupID', 'the group'),
      text('reason', 'the text of the invitation'),
      list('id', 'invitedUserIDs', 'the invited users'),
    ],
    about: 'before users are invited to a group; a rule can only reject all of them, and the inviter is not sent',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:406, internal/rpc/group/callback.go:267',
  },
  {
    name: 'afterJoinGroup',
    command: 'callbackAfterJoinGroupCommand',
    formerly: [],
    setting: 'afterJoinGroup',
    phase: 'after',
    rejectable: false,
    fields: [
      id('operationID', 'the id of the operation, set by the client'),
      id('groupID', 'the group'),
      text('reqMessage', 'the text of the request'),
      oneOf(joinSources, 'joinSource', 'how the user joined'),
      id('inviterUserID', 'the user who joined, despite the name'),
    ],
    about: 'after a user joined an open group',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:981',
  },
  {
    name: 'afterQuitGroup',
    command: 'callbackAfterQuitGroupCommand',
    formerly: ['callbackQuitGroupCommand'],
    setting: 'afterQuitGroup',
    phase: 'after',
    rejectable: false,
    fields: [id('groupID', 'the group'), id('userID', 'the user who left')],
    about: 'after a user left a group',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1028',
  },
  {
    name: 'afterKickGroup',
    command: 'callbackAfterKickGroupCommand',
    formerly: ['callbackKillGroupCommand'],
    setting: 'afterKickGroupMember',
    phase: 'after',
    rejectable: false,
    fields: [
      id('groupID', 'the group'),
      list('id', 'kickedUserIDs', 'the removed members'),
      text('reason', 'the reason for the removal'),
    ],
    about: 'after members were removed from a group',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:657',
  },
]
