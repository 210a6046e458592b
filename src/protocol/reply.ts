import type { Call, Value } from '../decide/call.ts'
import type { Decision } from '../decide/decision.ts'
import { rewrittenKeys } from './rewritten.ts'

/**
 * The reply to the IM server: the five keys of every callback, in the documented order, then rewritten fields.
 *
 * The server parses strictly: if a code is not an integer or a text is not a string, the user's action fails.
 */
export type ReplyBody = {
  actionCode: 0 | 1
  errCode: number
  errMsg: string
  errDlt: string
  /** 1 means: do not continue. open-im-server pkg/callbackstruct/common.go. */
  nextCode: 0 | 1
  [field: string]: Value
}

/** What to reply when a call cannot be decided; `code` is from 5000 to 9999. */
export type FailurePolicy = { answer: 'reject' | 'allow'; code: number }

/** The only message that an end user sees for a call that could not be decided. */
export const undecided = 'The request could not be checked'

/** The message that a rejected user sees if the rule has none. */
export const refused = 'This is not allowed'

/**
 * The reply for a decision; callbacks about past events always get the same reply.
 *
 * Throws if the decision rewrites something that the callback does not allow to be rewritten: the server checks
 * nothing, so a wrong role could create a second owner.
 */
export function reply(call: Call, decision: Decision): ReplyBody {
  if (call.callback.phase === 'after') return plainAllow()
  switch (decision.kind) {
    case 'allow':
      return allowing(call, 0, decision.rewrites)
    case 'reject':
      return {
        actionCode: 0,
        errCode: decision.code,
        errMsg: decision.message || refused,
        errDlt: decision.detail,
        nextCode: 1,
      }
  }
}

/** The reply that allows a call and changes nothing. */
export function neutralReply(call: Call): ReplyBody {
  return allowing(call, 0)
}

/** The reply that changes nothing, for a callback whose reply is ignored. A new object each time. */
export function plainAllow(): ReplyBody {
  return allowing(undefined, 0)
}

/**
 * The reply for a call that could not be decided, as set by the policy.
 *
 * `problem` is what is wrong with the request, for its sender; empty for an internal error. `call` is present if enough
 * of the request could be read to know what to repeat. An allow has `actionCode` 1, which means "continue" on servers
 * from 3.6. Callbacks about past events are allowed by any policy.
 */
export function failureReply(policy: FailurePolicy, problem: string, call?: Call): ReplyBody {
  if (call?.callback.phase === 'after') return plainAllow()
  const failure = { errCode: policy.code, errMsg: undecided, errDlt: problem }
  switch (policy.answer) {
    case 'allow':
      return { ...allowing(call, 1), ...failure }
    case 'reject':
      return { actionCode: 0, ...failure, nextCode: 1 }
  }
}

/** The detail of a refusal with the id of its decision, for screenshots of users. */
export function withId(detail: string, id: string): string {
  return detail === '' ? `id ${id}` : `${detail} (id ${id})`
}

/** Every reply that allows a call is built here: it repeats fields that the server would otherwise clear. */
function allowing(call: Call | undefined, actionCode: 0 | 1, rewrites?: ReadonlyMap<string, Value>): ReplyBody {
  const body: ReplyBody = { actionCode, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }
  if (call === undefined) return body
  for (const [key, value] of call.echo ?? []) body[key] = value
  if (rewrites === undefined) return body
  for (const [key, value] of rewrittenKeys(call, rewrites)) body[key] = value
  return body
}
