import type { Logger } from 'pino'
import type { Callback } from '../callbacks/callback.ts'
import type { Decision, Match } from '../decide/decision.ts'
import { cleanForeign } from '../protocol/foreign.ts'
import type { Exchange, Failure, FailureNote } from './exchange.ts'

/** Writes the line of one decided call. */
export type LogDecision = (exchange: Exchange, decision: Decision, version: string) => void

/**
 * Make what writes the lines of decided calls.
 *
 * No value of the payload is ever in one; the operation's id is a header's. What is the same for all calls of a
 * callback by the same rules is written out once, in a logger of its own.
 */
export function decisionLog(log: Logger): LogDecision {
  let loggers = new Map<string, Logger>()
  let madeFor = ''
  return (exchange, decision, version) => {
    if (version !== madeFor) [loggers, madeFor] = [new Map(), version]
    const { name } = exchange.callback as Callback
    const own = loggers.get(name) ?? log.child({ callback: name, version })
    loggers.set(name, own)
    own.info(lineOf(exchange, decision), 'decision')
  }
}

/** One flat literal, and no list where nothing matched: this runs for every call. */
function lineOf(exchange: Exchange, decision: Decision): object {
  const { matches } = decision
  const isReject = decision.kind === 'reject'
  return {
    requestId: exchange.id,
    operationID: operationIdOf(exchange),
    decision: decision.kind,
    code: isReject ? decision.code : undefined,
    rule: isReject ? decision.rule : undefined,
    rewritten: isReject || decision.rewrites.size === 0 ? undefined : [...decision.rewrites.keys()],
    shadow: matches.length === 0 ? undefined : rulesOf(matches, ({ mode }) => mode === 'shadow'),
    exempted: matches.length === 0 ? undefined : rulesOf(matches, ({ exempted }) => exempted),
    tookMs: tookMs(exchange),
  }
}

/** Write the line of a call that was let pass unread: the catalogue lacks it, and its answer is thrown away. */
export function logUnheeded(log: Logger, exchange: Exchange, command: string): void {
  log.info(
    {
      requestId: exchange.id,
      operationID: operationIdOf(exchange),
      unknownCallback: cleanForeign(command),
      decision: 'allow',
      tookMs: tookMs(exchange),
    },
    'decision',
  )
}

/**
 * Write the line of a request that failed; `answer` is what the failure policy said to the IM server.
 *
 * A malformed request is the sender's business and warned of, without its body; a failure of ours has its error.
 */
export function logFailure(log: Logger, failure: Failure, note: FailureNote, answer?: FailureAnswer): void {
  const { exchange, isLate } = note
  const line = {
    requestId: note.id,
    peer: note.peer,
    operationID: exchange && operationIdOf(exchange),
    callback: exchange?.callback?.name,
    ...(isLate ? { late: true } : answer),
    status: failure.status,
    tookMs: exchange && tookMs(exchange),
  }
  if (failure.problem === '') log.error({ ...line, err: failure.cause }, 'failed')
  else log.warn({ ...line, problem: failure.problem }, 'bad request')
}

/** What the failure policy said. */
export type FailureAnswer = { decision: 'reject' | 'allow'; code: number }

function operationIdOf({ operationId }: Exchange): string | undefined {
  return operationId === '' ? undefined : cleanForeign(operationId)
}

function rulesOf(matches: readonly Match[], which: (match: Match) => boolean): string[] | undefined {
  const rules = matches.filter(which).map(({ rule }) => rule)
  return rules.length === 0 ? undefined : rules
}

/** In hundredths of a millisecond: what it took with these rules differs by less. */
function tookMs(exchange: Exchange): number {
  return Math.round(exchange.tookMs * 100) / 100
}
