import type { Callback, Field } from './callback.ts'
import { messageStatuses, sessionTypes } from './enum-names.ts'
import { contentOfText } from './message-text.ts'

/** What stands in a made request under a key, where its kind alone would make a strange one. */
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
  ['sendTime', 1_700_000_000_000],
  ['createTime', 1_700_000_000_000],
  ['groupType', 2],
  ['ex', ''],
  ['nickName', 'Ann'],
  ['nickname', 'Ann'],
  ['senderNickname', 'Ann'],
  ['remark', 'Ann'],
  ['groupName', 'Book Club'],
  ['introduction', 'We read'],
  ['notification', ''],
  ['memberCount', 2],
  ['notificationUpdateTime', 0],
  ['notificationUserID', ''],
  [
    'initMemberList',
    [
      { userID: 'u1', roleLevel: 100 },
      { userID: 'u2', roleLevel: 20 },
    ],
  ],
  ['reqMsg', 'Hi, it is Ann'],
  ['reqMessage', 'Hi, it is Ann'],
  ['HandleMsg', 'ok'],
  ['reason', 'spam'],
  ['title', 'Ann'],
  ['iOSPushSound', ''],
  ['signalInfo', ''],
  ['atUserList', []],
  ['atUserIDList', []],
  ['seq', 0],
  ['burnDuration', 0],
])

/**
 * A request as the IM server might send it, every key there. Pure; a new object each time.
 *
 * `rules/samples` has it, too, in a file of the callback's name.
 */
export function sampleOf(callback: Callback): Record<string, unknown> {
  const { command, fields } = callback
  const sent = fields.filter(({ origin }) => origin !== 'answer' && origin !== 'message text')
  // What the server sends as null is not being changed: one thing is.
  const unchanged = sent.filter(({ nullable }) => nullable).slice(1)
  const values = sent.map(field => [field.name, unchanged.includes(field) ? null : sampleValue(field)])
  return { callbackCommand: command, ...Object.fromEntries(values), ...ofConversation(callback), ...ofStage(callback) }
}

/** What goes with the kind of conversation: in a group nobody alone receives, and a single chat has no group. */
function ofConversation({ name, fields }: Callback): Record<string, unknown> {
  const kinds = fields.filter(({ names }) => names === sessionTypes).map(field => field.name)
  const isGroup = name.includes('Group')
  const [groupChat, single] = [sessionTypes.get('group'), sessionTypes.get('single')]
  const foreign = kinds.includes('sessionType')
    ? fields.filter(field => field.name === (isGroup ? 'recvID' : 'groupID'))
    : []
  return Object.fromEntries([
    ...kinds.map(kind => [kind, isGroup ? groupChat : single]),
    ...foreign.map(field => [field.name, '']),
  ])
}

/** After a message was sent it has its own status. */
function ofStage({ phase, fields }: Callback): Record<string, unknown> {
  const hasStatus = phase === 'after' && fields.some(({ names }) => names === messageStatuses)
  return hasStatus ? { status: messageStatuses.get('sent') } : {}
}

function sampleValue(field: Field): unknown {
  const { name, kind, names, items, origin, example } = field
  if (example !== undefined) return structuredClone(example)
  const known = structuredClone(values.get(name))
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
      return [itemOf(items ?? 'text')]
  }
}

function itemOf(items: NonNullable<Field['items']>): unknown {
  if (typeof items === 'string') return items === 'integer' ? 1 : 'u2'
  const sent = items.filter(({ origin }) => origin !== 'answer')
  return Object.fromEntries(sent.map(field => [field.name, sampleValue(field)]))
}
