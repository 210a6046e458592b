import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type Router from '@koa/router'
import { controlLine } from '../state/answer-lines.ts'
import type { AnyQuestion } from '../state/questions.ts'
import { readQuestion } from '../state/read-question.ts'
import type { Asks } from './ask-thread.ts'
import { jsonBody } from './body.ts'
import type { Context, ExchangeState } from './exchange.ts'

/** What answering peers needs; `asks` is undefined where `--answer-peers` is not set. */
export type AskRequestDeps = { asks: Asks | undefined; times?: AskTimes }

/** How long reading and changing may take, from the request to the end of the answer; how often a sign of life is sent. */
export type AskTimes = { readMs: number; changeMs: number; aliveMs: number }

/** Whoever asks waits 15 s for a sign of life. Erasing somebody from a large record reads and writes all of it. */
const usualTimes: AskTimes = { readMs: 300_000, changeMs: 1_800_000, aliveMs: 3000 }

const mostBytes = 65_536

/**
 * `POST /record/ask` with a question about the state folder of this service. The answer is lines of JSON.
 *
 * The body must be JSON by its Content-Type, which a web page cannot send to this address unasked.
 */
export function addAsks(router: Router<ExchangeState>, deps: AskRequestDeps): void {
  router.post('/record/ask', ...jsonBody(mostBytes), context => answerOnce(context, deps))
}

async function answerOnce(context: Context, { asks, times = usualTimes }: AskRequestDeps): Promise<void> {
  const { exchange } = context.state
  if (exchange.isAnswered) return
  if (asks === undefined) return exchange.fail({ status: 403, problem: 'It must be started with --answer-peers' })
  const question = readQuestion((context.request as { body?: unknown }).body)
  if (question === undefined) {
    return exchange.fail({ status: 400, problem: 'The body is no question that this version of hookwarden knows' })
  }
  const leave = asks.enter()
  if (leave === undefined) {
    context.set('Retry-After', '10')
    return exchange.fail({ status: 429, problem: 'Too many questions are waiting; ask again in a few seconds' })
  }
  try {
    const { over } = exchange
    const response = exchange.begin(200, 'application/x-ndjson; charset=utf-8')
    if (response !== null) await answerInPieces(response, { question, asks, times, over })
  } finally {
    leave()
  }
}

type Answering = { question: AnyQuestion; asks: Asks; times: AskTimes; over: AbortSignal }

async function answerInPieces(response: ServerResponse, { question, asks, times, over }: Answering): Promise<void> {
  const isChange = ['forget', 'hold', 'end hold'].includes(question.ask)
  const timeMs = isChange ? times.changeMs : times.readMs
  const late = new AbortController()
  const deadline = setTimeout(() => late.abort(), timeMs).unref()
  // A change is finished even if nobody waits for the answer any more.
  if (!isChange) over.addEventListener('abort', () => late.abort())
  if (over.aborted) late.abort()
  const alive = setInterval(() => response.writableNeedDrain || response.write('\n'), times.aliveMs).unref()
  try {
    const problem = await asks.run(question, lines => write(response, lines, late.signal), late.signal)
    if (problem !== undefined) response.write(controlLine({ problem }))
  } catch (error) {
    if (!late.signal.aborted) throw error
    response.write(controlLine({ problem: `This took longer than ${timeMs / 1000} s and was stopped` }))
  } finally {
    clearTimeout(deadline)
    clearInterval(alive)
    await ended(response)
  }
}

/** Resolves once there is room for more. Rejects when the time is over. */
async function write(response: ServerResponse, lines: Uint8Array, signal: AbortSignal): Promise<void> {
  if (response.closed || response.write(lines)) return
  await new Promise<void>((resolve, reject) => {
    const finish = () => {
      response.off('drain', finish).off('close', finish)
      signal.removeEventListener('abort', finish)
      if (signal.aborted) reject(signal.reason)
      else resolve()
    }
    response.on('drain', finish).on('close', finish)
    signal.addEventListener('abort', finish)
    if (signal.aborted) finish()
  })
}

/** Whoever does not read the end of the answer in time is disconnected, to free the place. */
async function ended(response: ServerResponse): Promise<void> {
  response.end()
  if (response.closed) return
  const cut = setTimeout(() => response.destroy(), unreadMs)
  await once(response, 'close')
  clearTimeout(cut)
}

const unreadMs = 10_000
