import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { ExitCode, Io } from './cli/io.ts'
import type { RuleSet } from './compile/ruleset.ts'
import { openFileLimit } from './open-files.ts'
import { pageFiles } from './page-files.ts'
import { buildAdminApp, usualDeadlineMs } from './serve/admin.ts'
import { AskThread } from './serve/ask-thread.ts'
import type { Config } from './serve/config.ts'
import { ServedCounts } from './serve/counting.ts'
import { decisionLog } from './serve/decision-log.ts'
import { connectionsFor } from './serve/descriptors.ts'
import { Drafting } from './serve/drafting.ts'
import { DryRunThread, type DryRunThreadDeps } from './serve/dry-run-thread.ts'
import { failureLog } from './serve/failure-log.ts'
import { firstProblem } from './serve/first-problem.ts'
import { ServedFuses } from './serve/fuses.ts'
import { judgeBy, steadyNow } from './serve/judge-call.ts'
import { KeptHistory } from './serve/kept-history.ts'
import { KeptState } from './serve/kept-state.ts'
import { urlOf } from './serve/listen.ts'
import { listenOnAll } from './serve/listen-on-all.ts'
import { type Output, openLog } from './serve/logger.ts'
import { keepMemorySmall } from './serve/memory.ts'
import { Metrics, metricStatus } from './serve/metrics.ts'
import { type Observer, observers } from './serve/observer.ts'
import { openRules } from './serve/open-rules.ts'
import { localAccess, type PageDeps } from './serve/page/page-deps.ts'
import { PageRules } from './serve/page/page-rules.ts'
import { PageThread } from './serve/page/page-thread.ts'
import { ServedPauses } from './serve/pauses.ts'
import { PausesTogether } from './serve/pauses-together.ts'
import type { RecordControl } from './serve/record-requests.ts'
import { ServedRecord } from './serve/recording.ts'
import { reloadLog } from './serve/reload-log.ts'
import { show } from './serve/reload-status.ts'
import { Stopping } from './serve/stop.ts'
import { untilStopSignal } from './serve/stop-signal.ts'
import { tellOperators } from './serve/tell-operators.ts'
import { UnknownCallbacks } from './serve/unknown-callbacks.ts'
import { buildWebhookApp } from './serve/webhook.ts'
import { forgetAddress } from './state/admin-address.ts'
import { readPeopleAside } from './state/known-people-thread.ts'
import type { RuleStore } from './store/store.ts'
import { type Watch, watchRules } from './store/watch.ts'
import { threadScript } from './thread-script.ts'
import { version } from './version.ts'

/** The parts of `Io` that the service uses. */
export type ServeIo = Pick<Io, 'err' | 'env' | 'isTerminal'>

/**
 * Serve until a signal to stop, then end the process. Returns 2 if the first load or listening fails.
 *
 * Exits even during a reload or a dry run: their results are no longer needed.
 *
 * Throws FolderUnreadable if the rules cannot be read at startup.
 */
export async function serve(config: Config, io: ServeIo): Promise<ExitCode> {
  const output = openLog(io)
  const { log } = output
  const unknownCallbacks = new UnknownCallbacks()
  const state = new KeptState(config.state)
  const record = new ServedRecord(config, {
    log,
    state,
    script: threadScript('./state/record-script'),
    app: version,
    onOpen: opened => draft.recordTo(opened),
  })
  const draft = new Drafting(config, {
    log,
    script: threadScript('./serve/draft-worker'),
    paused: () => pauses.all.map(({ rule }) => rule),
    record,
  })
  const logs = [decisionLog(log), failureLog(log), reloadLog(log, show)]
  const fuses = openFuses(config, {
    log,
    state,
    record,
    store: () => store,
    pauses: () => pauses,
    observer: () => observer,
  })
  const metrics = new Metrics({
    status: () => metricStatus({ rules: store, counts, record, pauses }),
    rules: () => new Set(Array.from(store.current?.compiled.values() ?? [], ({ id }) => id)),
    ...{ instance: config.instance, app: version, deadlineMs: config.deadlineMs },
  })
  const followers = [record, fuses, draft, metrics].map(each => each.observer)
  const observer = observers(...logs, unknownCallbacks, ...followers)
  const counts = new ServedCounts(config, {
    log,
    now: steadyNow,
    state,
    told: (event, data) => record.event(event, data),
  })
  const history = new KeptHistory({ rules: config.rules, state, log, observer })
  const link = () => counts.link
  const together = new PausesTogether({
    isOn: config.counts !== '',
    link,
    instance: config.instance,
    log,
    now: Date.now,
  })
  const pauses = new ServedPauses({ state, together, rules: () => store, log, observer, now: Date.now })
  const parseScript = threadScript('./store/parse-worker')
  const store = openRules(config, { log, observer, counts, history, pauses, fuses, parseScript })
  const signal = untilStopSignal(async () => {
    draft.reload()
    await store.reload()
  })
  const kept = { counts, fuses, history, pauses, record, draft, state }
  const started = start({ config, io, store, ...kept, log, observer, metrics, unknownCallbacks })
  const served = await Promise.race([started, signal.then(() => null)])
  if (typeof served === 'number') return served
  await stop(served, config, output, await signal)
  process.exit(0)
}

/** The parts that the service is built from. */
type Parts = {
  config: Config
  io: ServeIo
  store: RuleStore<RuleSet>
  counts: ServedCounts
  history: KeptHistory
  record: ServedRecord
  draft: Drafting
  pauses: ServedPauses
  fuses: ServedFuses
  state: KeptState
  log: Logger
  observer: Observer
  metrics: Metrics
  unknownCallbacks: UnknownCallbacks
}

/** What has to be stopped. */
type Served = {
  servers: readonly Server[]
  watch: Watch
  stopping: Stopping
  dryRuns: DryRunThread
  asks: AskThread | undefined
  pageThread: PageThread
  kept: Pick<Parts, 'counts' | 'draft' | 'fuses' | 'history' | 'pauses' | 'record' | 'state'>
}

/** Load the rules and listen. Returns an exit code if either fails. */
async function start(parts: Parts): Promise<ExitCode | Served> {
  const { config, io, store, pauses, draft, log } = parts
  await pauses.load()
  const problem = (await draft.problem()) ?? (await firstProblem(parts))
  if (problem !== undefined) return refuseToStart(io, problem)
  await pauses.meet()
  keepMemorySmall()
  draft.start()
  const stopping = new Stopping()
  const dryRuns = openDryRuns(parts)
  const control = controlOf(parts)
  const asks = openAsks(parts, control)
  const pageThread = openPageThread(parts)
  const servers = await listenOnBoth(parts, { dryRuns, asks, pageThread, control, stopping })
  if (!Array.isArray(servers)) return refuseToStart(io, servers.problem)
  const watch = watchRules(store, error => log.error({ err: error }, 'cannot watch the rules'))
  const [webhooks, admin] = servers.map(urlOf)
  log.info({ webhooks, admin, page: `${admin}/`, rules: config.rules }, 'listening')
  pauses.start()
  keepFirst(parts)
  void tellOperators(parts, String(admin))
  return { servers, watch, stopping, dryRuns, asks, pageThread, kept: parts }
}

/** Close all connections and finish the log, within `shutdownMs` and two short grace periods. */
async function stop(
  served: Served | null,
  { shutdownMs, deadlineMs }: Config,
  { log, end }: Output,
  signal: NodeJS.Signals,
): Promise<void> {
  const endMs = performance.now() + shutdownMs
  log.info({ signal }, 'stopping')
  void served?.watch.stop()
  void served?.dryRuns.close()
  void served?.asks?.close()
  void served?.pageThread.close()
  const stopped = served?.stopping.stop(served.servers, { shutdownMs, deadlineMs })
  await Promise.race([stopped, delay(shutdownMs + graceMs)])
  await served?.kept.draft.end(endMs)
  const lastMs = Math.max(endMs, performance.now()) + graceMs
  const isStuck = await served?.kept.record.end(lastMs)
  await Promise.race([served && endKeeping(served.kept), delay(Math.max(lastMs - performance.now(), 0))])
  log.info('stopped')
  await end(Math.max(endMs, performance.now() + graceMs))
  // A thread that waits for a device would keep the process from exiting for as long as that blocks.
  if (isStuck) process.kill(process.pid, 'SIGKILL')
}

/** Everything that is kept over restarts is on the disk before others may use the folder. */
async function endKeeping({
  counts,
  fuses,
  history,
  pauses,
  state,
}: Omit<Served['kept'], 'draft' | 'record'>): Promise<void> {
  await fuses.end()
  await pauses.stop()
  await counts.end()
  await history.ended
  if (state.isOpen) await forgetAddress(state.dir).catch(isKeptForNextStart)
  await state.release()
}

/** An address that cannot be removed names a process that is gone, which its readers notice. */
function isKeptForNextStart(): void {}

/** The first rules, which came into force before it was known whether the service can listen. */
function keepFirst({ store, history, fuses }: Parts): void {
  const { current, since, files } = store
  // A fuse looks at the history as it was before.
  void fuses.follow().then(() => {
    if (current !== null && since !== null) void history.keep({ ruleSet: current, at: since, files, before: null })
  })
}

/** The grace period for each of the two once `shutdownMs` is over. */
const graceMs = 250

/** What fuses are made of: parts that are made after them. */
type FuseParts = Pick<Parts, 'log' | 'state' | 'record'> & {
  store: () => Parts['store']
  pauses: () => ServedPauses
  observer: () => Observer
}

function openFuses(
  { record: isRecorded }: Config,
  { log, state, record, store, pauses, observer }: FuseParts,
): ServedFuses {
  const script = threadScript('./state/known-people-script')
  return new ServedFuses({
    ...{ isRecorded, state, rules: store, pauses, log, observer, now: Date.now },
    masks: () => record.masks,
    read: (asked, signal) => readPeopleAside(script, asked, signal),
  })
}

function openDryRuns({ store, counts, config: { maxTextBytes } }: Parts): DryRunThread {
  const inForce = () =>
    store.current && { version: store.current.version, paused: store.current.paused, files: store.files }
  const peek: DryRunThreadDeps['peek'] = (questions, id) =>
    counts.store.peek({ ref: 0, at: steadyNow(), ...(id !== undefined && { id }) }, questions)
  return new DryRunThread({ script: threadScript('./serve/dry-run-worker'), inForce, peek, maxTextBytes })
}

function controlOf({ record, counts }: Parts): RecordControl {
  return {
    rotate: () => record.rotate(),
    note: (event, facts) => record.event(event, facts),
    forgetCounts: value => counts.forget(value),
  }
}

/** Undefined unless commands on other machines may ask. */
function openAsks(
  { config: { answerPeers, secretFile, rules }, state }: Parts,
  control: RecordControl,
): AskThread | undefined {
  if (!answerPeers) return undefined
  return new AskThread({ script: threadScript('./serve/ask-worker'), state: state.dir, secretFile, rules, control })
}

/** As much memory as dry runs may take, for the rules in force and some drafts. */
const pageHeapMb = 384

function openPageThread({ config: { maxTextBytes, allowEmpty } }: Parts): PageThread {
  const settings = { maxHeapMb: pageHeapMb, maxTextBytes, allowEmpty }
  return new PageThread({ script: threadScript('./serve/page/page-worker'), settings })
}

function pageDepsOf({ config, store, state, pauses }: Parts, thread: PageThread): PageDeps {
  const pageRules = new PageRules({ rules: store, state, pauses, thread })
  const asked = { pauses, rules: store, now: Date.now }
  return { app: version, config, rules: store, state, pauses: asked, pageRules, access: localAccess, now: Date.now }
}

type ListenParts = Pick<Served, 'dryRuns' | 'asks' | 'pageThread' | 'stopping'> & { control: RecordControl }

/** The servers for webhooks and for operators, or why one of them cannot listen. */
async function listenOnBoth(
  parts: Parts,
  { dryRuns, asks, pageThread, control, stopping }: ListenParts,
): Promise<Server[] | { problem: string }> {
  const { config, store, counts, pauses, fuses, record, draft, observer, metrics, unknownCallbacks } = parts
  const startedMs = performance.now()
  const health = { hasRules: () => store.current !== null, stopping }
  const webhookApp = buildWebhookApp({
    config,
    judge: judgeBy({ current: () => store.current, counts: () => counts.store }),
    health,
    observer,
  })
  const adminApp = buildAdminApp<RuleSet>({
    status: {
      rules: store,
      counts,
      record,
      draft,
      pauses,
      fuses,
      show,
      unknownCallbacks,
      config,
      uptimeMs: () => performance.now() - startedMs,
    },
    dryRuns,
    pauses: { pauses, rules: store, now: Date.now },
    record: control,
    asks: { asks },
    metrics,
    page: { api: pageDepsOf(parts, pageThread), files: pageFiles() },
    health,
    observer,
    deadlineMs: Math.max(config.deadlineMs, usualDeadlineMs),
  })
  const connections = connectionsFor(openFileLimit())
  const wanted = [
    { app: webhookApp, host: config.host, port: config.port, connections: connections.webhooks },
    { app: adminApp, host: config.adminHost, port: config.adminPort, connections: connections.admin },
  ]
  return listenOnAll(wanted)
}

function refuseToStart(io: ServeIo, problem: string): ExitCode {
  io.err(`${problem}\n`)
  return 2
}
