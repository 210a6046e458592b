import type { Callback, Field } from './callback.ts'
import { groupStatuses, groupTypes, permissions, roles, verifications, workingGroup } from './enum-names.ts'
import { id, integer, json, list, nullable, oneOf, readOnly, rewritable, stored, text, url } from './fields.ts'

/** A new group as its maker asks for it. */
const newGroup: readonly Field[] = [
  id('groupID', 'the id asked for; often "", the server then makes one', { ...rewritable, example: '' }),
  text('groupName', 'the name of the group', rewritable),
  text('notification', 'the notice of the group', rewritable),
  text('introduction', 'what the group is about', rewritable),
  url('faceURL', 'the avatar of the group', rewritable),
  id('ownerUserID', 'who is to own it; often "": the owner is in initMemberList', { ...rewritable, example: '' }),
  integer('createTime', 'when it was made, in ms since 1970; 0 as yet', { example: 0 }),
  integer('memberCount', 'how many members it has; 0 as yet'),
  json('ex', 'extra data', rewritable),
  oneOf(groupStatuses, 'status', 'how the group is', rewritable),
  id('creatorUserID', 'who makes it; often ""', { ...rewritable, example: '' }),
  oneOf(groupTypes, 'groupType', 'what kind of group it is', { rewrite: { only: workingGroup } }),
  oneOf(verifications, 'needVerification', 'whose joining must be agreed to', rewritable),
  oneOf(permissions, 'lookMemberInfo', 'whether members may look at each other', rewritable),
  oneOf(permissions, 'applyMemberFriend', 'whether members may ask each other to be friends'),
  integer('notificationUpdateTime', 'when the notice was set, in ms since 1970'),
  id('notificationUserID', 'who set the notice'),
  list(
    [id('userID', 'the user'), oneOf(roles, 'roleLevel', 'the role: member, admin or owner')],
    'initMemberList',
    'the first members: the owner, then admins, then members',
  ),
]

/** The info of a group as it is being set: `more` is how the server says that something is not. */
function groupInfo(more: Partial<Field>, permissionsMore: Partial<Field>): readonly Field[] {
  return [
    id('operationID', 'always ""', { example: '' }),
    // A rewrite would set the info of another group, which nobody was asked about.
    id('groupID', 'the group'),
    text('groupName', 'the new name', { ...more, ...rewritable }),
    text('notification', 'the new notice', more),
    text('introduction', 'what the group is about', { ...more, ...rewritable }),
    url('faceURL', 'the new avatar', { ...more, ...rewritable }),
    json('ex', 'extra data', { ...permissionsMore, ...rewritable }),
    oneOf(verifications, 'needVerification', 'whose joining must be agreed to', { ...permissionsMore, ...rewritable }),
    oneOf(permissions, 'lookMemberInfo', 'whether members may look at each other', {
      ...permissionsMore,
      ...rewritable,
    }),
    oneOf(permissions, 'applyMemberFriend', 'whether members may ask each other to be friends', {
      ...permissionsMore,
      ...rewritable,
    }),
  ]
}

const emptyIsAbsent = { origin: 'empty is absent' } as const

/** Callbacks about groups as a whole. */
export const groupCallbacks: readonly Callback[] = [
  {
    name: 'beforeCreateGroup',
    command: 'callbackBeforeCreateGroupCommand',
    formerly: [],
    setting: 'beforeCreateGroup',
    phase: 'before',
    rejectable: true,
    fields: [id('operationID', 'what the client calls the operation'), ...newGroup],
    about: 'before a group is made',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:236, internal/rpc/group/callback.go:64',
  },
  {
    name: 'afterCreateGroup',
    command: 'callbackAfterCreateGroupCommand',
    formerly: [],
    setting: 'afterCreateGroup',
    phase: 'after',
    rejectable: false,
    fields: stored(newGroup),
    about: 'after a group was made',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:312',
  },
  {
    name: 'beforeSetGroupInfo',
    command: 'callbackBeforeSetGroupInfoCommand',
    formerly: [],
    setting: 'beforeSetGroupInfo',
    phase: 'before',
    rejectable: true,
    fields: groupInfo(emptyIsAbsent, emptyIsAbsent),
    // A plain allow would make the server look for a group called "". The other keys must not be repeated: the
    // request has "" and 0 for what is not being set, and repeating them would set them.
    echo: ['groupID', 'groupName', 'introduction', 'faceURL'],
    about: 'before the info of a group is set, the old way',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1063, internal/rpc/group/callback.go',
  },
  {
    name: 'beforeSetGroupInfoEx',
    command: 'callbackBeforeSetGroupInfoExCommand',
    formerly: [],
    setting: 'beforeSetGroupInfoEx',
    phase: 'before',
    rejectable: true,
    fields: groupInfo(nullable, nullable),
    // The server puts the answer's values in the place of its own, nulls and all.
    echo: [
      'groupID',
      'groupName',
      'introduction',
      'faceURL',
      'ex',
      'needVerification',
      'lookMemberInfo',
      'applyMemberFriend',
    ],
    about: 'before the info of a group is set',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1160, internal/rpc/group/callback.go',
  },
  {
    name: 'afterSetGroupInfo',
    command: 'callbackAfterSetGroupInfoCommand',
    formerly: [],
    setting: 'afterSetGroupInfo',
    phase: 'after',
    rejectable: false,
    fields: readOnly(groupInfo(emptyIsAbsent, nullable)),
    about: 'after the info of a group was set, the old way',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1135',
  },
  {
    name: 'afterSetGroupInfoEx',
    command: 'callbackAfterSetGroupInfoExCommand',
    formerly: [],
    setting: 'afterSetGroupInfoEx',
    phase: 'after',
    rejectable: false,
    fields: readOnly(groupInfo(nullable, nullable)),
    about: 'after the info of a group was set',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1249',
  },
  {
    name: 'afterTransferGroupOwner',
    command: 'callbackAfterTransferGroupOwnerCommand',
    formerly: ['callbackTransferGroupOwnerAfter', 'callbackAfterTransferGroupOwner'],
    setting: 'afterTransferGroupOwner',
    phase: 'after',
    rejectable: false,
    fields: [id('groupID', 'the group'), id('oldOwnerUserID', 'who owned it'), id('newOwnerUserID', 'who owns it now')],
    about: 'after a group got another owner',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1310',
  },
  {
    name: 'afterDisMissGroup',
    command: 'callbackAfterDisMissGroupCommand',
    formerly: ['callbackDisMissGroupCommand'],
    setting: 'afterDismissGroup',
    phase: 'after',
    rejectable: false,
    fields: [
      id('groupID', 'the group'),
      id('ownerID', 'who owned it'),
      oneOf(groupTypes, 'groupType', 'what kind of group it was', { origin: 'character' }),
      list('id', 'membersID', 'who was in it'),
    ],
    about: 'after a group was dissolved',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1488',
  },
]
