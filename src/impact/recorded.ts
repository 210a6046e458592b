import type { Callback } from '../callbacks/callback.ts'
import { findCallback } from '../callbacks/catalogue.ts'
import { type NamingField, namingFields } from '../callbacks/named.ts'
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
export type LinesOfCall = { at: number; id: string; text: string; content?: string | Buffer; dir: string }

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
  /** True if it was refused. */
  isRefused: boolean
  /** True if not everything that its rules asked was known. */
  isUnsure: boolean
  masked: readonly string[]
  record(): RecordedDecision | undefined
  readonly content: RecordedContent | undefined
  /** The call as rules see it, or why there is none. */
  readonly call: Call | 'gone' | 'unreadable'
  /** The user, or the group, that it names first; undefined where there is none, and where that field is empty. */
  firstNamed(by: 'user' | 'group'): string | undefined
}

export type ReadLines = CallOnRecord | { kind: 'event'; event: RecordedEvent } | { kind: 'other' }

/** The keys of a decision up to its callback, in the order in which they are written. */
const head =
  /^\{"v":1,"id":"[^"\\]*","at":\d+,"instance":("(?:[^"\\]|\\.)*"),"kind":"decision","rules":"([^"\\]*)","app":"([^"\\]*)","language":\d+,"callback":"([^"\\]*)",/

/** What the second half of a decision begins with; in a text there would be a backslash before each quotation mark. */
const verdict = '"decision":"'

/** The second half where no rule matched, and where the call was refused. */
const untouched = '"decision":"allow","changes":[],"matches":[]'
const refused = '"decision":"reject"'

/** What stands before it if not everything was known. */
const unsure = '"unsure":true,'

/** Changes what is on record of a masked call, before it is read. */
export type SeeCall = (call: RecordedContent['call'], masked: readonly string[]) => { readonly [key: string]: Value }

const sees: SeeCall = call => call

/** Read a line of the record with its call. Of nearly every line only the start is looked at, and the rest when asked. */
export function readRecorded(lines: LinesOfCall, see: SeeCall = sees): ReadLines {
  const found = head.exec(lines.text)
  if (found === null) return readOther(lines, see)
  const [, instance = '""', rules = '', app = '', callback = ''] = found
  return new Recorded(lines, see, { instance: JSON.parse(instance), rules, app, callback })
}

type Head = Pick<CallOnRecord, 'instance' | 'rules' | 'app' | 'callback'>

/** Events, what drafts did, and lines that another program wrote in another order. */
function readOther(lines: LinesOfCall, see: SeeCall): ReadLines {
  const line = readLine(lines.text)
  if (line?.kind === 'event') return { kind: 'event', event: line }
  return line?.kind === 'decision' ? new Recorded(lines, see, line, line) : { kind: 'other' }
}

class Recorded implements CallOnRecord {
  readonly kind = 'decision'
  readonly instance: string
  readonly rules: string
  readonly app: string
  readonly callback: string
  readonly #lines: LinesOfCall
  readonly #see: SeeCall
  /** True where the keys are in another order than this program writes them. */
  readonly #isParsed: boolean
  /** Where the second half of the line begins. */
  readonly #verdictAt: number
  #record: RecordedDecision | undefined | null = null
  #content: RecordedContent | undefined | null = null
  #call: CallOnRecord['call'] | null = null

  constructor(lines: LinesOfCall, see: SeeCall, { instance, rules, app, callback }: Head, record?: RecordedDecision) {
    this.#lines = lines
    this.#see = see
    this.instance = instance
    this.rules = rules
    this.app = app
    this.callback = callback
    this.#isParsed = record !== undefined
    this.#verdictAt = record === undefined ? lines.text.lastIndexOf(verdict) : -1
    if (record !== undefined) this.#record = record
  }

  get at(): number {
    return this.#lines.at
  }

  get id(): string {
    return this.#lines.id
  }

  get dir(): string {
    return this.#lines.dir
  }

  get isPlain(): boolean {
    if (this.#isParsed) return this.#record?.decision === 'allow' && this.#hasNo('changes') && this.#hasNo('matches')
    return this.#lines.text.startsWith(untouched, this.#verdictAt)
  }

  get isRefused(): boolean {
    if (this.#isParsed) return this.#record?.decision === 'reject'
    return this.#lines.text.startsWith(refused, this.#verdictAt)
  }

  get isUnsure(): boolean {
    if (this.#isParsed) return this.#record?.unsure === true
    return this.#lines.text.startsWith(unsure, this.#verdictAt - unsure.length)
  }

  get masked(): readonly string[] {
    const isMasked = this.#isParsed || this.#lines.text.includes('"masked":[', this.#verdictAt)
    return isMasked ? (this.record()?.masked ?? []) : []
  }

  record(): RecordedDecision | undefined {
    if (this.#record === null) {
      const line = readLine(this.#lines.text)
      this.#record = line?.kind === 'decision' ? line : undefined
    }
    return this.#record
  }

  get content(): RecordedContent | undefined {
    if (this.#content === null) {
      this.#content = this.#lines.content === undefined ? undefined : readContentLine(this.#lines.content.toString())
    }
    return this.#content
  }

  get call(): CallOnRecord['call'] {
    if (this.#call === null) this.#call = this.#readCall()
    return this.#call
  }

  firstNamed(by: 'user' | 'group'): string | undefined {
    const [, name] = (by === 'user' ? firstUser : firstGroup).exec(this.#lines.text) ?? []
    return name === undefined || this.#hasEmptyFirst(by) ? undefined : (JSON.parse(name) as string)
  }

  /** The record names nobody for an empty text, and the next field comes first there; calls are counted by it all the same. */
  #hasEmptyFirst(by: 'user' | 'group'): boolean {
    const empty = emptyFirst(this.callback, by)
    return empty !== undefined && this.#lines.content?.includes(empty) === true
  }

  #hasNo(key: 'changes' | 'matches'): boolean {
    return this.#record?.[key].length === 0
  }

  #readCall(): CallOnRecord['call'] {
    if (this.#lines.content === undefined) return 'gone'
    const { content, masked } = this
    const callback = callbackOf(this.callback)
    if (content === undefined || callback === undefined) return 'unreadable'
    const body = masked.length === 0 ? content.call : this.#see(content.call, masked)
    const read = readCall(callback, body, { maxTextBytes: Number.MAX_SAFE_INTEGER })
    return read.ok ? read.call : 'unreadable'
  }
}

/** In a text of the call there would be a backslash before each quotation mark. */
const firstUser = /"users":\[("(?:[^"\\]|\\.)*")/
const firstGroup = /"groups":\[("(?:[^"\\]|\\.)*")/

/** The field by which a call names its first user or group, as JSON where it is empty; undefined where no other follows. */
function emptyFirst(callback: string, by: 'user' | 'group'): string | undefined {
  const key = `${by} ${callback}`
  if (!empties.has(key) && empties.size < mostNames) {
    const found = callbackOf(callback)
    const [first, second] = found === undefined ? [] : namingFields(found).filter(({ named }) => isNamed(named, by))
    empties.set(key, second === undefined ? undefined : `"${first?.name}":""`)
  }
  return empties.get(key)
}

function isNamed(named: NamingField['named'], by: 'user' | 'group'): boolean {
  return named === by || named === 'conversation'
}

const empties = new Map<string, string | undefined>()

const known = new Map<string, Callback | undefined>()

function callbackOf(name: string): Callback | undefined {
  if (!known.has(name) && known.size < mostNames) known.set(name, findCallback(name))
  return known.get(name)
}

/** More than there are callbacks. */
const mostNames = 500
