import Router from '@koa/router'
import type { Pause } from '../compile/pause.ts'
import type { CallCounts } from '../count/call-counts.ts'
import type { Call } from '../decide/call.ts'
import type { Decision, DecisionRecord } from '../decide/decision.ts'
import { type Asked, readCommand } from '../protocol/command.ts'
import { plainAllow, type ReplyBody, reply, withId } from '../protocol/reply.ts'
import { readCall } from '../protocol/request.ts'
import { type App, buildApp, routesOf } from './app.ts'
import { jsonBody } from './body.ts'
import { callerId } from './caller-id.ts'
import { bodyLimit, type Config } from './config.ts'
import type { Context, Exchange, ExchangeState } from './exchange.ts'
import { type FailureConfig, failurePolicy } from './failure.ts'
import { addHealth, type Health } from './health.ts'
import type { Observer, UnknownRecord } from './observer.ts'
import { endOfTurn } from './turn.ts'

/** A pending decision, the version of the rules that make it, and where the call counts, if they count anything. */
export type Deciding = { version: string; decision: Promise<Decision>; counts?: CountsJudged }

/** Where a call counts, and what its decision was told. */
type CountsJudged = Pick<CallCounts, 'settle'> & Partial<Pick<CallCounts, 'told'>>

/** A call to judge: `at` is in ms since 1970, `requestId` the id that a trusted proxy gave it. */
export type ToJudge = { call: Call; at: number; pause: Pause; requestId?: string }

/** What the webhook listener needs from the rest of the service. */
export type WebhookDeps = {
  config: FailureConfig &
    Pick<Config, 'prefix' | 'maxBodyBytes' | 'maxTextBytes' | 'requestIdHeader' | 'trustProxy' | 'idInDetail'>
  /** Judge a call by the rules in force, with pauses; null if there are none. */
  judge(asked: ToJudge): Deciding | null
  health: Health
  observer: Observer
}

/** The listener that the IM server calls: health checks, and webhooks on every other path. */
export function buildWebhookApp(deps: WebhookDeps): App {
  const health = new Router<ExchangeState>()
  addHealth(health, deps.health)
  const routes = routesOf(health)
  const { prefix, maxBodyBytes } = deps.config
  return buildApp(
    failurePolicy(deps.config, deps.observer, deps.health.stopping),
    // Every POST is a webhook, so it skips the router.
    (context, next) => (context.method === 'POST' ? next() : routes(context, async () => refuseMethod(context))),
    (context, next) => {
      context.state.asked = readCommand(context.path, context.querystring, prefix)
      return next()
    },
    ...jsonBody(context => maxBodyBytes ?? bodyLimit(context.state.asked as Asked)),
    context => answerWebhook(context, context.state.asked as Asked, deps),
  )
}

function refuseMethod(context: Context): void {
  context.set('Allow', 'POST')
  context.state.exchange.fail({ status: 405, problem: 'The method must be POST' })
}

async function answerWebhook(context: Context, asked: Asked, deps: WebhookDeps): Promise<void> {
  const { exchange } = context.state
  await endOfTurn(deps.config.deadlineMs * patience)
  // Reading the body may have failed, or the deadline may have passed.
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
      if (exchange.answer(200, JSON.stringify(plainAllow())))
        deps.observer.unknown(unknownRecord(exchange, asked, true))
      return
    case 'unknown':
      deps.observer.unknown(unknownRecord(exchange, asked, false))
      return exchange.fail({ status: 404, problem: asked.problem, isUnknownCallback: true })
    case 'malformed':
      return exchange.fail(asked)
  }
}

/** The share of a call's deadline during which new connections may go first. */
const patience = 0.25

async function decideCall(context: Context, call: Call, deps: WebhookDeps): Promise<void> {
  const { exchange } = context.state
  const at = Date.now()
  const asked = toJudge(context, call, at, deps)
  const judged = deps.judge(asked)
  if (judged === null) return exchange.fail({ status: 503, problem: '', cause: new NoRules() })
  // A call that fails is settled by the failure policy.
  exchange.counts = judged.counts
  const decision = await judged.decision
  if (exchange.answer(200, JSON.stringify(answerOf(reply(call, decision), exchange, deps)))) {
    judged.counts?.settle(decision.kind === 'reject' ? 'refused' : 'let through', decision.effects)
    deps.observer.decided(decisionRecord(context, asked, decision, judged))
  }
}

function toJudge({ req, state: { exchange } }: Context, call: Call, at: number, { config }: WebhookDeps): ToJudge {
  const requestId = callerId(req.headers, req.socket.remoteAddress, config)
  return { call, at, pause: () => exchange.pause(), ...(requestId !== undefined && { requestId }) }
}

/** With the id of the decision, if it refuses and the settings say so. */
function answerOf(body: ReplyBody, { id }: Exchange, { config }: WebhookDeps): ReplyBody {
  return config.idInDetail && body.nextCode === 1 ? { ...body, errDlt: withId(body.errDlt, id) } : body
}

function decisionRecord(
  { request, state }: Context,
  { call, at, requestId }: ToJudge,
  decision: Decision,
  { version, counts }: Deciding,
): DecisionRecord {
  const { id, operationId, tookMs } = state.exchange
  const { rawBody, body } = request
  const received = { text: typeof rawBody === 'string' ? rawBody : '', body }
  const made: DecisionRecord = { requestId: id, operationId, call, received, decision, version, at, tookMs }
  const told = counts?.told
  if (told !== undefined) made.told = told
  if (requestId !== undefined) made.callerId = requestId
  return made
}

function unknownRecord(
  { id, operationId, tookMs }: Exchange,
  { command, nearest }: { command: string; nearest: string },
  isAllowed: boolean,
): UnknownRecord {
  return { requestId: id, operationId, command, nearest, isAllowed, tookMs }
}

/** Answer a call about a past event at once, since a slow reply delays users; then evaluate the rules for the log. */
async function watchCall(context: Context, call: Call, deps: WebhookDeps): Promise<void> {
  const { exchange } = context.state
  if (!exchange.answer(200, JSON.stringify(plainAllow()))) return
  await endOfTurn()
  const at = Date.now()
  const asked = toJudge(context, call, at, deps)
  const judged = deps.judge(asked)
  if (judged === null) return
  // What has happened counts, whatever becomes of the evaluation.
  exchange.counts = judged.counts
  const decision = await judged.decision
  judged.counts?.settle('let through', decision.effects)
  deps.observer.decided(decisionRecord(context, asked, decision, judged))
}

/** There are no rules to decide by. */
class NoRules extends Error {
  override name = 'NoRules'
  override message = 'No rules are in force'
}
