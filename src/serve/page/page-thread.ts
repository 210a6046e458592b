import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { SourceFile } from '../../yaml/source.ts'
import { afterTurn } from '../turn.ts'
import { Turns } from '../turns.ts'
import type { AskAbout, FromPageWorker, PageWorkerData, ToPageWorker } from './asks.ts'
import { SentFiles } from './sent-files.ts'

/** A rule set by a key, with its files. A file that did not change is the same object as before. */
export type KeyedFiles = { key: string; files: readonly SourceFile[]; like?: string }

/** An answer of the thread, as JSON in UTF-8, or a problem to tell. */
export type PageWorked = { body: Uint8Array } | { status: number; problem: string; more?: object }

/** What the thread needs. `script` is `page-worker` beside this file. */
export type PageThreadDeps = { script: URL; settings: PageWorkerData; limits?: PageThreadLimits }

/** How many questions may wait, how long a stopped one may go on, and how long the thread stays without work. */
export type PageThreadLimits = { places: number; stopMs: number; idleMs: number }

const usualLimits: PageThreadLimits = { places: 32, stopMs: 1_000, idleMs: 120_000 }

/**
 * Answers questions about rules in a thread, one at a time, so that calls do not wait for them.
 *
 * A question that nobody waits for any more is stopped between two steps of its work, and the thread keeps what it knows.
 * Work that does not stop soon ends with the thread.
 */
export class PageThread {
  readonly #deps: PageThreadDeps
  readonly #limits: PageThreadLimits
  readonly #turns: Turns
  readonly #sent = new SentFiles()
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(deps: PageThreadDeps) {
    this.#deps = deps
    this.#limits = deps.limits ?? usualLimits
    this.#turns = new Turns(this.#limits.places)
  }

  /** Ask about rules, once the questions before are answered. Rejects with the reason of the signal. */
  async ask(sets: readonly KeyedFiles[], about: AskAbout, signal: AbortSignal): Promise<PageWorked> {
    const leave = this.#turns.enter()
    if (leave === undefined) return { status: 429, problem: 'Too many questions are waiting; try again in a moment' }
    try {
      return await this.#turns.take(() => this.#askAlone(sets, about, signal), signal)
    } finally {
      leave()
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#end()
  }

  async #askAlone(sets: readonly KeyedFiles[], about: AskAbout, signal: AbortSignal): Promise<PageWorked> {
    clearTimeout(this.#idle)
    try {
      if (this.#isClosed) return stopping
      const worker = await this.#running()
      for (const set of sets) await this.#send(worker, set)
      signal.throwIfAborted()
      return answerOf(await this.#answer(worker, about, signal))
    } catch (error) {
      if (signal.aborted) throw error
      await this.#end()
      if (this.#isClosed) return stopping
      if (isOutOfMemory(error)) return { status: 503, problem: this.#outOfMemory }
      throw error
    } finally {
      this.#idle = setTimeout(() => this.#end(), this.#limits.idleMs).unref()
    }
  }

  /** Sends what the thread does not have of a set. Copying takes time, so calls are answered in between. */
  async #send(worker: Worker, { key, files, like }: KeyedFiles): Promise<void> {
    const { changed, removed, forgotten } = this.#sent.send(key, files)
    for (const old of forgotten) post(worker, { kind: 'forget', key: old })
    const liked = like === undefined ? {} : { like }
    post(worker, { kind: 'files', key, changed: [], removed, ...liked })
    for (const source of changed) {
      post(worker, { kind: 'files', key, changed: [source], removed: [] })
      await afterTurn()
    }
  }

  async #answer(worker: Worker, about: AskAbout, signal: AbortSignal): Promise<FromPageWorker> {
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const done = new AbortController()
    let late: NodeJS.Timeout | undefined
    const onAbort = () => {
      Atomics.store(new Int32Array(stop), 0, 1)
      late = setTimeout(() => void this.#end(), this.#limits.stopMs)
    }
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    try {
      post(worker, { kind: 'ask', about, stop })
      const message = await firstOf(worker, done.signal)
      // Whoever was to get the answer is gone.
      signal.throwIfAborted()
      return message
    } finally {
      done.abort()
      clearTimeout(late)
      signal.removeEventListener('abort', onAbort)
    }
  }

  async #running(): Promise<Worker> {
    if (this.#worker !== null) return this.#worker
    const { script, settings } = this.#deps
    const resourceLimits = { maxOldGenerationSizeMb: settings.maxHeapMb + reserveMb }
    const worker = new Worker(script, { workerData: settings, resourceLimits })
    // Outside of a question, an error without a listener would end the process.
    worker.on('error', () => this.#forget(worker)).on('exit', () => this.#forget(worker))
    worker.unref()
    this.#sent.clear()
    this.#worker = worker
    await once(worker, 'message')
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
    return `This needs more memory than the page may use: ${this.#deps.settings.maxHeapMb} MB, including the rules`
  }
}

/** The next message of the thread; rejects if it ends before. `done` takes the listeners away. */
async function firstOf(worker: Worker, done: AbortSignal): Promise<FromPageWorker> {
  const ended = once(worker, 'exit', { signal: done }).then(() => {
    throw new Error('The thread of the page ended')
  })
  const [message] = (await Promise.race([once(worker, 'message', { signal: done }), ended])) as [FromPageWorker]
  ended.catch(() => {})
  return message
}

const stopping = { status: 503, problem: 'The service is stopping' }

/** What the thread may allocate in a single step before it reaches V8's own limit; see `heapLimit`. */
const reserveMb = 640

function post(worker: Worker, message: ToPageWorker): void {
  worker.postMessage(message)
}

function answerOf(message: FromPageWorker): PageWorked {
  if (message.kind === 'answer') return { body: message.body }
  if (message.kind === 'problem') return message
  throw new Error(`The thread of the page answered "${message.kind}"`)
}

/** Checks the name, since an error from another thread has lost its class. */
function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'HeapLimitExceeded' || ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
}
