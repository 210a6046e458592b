import type { Middleware } from 'koa'
import type { ExchangeState } from '../exchange.ts'

/**
 * Refuses requests that change something and come from another page.
 *
 * A browser says where they come from, and that includes the port, which cookies do not tell apart. Commands and other
 * programs say nothing.
 */
export const refuseOtherOrigins: Middleware<ExchangeState> = (context, next) => {
  const { method, headers } = context.req
  if (method === 'GET' || method === 'HEAD') return next()
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  const isOther = origin === undefined ? site !== undefined && site !== 'same-origin' : !isSameOrigin(origin, host)
  if (!isOther) return next()
  context.state.exchange.fail({ status: 403, problem: 'This request comes from another page' })
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}
