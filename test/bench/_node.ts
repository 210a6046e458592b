/** What HTTP itself costs: Node's own server, reading each body as JSON and answering a constant. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { announce } from './_announce.ts'

const answer = JSON.stringify({ actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 })
const headers = ['Content-Type', 'application/json; charset=utf-8', 'Content-Length', String(answer.length)]

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  await json(request)
  response.writeHead(200, headers).end(answer)
}

announce(createServer({ keepAliveTimeout: 0 }, handle))
