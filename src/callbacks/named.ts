import type { Callback, Field } from './callback.ts'

/** What an id names: a user, a group, a conversation, whose id has those of its members, or something else. */
export type Named = 'user' | 'group' | 'conversation' | 'other'

/** What the ids of a call name, by field; a field of list items is written `list.field`. Lists of ids are here too. */
const namedBy: Readonly<Record<string, Named>> = {
  userID: 'user',
  userId: 'user',
  'memberList.userID': 'user',
  'initMemberList.userID': 'user',
  'users.userID': 'user',
  applyID: 'user',
  invitedUserIDs: 'user',
  inviterUserID: 'user',
  kickedUserIDs: 'user',
  ownerUserID: 'user',
  ownerUserId: 'user',
  creatorUserID: 'user',
  notificationUserID: 'user',
  oldOwnerUserID: 'user',
  newOwnerUserID: 'user',
  ownerID: 'user',
  membersID: 'user',
  sendID: 'user',
  recvID: 'user',
  atUserList: 'user',
  atUserIDList: 'user',
  userIDList: 'user',
  fromUserID: 'user',
  toUserID: 'user',
  blackUserID: 'user',
  friendUserIDs: 'user',
  friendUserID: 'user',
  groupID: 'group',
  groupId: 'group',
  // Of afterGroupMsgRead, where it is a group despite the name.
  receiveID: 'group',
  conversationID: 'conversation',
  conversationId: 'conversation',
  operationID: 'other',
  serverMsgID: 'other',
  clientMsgID: 'other',
  connID: 'other',
}

/** What the values of a field name; undefined for fields that hold no ids. `path` is its name, or `list.field`. */
export function namedIn(path: string): Named | undefined {
  return Object.hasOwn(namedBy, path) ? namedBy[path] : undefined
}

/** A field of a callback that names users, groups or a conversation; `item` is the field of each item of a list. */
export type NamingField = { name: string; item?: string; named: Exclude<Named, 'other'> }

/** The fields of a callback that name users, groups or a conversation, in its order. */
export function namingFields(callback: Callback): readonly NamingField[] {
  return callback.fields.flatMap(field => fieldsIn(field).flatMap(each => naming(each)))
}

function fieldsIn({ name, items }: Field): { name: string; item?: string }[] {
  return Array.isArray(items) ? (items as readonly Field[]).map(item => ({ name, item: item.name })) : [{ name }]
}

function naming(field: { name: string; item?: string }): NamingField[] {
  const named = namedIn(field.item === undefined ? field.name : `${field.name}.${field.item}`)
  return named === undefined || named === 'other' ? [] : [{ ...field, named }]
}

/**
 * The users and the group that the id of a conversation is made of.
 *
 * `si_A_B` is a chat of two, `sg_G` and `g_G` a group, `n_…` the notices of either. Where users' ids have underscores,
 * it is unclear which two they are, and nobody is named. open-im-server 7848d7c, pkg/msgprocessor/conversation.go.
 */
export function namedInConversation(id: string): { users: readonly string[]; groups: readonly string[] } {
  const [prefix, ...parts] = id.split('_')
  const [first, second, third] = parts
  if (prefix === 'si' || prefix === 'n') {
    if (first !== undefined && second !== undefined && third === undefined)
      return { users: [first, second], groups: [] }
    return { users: [], groups: prefix === 'n' && parts.length === 1 && first !== undefined ? [first] : [] }
  }
  if ((prefix === 'sg' || prefix === 'g') && parts.length > 0) return { users: [], groups: [parts.join('_')] }
  return { users: [], groups: [] }
}
