import type { Callback, Field } from './callback.ts'
import { sessionTypes } from './enum-names.ts'
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
])

/** A request as the IM server might send it, every key there. Pure; a new object each time. */
export function sampleOf({ name, command, fields }: Callback): Record<string, unknown> {
  const sent = fields.filter(({ origin }) => origin !== 'answer' && origin !== 'message text')
  const values = Object.fromEntries(sent.map(field => [field.name, sampleValue(field)]))
  const kinds = sent.filter(({ names }) => names === sessionTypes).map(field => [field.name, groupChat])
  return { callbackCommand: command, ...values, ...(name.includes('Group') && Object.fromEntries(kinds)) }
}

const groupChat = sessionTypes.get('group')

function sampleValue(field: Field): unknown {
  const { name, kind, names, items, origin } = field
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
      return [itemOf(items ?? 'text')]
  }
}

function itemOf(items: NonNullable<Field['items']>): unknown {
  if (typeof items === 'string') return items === 'integer' ? 1 : 'u2'
  const sent = items.filter(({ origin }) => origin !== 'answer')
  return Object.fromEntries(sent.map(field => [field.name, sampleValue(field)]))
}
