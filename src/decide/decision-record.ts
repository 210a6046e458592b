import type { Call } from './call.ts'
import type { Decision } from './decision.ts'

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
