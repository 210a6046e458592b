import { destination, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

/** The service's log, and what writes out its last lines before the process ends. */
export type Output = { log: Logger; flush(): void }

/**
 * The log on standard output: JSON lines, or lines for people on a terminal.
 *
 * JSON is collected while one write is under way, so that a slow reader of it delays no call.
 */
export function openLog({ isTerminal }: { isTerminal: boolean }): Output {
  const options = { base: null, timestamp: isoTimestamps() }
  if (isTerminal) return { log: pino(options, pretty({ destination: 1, sync: true })), flush: () => {} }
  const stdout = destination({ dest: 1, sync: false })
  return { log: pino(options, stdout), flush: () => stdout.flushSync() }
}

/** What pino writes for the time, ISO 8601: worked out once a millisecond, which may see many lines. */
function isoTimestamps(): () => string {
  let lastMs = Number.NaN
  let last = ''
  return () => {
    const nowMs = Date.now()
    if (nowMs !== lastMs) {
      lastMs = nowMs
      last = `,"time":"${new Date(nowMs).toISOString()}"`
    }
    return last
  }
}
