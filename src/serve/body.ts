import type { IncomingHttpHeaders } from 'node:http'
import type { Middleware } from 'koa'
import parser from 'koa-bodyparser'
import type { Context, ExchangeState, Failure } from './exchange.ts'

/** The longest body of a request, in bytes: one of a few numbers, from what is known before the body arrives. */
export type BodyLimit = (context: Context) => number

/**
 * The middlewares that put the parsed JSON of a request into `ctx.request.body`, in order.
 *
 * A body that cannot be read is answered as a failure. If reading it failed, the next middleware still runs, so it must
 * check whether the exchange is answered.
 */
export function jsonBody(maxBytes: number | BodyLimit): [Middleware<ExchangeState>, Middleware<ExchangeState>] {
  const limitOf: BodyLimit = typeof maxBytes === 'number' ? () => maxBytes : maxBytes
  const parsers = new Map<number, Middleware<ExchangeState>>()
  return [judgeHeaders(limitOf), (context, next) => parserFor(limitOf(context), parsers)(context, next)]
}

/** The body parser for a limit, created once for each. */
function parserFor(maxBytes: number, made: Map<number, Middleware<ExchangeState>>): Middleware<ExchangeState> {
  const known = made.get(maxBytes) ?? bodyParser(maxBytes)
  made.set(maxBytes, known)
  return known
}

function bodyParser(maxBytes: number): Middleware<ExchangeState> {
  const options = {
    // The headers have already been checked: a parser that checks them leaves `{}` for a body that it does not like.
    detectJSON: () => true,
    enableTypes: ['json'],
    jsonLimit: String(maxBytes),
    // In strict mode an empty body would be `{}`. Later code checks what a body must be.
    strict: false,
    // Only keys named in the catalogue are read, so there is nothing to poison.
    onProtoPoisoning: 'ignore',
    onerror: (error: Error, context: { state: ExchangeState }) =>
      context.state.exchange.fail(whileReading(error, maxBytes)),
  }
  return parser(options) as Middleware<ExchangeState>
}

/** The middleware that rejects a body because of its headers. */
export function judgeHeaders(limitOf: BodyLimit): Middleware<ExchangeState> {
  return (context, next) => {
    const failure = byHeaders(context.req.headers, limitOf(context))
    if (failure === null) return next()
    context.state.exchange.fail(failure)
  }
}

function byHeaders(headers: IncomingHttpHeaders, maxBytes: number): Failure | null {
  if (headers['content-encoding'] !== undefined) return refused(415, 'The body must not have a Content-Encoding')
  const problem = problemOfType(headers['content-type'])
  if (problem !== null) return refused(415, problem)
  return Number(headers['content-length'] ?? 0) > maxBytes ? tooLarge(maxBytes) : null
}

function problemOfType(contentType: string | undefined): string | null {
  // What the IM server sends, so nearly every call returns here.
  if (contentType === 'application/json; charset=utf-8') return null
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';')
  if (type.trim() !== 'application/json') return 'The Content-Type must be application/json'
  const charsets = parameters.map(parameter => parameter.trim()).filter(parameter => parameter.startsWith('charset='))
  const isUtf8 = charsets.every(charset => utf8.has(charset.slice('charset='.length)))
  return isUtf8 ? null : 'The charset must be utf-8'
}

const utf8: ReadonlySet<string> = new Set(['utf-8', 'utf8', '"utf-8"', '"utf8"'])

/** The failure for an error of the body parser or of the reader below it, by the properties that they set. */
function whileReading(error: Error, maxBytes: number): Failure {
  if (error instanceof SyntaxError) return refused(400, 'The body is not valid JSON')
  if ('type' in error && error.type === 'entity.too.large') return tooLarge(maxBytes)
  if ('expose' in error && error.expose === true) return brokenOff
  return { status: 500, problem: '', cause: error }
}

/** The failure for a body that ended too early. */
export const brokenOff: Failure = refused(400, 'The body is incomplete or malformed')

/** The failure for a body that is too long. */
export function tooLarge(maxBytes: number): Failure {
  return refused(413, `The body is longer than ${maxBytes} bytes`)
}

function refused(status: number, problem: string): Failure {
  return { status, problem }
}
