import type Router from '@koa/router'
import type { ExchangeState } from './exchange.ts'
import type { Stopping } from './stop.ts'

/** What readiness depends on. */
export type Health = {
  /** True if there are rules in force. */
  hasRules(): boolean
  stopping: Pick<Stopping, 'isStopping' | 'held'>
}

/** `/healthz`: the process is alive. `/readyz`: it can decide and is not stopping. Both for GET and HEAD. */
export function addHealth(router: Router<ExchangeState>, health: Health): void {
  router.get('/healthz', context => {
    context.state.exchange.answer(200, '{"status":"ok"}')
  })
  router.get('/readyz', context => {
    const status = readiness(health)
    context.state.exchange.answer(status === 'ready' ? 200 : 503, JSON.stringify({ status }))
  })
}

function readiness(health: Health): string {
  if (health.stopping.isStopping) return 'stopping'
  return health.hasRules() ? 'ready' : 'no rules'
}
