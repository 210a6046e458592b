import type { ExecutionContext } from 'ava'
import { buildAdminApp } from '../../src/serve/admin.ts'
import type { AskRequestDeps } from '../../src/serve/ask-requests.ts'
import { type AskLimits, type Asks, AskThread } from '../../src/serve/ask-thread.ts'
import type { RecordControl } from '../../src/serve/record-requests.ts'
import { Stopping } from '../../src/serve/stop.ts'
import { UnknownCallbacks } from '../../src/serve/unknown-callbacks.ts'
import { threadScript } from '../../src/thread-script.ts'
import { uncounted, unmeasured, unrecorded } from './_counts.ts'
import { configOf, loggingTo, startApp } from './_http.ts'
import { unfused, unpaused } from './_pauses.ts'

/** An admin listener that answers questions about a state folder, and what the thread asked of the service. */
export async function startPeer(t: ExecutionContext, dir: string, changes: Partial<AskLimits> = {}) {
  const asked: string[] = []
  const control: RecordControl = {
    rotate: async () => void asked.push('rotate'),
    note: (name, facts) => void asked.push(`${name} ${JSON.stringify(facts)}`),
    forgetCounts: async value => {
      asked.push(`counts of ${value}`)
      return { keys: 2, shared: 1 }
    },
  }
  const limits = { places: 8, maxHeapMb: 256, idleMs: 60_000, ...changes }
  const asks = new AskThread({
    script: threadScript('./serve/ask-worker'),
    state: dir,
    secretFile: '',
    rules: 'rules',
    control,
    limits,
  })
  t.teardown(() => asks.close())
  return { ...(await startAsked(t, { asks })), asked, asks }
}

/** An admin listener with what answers its questions. */
export async function startAsked(t: ExecutionContext, asks: AskRequestDeps) {
  const lines: Record<string, unknown>[] = []
  const app = buildAdminApp({
    status: {
      counts: uncounted,
      record: unrecorded,
      pauses: { ...unpaused.pauses, aloneSince: null },
      draft: { status: null },
      fuses: unfused,
      rules: { current: null, since: null, lastReload: null },
      show: () => ({ diagnostics: [], others: 0 }) as never,
      unknownCallbacks: new UnknownCallbacks(),
      config: configOf(),
      uptimeMs: () => 0,
    },
    dryRuns: { enter: () => undefined, run: () => Promise.reject(new Error('no dry runs here')) },
    asks,
    pauses: unpaused,
    metrics: unmeasured,
    health: { hasRules: () => true, stopping: new Stopping() },
    observer: loggingTo(lines),
  })
  return { ...(await startApp(t, app)), lines }
}

/** Asks that never come to an end by themselves. */
export function endlessAsks(): Asks & { started: Promise<void> } {
  let start = () => {}
  const started = new Promise<void>(resolve => {
    start = resolve
  })
  return {
    started,
    enter: () => () => {},
    run: (_question, _write, signal) =>
      new Promise((_resolve, reject) => {
        start()
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
  }
}
