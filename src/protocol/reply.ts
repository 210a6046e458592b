import type { Call, Value } from '../decide/call.ts'
import type { Decision } from '../decide/decision.ts'
import { rewrittenKeys } from './rewritten.ts'

/**
 * What the IM server is answered: the five keys it knows everywhere, in the documented order, then rewritten fields.
 *
 * The server parses strictly: the codes are integers, the texts are texts, or the user's action fails.
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

/** What to answer when nothing can be decided: `code` is from 5000 to 9999. */
export type FailurePolicy = { answer: 'reject' | 'allow'; code: number }

/** All that an end user is told about a call that could not be decided. */
export const undecided = 'The request could not be checked'

/** What a refused user is told by a rule that has no message. */
export const refused = 'This is not allowed'

/**
 * The answer that carries a decision; what has happened already is answered in one way only.
 *
 * Pure. Throws when the decision rewrites what the callback does not let us rewrite: the server checks nothing,
 * a wrong role would make a second owner.
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

/** The answer that lets a call pass and changes nothing. Pure. */
export function neutralReply(call: Call): ReplyBody {
  return allowing(call, 0)
}

/** The answer that changes nothing, for a callback whose answer is thrown away. Pure; a new object each time. */
export function plainAllow(): ReplyBody {
  return allowing(undefined, 0)
}

/**
 * The answer for a call that could not be decided, as the policy has it.
 *
 * `problem` is what is wrong with the request, for its sender; empty when the failure is ours. `call` is there when the
 * request could be read, or enough of it to tell what to repeat. An allow says `actionCode` 1, which continues on servers
 * from 3.6. What has happened already is let pass by any policy. Pure.
 */
export function failureReply(policy: FailurePolicy, problem: string, call?: Call): ReplyBody {
  if (call?.callback.phase === 'after') return plainAllow()
  const said = { errCode: policy.code, errMsg: undecided, errDlt: problem }
  switch (policy.answer) {
    case 'allow':
      return { ...allowing(call, 1), ...said }
    case 'reject':
      return { actionCode: 0, ...said, nextCode: 1 }
  }
}

/** Every answer that lets a call pass is made here: what the server would blank is in each. */
function allowing(call: Call | undefined, actionCode: 0 | 1, rewrites?: ReadonlyMap<string, Value>): ReplyBody {
  const body: ReplyBody = { actionCode, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }
  if (call === undefined) return body
  for (const [key, value] of call.echo ?? []) body[key] = value
  if (rewrites === undefined) return body
  for (const [key, value] of rewrittenKeys(call, rewrites)) body[key] = value
  return body
}
