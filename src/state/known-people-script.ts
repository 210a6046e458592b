import { parentPort, workerData } from 'node:worker_threads'
import { readKnownPeople } from './known-people.ts'
import { reasonIn } from './state-errors.ts'

/** The thread that reads who is on record, so that no decision waits for it. */
async function run(): Promise<void> {
  try {
    const found = await readKnownPeople(workerData)
    const tables = [found.people, found.seen, ...found.refused.map(([, people]) => people)]
    parentPort?.postMessage(
      { found },
      tables.map(({ table }) => table.buffer),
    )
  } catch (error) {
    parentPort?.postMessage({ problem: reasonIn(error) })
  }
}

void run()
