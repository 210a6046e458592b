import Router from '@koa/router'
import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { escapeHidden } from '../language/display.ts'
import { type App, buildApp, refuseUnrouted, routesOf } from './app.ts'
import { addDryRun, type DryRunDeps } from './dry-run.ts'
import type { State, Voice } from './exchange.ts'
import { addHealth, type Health } from './health.ts'
import { listenerLog } from './listener-log.ts'
import { isLoopbackHost } from './loopback.ts'
import { type RulesInForce, type StatusDeps, statusOf } from './status.ts'

/** What the admin listener needs of the rest. */
export type AdminDeps<R extends RulesInForce> = {
  status: StatusDeps<R>
  dryRun: DryRunDeps<R>
  health: Health
  log: Logger
}

/** The listener for operators, on loopback: health, status, dry runs. It changes nothing. */
export function buildAdminApp<R extends RulesInForce>(deps: AdminDeps<R>): App {
  const router = new Router<State>()
  addHealth(router, deps.health)
  router.get('/status', context => {
    context.state.exchange.answer(200, escapeHidden(JSON.stringify(statusOf(deps.status))))
  })
  addDryRun(router, deps.dryRun)
  return buildApp(voiceFor(deps), refuseOtherHosts, routesOf(router), refuseUnrouted)
}

/** A page whose name was made to resolve to loopback would be let in by its browser, but for the name it must send. */
const refuseOtherHosts: Middleware<State> = (context, next) => {
  if (isLoopbackHost(context.req.headers.host)) return next()
  context.state.exchange.fail({
    status: 403,
    problem: 'The Host header must name this machine: localhost, 127.0.0.1 or [::1]',
  })
}

function voiceFor({ health, log }: Pick<AdminDeps<RulesInForce>, 'health' | 'log'>): Voice {
  const own = listenerLog(log, 'admin')
  return {
    deadlineMs,
    headers: [
      ...['Content-Type', 'application/json; charset=utf-8'],
      ...['X-Content-Type-Options', 'nosniff'],
      ...['Cache-Control', 'no-store'],
    ],
    failureBody: ({ problem }) => JSON.stringify({ error: problem === '' ? ours : problem }),
    onFailure: own.failed,
    onNoRoom: own.noRoom,
    onClosed: own.close,
    stopping: health.stopping,
  }
}

const deadlineMs = 10_000

const ours = 'This failed here; the log says why, under the id in X-Request-Id'
