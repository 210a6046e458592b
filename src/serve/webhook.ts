import Router from '@koa/router'
import type { Logger } from 'pino'
import type { Pause } from '../compile/pause.ts'
import type { Config } from '../config.ts'
import type { Call } from '../decide/call.ts'
import type { Decision } from '../decide/decision.ts'
import { type Asked, readCommand } from '../protocol/command.ts'
import { plainAllow, reply } from '../protocol/reply.ts'
import { readCall } from '../protocol/request.ts'
import { type App, buildApp, routesOf } from './app.ts'
import { jsonBody } from './body.ts'
import { bodyLimit } from './body-limit.ts'
import { decisionLog, type LogDecision, logUnheeded } from './decision-log.ts'
import type { Context, State } from './exchange.ts'
import { type FailureConfig, failurePolicy } from './failure.ts'
import { addHealth, type Health } from './health.ts'
import { endOfTurn } from './turn.ts'
import type { UnknownCallbacks } from './unknown-callbacks.ts'

/** A decision on its way, and the version of the rules that make it. */
export type Judged = { version: string; decision: Promise<Decision> }

/** What the webhook listener needs of the rest. */
export type WebhookDeps = {
  config: FailureConfig & Pick<Config, 'prefix' | 'maxBodyBytes' | 'maxTextBytes'>
  /** Judge a call by the rules in force at this moment (`at`, ms since 1970), with pauses; null when there are none. */
  judge(call: Call, at: number, pause: Pause): Judged | null
  health: Health
  unknownCallbacks: UnknownCallbacks
  log: Logger
}

type Answering = WebhookDeps & { logDecision: LogDecision }

/** The listener that the IM server calls: health for probes, every other path is a webhook. */
export function buildWebhookApp(deps: WebhookDeps): App {
  const answering: Answering = { ...deps, logDecision: decisionLog(deps.log) }
  const health = new Router<State>()
  addHealth(health, deps.health)
  const routes = routesOf(health)
  const { prefix, maxBodyBytes } = deps.config
  return buildApp(
    failurePolicy(deps.config, deps.log, deps.health.stopping),
    // Whatever is posted is a webhook: the router is spared the looking.
    (context, next) => (context.method === 'POST' ? next() : routes(context, async () => refuseMethod(context))),
    (context, next) => {
      context.state.asked = readCommand(context.path, context.querystring, prefix)
      return next()
    },
    ...jsonBody(context => maxBodyBytes ?? bodyLimit(context.state.asked as Asked)),
    context => answerWebhook(context, context.state.asked as Asked, answering),
  )
}

function refuseMethod(context: Context): void {
  context.set('Allow', 'POST')
  context.state.exchange.fail({ status: 405, problem: 'The method must be POST' })
}

async function answerWebhook(context: Context, asked: Asked, deps: Answering): Promise<void> {
  const { exchange } = context.state
  await endOfTurn(deps.config.deadlineMs * patience)
  // Reading the body can have failed, and the deadline can have passed.
  if (exchange.isAnswered) return
  switch (asked.kind) {
    case 'known': {
      exchange.callback = asked.callback
      const { maxTextBytes } = deps.config
      const read = readCall(asked.callback, context.request.body, { command: asked.command, maxTextBytes })
      exchange.call = read.call
      if (!read.ok) return exchange.fail(read)
      return asked.callback.phase === 'after'
        ? watchCall(context, read.call, deps)
        : decideCall(context, read.call, deps)
    }
    case 'unheeded':
      deps.unknownCallbacks.add(asked.command, asked.nearest)
      if (exchange.answer(200, JSON.stringify(plainAllow()))) logUnheeded(deps.log, exchange, asked.command)
      return
    case 'unknown':
      deps.unknownCallbacks.add(asked.command, asked.nearest)
      return exchange.fail({ status: 404, problem: asked.problem, isUnknownCallback: true })
    case 'malformed':
      return exchange.fail(asked)
  }
}

/** The share of a call's deadline for which new connections may go first. */
const patience = 0.25

async function decideCall(context: Context, call: Call, deps: Answering): Promise<void> {
  const { exchange } = context.state
  const judged = deps.judge(call, Date.now(), () => exchange.pause())
  if (judged === null) return exchange.fail({ status: 503, problem: '', cause: new NoRules() })
  const decision = await judged.decision
  if (exchange.answer(200, JSON.stringify(reply(call, decision)))) {
    deps.logDecision(exchange, decision, judged.version)
  }
}

/** Answer a call about what has happened at once, a slow answer holds up users; then see what the rules make of it. */
async function watchCall(context: Context, call: Call, deps: Answering): Promise<void> {
  const { exchange } = context.state
  if (!exchange.answer(200, JSON.stringify(plainAllow()))) return
  await endOfTurn()
  const judged = deps.judge(call, Date.now(), () => exchange.pause())
  if (judged !== null) deps.logDecision(exchange, await judged.decision, judged.version)
}

/** There is nothing to decide by. */
class NoRules extends Error {
  override name = 'NoRules'
  override message = 'No rules are in force'
}
