import type { Call, Value } from './call.ts'

/** A value that changed, before and after. */
export type Change = { field: string; from: Value; to: Value; rule: string }

/** A rule that matched, whether or not it decided. */
export type Match = {
  rule: string
  stage: 'rewrite' | 'exempt' | 'reject'
  mode: 'enforce' | 'shadow'
  /** True when an exemption kept a matching reject from deciding. */
  exempted: boolean
}

/** What the rules say of one call. Which rules matched is in it so that logs and reports need no second look. */
export type Decision = { matches: readonly Match[]; changes: readonly Change[] } & Verdict

/** The part of a decision that the IM server is told. `rewrites` has only the fields that really changed. `entry` is the entry of a
 * list that was found, where the refusal names what was found: of the rules, and of the payload nothing. */
export type Verdict =
  | { kind: 'allow'; rewrites: ReadonlyMap<string, Value> }
  | { kind: 'reject'; code: number; rule: string; message: string; detail: string; entry?: string }
/** One decided call, as plain data, for whoever logs, counts or keeps decisions. */
export type DecisionRecord = {
  /** What the answer has in `X-Request-Id`. */
  requestId: string
  /** What the client calls the operation: untrusted text, perhaps empty. */
  operationId: string
  call: Call
  /** With all matches, and all changes with the rule that made them. */
  decision: Decision
  /** The version of the rules that decided. */
  version: string
  /** When it was judged, in ms since 1970. */
  at: number
  /** From the end of the request's headers to the decision. */
  tookMs: number
}
