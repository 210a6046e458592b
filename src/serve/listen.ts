import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { App } from './app.ts'
import { limitConnections } from './connection-limit.ts'
import { mostConnections, watchDescriptors } from './descriptors.ts'
import { type Failure, newId } from './exchange.ts'
import { noteArrival } from './turn.ts'

/** Limits on slow clients and on connections. */
export type Limits = {
  /** Time limit for the headers of a request. */
  headersMs: number
  /** Time limit for a whole request, even one that has been answered early. */
  requestMs: number
  /** How often these limits are checked, and whether there are descriptors left. */
  checkMs: number
  connections: number
}

/** For clients on a private network; the deadline of a webhook is shorter. */
export const usualLimits: Limits = {
  headersMs: 5000,
  requestMs: 10_000,
  checkMs: 1000,
  connections: mostConnections.webhooks,
}

/**
 * Serve an app on an address. Resolves once it listens; rejects with the system's error if it cannot.
 *
 * An idle connection is never closed while there is room: the IM server keeps its connections open indefinitely, and
 * does not retry a request whose connection was being closed.
 */
export async function listen(app: App, host: string, port: number, limits: Limits = usualLimits): Promise<Server> {
  const server = createServer(
    {
      keepAliveTimeout: 0,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      // Otherwise Node would answer by itself, before our code could.
      requireHostHeader: false,
    },
    app.handle,
  )
  limitConnections(server, limits.connections, app.voice)
  server.on('connection', keepAddress).on('connection', noteArrival).on('drop', noteArrival)
  // An unknown Expect header is no reason not to decide.
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

/** Read the address of the peer, so that the socket remembers it after the connection is lost. */
function keepAddress(socket: Socket): void {
  void socket.remoteAddress
}

/** The address that a server actually listens on, as a URL. */
export function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** Sockets that have had their last answer. Anything that still arrives on them must not be answered. */
const finished = new WeakSet<Duplex>()

/** Handle a request that Node could not read, or not in time. The answer depends on the state of the connection. */
function onClientError(app: App, error: Error & { code?: string }, socket: Socket): void {
  if (finished.has(socket)) return
  // A pool may open a connection before it has a request for it. Such a connection is idle, not slow.
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
    // If its whole body has arrived, it is the next request that is broken, so this one still gets its own answer.
    if (!exchange.isReceived) exchange.fail(failure.status === 400 ? brokenBody : failure)
  }
}

const brokenBody: Failure = { status: 400, problem: 'The body is incomplete or malformed' }

const timedOut = 'ERR_HTTP_REQUEST_TIMEOUT'

/** The failure for an error code of Node; null if the connection itself broke. */
function failureOf({ code = '' }: { code?: string }): Failure | null {
  if (code === timedOut) return { status: 408, problem: 'The request did not arrive in time' }
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, problem: 'The headers are too long' }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return { status: 413, problem: 'The chunk extensions are too long' }
  return code.startsWith('HPE_') ? { status: 400, problem: 'This is not an HTTP request' } : null
}

/** Answer without Koa, which never saw the request, and end the connection. */
function answerRaw(app: App, socket: Socket, failure: Failure): void {
  finished.add(socket)
  const id = newId()
  const body = app.voice.failureBody(failure, undefined, id)
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
  // Closing at once would reset the connection while data is still arriving, and the answer might be lost.
  const closing = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(closing))
  app.voice.onFailure(failure, { id, peer: socket.remoteAddress, isLate: false })
}

const lingerMs = 500
