import Router from '@koa/router'
import type { Middleware } from 'koa'
import { escapeHidden } from '../language/show/visible.ts'
import { type App, buildApp, refuseUnrouted, routesOf } from './app.ts'
import { type AskRequestDeps, addAsks } from './ask-requests.ts'
import { addDryRun } from './dry-run.ts'
import type { DryRuns } from './dry-run-thread.ts'
import { DeadlineExceeded, type ExchangeState, type Failure, failureRecord, type Voice } from './exchange.ts'
import { addHealth, type Health } from './health.ts'
import { isLoopbackHost } from './loopback.ts'
import type { Metrics } from './metrics.ts'
import { addMetrics } from './metrics-request.ts'
import type { Observer, RulesInForce } from './observer.ts'
import { addPageApi } from './page/api.ts'
import { refuseOtherOrigins } from './page/origin.ts'
import { addPage, type PageFiles } from './page/page-app.ts'
import type { PageDeps } from './page/page-deps.ts'
import { addPauses, type PauseRequestDeps } from './pause-requests.ts'
import { addRecordRequests, type RecordControl } from './record-requests.ts'
import { type StatusDeps, statusOf } from './status.ts'

/** What the admin listener needs of the rest. */
export type AdminDeps<R extends RulesInForce> = {
  status: StatusDeps<R>
  dryRuns: DryRuns
  /** Present if something is recorded or counted that operators may ask to be closed or forgotten. */
  record?: RecordControl
  /** Answers questions about the record; absent where nobody may ask. */
  asks?: AskRequestDeps
  pauses: PauseRequestDeps
  metrics: Pick<Metrics, 'text'>
  /** Present if there is a page: its API, and its files. */
  page?: { api: PageDeps; files: PageFiles }
  health: Health
  observer: Observer
  /** The time limit of a request; a dry run that exceeds it is stopped. */
  deadlineMs?: number
}

/** The listener for operators, on loopback: the page and its API, health, status, metrics, dry runs, pauses, the record. */
export function buildAdminApp<R extends RulesInForce>(deps: AdminDeps<R>): App {
  const router = new Router<ExchangeState>()
  addHealth(router, deps.health)
  router.get('/status', context => {
    context.state.exchange.answer(200, escapeHidden(JSON.stringify(statusOf(deps.status))))
  })
  addDryRun(router, deps.dryRuns)
  if (deps.record !== undefined) addRecordRequests(router, deps.record)
  addAsks(router, deps.asks ?? { asks: undefined })
  addPauses(router, deps.pauses)
  addMetrics(router, deps.metrics)
  if (deps.page !== undefined) {
    addPage(router, deps.page.files)
    addPageApi(router, deps.page.api)
  }
  return buildApp(voiceFor(deps), refuseOtherHosts, refuseOtherOrigins, routesOf(router), refuseUnrouted)
}

/** Rejects other Host names: a browser would let a page in whose domain was made to resolve to loopback. */
const refuseOtherHosts: Middleware<ExchangeState> = (context, next) => {
  if (isLoopbackHost(context.req.headers.host)) return next()
  context.state.exchange.fail({
    status: 403,
    problem: 'The Host header must name this machine: localhost, 127.0.0.1 or [::1]',
  })
}

type VoiceDeps = Pick<AdminDeps<RulesInForce>, 'health' | 'observer' | 'deadlineMs'>

function voiceFor({ health, observer, deadlineMs = usualDeadlineMs }: VoiceDeps): Voice {
  return {
    deadlineMs,
    headers: [
      ...['Content-Type', 'application/json; charset=utf-8'],
      ...['X-Content-Type-Options', 'nosniff'],
      ...['Cache-Control', 'no-store'],
    ],
    failureBody: failure => JSON.stringify({ error: problemOf(failure, deadlineMs) }),
    onFailure: (failure, note) => observer.failed(failureRecord('admin', failure, note)),
    onNoRoom: why => observer.noRoom('admin', why),
    onConnections: open => observer.connections('admin', open),
    onClosed: () => observer.closed('admin'),
    stopping: health.stopping,
  }
}

/** Working something out for operators may take longer than a call. */
export const usualDeadlineMs = 10_000

function problemOf({ problem, cause }: Failure, deadlineMs: number): string {
  if (problem !== '') return problem
  if (cause instanceof DeadlineExceeded) return `This took longer than ${deadlineMs / 1000} s and was stopped`
  return 'Internal error; look for the id in X-Request-Id in the log'
}
