import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type Router from '@koa/router'
import { askedFor } from '../protocol/command.ts'
import { brokenOff, judgeHeaders, tooLarge } from './body.ts'
import { bodyLimits } from './dry-run-request.ts'
import type { DryRuns } from './dry-run-thread.ts'
import type { Context, ExchangeState } from './exchange.ts'
import { readBytes } from './read-bytes.ts'

/** `POST /dry-run/:command`: evaluates a call by the rules in force or in the body, and explains the decision. */
export function addDryRun(router: Router<ExchangeState>, dryRuns: DryRuns): void {
  router.post(
    '/dry-run/:command',
    judgeHeaders(() => bodyLimits.bodyBytes),
    context => answerOne(context, dryRuns),
  )
}

async function answerOne(context: Context, dryRuns: DryRuns): Promise<void> {
  const { exchange } = context.state
  const asked = askedFor(String(context.params.command))
  if (asked.kind !== 'known') return exchange.fail({ status: 404, problem: asked.problem })
  // Before the body is read, since the bodies of waiting dry runs are held in memory.
  const leave = dryRuns.enter()
  if (leave === undefined) {
    context.set('Retry-After', String(retryAfterSeconds))
    return exchange.fail({ status: 429, problem: 'Too many dry runs are waiting; try again in a few seconds' })
  }
  try {
    await tryCall(context, asked.command, dryRuns)
    await sent(context.res)
  } finally {
    leave()
  }
}

/** By then the waiting dry runs are done or have reached their deadline. */
const retryAfterSeconds = 10

async function tryCall(context: Context, command: string, dryRuns: DryRuns): Promise<void> {
  const { exchange } = context.state
  const { over } = exchange
  const body = await readBytes(context.req, bodyLimits.bodyBytes, over)
  if (exchange.isAnswered) return
  if (body === 'too long') return exchange.fail(tooLarge(bodyLimits.bodyBytes))
  if (body === 'broken') return exchange.fail(brokenOff)
  try {
    const answer = await dryRuns.run({ command, body }, over)
    if ('problem' in answer) exchange.fail(answer)
    else exchange.answer(answer.status, answer.body)
  } catch (error) {
    if (!over.aborted) throw error
    // After the deadline the request is already answered, and this has no effect.
    exchange.fail({ status: 400, problem: 'The connection was closed before the answer' })
  }
}

/** Resolves when the answer has been sent. A client that does not read it is disconnected, to free its place. */
async function sent(response: ServerResponse): Promise<void> {
  if (response.closed) return
  const cut = setTimeout(() => response.destroy(), unreadMs)
  await once(response, 'close')
  clearTimeout(cut)
}

/** How long a client may take to read its answer. */
const unreadMs = 10_000
