import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Middleware, ParameterizedContext } from 'koa'
import type { Callback } from '../callbacks/callback.ts'
import type { CallCounts } from '../count/call-counts.ts'
import type { Call } from '../decide/call.ts'
import type { Asked } from '../protocol/command.ts'
import { RecordIds } from '../record/record-ids.ts'
import type { NoRoom } from './connection-limit.ts'
import type { FailureAnswer, FailureRecord, ListenerName } from './observer.ts'
import type { Stopping } from './stop.ts'
import { endOfTurn, isTurnLong } from './turn.ts'

/** Why a request cannot be answered normally. */
export type Failure = {
  /** The HTTP status. */
  status: number
  /** What is wrong with the request, for its sender; empty for an internal error. */
  problem: string
  /** The internal error, for the log. */
  cause?: unknown
  /** True if the catalogue lacks the callback: such calls have a policy of their own. */
  isUnknownCallback?: true
}

/** How a listener answers and reports failures. */
export type Voice = {
  deadlineMs: number
  /** Headers of every answer, as alternating names and values. */
  headers: readonly string[]
  /** The body of the answer to a failure, as JSON text; `id` is that of the request. */
  failureBody(failure: Failure, call: Call | undefined, id: string): string
  /** Called for each failure. */
  onFailure(failure: Failure, note: FailureNote): void
  /** Called for each connection lost for lack of room. */
  onNoRoom(why: NoRoom): void
  /** Called when the listener is closed and no more requests will arrive. */
  onClosed(): void
  stopping: Pick<Stopping, 'isStopping' | 'held'>
}

/** Where a failure happened. `isLate`: the request had already been answered. */
export type FailureNote = {
  /** The `X-Request-Id` of the answer. */
  id: string
  /** The address of the client, if known. */
  peer: string | undefined
  /** Present if the request reached Koa. */
  exchange?: Exchange
  isLate: boolean
}

/** A failure as observers receive it; `answer` is the decision of the failure policy. */
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

/** What middlewares share about a request; for a webhook, also which callback it is for. */
export type ExchangeState = { exchange: Exchange; asked?: Asked }

export type Context = ParameterizedContext<ExchangeState>

/** The id of a request, and of its decision: in its answer, in the log and on record. */
export function newId(): string {
  return ids.next(Date.now())
}

const ids = new RecordIds(randomBytes(5))

/**
 * One request and its only answer: the first answer wins, later ones have no effect.
 *
 * At the deadline, counted from the end of the headers, it answers with a failure by itself.
 */
export class Exchange {
  readonly id = newId()
  /** The callback that the request is for, once known. */
  callback: Callback | undefined
  /** The call, once read. */
  call: Call | undefined
  /** Where it counts, once it is judged. */
  counts: Pick<CallCounts, 'settle'> | undefined
  readonly #context: Context
  readonly #voice: Voice
  readonly #answered: () => void
  readonly #startedMs = performance.now()
  readonly #deadline: NodeJS.Timeout
  #over: AbortController | undefined
  #isAnswered = false
  #isLast = false
  #isExpired = false

  /** `answered` is called when the answer is sent. */
  constructor(context: Context, voice: Voice, answered: () => void) {
    this.#context = context
    this.#voice = voice
    this.#answered = answered
    this.#deadline = setTimeout(() => this.#expire(), voice.deadlineMs)
  }

  get isAnswered(): boolean {
    return this.#isAnswered
  }

  /** True once the whole body has arrived. */
  get isReceived(): boolean {
    return this.#context.req.complete
  }

  /** The client's id for the operation: untrusted text. */
  get operationId(): string {
    const { operationid = '' } = this.#context.req.headers
    return String(operationid)
  }

  get tookMs(): number {
    return performance.now() - this.#startedMs
  }

  /** Aborted when nobody waits for an answer any more: it was sent, the deadline passed, or the client disconnected. */
  get over(): AbortSignal {
    if (this.#over === undefined) {
      const over = new AbortController()
      if (this.#isAnswered) over.abort()
      this.#context.res.once('close', () => over.abort())
      this.#over = over
    }
    return this.#over.signal
  }

  /** A pause for long work, see `Pause`. Throws past the deadline, since nobody waits for the result any more. */
  pause(): Promise<void> | undefined {
    return isTurnLong() ? this.#wait() : undefined
  }

  async #wait(): Promise<void> {
    await endOfTurn()
    if (this.tookMs > this.#voice.deadlineMs) throw new DeadlineExceeded(this.#voice.deadlineMs)
  }

  /** Answer with JSON, as text or UTF-8 bytes; `headers` make it something else. False if already answered. */
  answer(status: number, body: string | Uint8Array, headers = this.#voice.headers): boolean {
    if (this.#isAnswered) return false
    this.#isAnswered = true
    clearTimeout(this.#deadline)
    this.#over?.abort()
    // The rest of the body must be consumed, or the next request on the connection could not be read.
    const { req } = this.#context
    if (!req.complete) req.resume()
    const { isStopping, held } = this.#voice.stopping
    if (isStopping) this.closeAfterwards()
    if (held === null) this.#send(status, body, headers)
    else held.then(() => this.#send(status, body, headers))
    return true
  }

  /** Writes directly to Node: Koa checks and sets each header separately, and this runs for every call. */
  #send(status: number, body: string | Uint8Array, given: readonly string[]): void {
    const { res } = this.#context
    const length = String(Buffer.byteLength(body))
    const headers = [...given, 'Content-Length', length, 'X-Request-Id', this.id]
    if (this.#isLast) headers.push('Connection', 'close')
    res.writeHead(status, headers)
    res.end(body)
    this.#answered()
  }

  /** Answer with a failure. A late one is only reported, if it is internal; a missed deadline is reported once. */
  fail(failure: Failure): void {
    const isLate = this.#isAnswered
    if (isLate && (failure.problem !== '' || (this.#isExpired && failure.cause instanceof DeadlineExceeded))) return
    if (!isLate) this.answer(failure.status, this.#voice.failureBody(failure, this.call, this.id))
    const peer = this.#context.req.socket.remoteAddress
    this.#voice.onFailure(failure, { id: this.id, peer, exchange: this, isLate })
  }

  /** Close the connection after this answer. */
  closeAfterwards(): void {
    this.#isLast = true
  }

  #expire(): void {
    this.#isExpired = true
    if (this.isReceived) {
      this.fail(internal(new DeadlineExceeded(this.#voice.deadlineMs)))
    } else {
      this.closeAfterwards()
      this.fail({ status: 408, problem: 'The request did not arrive in time' })
    }
  }
}

/** An internal failure. A missed deadline is 503, whether the timer or a pause noticed it first. */
function internal(cause: unknown): Failure {
  return { status: cause instanceof DeadlineExceeded ? 503 : 500, problem: '', cause }
}

/** The decision took too long. */
export class DeadlineExceeded extends Error {
  override name = 'DeadlineExceeded'

  constructor(deadlineMs: number) {
    super(`No decision within ${deadlineMs} ms`)
  }
}

/** The current or last exchange of each connection. */
export type Exchanges = WeakMap<Socket, Exchange>

/** The outermost middleware: gives every request an exchange, and waits for its answer, not for other middlewares. */
export function exchange(voice: Voice, exchanges: Exchanges): Middleware<ExchangeState> {
  return (context, next) =>
    new Promise<void>(resolve => {
      const one = new Exchange(context, voice, resolve)
      context.respond = false
      context.state.exchange = one
      exchanges.set(context.req.socket, one)
      next().then(
        () => {
          if (!one.isAnswered) one.fail(internal(new Error('No middleware answered')))
        },
        (cause: unknown) => one.fail(internal(cause)),
      )
    })
}
