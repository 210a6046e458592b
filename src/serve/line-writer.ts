/** Writes some of the bytes and reports how many, as `fs.write` does. It must not block. */
export type WriteBytes = (bytes: Buffer, done: (error: NodeJS.ErrnoException | null, written: number) => void) => void

/** What a `LineWriter` needs. */
export type LineWriterDeps = {
  write: WriteBytes
  /** Called with the number of dropped lines once there is room again; what it writes comes right after the gap. */
  onLost(lines: number): void
  /** Called with the first of several errors in a row. Writing is retried until it works. */
  onError(error: Error): void
}

/** How many lines were lost since the last report, and the written part of an unfinished line. */
export type Undone = { lost: number; begun: Buffer }

/** The most that may wait, in bytes. */
const mostWaiting = 16_777_216

/** Lines are collected up to this time or this length: a write costs as much as deciding a call. */
const collectMs = 10
const collectLength = 65_536

/** The wait before the next attempt: a stalled reader may resume at any moment, a full disk stays full. */
const stallMs = { least: 5, most: 200 }
const errorMs = 250

/** Extra time for a write in progress at the end, so that what it wrote is counted. */
const lastWriteMs = 100

/**
 * Writes lines to a file descriptor that may stall or fail, without blocking anything else.
 *
 * Lines wait in a bounded queue, and there is one write at a time. After a partial write the rest is written
 * before anything else, so no line is torn by the next. When the queue is full, whole lines are dropped and counted
 * until half of it is free again.
 */
export class LineWriter {
  readonly #deps: LineWriterDeps
  #collected = ''
  /** In order. The first may be partly written, and then holds only the rest. */
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #begun: Buffer = Buffer.alloc(0)
  #lost = 0
  #isFull = false
  #isWriting = false
  #isBroken = false
  #isEnded = false
  #retry: NodeJS.Timeout | undefined
  #stallMs = stallMs.least
  #onIdle: (() => void) | undefined

  constructor(deps: LineWriterDeps) {
    this.#deps = deps
  }

  /** Add one or more whole lines. */
  write(lines: string): void {
    if (this.#isEnded) return
    this.#isFull ||= this.#waitingBytes + this.#collected.length >= mostWaiting
    if (this.#isFull) {
      this.#lost += linesIn(lines)
      return
    }
    if (this.#collected === '') setTimeout(() => this.#handOn(), collectMs).unref()
    this.#collected += lines
    if (this.#collected.length > collectLength) this.#handOn()
  }

  /** Write what waits, until an error or a time by `performance.now()`. Resolves with what could not be written. */
  async end(untilMs: number): Promise<Undone> {
    this.#handOn()
    this.#tryAgain()
    if (this.#waitingBytes > 0) await this.#idle(untilMs)
    this.#isEnded = true
    if (this.#isWriting) await this.#idle(performance.now() + lastWriteMs)
    const lost = this.#lost + linesIn(this.take())
    return { lost, begun: this.#begun }
  }

  /** Wait until there is nothing to write, writing fails, or time is up. */
  #idle(untilMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, Math.max(0, untilMs - performance.now()))
      this.#onIdle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Remove and return what waits, except for a write in progress. For when the process ends. */
  take(): Buffer {
    const rest = [...this.#waiting.splice(this.#isWriting ? 1 : 0), Buffer.from(this.#collected)]
    this.#collected = ''
    return Buffer.concat(rest)
  }

  #handOn(): void {
    if (this.#collected !== '') {
      const bytes = Buffer.from(this.#collected)
      this.#collected = ''
      this.#waiting.push(bytes)
      this.#waitingBytes += bytes.length
    }
    if (this.#retry === undefined) this.#writeNext()
  }

  #writeNext(): void {
    const [bytes] = this.#waiting
    if (bytes === undefined || this.#isEnded) this.#onIdle?.()
    if (bytes === undefined || this.#isEnded || this.#isWriting) return
    this.#isWriting = true
    this.#deps.write(bytes, (error, written) => {
      this.#isWriting = false
      if (error) this.#onError(error)
      else this.#onWritten(bytes, written)
    })
  }

  #onWritten(bytes: Buffer, written: number): void {
    ;[this.#isBroken, this.#stallMs] = [false, stallMs.least]
    this.#begun = lastLine(this.#begun, bytes.subarray(0, written))
    this.#waitingBytes -= written
    if (written === bytes.length) this.#waiting.shift()
    else this.#waiting[0] = bytes.subarray(written)
    if (this.#isFull && this.#waitingBytes < mostWaiting / 2) this.#reportLost()
    this.#writeNext()
  }

  #reportLost(): void {
    const lost = this.#lost
    ;[this.#isFull, this.#lost] = [false, 0]
    this.#deps.onLost(lost)
    this.#handOn()
  }

  #onError(error: NodeJS.ErrnoException): void {
    const isStall = error.code === 'EAGAIN'
    this.#retry = setTimeout(() => this.#tryAgain(), isStall ? this.#stallMs : errorMs).unref()
    if (isStall) this.#stallMs = Math.min(this.#stallMs * 2, stallMs.most)
    else if (!this.#isBroken) this.#deps.onError(error)
    this.#isBroken = !isStall
    if (this.#isBroken || this.#isEnded) this.#onIdle?.()
  }

  #tryAgain(): void {
    clearTimeout(this.#retry)
    this.#retry = undefined
    this.#writeNext()
  }
}

/** The written part of the last line, if it is incomplete. */
function lastLine(begun: Buffer, written: Buffer): Buffer {
  const end = written.lastIndexOf('\n')
  return end === -1 ? Buffer.concat([begun, written]) : written.subarray(end + 1)
}

function linesIn(text: string | Buffer): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}
