import { shownCountsUrl } from '../state/counts-url.ts'
import type { RulePause } from '../state/pauses.ts'
import type { RecordStatus } from '../state/record-queue.ts'
import type { RuleStore } from '../store/store.ts'
import type { Config } from './config.ts'
import type { CountingStatus, ServedCounts } from './counting.ts'
import type { DraftStatus } from './draft-status.ts'
import type { Drafting } from './drafting.ts'
import type { FuseStatus } from './fuse-status.ts'
import type { ServedFuses } from './fuses.ts'
import type { RulesInForce } from './observer.ts'
import type { ServedPauses } from './pauses.ts'
import type { ServedRecord } from './recording.ts'
import { type ReloadStatus, reloadStatus, type Show } from './reload-status.ts'
import type { UnknownCallbacks } from './unknown-callbacks.ts'

/** What the status is built from. */
export type StatusDeps<R extends RulesInForce> = {
  rules: Pick<RuleStore<R>, 'current' | 'since' | 'lastReload'>
  counts: Pick<ServedCounts, 'status'>
  record: Pick<ServedRecord, 'status'>
  draft: Pick<Drafting, 'status'>
  pauses: Pick<ServedPauses, 'all' | 'aloneSince'>
  fuses: Pick<ServedFuses, 'status'>
  show: Show
  unknownCallbacks: UnknownCallbacks
  config: Config
  uptimeMs(): number
}

/** The body of `GET /status`. Times are ISO 8601. */
export type Status = {
  version: string | null
  since: string | null
  rules: RulesInForce['counts'] | null
  lastReload: ReloadStatus | null
  counts: CountingStatus
  /** Null without a record. */
  record: RecordStatus | null
  /** Null without a draft. */
  draft: DraftStatus | null
  pauses: readonly RulePause[]
  /** Since when the store cannot be asked for pauses of other instances; null while it can, or if there is none. */
  pausesAloneSince: string | null
  fuses: FuseStatus
  unknownCallbacks: UnknownCallbacks['told']
  uptimeMs: number
  config: Config
}

/** The current status of the service. */
export function statusOf<R extends RulesInForce>(deps: StatusDeps<R>): Status {
  const { rules, counts, pauses, fuses, record, draft, show, unknownCallbacks, config, uptimeMs } = deps
  const { current, since, lastReload } = rules
  return {
    version: current?.version ?? null,
    since,
    rules: current?.counts ?? null,
    lastReload: lastReload && reloadStatus(lastReload, show),
    counts: counts.status,
    record: record.status,
    draft: draft.status,
    pauses: pauses.all,
    pausesAloneSince: pauses.aloneSince === null ? null : new Date(pauses.aloneSince).toISOString(),
    fuses: fuses.status,
    unknownCallbacks: unknownCallbacks.told,
    uptimeMs: Math.round(uptimeMs()),
    config: withoutSecrets(config),
  }
}

/** Hides the prefix, since some operators use an unguessable path to keep strangers out, and the login of `counts`. */
function withoutSecrets(config: Config): Config {
  const { prefix, counts } = config
  return { ...config, prefix: prefix === '' ? '' : '(set)', counts: shownCountsUrl(counts) }
}
