import type { Callback, Field } from './callback.ts'
import { groupStatuses, groupTypes, permissions, roles, verifications, workingGroup } from './enum-names.ts'
import { id, integer, json, list, nullable, oneOf, readOnly, rewritable, text, url } from './fields.ts'

const rarelySent = { ...rewritable, oftenEmpty: true } as const

/** A new group as requested by its creator. */
const newGroup: readonly Field[] = [
  id('groupID', 'the requested id; often "": the server then creates one', rarelySent),
  text('groupName', 'the name of the group', rewritable),
  text('notification', 'the notice of the group', rewritable),
  text('introduction', 'the description of the group', rewritable),
  url('faceURL', 'the avatar of the group', rewritable),
  id('ownerUserID', 'the owner; often "": the owner is in initMemberList', rarelySent),
  integer('createTime', 'when it was created, in ms since 1970; still 0 here'),
  integer('memberCount', 'the number of members; still 0 here'),
  json('ex', 'extra data', rewritable),
  oneOf(groupStatuses, 'status', 'the status of the group', rewritable),
  id('creatorUserID', 'the user who creates it; often ""', rarelySent),
  oneOf(groupTypes, 'groupType', 'the type of the group', { rewrite: { only: workingGroup } }),
  oneOf(verifications, 'needVerification', 'which joins need approval', rewritable),
  oneOf(permissions, 'lookMemberInfo', "whether members may view each other's info", rewritable),
  oneOf(permissions, 'applyMemberFriend', 'whether members may send each other friend requests'),
  integer('notificationUpdateTime', 'when the notice was set, in ms since 1970'),
  id('notificationUserID', 'the user who set the notice'),
  list(
    [id('userID', 'the user'), oneOf(roles, 'roleLevel', 'the role: member, admin or owner')],
    'initMemberList',
    'the first members: the owner, then admins, then members',
  ),
]

/** The info of a group being set; `more` says how the server marks a field as not being set. */
function groupInfo(more: Partial<Field>, permissionsMore: Partial<Field>): readonly Field[] {
  return [
    id('operationID', 'the id of the operation, set by the client', { neverSent: 'empty text' }),
    // A rewrite would change the info of another group, which no rule has checked.
    id('groupID', 'the group'),
    text('groupName', 'the new name', { ...more, ...rewritable }),
    text('notification', 'the new notice', more),
    text('introduction', 'the description of the group', { ...more, ...rewritable }),
    url('faceURL', 'the new avatar', { ...more, ...rewritable }),
    json('ex', 'extra data', { ...permissionsMore, ...rewritable }),
    oneOf(verifications, 'needVerification', 'which joins need approval', { ...permissionsMore, ...rewritable }),
    oneOf(permissions, 'lookMemberInfo', "whether members may view each other's info", {
      ...permissionsMore,
      ...rewritable,
    }),
    oneOf(permissions, 'applyMemberFriend', 'whether members may send each other friend requests', {
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
    fields: [id('operationID', 'the id of the operation, set by the client'), ...newGroup],
    about: 'before a group is created',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:236, internal/rpc/group/callback.go:64',
  },
  {
    name: 'afterCreateGroup',
    command: 'callbackAfterCreateGroupCommand',
    formerly: [],
    setting: 'afterCreateGroup',
    phase: 'after',
    rejectable: false,
    fields: readOnly(newGroup),
    about: 'after a group was created',
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
    // request has "" and 0 for fields that are not being set, and repeating them would set them.
    echo: ['groupID', 'groupName', 'introduction', 'faceURL'],
    about: 'before the info of a group is set, through the old API',
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
    // The server replaces its own values with those of the answer, including nulls.
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
    about: 'after the info of a group was set, through the old API',
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
    fields: [
      id('groupID', 'the group'),
      id('oldOwnerUserID', 'the previous owner'),
      id('newOwnerUserID', 'the new owner'),
    ],
    about: 'after a group was transferred to another owner',
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
      id('ownerID', 'the previous owner'),
      oneOf(groupTypes, 'groupType', 'the type of the group', { origin: 'character' }),
      list('id', 'membersID', 'its members'),
    ],
    about: 'after a group was dissolved',
    source: 'open-im-server 7848d7c, internal/rpc/group/group.go:1488',
  },
]
