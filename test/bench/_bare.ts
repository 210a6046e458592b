/** What a service on Koa costs that decides nothing: Koa, router and body parser, answering a constant. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'

const koa = new Koa()
const router = new Router()
router.post('/:command', context => {
  context.body = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }
})
koa.use(bodyParser()).use(router.routes()).use(router.allowedMethods())

const server = createServer({ keepAliveTimeout: 0 }, koa.callback())
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ webhooks: `http://127.0.0.1:${port}` })}\n`)
})
