import type { Server } from 'node:http'
import { extname } from 'node:path'
import { createColors } from 'picocolors'
import type { Logger } from 'pino'
import type { ExitCode, Io } from './cli/io.ts'
import { type CompileOptions, compile, compileInSteps } from './compile/compile.ts'
import type { RuleSet } from './compile/ruleset.ts'
import type { Config } from './config.ts'
import { decide } from './decide/decide.ts'
import { decode } from './language/decode.ts'
import type { Diagnostic } from './language/diagnostic.ts'
import { renderPretty, summary, toJson } from './language/render.ts'
import type { SourceFile } from './language/source.ts'
import { report } from './protocol/report.ts'
import { buildAdminApp } from './serve/admin.ts'
import { inSlices } from './serve/in-slices.ts'
import { listen, urlOf } from './serve/listen.ts'
import { openLog } from './serve/logger.ts'
import { keepMemorySmall } from './serve/memory.ts'
import { logReload } from './serve/reload-log.ts'
import type { Show } from './serve/status.ts'
import { Stopping } from './serve/stop.ts'
import { UnknownCallbacks } from './serve/unknown-callbacks.ts'
import { buildWebhookApp } from './serve/webhook.ts'
import type { Compile } from './store/attempt.ts'
import { FolderUnreadable } from './store/folder-unreadable.ts'
import { ParsedFiles } from './store/parsed-files.ts'
import { type Loaded, RuleStore } from './store/store.ts'
import { watchRules } from './store/watch.ts'

/** What the service needs of the command's edge. */
export type ServeIo = Pick<Io, 'err' | 'env' | 'isTerminal'>

/**
 * Serve until told to stop. 0: stopped as told. 2: the first load failed, or an address was not to be had.
 *
 * Throws FolderUnreadable when there are no rules to be read at the start.
 */
export async function serve(config: Config, io: ServeIo): Promise<ExitCode> {
  const { log, flush } = openLog({ ...io, warn: io.err })
  const store = openStore(config, log)
  const problem = await firstProblem(store, io)
  if (problem !== undefined) return refuseToStart(io, problem)
  keepMemorySmall()
  const stopping = new Stopping()
  const servers = await listenOnBoth(config, store, stopping, log)
  if (!Array.isArray(servers)) return refuseToStart(io, servers.problem)
  const watch = watchRules(store, error => log.error({ err: error }, 'cannot watch the rules'))
  const [webhooks, admin] = servers.map(urlOf)
  log.info({ webhooks, admin, rules: config.rules }, 'listening')
  const signal = await toldToStop(() => store.reload())
  log.info({ signal }, 'stopping')
  await Promise.all([watch.stop(), stopping.stop(servers, config)])
  log.info('stopped')
  flush()
  return 0
}

/** Why the rules cannot be loaded. Asked here: what a function waits with, it keeps, and rules are large. */
async function firstProblem(store: RuleStore<RuleSet>, io: ServeIo): Promise<string | undefined> {
  const first = await store.reload()
  if (!first.ok && first.error instanceof FolderUnreadable) throw first.error
  return first.ok ? undefined : whyNotLoaded(first, io)
}

/** The thread for long files runs a script of its own, built like this one. */
const worker = new URL(`store/parse-worker${extname(import.meta.url)}`, import.meta.url)

/** Makes rule sets while calls are decided; what has been parsed for one is there for the next. */
function compileAside(log: Logger, options: () => CompileOptions): Compile<RuleSet> {
  const parsed = new ParsedFiles({
    worker,
    onError: error => log.warn({ err: error }, 'cannot parse aside'),
    isAwaited: () => options().before !== null,
  })
  return async files => {
    const all = { ...options(), parsed: await parsed.parse(files) }
    // Before there are rules, no call can wait.
    return all.before === null ? compile(files, all) : inSlices(compileInSteps(files, all))
  }
}

function openStore(config: Config, log: Logger): RuleStore<RuleSet> {
  const { rules: dir, allowEmpty } = config
  const store: RuleStore<RuleSet> = new RuleStore({
    dir,
    allowEmpty,
    compile: compileAside(log, () => ({ allowEmpty, before: store.current })),
    now: () => new Date(),
    onReload: loaded => {
      // A first load that fails is the end, and told on standard error.
      if (store.current !== null) logReload(log, loaded, show)
    },
  })
  return store
}

/** The servers for webhooks and for operators, or why one of them cannot be. */
async function listenOnBoth(
  config: Config,
  store: RuleStore<RuleSet>,
  stopping: Stopping,
  log: Logger,
): Promise<Server[] | { problem: string }> {
  const startedMs = performance.now()
  const health = { hasRules: () => store.current !== null, stopping }
  const unknownCallbacks = new UnknownCallbacks()
  const webhookApp = buildWebhookApp({
    config,
    judge: (call, at, pause) => {
      const ruleSet = store.current
      return ruleSet && { version: ruleSet.version, decision: decide(ruleSet, call, at, pause) }
    },
    health,
    unknownCallbacks,
    log,
  })
  const adminApp = buildAdminApp<RuleSet>({
    status: { rules: store, show, unknownCallbacks, config, uptimeMs: () => performance.now() - startedMs },
    dryRun: {
      current: () => store.current,
      compile: files => compileAside(log, () => ({ before: store.current }))(files),
      report,
      show,
    },
    health,
    log,
  })
  const wanted = [
    { app: webhookApp, host: config.host, port: config.port },
    { app: adminApp, host: config.adminHost, port: config.adminPort },
  ]
  const servers: Server[] = []
  for (const { app, host, port } of wanted) {
    try {
      servers.push(await listen(app, host, port))
    } catch (error) {
      for (const server of servers) server.close()
      return { problem: `Cannot listen on ${host}:${port}: ${reasonOf(error)}` }
    }
  }
  return servers
}

const reasons = new Map([
  ['EADDRINUSE', 'something else listens there'],
  ['EACCES', 'permission denied'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['ENOTFOUND', 'there is no such host'],
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
  const findings =
    diagnostics.length === 0 ? [] : [renderPretty(diagnostics, sourcesOf(diagnostics, files), { colors })]
  const error = loaded.ok || loaded.error === undefined ? summary(diagnostics) : loaded.error.message
  return [...findings, error].join('\n\n')
}

const show: Show = (diagnostics, files) => toJson(diagnostics, sourcesOf(diagnostics, files))

/** The texts that diagnostics point into. */
function sourcesOf(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const named = new Set(diagnostics.map(({ span }) => span.file))
  return new Map(files.filter(({ file }) => named.has(file)).map(file => [file.file, decode(file).source.text]))
}

/** Resolves with the signal to stop; a second one then ends the process at once. SIGHUP reloads the rules. */
function toldToStop(reload: () => Promise<unknown>): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    const onHangUp = () => void reload()
    const onStop = (signal: NodeJS.Signals) => {
      // Without a listener of ours, Node does at the next signal what it does by default.
      process.off('SIGTERM', onStop).off('SIGINT', onStop)
      resolve(signal)
    }
    process.on('SIGHUP', onHangUp).on('SIGTERM', onStop).on('SIGINT', onStop)
  })
}
