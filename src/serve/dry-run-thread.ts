import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { CountQuestion } from '../compile/counter.ts'
import { usualTextBytes } from '../protocol/long-texts.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { DryRunAnswer } from './dry-run-answer.ts'
import type { CountAnswers, DryRunWorkerData, FromDryRunWorker, ToDryRunWorker } from './dry-run-worker.ts'
import { isOutOfMemory, limitsOfThread, untilEither } from './thread-limits.ts'
import { afterTurn } from './turn.ts'
import { Turns } from './turns.ts'

/** A requested dry run: the callback's command, and the body of the request, which is transferred to the thread. */
export type DryRunAsked = { command: string; body: Uint8Array<ArrayBuffer> }

/** Runs dry runs. */
export type DryRuns = {
  /** Take a place. Returns a function that frees it, or undefined if all are taken. */
  enter(): (() => void) | undefined
  /** Run one when its turn comes. Aborting the signal stops it and rejects. */
  run(asked: DryRunAsked, signal: AbortSignal): Promise<DryRunAnswer>
}

/** What the thread needs from the rest of the service. */
export type DryRunThreadDeps = {
  /** The script of the thread: `dry-run-worker` beside this file. */
  script: URL
  /** The version, the paused rules and the files of the rules in force; null if there are none. */
  inForce(): InForceRules | null
  /** What has been counted for a call that takes no place. */
  peek(questions: readonly CountQuestion[], id: string | undefined): Promise<CountAnswers>
  limits?: DryRunLimits
  /** The longest single text in a payload, in bytes; the default is `usualTextBytes`. */
  maxTextBytes?: number
}

type InForceRules = { version: string; paused: readonly string[]; files: readonly SourceFile[] }

/** Limits for all dry runs together. */
export type DryRunLimits = {
  /** How many may run, wait or still receive their body, which can take several megabytes each. */
  places: number
  /** The memory that the thread may use, including the rules in force. */
  maxHeapMb: number
  /** How long the thread stays without work. */
  idleMs: number
}

/** Ten thousand rules in force take 100 MB; a dry run of three thousand patterns takes 150. */
const usualLimits: DryRunLimits = { places: 5, maxHeapMb: 384, idleMs: 30_000 }

/**
 * Runs dry runs in one thread, one at a time, so that they do not delay calls.
 *
 * The thread starts on demand, keeps the rules in force for the next run, and ends when idle. Stopping a run ends the
 * thread, since nothing else interrupts synchronous code.
 */
export class DryRunThread implements DryRuns {
  readonly #deps: DryRunThreadDeps
  readonly #limits: DryRunLimits
  readonly #turns: Turns
  readonly #closing = new AbortController()
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined

  constructor(deps: DryRunThreadDeps) {
    this.#deps = deps
    this.#limits = deps.limits ?? usualLimits
    this.#turns = new Turns(this.#limits.places)
  }

  enter(): (() => void) | undefined {
    return this.#turns.enter()
  }

  async run(asked: DryRunAsked, signal: AbortSignal): Promise<DryRunAnswer> {
    try {
      return await untilEither(signal, this.#closing.signal, either =>
        this.#turns.take(() => this.#runAlone(asked, either), either),
      )
    } catch (error) {
      if (isOutOfMemory(error)) return { status: 503, problem: this.#outOfMemory }
      if (this.#closing.signal.aborted) return { status: 503, problem: 'The service is stopping' }
      throw error
    }
  }

  /** End the thread for good. All current, waiting and future dry runs fail. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#end()
  }

  async #runAlone({ command, body }: DryRunAsked, signal: AbortSignal): Promise<DryRunAnswer> {
    clearTimeout(this.#idle)
    try {
      const rules = this.#deps.inForce()
      const version = rules && [rules.version, ...rules.paused].join(' ')
      await this.#running()
      signal.throwIfAborted()
      const first = await this.#ask({ kind: 'run', command, body, version }, signal)
      if (first.kind !== 'rules wanted' || rules === null) return answerOf(first)
      await this.#putInForce(rules, version ?? '')
      signal.throwIfAborted()
      return answerOf(await this.#ask({ kind: 'run', command, body: first.body, version }, signal))
    } finally {
      this.#idle = setTimeout(() => this.#end(), this.#limits.idleMs).unref()
    }
  }

  /** Continues when the client disconnects: the next run needs the same rules, and rules in force can be trusted. */
  async #putInForce({ files, paused }: InForceRules, version: string): Promise<void> {
    const worker = await this.#running()
    for (const source of files) {
      post(worker, { kind: 'file', source })
      // Copying takes time, so let calls be answered in between.
      await afterTurn()
    }
    if (this.#worker !== worker) throw new Error('The thread for dry runs ended before it had the rules in force')
    await this.#ask({ kind: 'in force', version, paused }, this.#closing.signal)
  }

  /** Send a message and wait for the answer. A failure or an aborted signal ends the thread. */
  async #ask(message: ToDryRunWorker, signal: AbortSignal): Promise<FromDryRunWorker> {
    try {
      const worker = await this.#running()
      post(worker, message)
      for (;;) {
        const [answer] = (await once(worker, 'message', { signal })) as [FromDryRunWorker]
        if (answer.kind !== 'count') return answer
        post(worker, { kind: 'counted', answers: await this.#deps.peek(answer.questions, answer.id) })
      }
    } catch (error) {
      await this.#end()
      throw error
    }
  }

  /** The thread, ready for messages. Starting it continues even if the client disconnects. */
  async #running(): Promise<Worker> {
    if (this.#worker !== null) return this.#worker
    const worker = this.#start()
    this.#worker = worker
    await once(worker, 'message', { signal: this.#closing.signal })
    return worker
  }

  #start(): Worker {
    const { maxHeapMb } = this.#limits
    const { script, maxTextBytes = usualTextBytes } = this.#deps
    const data: DryRunWorkerData = { maxHeapMb, maxTextBytes }
    const worker = new Worker(script, { workerData: data, resourceLimits: limitsOfThread(maxHeapMb) })
    // `#ask` rejects with the error. Outside of it, an error without a listener would end the process.
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

  get #outOfMemory(): string {
    return `This needs more memory than dry runs may use: ${this.#limits.maxHeapMb} MB, including the rules in force`
  }
}

function post(worker: Worker, message: ToDryRunWorker): void {
  worker.postMessage(message, message.kind === 'run' ? [message.body.buffer] : [])
}

function answerOf(message: FromDryRunWorker): DryRunAnswer {
  if (message.kind === 'answer') return message.answer
  throw new Error(`The thread for dry runs answered "${message.kind}"`)
}
