import { visible } from '../language/show/visible.ts'
import type { AnyQuestion } from '../state/questions.ts'
import { type Piece, type SegmentEnd, wholeLines } from '../state/segment-lines.ts'
import { callAfter, type Io } from './io.ts'

/** Why a service on another machine did not answer: a sentence for whoever asked. */
export class PeerProblem extends Error {
  override name = 'PeerProblem'

  constructor(reason: string, options?: ErrorOptions) {
    super(visible(reason.slice(0, longestReason)), options)
  }
}

/** The answer of a service to a question about its record, in pieces of whole lines. */
export type PeerAnswer = AsyncGenerator<Piece, SegmentEnd>

const longestReason = 500

/** So long a service may be silent: it sends a sign of life every few seconds. */
const silentMs = 15_000

/** So long an answer may take, which is more than a service allows itself. */
const longestMs = 2_000_000

/** The longest line of an answer, in bytes: the files of a large rules folder are on one. */
const longestLine = 64 * 1_048_576

/**
 * Ask a service by the address of its admin port; resolves once it answers. Aborting the signal ends the answer.
 *
 * Throws PeerProblem.
 */
export async function askPeer(
  url: string,
  question: AnyQuestion,
  { io, signal }: { io: Pick<Io, 'after'>; signal: AbortSignal },
): Promise<PeerAnswer> {
  const patience = new Patience(io, signal)
  try {
    const response = await patience.wait(() => post(url, question, patience.signal))
    if (response.ok && response.body !== null) return wholeLines(chunksOf(response.body, patience), longestLine)
    throw new PeerProblem(refusal(response.status, await patience.wait(() => startOf(response))))
  } catch (error) {
    patience.end()
    throw error
  }
}

async function post(url: string, question: AnyQuestion, signal: AbortSignal): Promise<Response> {
  return fetch(new URL('/record/ask', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(question),
    redirect: 'error',
    signal,
  })
}

async function* chunksOf(body: ReadableStream<Uint8Array>, patience: Patience): AsyncGenerator<Buffer> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { value, done } = await patience.wait(() => reader.read())
      if (done) return
      yield Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
  } finally {
    patience.end()
  }
}

/** The start of what a service says that refuses. */
async function startOf({ body }: Response): Promise<string> {
  const reader = body?.getReader()
  const first = await reader?.read()
  return new TextDecoder().decode(first?.value).slice(0, mostRefused)
}

const mostRefused = 10_000

function refusal(status: number, text: string): string {
  if (status === 404) return 'No admin port of a hookwarden that answers such questions is there'
  try {
    const { error } = JSON.parse(text) as { error?: unknown }
    if (typeof error === 'string' && error !== '') return error
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return `It answered with the status ${status}`
}

/** Waits for a service as long as it gives signs of life, and not for ever. */
class Patience {
  readonly #io: Pick<Io, 'after'>
  readonly #stop = new AbortController()
  readonly #cancel: () => void
  #late = ''

  constructor(io: Pick<Io, 'after'>, signal: AbortSignal) {
    this.#io = io
    const abort = () => this.#stop.abort()
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    const cancel = callAfter(io, longestMs, () => this.#giveUp('Its answer took too long'))
    this.#cancel = () => {
      cancel()
      signal.removeEventListener('abort', abort)
    }
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  /** Throws PeerProblem. */
  async wait<T>(work: () => Promise<T>): Promise<T> {
    const cancel = callAfter(this.#io, silentMs, () => this.#giveUp(`It was silent for ${silentMs / 1000} s`))
    try {
      return await work()
    } catch (cause) {
      throw new PeerProblem(this.#late === '' ? reasonOf(cause) : this.#late, { cause })
    } finally {
      cancel()
    }
  }

  end(): void {
    this.#cancel()
    this.#stop.abort()
  }

  #giveUp(why: string): void {
    this.#late = why
    this.#stop.abort()
  }
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } }
  // Some ports are never asked.
  if (cause?.code === 'ECONNREFUSED' || cause?.message === 'bad port') return 'No service answers there'
  if (typeof cause?.message === 'string' && cause.message !== '') return `The connection failed: ${cause.message}`
  return `The connection failed: ${error instanceof Error ? error.message : String(error)}`
}
