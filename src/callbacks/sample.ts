import type { Callback, Field } from './callback.ts'
import { sessionTypes } from './enum-names.ts'
import { isDerived } from './fields.ts'
import { contentOfText } from './message-text.ts'

const now = 1_700_000_000_000

/** Sample values by key, for keys whose kind alone would give an odd one. */
const values: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['operationID', 'op-1700000000000'],
  ['groupID', 'g1'],
  ['groupId', 'g1'],
  ['receiveID', 'g1'],
  ['recvID', 'u2'],
  ['toUserID', 'u2'],
  ['blackUserID', 'u2'],
  ['friendUserID', 'u2'],
  ['newOwnerUserID', 'u2'],
  ['userId', 'u2'],
  ['clientMsgID', 'c1'],
  ['serverMsgID', 's1'],
  ['connID', 'conn-1'],
  ['conversationID', 'si_u1_u2'],
  ['conversationId', 'si_u1_u2'],
  ['content', contentOfText(101, 'hello')],
  ['contentType', 101],
  ['platform', 'Web'],
  ['platformID', 5],
  ['senderPlatformID', 5],
  ['roleLevel', 20],
  ['HandleResult', 1],
  ['faceURL', 'https://example.com/face.png'],
  ['sendTime', now],
  ['createTime', now],
  ['seq', 0],
  ['burnDuration', 0],
  ['iOSPushSound', 'default'],
  ['signalInfo', ''],
  ['groupType', 2],
  ['ex', ''],
  ['nickName', 'Ann'],
  ['nickname', 'Ann'],
  ['senderNickname', 'Ann'],
  ['remark', 'Ann'],
  ['groupName', 'Book Club'],
])

/** Values a group does not have yet before it is created; its first member is its owner. */
const newGroup = {
  ...{ groupID: '', ownerUserID: '', creatorUserID: '', createTime: 0, memberCount: 0 },
  ...{ notificationUpdateTime: 0, notificationUserID: '', roleLevel: 100 },
}

/** For sessions, the server creates the operation ids itself, and numbers them by time. */
const session = { operationID: 'p_4242_1', seq: now }

/** Sample values that differ for one callback. */
const ofCallback: ReadonlyMap<string, Record<string, unknown>> = new Map<string, Record<string, unknown>>([
  ['beforeCreateGroup', newGroup],
  ['afterCreateGroup', { memberCount: 1, notificationUpdateTime: now, roleLevel: 100 }],
  ['afterDisMissGroup', { membersID: ['u1', 'u2'] }],
  ['afterJoinGroup', { joinSource: 3 }],
  ['beforeUserRegister', { createTime: 0 }],
  ['afterMsgSaveDB', { seq: 42, status: 2 }],
  ['beforeAfterMsg', { seq: 42 }],
  ['beforeGroupOnlinePush', { seq: 42 }],
  ['afterUserOnline', session],
  ['afterUserOffline', session],
  ['afterUserKickOff', session],
])

/** The fields that identify a conversation: of a group, or of two users. */
const conversations = {
  group: { conversationId: 'sg_g1', recvID: '' },
  single: { groupID: '', atUserList: null, atUserIDList: null },
}

/** A request as the IM server might send it, with every key that it sends. Returns a new object each time. */
export function sampleOf({ name, command, fields }: Callback): Record<string, unknown> {
  const sent = fields.filter(isSent)
  const kind = sent.find(({ names }) => names === sessionTypes)
  const type = name.includes('Group') ? 'group' : 'single'
  const special = {
    ...(kind && { [kind.name]: sessionTypes.get(type), ...conversations[type] }),
    ...ofCallback.get(name),
  }
  return { callbackCommand: command, ...sampleOfFields(sent, special) }
}

function isSent(field: Field): boolean {
  return field.origin !== 'answer' && !isDerived(field) && field.neverSent !== 'no key'
}

function sampleOfFields(fields: readonly Field[], special: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(fields.map(field => [field.name, sampleValue(field, special)]))
}

function sampleValue(field: Field, special: Record<string, unknown>): unknown {
  const { name, kind, names, items, origin, neverSent } = field
  if (neverSent !== undefined) return neverSent === 'null' ? null : ''
  if (Object.hasOwn(special, name)) return special[name]
  const known = values.get(name)
  const value = kind === 'enum' && ![...(names?.values() ?? [])].includes(known as number) ? undefined : known
  if (origin === 'character') return String.fromCodePoint((value as number) ?? 0)
  if (value !== undefined) return value
  switch (kind) {
    case 'id':
      return 'u1'
    case 'text':
      return 'hello'
    case 'url':
    case 'json':
      return ''
    case 'enum':
      return [...(names?.values() ?? [])][0] ?? 0
    case 'integer':
      return 1
    case 'flag':
      return false
    case 'list':
      return [itemOf(items ?? 'text', special)]
  }
}

function itemOf(items: NonNullable<Field['items']>, special: Record<string, unknown>): unknown {
  if (typeof items === 'string') return items === 'integer' ? 42 : 'u2'
  return sampleOfFields(items.filter(isSent), special)
}
