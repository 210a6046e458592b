import type { Callback } from '../callbacks/callback.ts'
import { findCallback } from '../callbacks/catalogue.ts'
import type { Call, Value } from '../decide/call.ts'
import { readCall } from '../protocol/request.ts'
import {
  type RecordedContent,
  type RecordedDecision,
  type RecordedEvent,
  readContentLine,
  readLine,
} from '../record/record-line.ts'

/** A line of the record as it was found, and the line of its call, if that is still there. */
export type LinesOfCall = { at: number; id: string; text: string; content?: string; dir: string }

/** A decision on record, as far as it had to be read; `record` reads all of it. */
export type CallOnRecord = {
  kind: 'decision'
  at: number
  id: string
  dir: string
  instance: string
  rules: string
  app: string
  callback: string
  /** True if no rule did anything: it is let through as it came. */
  isPlain: boolean
  /** True if not everything that its rules asked was known. */
  isUnsure: boolean
  masked: readonly string[]
  record(): RecordedDecision | undefined
  content: RecordedContent | undefined
  /** The call as rules see it, or why there is none. */
  call: Call | 'gone' | 'unreadable'
}

export type ReadLines = CallOnRecord | { kind: 'event'; event: RecordedEvent } | { kind: 'foreign' }

/** The keys of a decision up to its callback, in the order in which they are written. */
const head =
  /^\{"v":1,"id":"[^"\\]*","at":\d+,"instance":("(?:[^"\\]|\\.)*"),"kind":"decision","rules":"([^"\\]*)","app":"([^"\\]*)","language":\d+,"callback":"([^"\\]*)",/

/** What no rule matched has in it. */
const untouched = '"decision":"allow","changes":[],"matches":[]'

/** Read a line of the record with its call. Of nearly every line only the start is looked at. */
export function readRecorded(lines: LinesOfCall, see: SeeCall = sees): ReadLines {
  const { at, id, text, dir } = lines
  const found = head.exec(text)
  if (found === null) return readOther(lines, see)
  const [, instance = '""', rules = '', app = '', callback = ''] = found
  const isMasked = text.includes('"masked":[')
  const record = once(() => decisionOn(text))
  const masked = isMasked ? (record()?.masked ?? []) : []
  const content = lines.content === undefined ? undefined : readContentLine(lines.content)
  return {
    ...{ kind: 'decision', at, id, dir, instance: JSON.parse(instance), rules, app, callback },
    isPlain: text.includes(untouched),
    isUnsure: text.includes('"unsure":true'),
    ...{ masked, record, content },
    call: callIn(lines, content, callback, masked, see),
  }
}

/** Changes what is on record of a masked call, before it is read. */
export type SeeCall = (call: RecordedContent['call'], masked: readonly string[]) => { readonly [key: string]: Value }

const sees: SeeCall = call => call

/** Events, and lines that another program wrote in another order. */
function readOther(lines: LinesOfCall, see: SeeCall): ReadLines {
  const line = readLine(lines.text)
  if (line === undefined) return { kind: 'foreign' }
  if (line.kind === 'event') return { kind: 'event', event: line }
  const { at, id, instance, rules, app, callback, masked = [] } = line
  const content = lines.content === undefined ? undefined : readContentLine(lines.content)
  const isPlain = line.decision === 'allow' && line.changes.length === 0 && line.matches.length === 0
  return {
    ...{ kind: 'decision', at, id, dir: lines.dir, instance, rules, app, callback, isPlain, masked, content },
    isUnsure: line.unsure === true,
    record: () => line,
    call: callIn(lines, content, callback, masked, see),
  }
}

function callIn(
  lines: LinesOfCall,
  content: RecordedContent | undefined,
  name: string,
  masked: readonly string[],
  see: SeeCall,
): CallOnRecord['call'] {
  if (lines.content === undefined) return 'gone'
  const callback = callbackOf(name)
  if (content === undefined || callback === undefined) return 'unreadable'
  const body = masked.length === 0 ? content.call : see(content.call, masked)
  const read = readCall(callback, body, { maxTextBytes: Number.MAX_SAFE_INTEGER })
  return read.ok ? read.call : 'unreadable'
}

const known = new Map<string, Callback | undefined>()

function callbackOf(name: string): Callback | undefined {
  if (!known.has(name) && known.size < mostNames) known.set(name, findCallback(name))
  return known.get(name)
}

/** More than there are callbacks. */
const mostNames = 500

function decisionOn(text: string): RecordedDecision | undefined {
  const line = readLine(text)
  return line?.kind === 'decision' ? line : undefined
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
