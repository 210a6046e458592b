import { destination, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

/** The service's log, and what writes out its last lines before the process ends. */
export type Output = { log: Logger; flush(): void }

/**
 * The log on standard output: JSON lines, or lines for people on a terminal.
 *
 * JSON is collected for a moment and written in one go, beside the answers: a write for each line costs as much as
 * the call. What a reader leaves lying past a limit is dropped, and how much is said once it reads on.
 */
export function openLog({ isTerminal }: { isTerminal: boolean }): Output {
  const options = { base: null, timestamp: isoTimestamps() }
  if (isTerminal) return { log: pino(options, pretty({ destination: 1, sync: true })), flush: () => {} }
  const stdout = destination({ dest: 1, sync: false, ...collected })
  const log = pino(options, stdout)
  let dropped = 0
  stdout.on('drop', () => {
    dropped += 1
  })
  stdout.on('drain', () => {
    if (dropped > 0) log.warn({ lines: dropped }, 'log lines dropped')
    dropped = 0
  })
  const flush = () => stdout.flushSync()
  // Also when an error ends the process: its line is the one that is wanted.
  process.once('exit', flush)
  return { log, flush }
}

/** Lengths in bytes, the pause in ms. */
const collected = { minLength: 65_536, maxWrite: 131_072, periodicFlush: 20, maxLength: 16_777_216 }

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
