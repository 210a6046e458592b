import type { Logger } from 'pino'
import { type FailureAnswer, logFailure } from './decision-log.ts'
import type { Failure, FailureNote } from './exchange.ts'
import { type Later, LineLimit } from './line-limit.ts'
import type { NoRoom } from './room.ts'

/** What one listener writes to the log beside decisions. */
export type ListenerLog = {
  /** A request that failed, and what the failure policy answered. */
  failed(failure: Failure, note: FailureNote, answer?: FailureAnswer): void
  /** A connection that was lost for want of room. */
  noRoom(why: NoRoom): void
  /** Nothing more will come: write what was left out. */
  close(): void
}

/**
 * Log what goes wrong at the listener of this name, with limits on every line that clients can cause at will.
 *
 * Lines left out are counted, and the count is logged at the end of the interval. Our own failures are never left out.
 */
export function listenerLog(log: Logger, listener: 'webhooks' | 'admin', later?: Later): ListenerLog {
  const clock = later && { later }
  const bad = new LineLimit({
    most: linesOfPeer,
    intervalMs,
    onLeftOut: (peer, count) => log.warn({ listener, peer, leftOut: count }, 'more bad requests'),
    ...clock,
  })
  const logNoRoom = (why: string, times: number) => {
    if (why === 'closed' || why === 'refused') log.warn({ listener, times }, noRoomMessages[why])
    else log.error({ listener, code: why, times }, 'new connections are lost')
  }
  const crowded = new LineLimit({ most: 1, intervalMs, onLeftOut: logNoRoom, ...clock })
  return {
    failed: (failure, note, answer) => {
      if (failure.problem === '' || bad.admits(note.peer ?? 'unknown')) logFailure(log, failure, note, answer)
    },
    noRoom: why => {
      if (crowded.admits(why)) logNoRoom(why, 1)
    },
    close: () => {
      bad.flush()
      crowded.flush()
    },
  }
}

const intervalMs = 10_000

/** Enough to see what a client does wrong; one more line says how often. */
const linesOfPeer = 10

const noRoomMessages = {
  closed: 'too many connections: the longest idle closed',
  refused: 'too many busy connections: a new one refused',
}
