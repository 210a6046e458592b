import { Worker } from 'node:worker_threads'
import type { PeopleAsked, PeopleFound } from './known-people.ts'

/** What the thread tells. */
type Told = { found: PeopleFound } | { problem: string }

/** Reads who is on record in a thread that ends with it. `script` is `known-people-script` beside this file. */
export function readPeopleAside(script: URL, asked: PeopleAsked, signal: AbortSignal): Promise<PeopleFound> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: asked, resourceLimits: { maxOldGenerationSizeMb: 256 } })
    worker.unref()
    const end = () => void worker.terminate()
    signal.addEventListener('abort', end, { once: true })
    worker.once('message', (told: Told) => {
      if ('problem' in told) reject(new Error(told.problem))
      else resolve(told.found)
      end()
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      signal.removeEventListener('abort', end)
      reject(new Error('the thread that reads the record ended'))
    })
  })
}
