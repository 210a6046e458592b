import type { ExecutionContext } from 'ava'
import { buildAdminApp } from '../../src/serve/admin.ts'
import { type DryRunLimits, DryRunThread } from '../../src/serve/dry-run-thread.ts'
import { Stopping } from '../../src/serve/stop.ts'
import { UnknownCallbacks } from '../../src/serve/unknown-callbacks.ts'
import type { SourceFile } from '../../src/yaml/source.ts'
import { uncounted, unmeasured, unrecorded } from './_counts.ts'
import { command, configOf, loggingTo, sample, startApp } from './_http.ts'
import { unfused, unpaused } from './_pauses.ts'

/** The script of the thread. A request with `loop-for-ever` in it keeps it busy until it is ended. */
export const dryRunScript = new URL('./_dry-run-worker.mjs', import.meta.url)

/** Where dry runs of the documented command are posted. */
export const dryRunPath = `dry-run/${command}`

/** A dry run that never comes to an end by itself. */
export const endless = { payload: { ...sample, nickName: 'loop-for-ever' } }

/** One rule for group members. */
export const ruleFile = (code: number) => `callback: beforeSetGroupMemberInfo
rules:
  - { rule: no-links, when: { nickName: { contains: "://" } }, reject: ${code} }
`

/** Makes dry runs by one rule in force; it ends with the test. */
export function startDryRuns(t: ExecutionContext, changes: Changes = {}) {
  const started = makeDryRuns(changes)
  t.teardown(() => started.dryRuns.close())
  return started
}

/** The same for all tests of a file, which ends it. */
export function makeDryRuns({ script = dryRunScript, ...limits }: Changes = {}) {
  let version = 1
  let sent = 0
  const inForce = () => ({
    version: `v${version}`,
    paused: [],
    files: [fileOf(ruleFile(5000 + version), () => sent++)],
  })
  const usual = { places: 5, maxHeapMb: 384, idleMs: 60_000 }
  const dryRuns = new DryRunThread({
    script,
    peek: async () => new Map(),
    inForce,
    limits: { ...usual, ...limits },
    maxTextBytes: 8_388_608,
  })
  return {
    dryRuns,
    pauses: unpaused,
    /** Put the rule in force with the next code. */
    reload: () => {
      version++
    },
    /** How often the rules in force were sent to a thread. */
    sent: () => sent,
  }
}

type Changes = Partial<DryRunLimits> & { script?: URL }

/** A file that tells when it is sent to another thread: only then all of it is read. */
function fileOf(content: string, onSent: () => void): SourceFile {
  return Object.defineProperty({ file: 'a.yaml', content }, 'sent', { enumerable: true, get: onSent })
}

/** The listener for operators, with nothing behind it but dry runs. */
export async function startAdminOf(t: ExecutionContext, dryRuns: DryRunThread, deadlineMs?: number) {
  const lines: Record<string, unknown>[] = []
  const app = buildAdminApp({
    status: {
      counts: uncounted,
      record: unrecorded,
      draft: { status: null },
      pauses: { all: [], aloneSince: null },
      fuses: unfused,
      rules: { current: null, since: null, lastReload: null },
      show: () => [],
      unknownCallbacks: new UnknownCallbacks(),
      config: configOf(),
      uptimeMs: () => 0,
    },
    dryRuns,
    pauses: unpaused,
    metrics: unmeasured,
    health: { hasRules: () => true, stopping: new Stopping() },
    observer: loggingTo(lines),
    ...(deadlineMs !== undefined && { deadlineMs }),
  })
  return { ...(await startApp(t, app)), lines }
}
