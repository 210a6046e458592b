import type { Callback } from '../callbacks/callback.ts'
import { findCallback } from '../callbacks/catalogue.ts'
import type { DecisionRecord } from '../decide/decision.ts'
import { outcomeOf, plainOutcome, type Replied } from '../decide/replied.ts'

/** A call that was answered, as the thread of the draft gets it. */
export type AnsweredCall = {
  /** The id of the decision. */
  id: string
  /** When it was judged, and by which time it counts: in ms since 1970. */
  at: number
  countedAt: number
  callback: Callback
  /** The id that a trusted proxy gave the request. */
  callerId?: string
  answered: Replied
  /** The body of the request. */
  text: string
}

/**
 * A call as two lines, without their line breaks: what became of it, and its body as received.
 *
 * Put together by hand, since this runs for every call on the thread that decides.
 */
export function callLines(record: DecisionRecord, countedAt: number): [head: string, body: string] {
  const { requestId, at, call, callerId, received, decision } = record
  const { text } = received
  const end = callerId === undefined ? '' : `,${JSON.stringify(callerId)}`
  const head = `["${requestId}",${at},${countedAt},"${call.callback.command}",${repliedText(outcomeOf(decision, call.callback))}${end}]`
  // In JSON, a line break is never part of a text.
  return [head, text.includes('\n') ? text.replaceAll('\n', ' ') : text]
}

/** The call in two lines. Throws SyntaxError if they are not those of `callLines`. */
export function readCallLines(head: string, text: string): AnsweredCall {
  const [id, at, countedAt, command, answered, callerId] = JSON.parse(head) as Head
  const callback = findCallback(command)
  if (callback === undefined) throw new SyntaxError(`There is no callback ${command}`)
  const read = { id, at, countedAt, callback, answered: answered === 0 ? plainOutcome : answered, text }
  return callerId === undefined ? read : { ...read, callerId }
}

/** 0 stands for a call that was let through as it came. */
type Head = [id: string, at: number, countedAt: number, command: string, answered: 0 | Replied, callerId?: string]

function repliedText(replied: Replied): string {
  if (replied === plainOutcome) return '0'
  if (replied.kind === 'allow' && Object.keys(replied.values).length === 0) return '0'
  return JSON.stringify({ ...replied, shadow: [] })
}
