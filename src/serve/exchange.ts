import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Middleware, ParameterizedContext } from 'koa'
import type { Callback } from '../callbacks/callback.ts'
import type { Call } from '../decide/call.ts'
import type { Asked } from '../protocol/command.ts'
import type { NoRoom } from './connection-limit.ts'
import type { FailureAnswer, FailureRecord, ListenerName } from './observer.ts'
import type { Stopping } from './stop.ts'
import { endOfTurn, isTurnLong } from './turn.ts'

/** Why a request gets no proper answer. */
export type Failure = {
  /** The HTTP status that says what kind of thing went wrong. */
  status: number
  /** What is wrong with the request, for its sender; empty when the failure is ours. */
  problem: string
  /** The error behind a failure of ours, for the log. */
  cause?: unknown
  /** True when the request asks for a callback that the catalogue lacks: it has a policy of its own. */
  isUnknownCallback?: true
}

/** How one listener speaks when it fails. */
export type Voice = {
  deadlineMs: number
  /** Headers of every answer: a name, its value, and so on. */
  headers: readonly string[]
  /** The whole body that says a failure, as JSON text. */
  failureBody(failure: Failure, call: Call | undefined): string
  /** Told of each failure. */
  onFailure(failure: Failure, note: FailureNote): void
  /** Told of each connection that there was no room for. */
  onNoRoom(why: NoRoom): void
  /** Told when the listener is closed, and nothing more will come. */
  onClosed(): void
  stopping: Pick<Stopping, 'isStopping' | 'held'>
}

/** Where a failure happened. `isLate`: the request had been answered already. */
export type FailureNote = {
  /** What the answer has in `X-Request-Id`. */
  id: string
  /** The address that the connection came from, as far as it is known. */
  peer: string | undefined
  /** There if the request was whole enough for Koa to see it. */
  exchange?: Exchange
  isLate: boolean
}

/** A failure as observers are given it; `answer` is what the failure policy said. */
export function failureRecord(
  listener: ListenerName,
  { status, problem, cause }: Failure,
  { id, peer, exchange, isLate }: FailureNote,
  answer?: FailureAnswer,
): FailureRecord {
  return {
    ...{ listener, requestId: id, peer, status, problem, cause, isLate, answer },
    operationId: exchange?.operationId,
    callback: exchange?.callback?.name,
    tookMs: exchange?.tookMs,
  }
}

/** What middlewares share about one request; of a webhook, which callback it asks for. */
export type ExchangeState = { exchange: Exchange; asked?: Asked }

export type Context = ParameterizedContext<ExchangeState>

/** A short id, 12 hexadecimal digits, that joins an answer with its line in the log: of this process, then a count. */
export function newId(): string {
  count = (count + 1) % 0x1000000
  return ofProcess + count.toString(16).padStart(6, '0')
}

const ofProcess = randomUUID().slice(-6)
let count = 0

/**
 * One request and its answer, of which there is exactly one: who answers first wins, what comes later has no effect.
 *
 * At the deadline, which starts when the headers are complete, it answers itself with a failure.
 */
export class Exchange {
  readonly id = newId()
  /** The callback that is asked for, once known. */
  callback: Callback | undefined
  /** The call, once it could be read. */
  call: Call | undefined
  readonly #context: Context
  readonly #voice: Voice
  readonly #answered: () => void
  readonly #startedMs = performance.now()
  readonly #deadline: NodeJS.Timeout
  #over: AbortController | undefined
  #isAnswered = false
  #isLast = false
  #isExpired = false

  /** `answered` is called once the answer is sent. */
  constructor(context: Context, voice: Voice, answered: () => void) {
    this.#context = context
    this.#voice = voice
    this.#answered = answered
    this.#deadline = setTimeout(() => this.#expire(), voice.deadlineMs)
  }

  get isAnswered(): boolean {
    return this.#isAnswered
  }

  /** True when all of the body has come in. */
  get isReceived(): boolean {
    return this.#context.req.complete
  }

  /** What the client calls the operation: untrusted text. */
  get operationId(): string {
    const { operationid = '' } = this.#context.req.headers
    return String(operationid)
  }

  get tookMs(): number {
    return performance.now() - this.#startedMs
  }

  /** Aborted when nobody waits for an answer any more: it was given, at the latest at the deadline, or the client left. */
  get over(): AbortSignal {
    if (this.#over === undefined) {
      const over = new AbortController()
      if (this.#isAnswered) over.abort()
      this.#context.res.once('close', () => over.abort())
      this.#over = over
    }
    return this.#over.signal
  }

  /** A pause for long work, see `Pause`. It ends work that goes on past the deadline, as nobody waits for it any more. */
  pause(): Promise<void> | undefined {
    return isTurnLong() ? this.#wait() : undefined
  }

  async #wait(): Promise<void> {
    await endOfTurn()
    if (this.tookMs > this.#voice.deadlineMs) throw new DeadlineExceeded(this.#voice.deadlineMs)
  }

  /** Answer with a JSON text, which may be in UTF-8 already; false when it had already been answered. */
  answer(status: number, json: string | Uint8Array): boolean {
    if (this.#isAnswered) return false
    this.#isAnswered = true
    clearTimeout(this.#deadline)
    this.#over?.abort()
    // What is left of a body must come off the wire, or the next request could not be read.
    const { req } = this.#context
    if (!req.complete) req.resume()
    const { isStopping, held } = this.#voice.stopping
    if (isStopping) this.closeAfterwards()
    if (held === null) this.#send(status, json)
    else held.then(() => this.#send(status, json))
    return true
  }

  /** Straight to Node: Koa's own way asks and sets each header by itself, and this runs for every call. */
  #send(status: number, json: string | Uint8Array): void {
    const { res } = this.#context
    const length = String(Buffer.byteLength(json))
    const headers = [...this.#voice.headers, 'Content-Length', length, 'X-Request-Id', this.id]
    if (this.#isLast) headers.push('Connection', 'close')
    res.writeHead(status, headers)
    res.end(json)
    this.#answered()
  }

  /** Answer with a failure. One that comes too late is only noted, and only if it is ours; a deadline is told of once. */
  fail(failure: Failure): void {
    const isLate = this.#isAnswered
    if (isLate && (failure.problem !== '' || (this.#isExpired && failure.cause instanceof DeadlineExceeded))) return
    if (!isLate) this.answer(failure.status, this.#voice.failureBody(failure, this.call))
    const peer = this.#context.req.socket.remoteAddress
    this.#voice.onFailure(failure, { id: this.id, peer, exchange: this, isLate })
  }

  /** Let the connection end with this answer. */
  closeAfterwards(): void {
    this.#isLast = true
  }

  #expire(): void {
    this.#isExpired = true
    if (this.isReceived) {
      this.fail(ours(new DeadlineExceeded(this.#voice.deadlineMs)))
    } else {
      this.closeAfterwards()
      this.fail({ status: 408, problem: 'The request did not arrive in time' })
    }
  }
}

/** A failure of ours. A missed deadline is 503, whoever noticed it first: the timer, or the work in a pause. */
function ours(cause: unknown): Failure {
  return { status: cause instanceof DeadlineExceeded ? 503 : 500, problem: '', cause }
}

/** Nothing was wrong but that it took too long. */
export class DeadlineExceeded extends Error {
  override name = 'DeadlineExceeded'

  constructor(deadlineMs: number) {
    super(`No decision within ${deadlineMs} ms`)
  }
}

/** The exchange that a connection is or was last busy with. */
export type Exchanges = WeakMap<Socket, Exchange>

/** The outermost middleware: it gives every request an exchange and waits for its answer, not for who gives it. */
export function exchange(voice: Voice, exchanges: Exchanges): Middleware<ExchangeState> {
  return (context, next) =>
    new Promise<void>(resolve => {
      const one = new Exchange(context, voice, resolve)
      context.respond = false
      context.state.exchange = one
      exchanges.set(context.req.socket, one)
      next().then(
        () => {
          if (!one.isAnswered) one.fail(ours(new Error('Nothing answered')))
        },
        (cause: unknown) => one.fail(ours(cause)),
      )
    })
}
