import type { Logger } from 'pino'
import { cleanUntrusted } from '../protocol/untrusted-text.ts'
import { type Later, LineLimit } from './line-limit.ts'
import type { FailureRecord, ListenerName, Observer } from './observer.ts'

/**
 * Logs the failures of a listener, with limits on lines that clients can cause at will.
 *
 * Lines left out are counted, and the count is logged at the end of the interval. Internal errors are always logged.
 */
export function failureLog(log: Logger, later?: Later): Pick<Observer, 'failed' | 'noRoom' | 'closed'> {
  const own = { webhooks: limitsOf(log, 'webhooks', later), admin: limitsOf(log, 'admin', later) }
  return {
    failed: record => {
      const { listener, problem, peer = 'unknown' } = record
      if (problem === '' || own[listener].bad.admits(peer)) logFailure(log, record)
    },
    noRoom: (listener, why) => {
      if (own[listener].crowded.admits(why)) logNoRoom(log, listener, why, 1)
    },
    closed: listener => {
      own[listener].bad.flush()
      own[listener].crowded.flush()
    },
  }
}

function limitsOf(log: Logger, listener: ListenerName, later: Later | undefined) {
  const clock = later && { later }
  const bad = new LineLimit({
    most: linesOfPeer,
    intervalMs,
    onLeftOut: (peer, count) => log.warn({ listener, peer, leftOut: count }, 'more bad requests'),
    ...clock,
  })
  const onLeftOut = (why: string, times: number) => logNoRoom(log, listener, why, times)
  return { bad, crowded: new LineLimit({ most: 1, intervalMs, onLeftOut, ...clock }) }
}

const intervalMs = 10_000

/** Enough to see what a client does wrong; another line has the count of the rest. */
const linesOfPeer = 10

function logNoRoom(log: Logger, listener: ListenerName, why: string, times: number): void {
  if (why === 'closed' || why === 'refused') log.warn({ listener, times }, noRoomMessages[why])
  else log.error({ listener, code: why, times }, 'new connections are lost')
}

const noRoomMessages = {
  closed: 'too many connections: closed the one idle longest',
  refused: 'too many busy connections: refused a new one',
}

/** Log a malformed request as a warning, without its body, and an internal error with its cause. */
function logFailure(log: Logger, record: FailureRecord): void {
  const { requestId, peer, operationId = '', callback, isLate, answer, status, problem, cause } = record
  const line = {
    requestId,
    peer,
    operationID: operationId === '' ? undefined : cleanUntrusted(operationId),
    callback,
    ...(isLate ? { late: true } : answer),
    status,
    tookMs: record.tookMs && rounded(record.tookMs),
  }
  if (problem === '') log.error({ ...line, err: cause }, 'failed')
  else log.warn({ ...line, problem }, 'bad request')
}

/** Milliseconds rounded to hundredths, which is precise enough. */
export function rounded(ms: number): number {
  return Math.round(ms * 100) / 100
}
