import { Worker } from 'node:worker_threads'
import type { DraftBatch } from './draft-side.ts'
import type { DraftWorkerData, FromDraftWorker, ToDraftWorker } from './draft-worker.ts'

/** Decides by the draft in a thread of its own, beside this one: batches of it, in the order of the record. */
export async function* draftInThread(script: URL, data: DraftWorkerData): AsyncGenerator<DraftBatch> {
  const worker = new Worker(script, { workerData: data })
  const waiting: FromDraftWorker[] = []
  let failure: Error | undefined
  let wake = () => {}
  worker.on('message', (told: FromDraftWorker) => {
    waiting.push(told)
    wake()
  })
  worker.on('error', error => {
    failure = error
    wake()
  })
  try {
    for (let taken = 1; ; taken++) {
      while (waiting.length === 0 && failure === undefined) {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
      const told = waiting.shift()
      if (told === undefined) throw failure
      if (told.kind === 'end') return
      worker.postMessage({ taken } satisfies ToDraftWorker)
      yield told.batch
    }
  } finally {
    await worker.terminate()
  }
}
