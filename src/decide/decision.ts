import type { Counted, Hold } from '../compile/counter.ts'
import type { Call, Value } from './call.ts'

/** A value that changed, before and after. */
export type Change = { field: string; from: Value; to: Value; rule: string }

/** A rule that matched, whether or not it decided. */
export type Match = {
  rule: string
  stage: 'rewrite' | 'exempt' | 'reject'
  mode: 'enforce' | 'shadow'
  /** True if the rule matched, but is exempted. */
  exempted: boolean
}

/** The decision on one call, with the rules that matched, so that logs and reports need not evaluate again. */
export type Decision = {
  matches: readonly Match[]
  changes: readonly Change[]
  /** Present if it has an effect on what is counted, beside that the call counts. */
  effects?: CountEffects
} & Verdict

/**
 * What a decision does to counts: the own counters of rules that would have refused the call but for being in shadow,
 * by id, and the silences that begin.
 */
export type CountEffects = { wouldRefuse: readonly string[]; holds: readonly Hold[] }

/**
 * The part of a decision that is sent to the IM server. `rewrites` has only the fields that actually changed. `entry`,
 * which is only for the log, is the list entry that `{match}` stands for: part of the rules, never of the payload.
 * `quotesCall` is present if the message or the detail may hold what is in the payload.
 */
export type Verdict =
  | { kind: 'allow'; rewrites: ReadonlyMap<string, Value> }
  | { kind: 'reject'; code: number; rule: string; message: string; detail: string; entry?: string; quotesCall?: true }

/** What a decision was told of a count, by the id of its question; undefined if nobody answered. */
export type ToldCount = { id: string; counted: readonly Counted[] | undefined }

/** One decided call, as plain data, for logging, counting or storing decisions. */
export type DecisionRecord = {
  /** The `X-Request-Id` of the answer. */
  requestId: string
  /** The client's id for the operation: untrusted text, possibly empty. */
  operationId: string
  /** The id that a trusted proxy gave the request: calls with the same one count once. */
  callerId?: string
  call: Call
  /** The body of the request: its text, and what that was parsed to. */
  received: { text: string; body: unknown }
  /** With all matches, and all changes with their rules. */
  decision: Decision
  /** What was told of counts, in the order of the questions. */
  told?: readonly ToldCount[]
  /** The version of the rules that decided. */
  version: string
  /** When it was judged, in ms since 1970. */
  at: number
  /** From the end of the request's headers to the decision. */
  tookMs: number
}
