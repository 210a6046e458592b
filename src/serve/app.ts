import type { RequestListener } from 'node:http'
import type Router from '@koa/router'
import Koa, { type Middleware } from 'koa'
import { type Context, type ExchangeState, type Exchanges, exchange, newId, type Voice } from './exchange.ts'

/** What a listener serves: Koa's handler, and what it needs to answer requests too broken to reach Koa. */
export type App = { handle: RequestListener; exchanges: Exchanges; voice: Voice }

/** One listener's app: an exchange for each request, then the middlewares, one of which answers. */
export function buildApp(voice: Voice, ...middlewares: Middleware<ExchangeState>[]): App {
  const exchanges: Exchanges = new WeakMap()
  const koa = new Koa<ExchangeState>()
  koa.use(exchange(voice, exchanges))
  for (const middleware of middlewares) koa.use(middleware)
  koa.on('error', (cause, context?: Context) => noteUnsent(cause, voice, context))
  const handle = koa.callback()
  return {
    handle: (request, response) => {
      request.url = originForm(request.url ?? '/')
      return handle(request, response)
    },
    exchanges,
    voice,
  }
}

/** A router as a middleware. It adds the properties that its type requires of the context itself. */
export function routesOf(router: Router<ExchangeState>): Middleware<ExchangeState> {
  return router.routes() as unknown as Middleware<ExchangeState>
}

/** The last middleware of a router's app: answers requests that match no route. */
export function refuseUnrouted(context: Context): void {
  const matched: Router['stack'] = context.matched ?? []
  const methods = [...new Set(matched.flatMap(route => route.methods))].join(', ')
  if (methods === '') {
    context.state.exchange.fail({ status: 404, problem: 'Unknown path' })
  } else {
    context.set('Allow', methods)
    context.state.exchange.fail({ status: 405, problem: `The method must be ${methods}` })
  }
}

/** Report an error that Koa met after the answer, unless the connection broke: then there is nobody to answer. */
function noteUnsent(cause: Error & { headerSent?: boolean }, voice: Voice, context: Context | undefined): void {
  if (cause.headerSent === true) return
  const peer = context?.req.socket.remoteAddress
  voice.onFailure({ status: 500, problem: '', cause }, { id: newId(), peer, isLate: true })
}

/** Any request target as a path: proxies send `http://host/path`, and Koa's parser throws on some of these. */
function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const rest = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '')
  return rest.startsWith('/') ? rest : `/${rest}`
}
