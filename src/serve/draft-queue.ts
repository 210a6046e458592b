import { LineBytes } from '../state/line-bytes.ts'

/** How much may wait for the draft, and how it is handed over. */
export type DraftQueueOptions = {
  /** Hands calls to the thread; false if there is none. */
  send(lines: Uint8Array<ArrayBuffer>): boolean
  /** Called for calls that wait no longer, since they are lost. */
  onLost(calls: number): void
  mostCalls?: number
  mostBytes?: number
  collectMs?: number
}

/** So many calls are two seconds of a busy service. */
const usualMostCalls = 20_000
const usualMostBytes = 16_777_216

/** Calls are collected up to this length or time, since handing them over one by one costs as much as a decision. */
const collectLength = 65_536
const usualCollectMs = 100

/** Collects calls into batches for the thread of the draft, bounded: what does not fit is refused, never waited for. */
export class DraftQueue {
  readonly #options: DraftQueueOptions
  readonly #mostCalls: number
  readonly #mostBytes: number
  #lines: LineBytes | undefined
  #calls = 0
  #timer: NodeJS.Timeout | undefined
  /** The bytes of each batch that was handed over and is not done, in order. */
  #sent: number[] = []
  #sentCalls = 0
  #sentBytes = 0
  #isFull = false

  constructor(options: DraftQueueOptions) {
    this.#options = options
    this.#mostCalls = options.mostCalls ?? usualMostCalls
    this.#mostBytes = options.mostBytes ?? usualMostBytes
  }

  /** How many calls wait. */
  get waiting(): number {
    return this.#sentCalls + this.#calls
  }

  /** True if nothing is handed over that is not done. */
  get isIdle(): boolean {
    return this.#sent.length === 0
  }

  /** Whether a call is taken: asked first, since even putting its lines together costs time. */
  get hasRoom(): boolean {
    const [calls, bytes] = [this.waiting, this.#sentBytes + (this.#lines?.length ?? 0)]
    // A queue that took a call for each one that is done would hand over single calls.
    if (this.#isFull) this.#isFull = calls > this.#mostCalls / 2 || bytes > this.#mostBytes / 2
    this.#isFull ||= calls >= this.#mostCalls || bytes >= this.#mostBytes
    return !this.#isFull
  }

  /** Add a call as two lines. */
  add(head: string, body: string): void {
    this.#lines ??= new LineBytes(collectLength)
    this.#lines.add(head)
    this.#lines.add(body)
    this.#calls += 1
    if (this.#lines.length >= collectLength) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), this.#options.collectMs ?? usualCollectMs).unref()
  }

  /** Hand over what is collected. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#lines === undefined) return
    const [calls, bytes] = [this.#calls, this.#lines.length]
    const lines = this.#lines.taken()
    ;[this.#lines, this.#calls] = [undefined, 0]
    if (!this.#options.send(lines)) {
      this.#options.onLost(calls)
      return
    }
    this.#sent.push(bytes)
    this.#sentCalls += calls
    this.#sentBytes += bytes
  }

  /** It is known what became of some calls that were handed over. */
  reported(calls: number): void {
    this.#sentCalls -= calls
  }

  /** The oldest batch is done. */
  done(): void {
    this.#sentBytes -= this.#sent.shift() ?? 0
  }

  /** The thread ended, and what was handed over is lost. */
  lose(): void {
    const lost = this.#sentCalls
    ;[this.#sent, this.#sentCalls, this.#sentBytes] = [[], 0, 0]
    if (lost > 0) this.#options.onLost(lost)
  }
}
