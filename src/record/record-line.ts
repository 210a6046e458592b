import type { Value } from '../decide/call.ts'
import type { Change, Match } from '../decide/decision.ts'
import { isDraftLine, type RecordedDraft, type RecordedDraftSum } from './draft-line.ts'

/** The format of the lines, which is the first thing in each. */
export const recordFormat = 1

/** One decision on record, without what people wrote: a line of the envelope. */
export type RecordedDecision = {
  v: typeof recordFormat
  /** The id of the decision: unique over instances and years, sorted by time. */
  id: string
  /** When the call was judged, in ms since 1970. */
  at: number
  /** The name of the process that decided. */
  instance: string
  kind: 'decision'
  /** The version of the rules that decided. */
  rules: string
  /** The version of the program, and the number of the language that it reads. */
  app: string
  language: number
  callback: string
  /** Untrusted text. */
  operationID: string
  /** The users and groups that the call names, each once, in its order, as masked. */
  users: readonly string[]
  groups: readonly string[]
  /** The counts and look-ups that the decision used. */
  facts?: { readonly [name: string]: Value }
  /** True if a fact that the decision needed was not known. */
  unsure?: true
  decision: 'allow' | 'reject'
  code?: number
  rule?: string
  /** What the user saw: text of the rules, never of the call. */
  message?: string
  changes: readonly Pick<Change, 'field' | 'rule'>[]
  matches: readonly Match[]
  /** The fields of the call that a mask changed. */
  masked?: readonly string[]
  /** How long the call took, in microseconds. */
  us: number
}

/** The call of one decision on record, with what people wrote: a line of the content. */
export type RecordedContent = {
  v: typeof recordFormat
  id: string
  at: number
  /** The fields of the catalogue as received, after masks, and `callbackCommand`. */
  call: { readonly [key: string]: Value }
  changes: readonly Change[]
  detail?: string
  message?: string
}

/** Something that happened beside decisions: a line of the envelope, with data of its own. */
export type RecordedEvent = {
  v: typeof recordFormat
  id: string
  at: number
  instance: string
  kind: 'event'
  event: string
  readonly [key: string]: unknown
}

/** Any line of the envelope. */
export type RecordedLine = RecordedDecision | RecordedEvent | RecordedDraft | RecordedDraftSum

/** A line of the envelope, without its line break. */
export function envelopeLine(record: RecordedLine): string {
  return record.kind === 'decision' ? decisionLine(record) : JSON.stringify(record)
}

/** A line of the content, without its line break. */
export function contentLine(content: RecordedContent): string {
  return contentLineOf({ ...content, told: content }, JSON.stringify(content.call))
}

/** What a refusal told, as far as it is not in the envelope. */
export type RecordedTexts = Pick<RecordedContent, 'detail' | 'message'>

/** The same for a call that is JSON text already, without line breaks. */
export function contentLineOf(
  { id, at, changes, told }: Pick<RecordedContent, 'id' | 'at' | 'changes'> & { told?: RecordedTexts | undefined },
  call: string,
): string {
  const { detail, message } = told ?? {}
  const start = `{"v":${recordFormat},"id":${JSON.stringify(id)},"at":${at},"call":${call},"changes":`
  if (changes.length === 0 && detail === undefined && message === undefined) return `${start}[]}`
  const rest = JSON.stringify({ changes: changes.map(({ field, from, to, rule }) => ({ field, from, to, rule })) })
  const more = JSON.stringify({ detail, message })
  return `${start}${rest.slice('{"changes":'.length, -1)}${more === '{}' ? '}' : `,${more.slice(1)}`}`
}

/** What is on a line of the envelope; undefined for a line that is none, or of a newer format. */
export function readLine(text: string): RecordedLine | undefined {
  const line = parsed(text)
  if (line === undefined || typeof line.instance !== 'string') return undefined
  if (line.kind === 'event') return typeof line.event === 'string' ? (line as RecordedEvent) : undefined
  if (line.kind === 'decision') return isDecision(line) ? (line as RecordedDecision) : undefined
  return isDraftLine(line) ? (line as RecordedDraft | RecordedDraftSum) : undefined
}

/** The call on a line of the content; undefined for a line that is none, or of a newer format. */
export function readContentLine(text: string): RecordedContent | undefined {
  const line = parsed(text)
  if (line === undefined || !isObjectLike(line.call) || !Array.isArray(line.changes)) return undefined
  return line as RecordedContent
}

/**
 * In the order that the format has.
 *
 * Put together by hand, since this runs for every call: it takes a third of the time of writing an object.
 */
function decisionLine(record: RecordedDecision): string {
  const { id, at, operationID, users, groups, decision, code, rule, message, changes, matches, us } = record
  const { facts, unsure, masked } = record
  let line = `{"v":${recordFormat},"id":${JSON.stringify(id)},"at":${at},${sharedPart(record)}`
  line += `,"operationID":${operationID === '' ? '""' : JSON.stringify(operationID)}`
  line += `,"users":${listOf(users)},"groups":${listOf(groups)}`
  if (facts !== undefined) line += `,"facts":${JSON.stringify(facts)}`
  if (unsure) line += ',"unsure":true'
  line += `,"decision":"${decision}"`
  if (code !== undefined) line += `,"code":${code}`
  if (rule !== undefined) line += `,"rule":${JSON.stringify(rule)}`
  if (message !== undefined) line += `,"message":${JSON.stringify(message)}`
  line += `,"changes":${changes.length === 0 ? '[]' : JSON.stringify(changes.map(shownChange))}`
  line += `,"matches":${matches.length === 0 ? '[]' : JSON.stringify(matches.map(shownMatch))}`
  if (masked !== undefined) line += `,"masked":${JSON.stringify(masked)}`
  return `${line},"us":${us}}`
}

/** What is the same in nearly all lines of a callback. */
let shared: { of: Pick<RecordedDecision, 'instance' | 'rules' | 'app' | 'language'>; parts: Map<string, string> } = {
  of: { instance: '', rules: '', app: '', language: 0 },
  parts: new Map(),
}

function sharedPart({ instance, rules, app, language, callback }: RecordedDecision): string {
  const { of, parts } = shared
  if (rules !== of.rules || instance !== of.instance || app !== of.app || language !== of.language) {
    shared = { of: { instance, rules, app, language }, parts: new Map() }
  }
  const known = parts === shared.parts ? parts.get(callback) : undefined
  if (known !== undefined) return known
  const text = JSON.stringify({ instance, kind: 'decision', rules, app, language, callback }).slice(1, -1)
  if (shared.parts.size < mostParts) shared.parts.set(callback, text)
  return text
}

/** More than there are callbacks. */
const mostParts = 200

function listOf(ids: readonly string[]): string {
  return ids.length === 0 ? '[]' : JSON.stringify(ids)
}

function shownChange({ field, rule }: Pick<Change, 'field' | 'rule'>) {
  return { field, rule }
}

function shownMatch({ rule, stage, mode, exempted }: Match): Match {
  return { rule, stage, mode, exempted }
}

type Line = { [key: string]: unknown }

function parsed(text: string): Line | undefined {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  if (!isObjectLike(line) || line.v !== recordFormat) return undefined
  return typeof line.id === 'string' && typeof line.at === 'number' ? line : undefined
}

function isDecision(line: Line): boolean {
  const { callback, rules, decision, users, groups, changes, matches } = line
  return (
    typeof callback === 'string' &&
    typeof rules === 'string' &&
    (decision === 'allow' || decision === 'reject') &&
    [users, groups, changes, matches].every(Array.isArray)
  )
}

function isObjectLike(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
