import { toJson } from '../language/show/render.ts'
import { shownCountsUrl } from '../state/counts-url.ts'
import type { RulePause } from '../state/pauses.ts'
import type { RecordStatus } from '../state/record-queue.ts'
import type { RuleStore } from '../store/store.ts'
import { decode } from '../yaml/decode.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { Config } from './config.ts'
import type { CountingStatus, ServedCounts } from './counting.ts'
import type { FuseStatus } from './fuse-status.ts'
import type { ServedFuses } from './fuses.ts'
import type { RulesInForce } from './observer.ts'
import type { ServedPauses } from './pauses.ts'
import type { ServedRecord } from './recording.ts'
import type { UnknownCallbacks } from './unknown-callbacks.ts'

/** A diagnostic with its place; line and column are 1-based. */
export type ShownDiagnostic = {
  file: string
  line: number
  column: number
  severity: string
  code: string
  message: string
  hint?: string
}

/** Adds places to diagnostics, given the files that they point into. */
export type Show = (diagnostics: readonly Diagnostic[], files: readonly SourceFile[]) => readonly ShownDiagnostic[]

/** What the status is built from. */
export type StatusDeps<R extends RulesInForce> = {
  rules: Pick<RuleStore<R>, 'current' | 'since' | 'lastReload'>
  counts: Pick<ServedCounts, 'status'>
  record: Pick<ServedRecord, 'status'>
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
  pauses: readonly RulePause[]
  /** Since when the store cannot be asked for pauses of other instances; null while it can, or if there is none. */
  pausesAloneSince: string | null
  fuses: FuseStatus
  unknownCallbacks: UnknownCallbacks['told']
  uptimeMs: number
  config: Config
}

/** The last attempt to load the rules; `error` is present if the problem was not in the rules, but the folder. */
export type ReloadStatus = {
  ok: boolean
  at: string
  version?: string
  error?: string
  diagnostics: readonly ShownDiagnostic[]
}

/** The current status of the service. */
export function statusOf<R extends RulesInForce>(deps: StatusDeps<R>): Status {
  const { rules, counts, pauses, fuses, record, show, unknownCallbacks, config, uptimeMs } = deps
  const { current, since, lastReload } = rules
  return {
    version: current?.version ?? null,
    since,
    rules: current?.counts ?? null,
    lastReload: lastReload && reloadStatus(lastReload, show),
    counts: counts.status,
    record: record.status,
    pauses: pauses.all,
    pausesAloneSince: pauses.aloneSince === null ? null : new Date(pauses.aloneSince).toISOString(),
    fuses: fuses.status,
    unknownCallbacks: unknownCallbacks.told,
    uptimeMs: Math.round(uptimeMs()),
    config: withoutSecrets(config),
  }
}

/** One attempt to load the rules, for the status and the log. */
export function reloadStatus<R extends RulesInForce>(
  loaded: NonNullable<RuleStore<R>['lastReload']>,
  show: Show,
): ReloadStatus {
  return {
    ok: loaded.ok,
    at: loaded.at,
    ...(loaded.ok && { version: loaded.ruleSet.version }),
    ...(!loaded.ok && loaded.error !== undefined && { error: loaded.error.message }),
    diagnostics: show(loaded.diagnostics, loaded.files),
  }
}

/** Hides the prefix, since some operators use an unguessable path to keep strangers out, and the login of `counts`. */
function withoutSecrets(config: Config): Config {
  const { prefix, counts } = config
  return { ...config, prefix: prefix === '' ? '' : '(set)', counts: shownCountsUrl(counts) }
}

/** Diagnostics with their places, as in the status, the log and dry runs. */
export function show(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): readonly ShownDiagnostic[] {
  return toJson(diagnostics, textsOf(diagnostics, files))
}

/** The texts of the files that diagnostics point into. */
export function textsOf(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const named = new Set(diagnostics.map(({ span }) => span.file))
  return new Map(files.filter(({ file }) => named.has(file)).map(file => [file.file, decode(file).source.text]))
}
