/** The script of the thread for dry runs. It receives the rules in force and requests, and answers each request. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Compiled, CompileOptions } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { checkInSteps } from '../lint/check.ts'
import { report } from '../protocol/report.ts'
import type { SourceFile } from '../yaml/source.ts'
import { answerDryRun, type DryRunAnswer } from './dry-run-answer.ts'
import { readDryRun } from './dry-run-request.ts'
import { heapLimit } from './heap-limit.ts'
import { show } from './status.ts'

/** The settings that the thread starts with. */
export type DryRunWorkerData = { maxHeapMb: number; maxTextBytes: number }

/** Messages to the thread. It answers all but files. */
export type ToDryRunWorker =
  | { kind: 'file'; source: SourceFile }
  /** The files sent before this are the rules in force, with this version. */
  | { kind: 'in force'; version: string }
  /** `version` is that of the rules in force; null if there are none. */
  | { kind: 'run'; command: string; body: Uint8Array<ArrayBuffer>; version: string | null }

/**
 * Messages from the thread: `ready` at the start, then answers.
 *
 * `rules wanted`: it lacks the rules in force, and returns the body of the request.
 */
export type FromDryRunWorker =
  | { kind: 'ready' }
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
      inForce = { version: message.version, ruleSet }
      return send({ kind: 'ready' })
    }
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
    report: (ruleSet, call, at, options) => report(ruleSet, call, at, { ...options, pause }),
    show,
    maxTextBytes,
  })
  send({ kind: 'answer', answer }, 'body' in answer ? answer.body : undefined)
}

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
