import type Router from '@koa/router'
import { StateInUse, StateUnusable } from '../../state/state-errors.ts'
import { jsonBody } from '../body.ts'
import type { Context, ExchangeState, Failure } from '../exchange.ts'
import { openApiOf } from './openapi.ts'
import type { PageDeps } from './page-deps.ts'
import type { PageAnswered, PageRequest, Route } from './route.ts'
import { draftRoutes } from './routes/drafts.ts'
import { pauseRoutes } from './routes/pauses.ts'
import { publishRoutes } from './routes/publish.ts'
import { rulesRoutes } from './routes/rules.ts'
import { statusRoutes } from './routes/status.ts'
import { tryRoutes } from './routes/try.ts'
import { misfit } from './shape.ts'

/** Every route of the page's API. */
export const pageRoutes: readonly Route[] = [
  ...statusRoutes,
  ...rulesRoutes,
  ...draftRoutes,
  ...tryRoutes,
  ...publishRoutes,
  ...pauseRoutes,
]

const usualBytes = 65_536

/** The API of the page below `/api`, and the OpenAPI document about it. */
export function addPageApi(router: Router<ExchangeState>, deps: PageDeps): void {
  const document = JSON.stringify(openApiOf(pageRoutes, deps.app))
  router.get('/api/openapi.json', context => {
    context.state.exchange.answer(200, document)
  })
  for (const route of pageRoutes) {
    const parsers = route.method === 'GET' ? [] : jsonBody(route.mostBytes ?? usualBytes)
    router.register(
      route.path,
      [route.method.toLowerCase()],
      [...parsers, context => answerRoute(context, route, deps)],
    )
  }
}

async function answerRoute(context: Context, route: Route, deps: PageDeps): Promise<void> {
  const { exchange } = context.state
  if (exchange.isAnswered) return
  const asked = requestOf(context, route, deps)
  if ('problem' in asked) return exchange.fail(asked)
  try {
    send(context, await route.work(asked, deps))
  } catch (error) {
    if (error instanceof StateUnusable || error instanceof StateInUse) {
      exchange.answer(503, JSON.stringify({ error: error.message, kind: 'state' }))
    } else if (exchange.over.aborted) {
      // After the deadline the request is already answered, and this has no effect.
      exchange.fail({ status: 400, problem: 'The connection was closed before the answer' })
    } else throw error
  }
}

function send({ state: { exchange } }: Context, answered: PageAnswered): void {
  if ('problem' in answered) exchange.fail(answered)
  else if ('body' in answered) exchange.answer(200, answered.body)
  else exchange.answer(answered.status, JSON.stringify(answered.answer))
}

/** The request of somebody who may make it, if it fits the route. */
function requestOf(
  context: Context,
  { query: known = {}, body: shape, needs }: Route,
  deps: PageDeps,
): PageRequest | Failure {
  const who = deps.access(context.req)
  if ('problem' in who) return who
  if (!who.may.includes(needs)) return { status: 403, problem: `This needs the role "${needs}"` }
  const query = Object.fromEntries(new URLSearchParams(context.querystring))
  for (const [name, value] of Object.entries(query)) {
    const problem = Object.hasOwn(known, name)
      ? misfit(known[name] ?? {}, value, name)
      : `There is no parameter "${name.slice(0, 50)}"`
    if (problem !== undefined) return { status: 400, problem }
  }
  const { body = {} } = context.request as { body?: unknown }
  const problem = shape && misfit(shape, body)
  if (problem !== undefined) return { status: 400, problem }
  return {
    params: (context.params ?? {}) as Record<string, string>,
    query,
    body: body as Record<string, unknown>,
    who,
    signal: context.state.exchange.over,
  }
}
