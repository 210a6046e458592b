import { Worker } from 'node:worker_threads'
import type { RecordBatch } from './record-batch.ts'
import { RecordQueue, type RecordQueueDeps, type RecordStatus } from './record-queue.ts'
import type { FromRecordScript, RecordScriptData, ToRecordScript } from './record-script.ts'

export type RecordThreadDeps = Omit<RecordQueueDeps, 'send'> & {
  /** The script of the thread: `record-script` beside this file. */
  script: URL
  data: RecordScriptData
}

/** How long to wait before a thread that failed is replaced. */
const restartMs = 1000

/** How long a thread may take to end. */
const graceMs = 200

/** The record as one process writes it: a queue here, and a thread that writes. */
export class RecordThread {
  readonly #deps: RecordThreadDeps
  readonly #queue: RecordQueue
  #worker: Worker | undefined
  #restart: NodeJS.Timeout | undefined
  #onEnded: () => void = () => {}
  /** Who waits for a rotation, in order. */
  readonly #rotations: ((problem?: string) => void)[] = []
  #isEnding = false

  constructor(deps: RecordThreadDeps) {
    this.#deps = deps
    this.#queue = new RecordQueue({ ...deps, send: batch => this.#send(batch) })
    this.#start()
  }

  get status(): RecordStatus {
    return this.#queue.status
  }

  /** Add a decision: its lines, without line breaks, and its time in ms since 1970. */
  decision(at: number, envelope: string, content: string): void {
    this.#queue.decision(at, envelope, content)
  }

  /** Add an event. */
  event(at: number, line: string): void {
    this.#queue.event(at, line)
  }

  /**
   * Write what waits, until a time by `performance.now()`. Returns how many decisions were lost, and whether the writer
   * is stuck: a process cannot exit in which a thread waits for a device.
   */
  async end(untilMs: number): Promise<{ lost: number; isStuck: boolean }> {
    this.#isEnding = true
    this.#queue.flush()
    const isEnded = await this.#ended(untilMs)
    clearTimeout(this.#restart)
    // A thread that has written everything waits for no device, however busy the machine is.
    const isStopped = await this.#stopped(isEnded ? untilMs - performance.now() : 0)
    return { lost: this.#queue.lose('the service ended'), isStuck: !isStopped }
  }

  /** Write what waits and close the segment; resolves once it is compressed. Rejects if that fails. */
  rotate(): Promise<void> {
    this.#queue.flush()
    const worker = this.#worker
    if (worker === undefined) return Promise.reject(new Error('The thread that writes the record is not running'))
    return new Promise((resolve, reject) => {
      this.#rotations.push(problem => (problem === undefined ? resolve() : reject(new Error(problem))))
      post(worker, { kind: 'rotate' })
    })
  }

  /** True if the thread says in time that everything is written. */
  #ended(untilMs: number): Promise<boolean> {
    return new Promise(resolve => {
      if (this.#worker === undefined) return resolve(true)
      const timer = setTimeout(() => resolve(false), Math.max(0, untilMs - performance.now()))
      this.#onEnded = () => {
        clearTimeout(timer)
        resolve(true)
      }
      post(this.#worker, { kind: 'end' })
    })
  }

  /** Ends the thread. One that waits for a device does not end. */
  #stopped(patienceMs: number): Promise<boolean> {
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(false), Math.max(graceMs, patienceMs))
      void Promise.resolve(this.#worker?.terminate()).then(() => {
        clearTimeout(timer)
        resolve(true)
      })
    })
  }

  #start(): void {
    const worker = new Worker(this.#deps.script, { workerData: this.#deps.data })
    worker.unref()
    worker.on('message', (told: FromRecordScript) => {
      if (told.kind === 'ended') this.#onEnded()
      else if (told.kind === 'rotated') this.#rotations.shift()?.(told.problem)
      else this.#queue.reported(told)
    })
    worker.on('error', error => this.#failed(error))
    this.#worker = worker
  }

  #send(batch: RecordBatch): void {
    if (this.#worker !== undefined) post(this.#worker, { kind: 'write', batch })
    else this.#queue.lose('the thread that writes the record is not running')
  }

  #failed(error: Error): void {
    this.#worker = undefined
    for (const rotated of this.#rotations.splice(0)) rotated(error.message)
    this.#queue.lose(error.message)
    this.#deps.onTrouble(error.message)
    this.#onEnded()
    if (!this.#isEnding) this.#restart = setTimeout(() => this.#start(), restartMs).unref()
  }
}

/** The memory of a batch moves to the thread. */
function post(worker: Worker, message: ToRecordScript): void {
  const moved = message.kind === 'write' ? [message.batch.envelope.buffer, message.batch.content.buffer] : []
  worker.postMessage(message, moved)
}
