/** The script of the thread that answers questions about the record, one at a time. */
import { parentPort, workerData } from 'node:worker_threads'
import { answerInLines } from '../state/answer-lines.ts'
import type { CountsForgotten, FolderHolder } from '../state/forget-in.ts'
import type { AnyQuestion } from '../state/questions.ts'
import { StateRefused, StateUnusable } from '../state/state-errors.ts'
import { heapLimit } from './heap-limit.ts'
import type { RecordNote } from './record-requests.ts'

/** The settings that the thread starts with: the state folder, and the file of the secret unless that is in there. */
export type AskWorkerData = { state: string; rules: string; secretFile?: string; maxHeapMb: number }

/** What the thread asks of the service, which has locked the folder. */
export type AskedOfService =
  | { kind: 'rotate' }
  | { kind: 'forget counts'; value: string }
  | { kind: 'note'; event: RecordNote; facts: { readonly [name: string]: string | number } }

/** Messages to the thread. `sent`: the last lines are on their way. `done`: what it asked for last is. */
export type ToAskWorker =
  | { kind: 'ask'; question: AnyQuestion }
  | { kind: 'sent' }
  | { kind: 'done'; value: CountsForgotten | null; problem?: string }

/** Messages from the thread. `end` follows the lines of an answer, with what kept it from being whole. */
export type FromAskWorker =
  | { kind: 'ready' }
  | { kind: 'lines'; lines: Uint8Array<ArrayBuffer> }
  | AskedOfService
  | { kind: 'end'; problem?: string }

const { state, secretFile, rules, maxHeapMb } = workerData as AskWorkerData
const checkMemory = heapLimit(maxHeapMb)

/** Takes the next message that lets the work go on. */
let goOn: (message: ToAskWorker) => void = () => {}

parentPort?.on('message', (message: ToAskWorker) => {
  if (message.kind === 'ask') void answer(message.question)
  else goOn(message)
})

tell({ kind: 'ready' })

/** Any other error ends the thread, which the other side takes for an internal one. */
async function answer(question: AnyQuestion): Promise<void> {
  try {
    await answerInLines(state, question, {
      now: () => Date.now(),
      secretFile,
      rules: async () => rules,
      holder: async () => service,
      note: service.note,
      send: async lines => {
        checkMemory()
        await after({ kind: 'lines', lines }, [lines.buffer])
      },
    })
    tell({ kind: 'end' })
  } catch (error) {
    if (!(error instanceof StateUnusable || error instanceof StateRefused)) throw error
    tell({ kind: 'end', problem: error.message })
  }
}

const service: FolderHolder = {
  isServing: true,
  rotate: async () => void (await askService({ kind: 'rotate' })),
  forgetCounts: value => askService({ kind: 'forget counts', value }),
  note: async (event, facts) => void (await askService({ kind: 'note', event: event as RecordNote, facts })),
}

async function askService(asked: AskedOfService): Promise<CountsForgotten | null> {
  const done = await after(asked)
  if (done.kind !== 'done') throw new Error(`The service answered "${done.kind}"`)
  if (done.problem !== undefined) throw new StateRefused(done.problem)
  return done.value
}

/** Tells something and waits for what comes back. */
function after(message: FromAskWorker, moved: ArrayBuffer[] = []): Promise<ToAskWorker> {
  return new Promise(resolve => {
    goOn = resolve
    tell(message, moved)
  })
}

function tell(message: FromAskWorker, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved)
}
