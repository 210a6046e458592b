import { type Later, LineLimit } from './line-limit.ts'
import type { FailureRecord, Observer } from './observer.ts'

/** Puts something on record that is no decision. */
export type TellRecord = (event: string, data: { readonly [key: string]: unknown }) => void

/** What strangers can cause is limited: of each kind so many events in 10 s, then one with the number of the others. */
const intervalMs = 10_000
const mostOfKind = 100

/**
 * Failures, lost connections, reloads, rollbacks, pauses and fuses as events on record, so that an incident can be read in order.
 *
 * None holds a value of a call.
 */
export function recordEvents(tell: TellRecord, later?: Later): Partial<Observer> {
  const limit = new LineLimit({
    most: mostOfKind,
    intervalMs,
    onLeftOut: (kind, count) => tell(kind, { leftOut: count }),
    ...(later && { later }),
  })
  return {
    failed: record => {
      if (record.listener === 'webhooks' && limit.admits('failed')) tell('failed', failureOf(record))
    },
    noRoom: (listener, why) => {
      if (limit.admits('shed')) tell('shed', { listener, why })
    },
    reloaded: ({ loaded, before }) => {
      if (!loaded.ok) {
        const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error').length
        tell('reload failed', { errors, ...(loaded.error !== undefined && { reason: loaded.error.message }) })
      } else if (loaded.isNew)
        tell('reloaded', { rules: loaded.ruleSet.version, before: before?.ruleSet.version ?? null })
    },
    paused: ({ kind, at, ...rest }) => tell(kind, rest),
    fuseBlew: ({ at, ...rest }) => tell('fuse blown', rest),
    cameInForce: ({ source, version, before, who, why }) => {
      if (source === 'rollback') tell('rolled back', { rules: version, before, who, why })
    },
  }
}

function failureOf({ requestId, peer, callback, status, problem, cause, isLate, answer }: FailureRecord) {
  return {
    request: requestId,
    peer,
    callback,
    status,
    ...(problem !== '' && { problem }),
    ...(cause instanceof Error && { error: cause.name }),
    ...(isLate && { late: true }),
    ...answer,
  }
}
