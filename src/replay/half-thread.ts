import { Worker } from 'node:worker_threads'
import type { FromHalfWorker, HalfWorkerData } from './half-worker.ts'

/** Of what is read nearly nothing is kept, so more room for what is new would only take memory: by default it is 48 MB. */
const youngMb = 12

/** Decides half of the calls in a thread of its own, beside this one. */
export class HalfThread {
  /** Rejected if the thread fails. */
  readonly result: Promise<FromHalfWorker>
  readonly #worker: Worker

  constructor(script: URL, data: HalfWorkerData) {
    this.#worker = new Worker(script, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: youngMb } })
    this.result = new Promise((resolve, reject) => {
      this.#worker.on('message', resolve)
      this.#worker.on('error', reject)
    })
    // Whoever waits for both hears of the failure that comes first.
    this.result.catch(() => {})
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}
