import { Worker } from 'node:worker_threads'
import type { DraftingData, DraftLoaded, DraftReport, FromDrafting, ToDrafting } from './draft-messages.ts'
import { DraftQueue, type DraftQueueOptions } from './draft-queue.ts'

/** What the thread of a draft needs. */
export type DraftThreadDeps = {
  /** The script of the thread: `draft-worker` beside this file. */
  script: URL
  /** What each thread is started with, as it is then. */
  data(): DraftingData
  onLoaded(loaded: DraftLoaded): void
  onReport(report: DraftReport): void
  onProblem(message: string): void
  /** The thread ended, and another one starts after a while. */
  onFailed(message: string, againInMs: number): void
  /** Calls were lost with it. */
  onLost(calls: number): void
  queue?: Pick<DraftQueueOptions, 'mostCalls' | 'mostBytes' | 'collectMs'>
  waits?: DraftWaits
}

/** How long to wait before a thread that failed is replaced, and for how long a thread may be silent. */
export type DraftWaits = { leastMs: number; mostMs: number; silentMs: number }

/** On a busy machine a thread of the lowest priority may get no time for a while. */
const usualWaits: DraftWaits = { leastMs: 1000, mostMs: 60_000, silentMs: 30_000 }

/** A thread that worked for so long did not fail at once. */
const wellMs = 60_000

/** How long a thread may take to end. */
const graceMs = 200

/** A third of Node's default for a thread, and what it may allocate in a single step; see `heapLimit`. */
const maxYoungGenerationSizeMb = 16
const reserveMb = 640

/**
 * The thread that decides by a draft, and what waits for it.
 *
 * It is replaced when it fails or is silent while it should work, ever later: nothing that a draft does can hurt the
 * service.
 */
export class DraftThread {
  readonly #deps: DraftThreadDeps
  readonly #waits: DraftWaits
  readonly queue: DraftQueue
  #worker: Worker | undefined
  #restart: NodeJS.Timeout | undefined
  #watch: NodeJS.Timeout | undefined
  #startedMs = 0
  #heardMs = 0
  #waitMs: number
  #isEnding = false
  #onIdle: () => void = () => {}

  constructor(deps: DraftThreadDeps) {
    const { waits = usualWaits, onLost } = deps
    this.#deps = deps
    this.#waits = waits
    this.#waitMs = waits.leastMs
    this.queue = new DraftQueue({ ...deps.queue, onLost, send: lines => this.#send(lines) })
    this.#start()
    this.#watch = setInterval(() => this.#endIfSilent(), waits.silentMs / 4).unref()
  }

  get isRunning(): boolean {
    return this.#worker !== undefined
  }

  /** Tell the thread something, if there is one: another one starts with all that it must know. */
  tell(message: ToDrafting): void {
    this.#worker?.postMessage(message)
  }

  /** Let the thread decide what waits, until a time by `performance.now()`, then end it for good. */
  async end(untilMs: number): Promise<void> {
    this.#isEnding = true
    clearTimeout(this.#restart)
    this.queue.flush()
    await this.#idle(untilMs)
    clearInterval(this.#watch)
    const worker = this.#worker
    this.#worker = undefined
    this.queue.lose()
    await Promise.race([worker?.terminate(), new Promise(resolve => setTimeout(resolve, graceMs).unref())])
  }

  #idle(untilMs: number): Promise<void> {
    if (this.queue.waiting === 0 || this.#worker === undefined) return Promise.resolve()
    return new Promise(resolve => {
      const timer = setTimeout(resolve, Math.max(0, untilMs - performance.now()))
      this.#onIdle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #start(): void {
    const data = this.#deps.data()
    const resourceLimits = { maxOldGenerationSizeMb: data.maxHeapMb + reserveMb, maxYoungGenerationSizeMb }
    const worker = new Worker(this.#deps.script, { workerData: data, resourceLimits })
    worker.unref()
    worker.on('message', (message: FromDrafting) => this.#heard(message))
    worker.on('error', error => this.#failed(worker, error.message))
    worker.on('exit', () => this.#failed(worker, 'it ended'))
    this.#worker = worker
    this.#startedMs = performance.now()
    this.#heardMs = this.#startedMs
  }

  #heard(message: FromDrafting): void {
    this.#heardMs = performance.now()
    switch (message.kind) {
      case 'alive':
        return
      case 'loaded':
        this.#deps.onLoaded(message.loaded)
        return
      case 'problem':
        this.#deps.onProblem(message.message)
        return
      case 'report': {
        const { decided, shed } = message.report
        this.queue.reported(decided + Object.values(shed).reduce((sum, calls) => sum + calls, 0))
        this.#deps.onReport(message.report)
        return
      }
      case 'done':
        this.queue.done()
        if (this.queue.waiting === 0) this.#onIdle()
    }
  }

  #send(lines: Uint8Array<ArrayBuffer>): boolean {
    if (this.#worker === undefined) return false
    // Silence counts from when there is work.
    if (this.queue.isIdle) this.#heardMs = performance.now()
    const message: ToDrafting = { kind: 'calls', lines }
    this.#worker.postMessage(message, [lines.buffer])
    return true
  }

  #endIfSilent(): void {
    const { silentMs } = this.#waits
    if (this.queue.isIdle || performance.now() - this.#heardMs < silentMs) return
    const worker = this.#worker
    if (worker === undefined) return
    void worker.terminate()
    this.#failed(worker, `it was at work on one call, or on a change of the draft, for ${silentMs / 1000} s`)
  }

  #failed(worker: Worker, message: string): void {
    if (worker !== this.#worker) return
    this.#worker = undefined
    this.queue.lose()
    this.#onIdle()
    if (this.#isEnding) return
    if (performance.now() - this.#startedMs > wellMs) this.#waitMs = this.#waits.leastMs
    this.#deps.onFailed(message, this.#waitMs)
    this.#restart = setTimeout(() => this.#start(), this.#waitMs).unref()
    this.#waitMs = Math.min(this.#waitMs * 2, this.#waits.mostMs)
  }
}
