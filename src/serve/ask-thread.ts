import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { AnyQuestion } from '../state/questions.ts'
import { reasonIn } from '../state/state-errors.ts'
import type { AskedOfService, AskWorkerData, FromAskWorker, ToAskWorker } from './ask-worker.ts'
import type { RecordControl } from './record-requests.ts'
import { isOutOfMemory, limitsOfThread, untilEither } from './thread-limits.ts'
import { Turns } from './turns.ts'

/** Takes lines of an answer; what it returns must be waited for before more come. */
export type WriteLines = (lines: Uint8Array) => Promise<void>

/** Answers questions about the record. */
export type Asks = {
  /** Take a place. Returns a function that frees it, or undefined if all are taken. */
  enter(): (() => void) | undefined
  /** Answer when its turn comes; resolves with what kept the answer from being whole. Aborting the signal stops it. */
  run(question: AnyQuestion, write: WriteLines, signal: AbortSignal): Promise<string | undefined>
}

/** What the thread needs from the rest of the service. */
export type AskThreadDeps = {
  /** The script of the thread: `ask-worker` beside this file. */
  script: URL
  state: string
  /** Empty for the secret in the state folder. */
  secretFile: string
  /** The rules folder, whose commits say who made a change. */
  rules: string
  control: RecordControl
  limits?: AskLimits
}

/** Limits for all questions together. */
export type AskLimits = {
  /** How many may be answered or wait. */
  places: number
  /** The memory that the thread may use. */
  maxHeapMb: number
  /** How long the thread stays without work. */
  idleMs: number
}

const usualLimits: AskLimits = { places: 8, maxHeapMb: 256, idleMs: 30_000 }

/**
 * Answers questions in one thread, one at a time, so that reading the record does not delay calls.
 *
 * The thread starts on demand and ends when idle. Stopping an answer ends the thread: reading may wait for a device.
 */
export class AskThread implements Asks {
  readonly #deps: AskThreadDeps
  readonly #limits: AskLimits
  readonly #turns: Turns
  readonly #closing = new AbortController()
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined

  constructor(deps: AskThreadDeps) {
    this.#deps = deps
    this.#limits = deps.limits ?? usualLimits
    this.#turns = new Turns(this.#limits.places)
  }

  enter(): (() => void) | undefined {
    return this.#turns.enter()
  }

  async run(question: AnyQuestion, write: WriteLines, signal: AbortSignal): Promise<string | undefined> {
    try {
      return await untilEither(signal, this.#closing.signal, either =>
        this.#turns.take(() => this.#runAlone(question, write, either), either),
      )
    } catch (error) {
      if (this.#closing.signal.aborted) return 'The service is stopping'
      if (isOutOfMemory(error)) return `This needs more than ${this.#limits.maxHeapMb} MB of memory`
      throw error
    }
  }

  /** End the thread for good. All current, waiting and future questions fail. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#end()
  }

  async #runAlone(question: AnyQuestion, write: WriteLines, signal: AbortSignal): Promise<string | undefined> {
    clearTimeout(this.#idle)
    try {
      const worker = await this.#running(signal)
      let next: ToAskWorker = { kind: 'ask', question }
      for (;;) {
        const answer = once(worker, 'message', { signal })
        worker.postMessage(next)
        const [told] = (await answer) as [FromAskWorker]
        if (told.kind === 'end') return told.problem
        if (told.kind === 'lines') {
          await write(told.lines)
          next = { kind: 'sent' }
        } else if (told.kind !== 'ready') next = await this.#done(told)
      }
    } catch (error) {
      await this.#end()
      throw error
    } finally {
      this.#idle = setTimeout(() => this.#end(), this.#limits.idleMs).unref()
    }
  }

  /** What only the service can do, since it has locked the folder. */
  async #done(asked: AskedOfService): Promise<ToAskWorker> {
    const { control } = this.#deps
    try {
      if (asked.kind === 'rotate') await control.rotate()
      else if (asked.kind === 'note') control.note(asked.event, asked.facts)
      else return { kind: 'done', value: await control.forgetCounts(asked.value) }
      return { kind: 'done', value: null }
    } catch (error) {
      return { kind: 'done', value: null, problem: error instanceof Error ? error.message : reasonIn(error) }
    }
  }

  async #running(signal: AbortSignal): Promise<Worker> {
    if (this.#worker !== null) return this.#worker
    const worker = this.#start()
    this.#worker = worker
    await once(worker, 'message', { signal })
    return worker
  }

  #start(): Worker {
    const { script, state, secretFile, rules } = this.#deps
    const { maxHeapMb } = this.#limits
    const data: AskWorkerData = { state, rules, maxHeapMb, ...(secretFile !== '' && { secretFile }) }
    const worker = new Worker(script, { workerData: data, resourceLimits: limitsOfThread(maxHeapMb) })
    // `#runAlone` rejects with the error. Outside of it, an error without a listener would end the process.
    worker.on('error', () => this.#forget(worker)).on('exit', () => this.#forget(worker))
    worker.unref()
    return worker
  }

  #forget(worker: Worker): void {
    if (this.#worker === worker) this.#worker = null
  }

  async #end(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }
}
