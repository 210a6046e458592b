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
  const stdout = destination({ dest: 1, sync: false, maxLength: maxWaiting })
  const lines = new Lines(text => stdout.write(text))
  const log = pino(options, lines)
  tellLosses(stdout, log, warn)
  const flush = () => {
    lines.handOn()
    stdout.flushSync()
  }
  // Also when an error ends the process: its line is the one that is wanted.
  process.once('exit', flush)
  return { log, flush }
}

/** So much may wait for the reader of the log, in bytes. */
const maxWaiting = 16_777_216

/** Lines on their way. The stream behind counts all that waits in it anew for each text that it is given. */
class Lines {
  readonly #take: (text: string) => void
  #text = ''

  constructor(take: (text: string) => void) {
    this.#take = take
  }

  write(line: string): void {
    if (this.#text === '') setTimeout(() => this.handOn(), collectMs)
    this.#text += line
    if (this.#text.length > collectLength) this.handOn()
  }

  handOn(): void {
    const text = this.#text
    this.#text = ''
    if (text !== '') this.#take(text)
  }
}

const collectMs = 10
const collectLength = 65_536

/** What a reader leaves lying past a limit is dropped, and how much is said once it reads on. */
function tellLosses(stdout: ReturnType<typeof destination>, log: Logger, warn: (text: string) => void): void {
  const { flush, flushSync } = stdout
  let dropped = 0
  let isBroken = false
  stdout.on('drop', (text: string) => {
    dropped += text.length
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
    if (dropped > 0) log.warn({ characters: dropped }, 'part of the log dropped')
    dropped = 0
  })
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
