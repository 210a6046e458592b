import { findCallback } from '../../src/callbacks/catalogue.ts'
import type { DecisionRecord, Match } from '../../src/decide/decision.ts'
import { type MetricStatus, Metrics, type MetricsDeps } from '../../src/serve/metrics.ts'
import { uncounted } from './_counts.ts'

/** The status of a service with three rules and a record. */
export const status: MetricStatus = {
  version: 'aaaaaaaabbbbbbbb',
  since: '2026-12-01T12:00:00.000Z',
  rules: { total: 3, enforce: 2, shadow: 1, disabled: 0 },
  counts: { ...uncounted.status, keys: 7, bytes: 4096 },
  record: { written: 40, dropped: { full: 2, failed: 0 } as never, queued: 3, lastError: null },
  pauses: [],
}

export function metricsOf(changes: Partial<MetricsDeps> = {}): Metrics {
  return new Metrics({
    status: () => status,
    rules: () => new Set(),
    instance: 'one',
    app: '0.2.0',
    deadlineMs: 1000,
    ...changes,
  })
}

/** A decided call, as observers get it. */
export function decided(matches: readonly Partial<Match>[] = [], others: object = {}): DecisionRecord {
  const callback = findCallback('beforeAddFriend')
  const all = matches.map(match => ({ rule: 'no-links', stage: 'reject', mode: 'enforce', exempted: false, ...match }))
  const decision = { kind: 'allow', rewrites: new Map(), matches: all, changes: [], ...others }
  return { call: { callback, values: new Map() }, decision, tookMs: 0.3, at: 0 } as unknown as DecisionRecord
}
