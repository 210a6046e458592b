import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SourceFile } from '../language/source.ts'
import type { DryRunAnswer } from './dry-run-answer.ts'
import type { DryRunWorkerData, FromDryRunWorker, ToDryRunWorker } from './dry-run-worker.ts'
import { HeapLimitExceeded } from './heap-limit.ts'
import { afterTurn } from './turn.ts'
import { Turns } from './turns.ts'

/** One call to be tried: the callback's command, and the body as it came. The body is handed over. */
export type DryRunAsked = { command: string; body: Uint8Array<ArrayBuffer> }

/** What makes dry runs. */
export type DryRuns = {
  /** A place among those that run, wait, or still read their body; it is left by calling it. Undefined: all are taken. */
  enter(): (() => void) | undefined
  /** Run one once it is its turn. Rejects with the signal's reason when that comes first: the run is then stopped. */
  run(asked: DryRunAsked, signal: AbortSignal): Promise<DryRunAnswer>
}

/** What the thread needs of the rest. */
export type DryRunThreadDeps = {
  /** The script of the thread: `dry-run-worker` beside this file. */
  script: URL
  /** The rules in force and what they were made of; null when there are none. */
  inForce(): { version: string; files: readonly SourceFile[] } | null
  limits?: DryRunLimits
}

/** How much dry runs may take. */
export type DryRunLimits = {
  /** So many run, wait or read their body, of which each may hold some megabytes. */
  places: number
  /** So much memory may be in use in the thread, the rules in force included. */
  maxHeapMb: number
  /** The thread ends once it had nothing to do for so long. */
  idleMs: number
}

/** Ten thousand rules in force take 100 MB, and three thousand more to be tried 50. */
const usualLimits: DryRunLimits = { places: 5, maxHeapMb: 384, idleMs: 30_000 }

/**
 * Makes dry runs in one thread beside that of the calls, one after another.
 *
 * The thread starts when it is needed, keeps the rules in force for the next run, and ends when it is idle. A run is
 * stopped by ending the thread: nothing else stops code that does not look up from its work.
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

  /** End the thread; what runs or waits is answered, and nothing runs any more. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#end()
  }

  async #runAlone({ command, body }: DryRunAsked, signal: AbortSignal): Promise<DryRunAnswer> {
    clearTimeout(this.#idle)
    try {
      const rules = this.#deps.inForce()
      const version = rules?.version ?? null
      const first = await this.#ask({ kind: 'run', command, body, version }, signal)
      if (first.kind !== 'rules wanted' || rules === null) return answerOf(first)
      await this.#putInForce(rules)
      signal.throwIfAborted()
      return answerOf(await this.#ask({ kind: 'run', command, body: first.body, version }, signal))
    } finally {
      this.#idle = setTimeout(() => this.#end(), this.#limits.idleMs).unref()
    }
  }

  /** Nobody who goes away stops this: the next run needs it, and the rules in force are not those of a stranger. */
  async #putInForce({ version, files }: { version: string; files: readonly SourceFile[] }): Promise<void> {
    const worker = this.#running()
    for (const source of files) {
      post(worker, { kind: 'file', source })
      // Each is copied, so calls come in between.
      await afterTurn()
    }
    if (this.#worker !== worker) throw new Error('The thread of dry runs ended before it had the rules in force')
    await this.#ask({ kind: 'in force', version }, this.#closing.signal)
  }

  /** The thread's answer. It ends when it fails, or when the signal comes first. */
  async #ask(message: ToDryRunWorker, signal: AbortSignal): Promise<FromDryRunWorker> {
    try {
      const worker = this.#running()
      post(worker, message)
      const [answer] = await once(worker, 'message', { signal })
      return answer
    } catch (error) {
      await this.#end()
      throw error
    }
  }

  #running(): Worker {
    this.#worker ??= this.#start()
    return this.#worker
  }

  #start(): Worker {
    const { maxHeapMb } = this.#limits
    const data: DryRunWorkerData = { maxHeapMb }
    const resourceLimits = { maxOldGenerationSizeMb: maxHeapMb + reserveMb, maxYoungGenerationSizeMb }
    const worker = new Worker(this.#deps.script, { workerData: data, resourceLimits })
    // Who waits for an answer hears of an error, too; without anybody, it must not end the process.
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
    return `This needs more memory than dry runs have: ${this.#limits.maxHeapMb} MB, the rules in force included`
  }
}

/** The thread parses as fast with a third of what Node gives it. */
const maxYoungGenerationSizeMb = 16

/** Between two looks at its memory the thread must not meet V8's own limit, see `heapLimit`. */
const reserveMb = 640

/** Work that ends with either of two signals. Of one that lives on, `AbortSignal.any` would keep a little of each work. */
async function untilEither<T>(a: AbortSignal, b: AbortSignal, work: (either: AbortSignal) => Promise<T>): Promise<T> {
  const either = new AbortController()
  const abort = () => either.abort()
  for (const signal of [a, b]) {
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
  }
  try {
    return await work(either.signal)
  } finally {
    for (const signal of [a, b]) signal.removeEventListener('abort', abort)
  }
}

function post(worker: Worker, message: ToDryRunWorker): void {
  worker.postMessage(message, message.kind === 'run' ? [message.body.buffer] : [])
}

function answerOf(message: FromDryRunWorker): DryRunAnswer {
  if (message.kind === 'answer') return message.answer
  throw new Error(`The thread of dry runs answered "${message.kind}"`)
}

/** An error of another thread has lost its class. */
function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === HeapLimitExceeded.name || ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
}
