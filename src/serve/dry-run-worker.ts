/** The script of the thread for dry runs. It receives the rules in force and requests, and answers each request. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Compiled, CompileOptions } from '../compile/compile.ts'
import type { Counted, CountQuestion } from '../compile/counter.ts'
import { withPaused } from '../compile/paused.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { countsAfter } from '../count/earlier.ts'
import type { Call } from '../decide/call.ts'
import type { CountsOfCall } from '../decide/gather.ts'
import { checkInSteps } from '../lint/check.ts'
import { report } from '../protocol/report.ts'
import type { SourceFile } from '../yaml/source.ts'
import { atOnce } from '../yaml/steps.ts'
import { answerDryRun, type DryRunAnswer } from './dry-run-answer.ts'
import { readDryRun } from './dry-run-request.ts'
import { heapLimit } from './heap-limit.ts'
import { show } from './reload-status.ts'

/** The settings that the thread starts with. */
export type DryRunWorkerData = { maxHeapMb: number; maxTextBytes: number }

/** By the ids of the questions. */
export type CountAnswers = ReadonlyMap<string, readonly Counted[]>

/** Messages to the thread. It answers all but files and what was counted. */
export type ToDryRunWorker =
  | { kind: 'counted'; answers: CountAnswers }
  | { kind: 'file'; source: SourceFile }
  /** The files sent before this are the rules in force; `version` tells them and those that are paused. */
  | { kind: 'in force'; version: string; paused: readonly string[] }
  /** `version` is that of the rules in force; null if there are none. */
  | { kind: 'run'; command: string; body: Uint8Array<ArrayBuffer>; version: string | null }

/**
 * Messages from the thread: `ready` at the start, then answers.
 *
 * `rules wanted`: it lacks the rules in force, and returns the body of the request.
 */
export type FromDryRunWorker =
  | { kind: 'ready' }
  /** It waits for what the service has counted; `id` is that of the message. */
  | { kind: 'count'; questions: readonly CountQuestion[]; id?: string }
  | { kind: 'rules wanted'; body: Uint8Array<ArrayBuffer> }
  | { kind: 'answer'; answer: DryRunAnswer }

const { maxHeapMb, maxTextBytes } = workerData as DryRunWorkerData
const checkMemory = heapLimit(maxHeapMb)

let files: SourceFile[] = []
let inForce: { version: string; ruleSet: RuleSet | null } | null = null

parentPort?.on('message', async (message: ToDryRunWorker) => {
  switch (message.kind) {
    case 'file':
      files.push(message.source)
      return
    case 'in force': {
      inForce = null
      const { ruleSet } = compile(files, { allowEmpty: true })
      files = []
      const paused = new Set(message.paused)
      inForce = { version: message.version, ruleSet: ruleSet && atOnce(withPaused(ruleSet, paused)) }
      return send({ kind: 'ready' })
    }
    case 'counted':
      return answered(message.answers)
    case 'run':
      return run(message)
  }
})

send({ kind: 'ready' })

/** Any error, including too much memory, ends the thread and rejects the answer that the other side waits for. */
async function run({ command, body, version }: ToDryRunWorker & { kind: 'run' }): Promise<void> {
  const wanted = readDryRun(body)
  if (!wanted.ok) return send({ kind: 'answer', answer: { status: 400, problem: wanted.problem } })
  const isHere = version === null || version === inForce?.version
  if (wanted.files === undefined && !isHere) return send({ kind: 'rules wanted', body }, body)
  const answer = await answerDryRun(command, wanted, {
    current: () => (version === null ? null : (inForce?.ruleSet ?? null)),
    compile,
    report: async (ruleSet, call, at, { counted, ...options }) => {
      const counts = counted === 'live' ? liveCounts(call) : await countsAfter(ruleSet, counted, { call, at })
      return report(ruleSet, call, at, { ...options, pause, counts })
    },
    show,
    maxTextBytes,
  })
  send({ kind: 'answer', answer }, 'body' in answer ? answer.body : undefined)
}

/** What the service has counted by now: asked of the thread that counts, which takes no place for this call. */
function liveCounts({ values }: Call): CountsOfCall {
  const message = values.get('serverMsgID')
  return {
    take: () => {},
    ask: questions =>
      new Promise(resolve => {
        answered = resolve
        send({ kind: 'count', questions, ...(typeof message === 'string' && message !== '' && { id: message }) })
      }),
  }
}

let answered: (answers: CountAnswers) => void = () => {}

/** Nothing else waits for this thread, so a pause only checks the memory. */
function pause(): undefined {
  checkMemory()
}

function compile(sources: readonly SourceFile[], options: CompileOptions = {}): Compiled {
  const steps = checkInSteps(sources, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    checkMemory()
  }
}

/** Texts are transferred: copying them would block the other side. */
function send(message: FromDryRunWorker, text?: Uint8Array<ArrayBuffer>): void {
  parentPort?.postMessage(message, text === undefined ? [] : [text.buffer])
}
