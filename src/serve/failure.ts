import { type FailurePolicy, failureReply, withId } from '../protocol/reply.ts'
import type { Config } from './config.ts'
import { type Failure, failureRecord, type Voice } from './exchange.ts'
import type { Observer } from './observer.ts'

/** The settings for calls that cannot be decided. */
export type FailureConfig = Pick<Config, 'deadlineMs' | 'onFailure' | 'failureCode' | 'unknownCallback' | 'idInDetail'>

/**
 * How the webhook listener answers failures: by the failure policy, which is applied only here.
 */
export function failurePolicy(config: FailureConfig, observer: Observer, stopping: Voice['stopping']): Voice {
  const usual: FailurePolicy = { answer: config.onFailure, code: config.failureCode }
  const forUnknown: FailurePolicy = { answer: config.unknownCallback, code: config.failureCode }
  const policyOf = (failure: Failure) => (failure.isUnknownCallback ? forUnknown : usual)
  return {
    deadlineMs: config.deadlineMs,
    headers: ['Content-Type', 'application/json; charset=utf-8'],
    failureBody: (failure, call, id) => {
      const policy = policyOf(failure)
      const isTold = config.idInDetail && policy.answer === 'reject'
      return JSON.stringify(failureReply(policy, isTold ? withId(failure.problem, id) : failure.problem, call))
    },
    onFailure: (failure, note) => {
      const { answer, code } = policyOf(failure)
      // A call about something that already happened is allowed, whatever the policy says.
      const isPast = note.exchange?.call?.callback.phase === 'after'
      const given = isPast ? { decision: 'allow' as const, code: 0 } : { decision: answer, code }
      note.exchange?.counts?.settle(given.decision === 'reject' ? 'refused' : 'let through')
      observer.failed(failureRecord('webhooks', failure, note, given))
    },
    onNoRoom: why => observer.noRoom('webhooks', why),
    onConnections: open => observer.connections('webhooks', open),
    onClosed: () => observer.closed('webhooks'),
    stopping,
  }
}
