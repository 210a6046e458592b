import type { Callback } from './callback.ts'

/** Roles in a group. OpenIM protocol constant/constant.go: GroupOwner, GroupAdmin, GroupOrdinaryUsers. */
export const roles: ReadonlyMap<string, number> = new Map([
  ['member', 20],
  ['admin', 60],
  ['owner', 100],
])

/** Asked before a client or an administrator changes a group member; one call a member. */
export const beforeSetGroupMemberInfo: Callback = {
  name: 'beforeSetGroupMemberInfo',
  command: 'callbackBeforeSetGroupMemberInfoCommand',
  formerly: ['CallbackBeforeSetGroupMemberInfoCommand'],
  phase: 'before',
  rejectable: true,
  fields: [
    { name: 'groupID', kind: 'id', nullable: false, about: 'the group' },
    { name: 'userID', kind: 'id', nullable: false, about: 'the member whose info is being set' },
    { name: 'nickName', kind: 'text', nullable: true, rewrite: {}, about: 'the nickname in the group; "" clears it' },
    { name: 'faceURL', kind: 'url', nullable: true, rewrite: {}, about: 'the address of the avatar; "" clears it' },
    {
      name: 'roleLevel',
      kind: 'enum',
      nullable: true,
      names: roles,
      // The server stores any number unchecked: 100 would make a second owner.
      rewrite: { only: [20, 60] },
      about: 'the role: member, admin or owner',
    },
    { name: 'ex', kind: 'json', nullable: true, rewrite: {}, about: 'extra data, often JSON' },
  ],
  about: 'before the info of a group member is set',
  source: 'open-im-server 7848d7c, internal/rpc/group/group.go SetGroupMemberInfo',
}
