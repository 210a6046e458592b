import type { Server } from 'node:http'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createColors } from 'picocolors'
import type { Logger } from 'pino'
import type { ExitCode, Io } from './cli/io.ts'
import type { CompileOptions } from './compile/compile.ts'
import type { RuleSet } from './compile/ruleset.ts'
import { renderPretty, summary } from './language/show/render.ts'
import { checkInSteps } from './lint/check.ts'
import { openFileLimit } from './open-files.ts'
import { pageFiles } from './page-files.ts'
import { buildAdminApp, usualDeadlineMs } from './serve/admin.ts'
import type { Config } from './serve/config.ts'
import { ServedCounts } from './serve/counting.ts'
import { decisionLog } from './serve/decision-log.ts'
import { connectionsFor } from './serve/descriptors.ts'
import { DryRunThread, type DryRunThreadDeps } from './serve/dry-run-thread.ts'
import { failureLog } from './serve/failure-log.ts'
import { judgeBy, steadyNow } from './serve/judge-call.ts'
import { KeptHistory } from './serve/kept-history.ts'
import { KeptState } from './serve/kept-state.ts'
import { listen, urlOf, usualLimits } from './serve/listen.ts'
import { type Output, openLog } from './serve/logger.ts'
import { keepMemorySmall } from './serve/memory.ts'
import { type Observer, observers } from './serve/observer.ts'
import { localAccess, type PageDeps } from './serve/page/page-deps.ts'
import { PageRules } from './serve/page/page-rules.ts'
import { PageThread } from './serve/page/page-thread.ts'
import { ServedPauses } from './serve/pauses.ts'
import { RecordUnusable, ServedRecord } from './serve/recording.ts'
import { reloadLog } from './serve/reload-log.ts'
import { show, textsOf } from './serve/status.ts'
import { Stopping } from './serve/stop.ts'
import { inSlices } from './serve/turn.ts'
import { UnknownCallbacks } from './serve/unknown-callbacks.ts'
import { buildWebhookApp } from './serve/webhook.ts'
import { forgetAddress, tellAddress } from './state/admin-address.ts'
import { CountsUnusable } from './state/open-counts.ts'
import { StateInUse, StateUnusable } from './state/state-errors.ts'
import type { Compile } from './store/attempt.ts'
import { FolderUnreadable } from './store/folder-unreadable.ts'
import { ParsedFiles } from './store/parsed-files.ts'
import { type Loaded, RuleStore } from './store/store.ts'
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
  const record = new ServedRecord(config, { log, state, script: threadScript('./state/record-script'), app: version })
  const logs = [decisionLog(log), failureLog(log), reloadLog(log, show)]
  const observer = observers(...logs, unknownCallbacks, record.observer)
  const counts = new ServedCounts(config, {
    log,
    now: steadyNow,
    state,
    told: (event, data) => record.event(event, data),
  })
  const history = new KeptHistory({ rules: config.rules, state, log, observer })
  const pauses = new ServedPauses({ state, rules: () => store, log, observer, now: Date.now })
  const store = openStore(config, { log, observer, counts, history, pauses })
  const signal = untilStopSignal(() => store.reload())
  const started = start({ config, io, store, counts, history, pauses, record, state, log, observer, unknownCallbacks })
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
  pauses: ServedPauses
  state: KeptState
  log: Logger
  observer: Observer
  unknownCallbacks: UnknownCallbacks
}

/** What has to be stopped. */
type Served = {
  servers: readonly Server[]
  watch: Watch
  stopping: Stopping
  dryRuns: DryRunThread
  pageThread: PageThread
  kept: Pick<Parts, 'counts' | 'history' | 'pauses' | 'record' | 'state'>
}

/** Load the rules and listen. Returns an exit code if either fails. */
async function start(parts: Parts): Promise<ExitCode | Served> {
  const { config, io, store, pauses, log } = parts
  await pauses.load()
  const problem =
    (await firstProblem(store, io)) ?? (await firstProblemOfCounts(parts)) ?? (await firstProblemOfRecord(parts))
  if (problem !== undefined) return refuseToStart(io, problem)
  keepMemorySmall()
  const stopping = new Stopping()
  const dryRuns = openDryRuns(parts)
  const pageThread = openPageThread(parts)
  const servers = await listenOnBoth(parts, { dryRuns, pageThread }, stopping)
  if (!Array.isArray(servers)) return refuseToStart(io, servers.problem)
  const watch = watchRules(store, error => log.error({ err: error }, 'cannot watch the rules'))
  const [webhooks, admin] = servers.map(urlOf)
  log.info({ webhooks, admin, page: `${admin}/`, rules: config.rules }, 'listening')
  pauses.start()
  keepFirst(parts)
  void tellAdminAddress(parts, String(admin))
  return { servers, watch, stopping, dryRuns, pageThread, kept: parts }
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
  void served?.pageThread.close()
  const stopped = served?.stopping.stop(served.servers, { shutdownMs, deadlineMs })
  await Promise.race([stopped, delay(shutdownMs + graceMs)])
  const lastMs = Math.max(endMs, performance.now()) + graceMs
  const isStuck = await served?.kept.record.end(lastMs)
  await Promise.race([served && endKeeping(served.kept), delay(Math.max(lastMs - performance.now(), 0))])
  log.info('stopped')
  await end(Math.max(endMs, performance.now() + graceMs))
  // A thread that waits for a device would keep the process from exiting for as long as that blocks.
  if (isStuck) process.kill(process.pid, 'SIGKILL')
}

/** Everything that is kept over restarts is on the disk before others may use the folder. */
async function endKeeping({ counts, history, pauses, state }: Omit<Served['kept'], 'record'>): Promise<void> {
  await pauses.stop()
  await counts.end()
  await history.ended
  if (state.isOpen) await forgetAddress(state.dir).catch(isKeptForNextStart)
  await state.release()
}

/** An address that cannot be removed names a process that is gone, which its readers notice. */
function isKeptForNextStart(): void {}

/** Commands that change something ask this process. Without a state folder of its own, they find no address. */
async function tellAdminAddress({ config, state, log }: Parts, url: string): Promise<void> {
  try {
    const { dir } = await state.open()
    await tellAddress(dir, { url, pid: process.pid, rules: resolve(config.rules) })
  } catch (error) {
    if (error instanceof StateInUse || error instanceof StateUnusable) return
    log.error({ err: error }, 'commands cannot find this process')
  }
}

/** The first rules, which came into force before it was known whether the service can listen. */
function keepFirst({ store, history }: Parts): void {
  const { current, since, files } = store
  if (current !== null && since !== null) void history.keep({ ruleSet: current, at: since, files, before: null })
}

/** The grace period for each of the two once `shutdownMs` is over. */
const graceMs = 250

/** Why the rules cannot be loaded. A function of its own, since its caller would keep the large result in memory. */
async function firstProblem(store: RuleStore<RuleSet>, io: ServeIo): Promise<string | undefined> {
  const first = await store.reload()
  if (!first.ok && first.error instanceof FolderUnreadable) throw first.error
  return first.ok ? undefined : whyNotLoaded(first, io)
}

/** Why the rules cannot be counted by: another process keeps its counts there, or a setting is wrong. */
async function firstProblemOfCounts({ store, counts, config }: Parts): Promise<string | undefined> {
  const counters = [...(store.current?.counters.values() ?? [])]
  try {
    if (counters.length > 0 || config.counts !== '') await counts.open()
  } catch (error) {
    if (error instanceof StateInUse || error instanceof CountsUnusable) return error.message
    throw error
  }
  counts.use(counters)
  return undefined
}

/** Why decisions cannot be recorded: a file of the settings, or another process that uses the folder. */
async function firstProblemOfRecord({ record }: Parts): Promise<string | undefined> {
  try {
    await record.open()
    return undefined
  } catch (error) {
    if (error instanceof StateInUse || error instanceof RecordUnusable) return error.message
    throw error
  }
}

/** Compiles rule sets while calls are decided, reusing files that are already parsed. */
function compileAside(log: Logger, options: () => CompileOptions): Compile<RuleSet> {
  const parsed = new ParsedFiles({
    worker: threadScript('./store/parse-worker'),
    onError: error => log.warn({ err: error }, 'cannot parse in a separate thread'),
    isAwaited: () => options().before !== null,
  })
  return async files => {
    const all = { ...options(), parsed: await parsed.parse(files) }
    return inSlices(checkInSteps(files, all))
  }
}

type StoreParts = Pick<Parts, 'log' | 'observer' | 'counts' | 'history' | 'pauses'>

function openStore(config: Config, { log, observer, counts, history, pauses }: StoreParts): RuleStore<RuleSet> {
  const { rules: dir, allowEmpty, settleMs } = config
  const compileRules = compileAside(log, () => ({ allowEmpty, before: store.current, isReload: true }))
  const store: RuleStore<RuleSet> = new RuleStore({
    dir,
    allowEmpty,
    settleMs,
    compile: async files => {
      const compiled = await compileRules(files)
      // Before the first rules that count come into force: calls are decided meanwhile.
      if (store.current !== null && (compiled.ruleSet?.counters.size ?? 0) > 0) await counts.openLate()
      const { ruleSet } = compiled
      return { ...compiled, ruleSet: ruleSet && (await pauses.applied(ruleSet)) }
    },
    now: () => new Date(),
    onReload: async (loaded, before) => {
      // Before any call is decided by these rules.
      if (loaded.ok && loaded.isNew && before !== null) counts.use([...loaded.ruleSet.counters.values()])
      // A failed first load ends the process and is reported on standard error.
      if (store.current !== null) await observer.reloaded({ loaded, before })
      if (loaded.ok) void pauses.agree(loaded.ruleSet)
      if (loaded.ok && loaded.isNew && before !== null) {
        const { ruleSet, at, files } = loaded
        void history.keep({ ruleSet, at, files, before: before.ruleSet })
      }
    },
  })
  return store
}

function openDryRuns({ store, counts, config: { maxTextBytes } }: Parts): DryRunThread {
  const inForce = () =>
    store.current && { version: store.current.version, paused: store.current.paused, files: store.files }
  const peek: DryRunThreadDeps['peek'] = (questions, id) =>
    counts.store.peek({ ref: 0, at: steadyNow(), ...(id !== undefined && { id }) }, questions)
  return new DryRunThread({ script: threadScript('./serve/dry-run-worker'), inForce, peek, maxTextBytes })
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

/** The servers for webhooks and for operators, or why one of them cannot listen. */
async function listenOnBoth(
  parts: Parts,
  { dryRuns, pageThread }: Pick<Served, 'dryRuns' | 'pageThread'>,
  stopping: Stopping,
): Promise<Server[] | { problem: string }> {
  const { config, store, counts, pauses, record, observer, unknownCallbacks } = parts
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
      pauses,
      show,
      unknownCallbacks,
      config,
      uptimeMs: () => performance.now() - startedMs,
    },
    dryRuns,
    pauses: { pauses, rules: store, now: Date.now },
    page: { api: pageDepsOf(parts, pageThread), files: pageFiles() },
    record: {
      rotate: () => record.rotate(),
      note: (event, facts) => record.event(event, facts),
      forgetCounts: value => counts.forget(value),
    },
    health,
    observer,
    deadlineMs: Math.max(config.deadlineMs, usualDeadlineMs),
  })
  const connections = connectionsFor(openFileLimit())
  const wanted = [
    { app: webhookApp, host: config.host, port: config.port, connections: connections.webhooks },
    { app: adminApp, host: config.adminHost, port: config.adminPort, connections: connections.admin },
  ]
  const servers: Server[] = []
  for (const { app, host, port, connections } of wanted) {
    try {
      servers.push(await listen(app, host, port, { ...usualLimits, connections }))
    } catch (error) {
      for (const server of servers) server.close()
      return { problem: `Cannot listen on ${host}:${port}: ${reasonOf(error)}` }
    }
  }
  return servers
}

const reasons = new Map([
  ['EADDRINUSE', 'the address is already in use'],
  ['EACCES', 'permission denied'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['ENOTFOUND', 'unknown host'],
])

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons.get(code) ?? String(error)
}

function refuseToStart(io: ServeIo, problem: string): ExitCode {
  io.err(`${problem}\n`)
  return 2
}

function whyNotLoaded(loaded: Loaded<RuleSet>, io: ServeIo): string {
  const { diagnostics, files } = loaded
  const colors = createColors(io.isTerminal && io.env.NO_COLOR === undefined)
  const findings = diagnostics.length === 0 ? [] : [renderPretty(diagnostics, textsOf(diagnostics, files), { colors })]
  const error = loaded.ok || loaded.error === undefined ? summary(diagnostics) : loaded.error.message
  return [...findings, error].join('\n\n')
}

/** Resolves with the first signal to stop; a second one ends the process at once. SIGHUP reloads the rules. */
function untilStopSignal(reload: () => Promise<unknown>): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    const onHangUp = () => void reload()
    const onStop = (signal: NodeJS.Signals) => {
      // Without our listener, the next signal has its default effect.
      process.off('SIGTERM', onStop).off('SIGINT', onStop)
      resolve(signal)
    }
    process.on('SIGHUP', onHangUp).on('SIGTERM', onStop).on('SIGINT', onStop)
  })
}
