import { contentOfText, readMessageText } from '../callbacks/message-text.ts'
import type { Value } from '../decide/call.ts'
import type { Replied } from '../decide/replied.ts'
import type { RecordedDecision } from '../record/record-line.ts'

/** A call of which something else would be told, as far as it is on record. */
export type Example = {
  /** The id of the decision on record. */
  id: string
  /** In ms since 1970. */
  at: number
  callback: string
  users: readonly string[]
  groups: readonly string[]
  before: Replied
  after: Replied
  /** What a condition of the rule found. */
  found?: string
  /** The call, its long texts and lists cut. */
  call: { readonly [key: string]: Value }
}

/** A call that is told of otherwise, before it is known whether it becomes an example. */
export type ExampleOf = {
  record: Pick<RecordedDecision, 'id' | 'at' | 'callback' | 'users' | 'groups'>
  call: { readonly [key: string]: Value }
  before: Replied
  after: Replied
  found: string | undefined
}

/** The longest text and list that an example keeps whole. */
const most = { text: 500, items: 20, depth: 4 }

export function exampleOf({ record, call, before, after, found }: ExampleOf): Example {
  const { id, at, callback, users, groups } = record
  return {
    ...{ id, at, callback, users: users.slice(0, most.items), groups: groups.slice(0, most.items), before, after },
    ...(found !== undefined && { found }),
    call: { ...(shortened(call, most.depth) as Example['call']), ...shortMessage(call) },
  }
}

/** Of a message that is too long, the start of its text: JSON that is cut somewhere says nothing any more. */
function shortMessage({ content, contentType }: Example['call']): { content?: string } {
  if (typeof content !== 'string' || content.length <= most.text) return {}
  const text = readMessageText(content, contentType)
  const short = text === null ? null : contentOfText(contentType, shortText(text, most.text))
  return short === null ? {} : { content: short }
}

function shortText(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}

function shortened(value: Value, depth: number): Value {
  if (typeof value === 'string') return shortText(value, most.text)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '…'
  if (Array.isArray(value)) return value.slice(0, most.items).map(each => shortened(each as Value, depth - 1))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each as Value, depth - 1)]))
}
