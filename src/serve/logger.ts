import { destination, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

/** The service's log, and what writes out its last lines before the process ends. */
export type Output = { log: Logger; flush(): void }

/**
 * The log on standard output: JSON lines, or lines for people on a terminal.
 *
 * JSON is collected for a moment and written in one go, beside the answers: a write for each line costs as much as
 * the call. A log that cannot be written stops nobody; `warn` is told.
 */
export function openLog({ isTerminal, warn }: { isTerminal: boolean; warn: (text: string) => void }): Output {
  const options = { base: null, timestamp: isoTimestamps() }
  if (isTerminal) return { log: pino(options, pretty({ destination: 1, sync: true })), flush: () => {} }
  const stdout = destination({ dest: 1, sync: false, ...collected })
  const log = pino(options, stdout)
  tellLosses(stdout, log, warn)
  return { log, flush: () => stdout.flushSync() }
}

/** What a reader leaves lying past a limit is dropped, and how much is said once it reads on. */
function tellLosses(stdout: ReturnType<typeof destination>, log: Logger, warn: (text: string) => void): void {
  const { flush, flushSync } = stdout
  let dropped = 0
  let isBroken = false
  stdout.on('drop', () => {
    dropped += 1
  })
  stdout.on('error', (error: Error) => {
    if (!isBroken) warn(`The log cannot be written: ${error.message}\n`)
    isBroken = true
    // Flushing tries for ever, also when the process is about to end. A later line tries again.
    Object.assign(stdout, { flush: () => {}, flushSync: () => {} })
  })
  stdout.on('write', () => {
    if (isBroken) Object.assign(stdout, { flush, flushSync })
    isBroken = false
    if (dropped > 0) log.warn({ lines: dropped }, 'log lines dropped')
    dropped = 0
  })
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
