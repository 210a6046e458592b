import type Router from '@koa/router'
import type { ExchangeState } from './exchange.ts'
import type { Metrics } from './metrics.ts'

/** `GET /metrics`: the numbers of this process, in the text format of Prometheus. */
export function addMetrics(router: Router<ExchangeState>, metrics: Pick<Metrics, 'text'>): void {
  router.get('/metrics', async context => {
    const { exchange } = context.state
    const { contentType, body } = await metrics.text()
    exchange.answer(200, body, ['Content-Type', contentType, 'Cache-Control', 'no-store'])
  })
}
