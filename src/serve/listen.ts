import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { App } from './app.ts'
import { limitConnections } from './connection-limit.ts'
import { mostConnections, watchDescriptors } from './descriptors.ts'
import { type Failure, newId } from './exchange.ts'
import { noteArrival } from './turn.ts'

/** How slow and how many clients may be. */
export type Limits = {
  /** For the headers of a request. */
  headersMs: number
  /** For a whole request, also one that has been answered early. */
  requestMs: number
  /** How often the two are looked at, and whether there are descriptors left. */
  checkMs: number
  connections: number
}

/** For clients on a network of one's own; a webhook's own deadline is shorter. */
export const usualLimits: Limits = {
  headersMs: 5000,
  requestMs: 10_000,
  checkMs: 1000,
  connections: mostConnections.webhooks,
}

/**
 * Serve an app on an address; resolves once it listens, and rejects with the error of the system when it cannot.
 *
 * A connection is never closed for being idle while there is room: the IM server's client keeps its connections for
 * ever and does not repeat a request that met a closing one.
 */
export async function listen(app: App, host: string, port: number, limits: Limits = usualLimits): Promise<Server> {
  const server = createServer(
    {
      keepAliveTimeout: 0,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      // Without it the answer would be Node's, before anybody could give another.
      requireHostHeader: false,
    },
    app.handle,
  )
  limitConnections(server, limits.connections, app.voice.onNoRoom)
  server.on('connection', keepAddress).on('connection', noteArrival).on('drop', noteArrival)
  // An expectation that nobody knows is no reason not to decide.
  server.on('checkExpectation', app.handle)
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    answerRaw(app, socket, { status: 405, problem: 'The method must be POST' })
  })
  server.on('clientError', (error, socket) => onClientError(app, error, socket as Socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  watchDescriptors(server, limits.checkMs, app.voice.onNoRoom)
  server.once('close', app.voice.onClosed)
  return server
}

/** A socket keeps the address of its peer once it has been asked for it. When the connection is lost, it is too late. */
function keepAddress(socket: Socket): void {
  void socket.remoteAddress
}

/** The address that a server really listens on, as a URL. */
export function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** The sockets that have got their last word. What still comes from them is read by nobody, and must not be answered. */
const finished = new WeakSet<Duplex>()

/** A request that Node could not read, or not in time. What can be said depends on where the connection stands. */
function onClientError(app: App, error: Error & { code?: string }, socket: Socket): void {
  if (finished.has(socket)) return
  // A pool may open a connection before it has a request for it. That one is idle, not slow.
  if (error.code === timedOut && socket.bytesRead === 0) return
  const exchange = app.exchanges.get(socket)
  const failure = failureOf(error)
  if (!socket.writable || failure === null) {
    socket.destroy()
  } else if (exchange === undefined || (exchange.isAnswered && exchange.isReceived)) {
    answerRaw(app, socket, failure)
  } else if (exchange.isAnswered) {
    socket.destroy()
  } else {
    finished.add(socket)
    exchange.closeAfterwards()
    // With all of its body there, it is the request after it that broke: its own answer goes out.
    if (!exchange.isReceived) exchange.fail(failure.status === 400 ? brokenBody : failure)
  }
}

const brokenBody: Failure = { status: 400, problem: 'The body did not arrive as announced' }

const timedOut = 'ERR_HTTP_REQUEST_TIMEOUT'

/** What is wrong with the request, by Node's code for it; null when the connection itself broke. */
function failureOf({ code = '' }: { code?: string }): Failure | null {
  if (code === timedOut) return { status: 408, problem: 'The request did not arrive in time' }
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, problem: 'The headers are too long' }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return { status: 413, problem: 'The chunk extensions are too long' }
  return code.startsWith('HPE_') ? { status: 400, problem: 'This is not an HTTP request' } : null
}

/** Answer past Koa, which never saw the request, and let the connection end. */
function answerRaw(app: App, socket: Socket, failure: Failure): void {
  finished.add(socket)
  const id = newId()
  const body = app.voice.failureBody(failure, undefined)
  const headers = [
    ...app.voice.headers,
    ...['Content-Length', Buffer.byteLength(body)],
    ...['X-Request-Id', id],
    ...['Connection', 'close'],
    ...(failure.status === 405 ? ['Allow', 'POST'] : []),
  ]
  const lines = headers.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`))
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status]}\r\n${lines.join('')}\r\n${body}`)
  // Closing at once would reset the connection under what is still coming, and the answer might be lost with it.
  const closing = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(closing))
  app.voice.onFailure(failure, { id, peer: socket.remoteAddress, isLate: false })
}

const lingerMs = 500
