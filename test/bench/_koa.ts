/** What a service on Koa costs that decides nothing: Koa, router and body parser, answering a constant. */
import { createServer } from 'node:http'
import Router from '@koa/router'
import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import { announce } from './_announce.ts'

const koa = new Koa()
const router = new Router()
router.post('/:command', context => {
  context.body = { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }
})
koa.use(bodyParser()).use(router.routes()).use(router.allowedMethods())

announce(createServer({ keepAliveTimeout: 0 }, koa.callback()))
