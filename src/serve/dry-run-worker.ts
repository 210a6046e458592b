/** The thread that dry runs are made in: it is sent the rules in force and requests, and answers each. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Callback } from '../callbacks/callback.ts'
import { findCallback } from '../callbacks/catalogue.ts'
import { type Compiled, type CompileOptions, compileInSteps } from '../compile/compile.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import type { SourceFile } from '../language/source.ts'
import { report } from '../protocol/report.ts'
import { answerDryRun, type DryRunAnswer } from './dry-run-answer.ts'
import { readDryRun } from './dry-run-request.ts'
import { heapLimit } from './heap-limit.ts'
import { show } from './show.ts'

/** What the thread is started with. */
export type DryRunWorkerData = { maxHeapMb: number }

/** What is sent to the thread. A file of the rules in force has no answer; each other message has one. */
export type ToDryRunWorker =
  | { kind: 'file'; source: SourceFile }
  /** The files before it are the rules in force of this version. */
  | { kind: 'in force'; version: string }
  /** `version` of the rules in force; null when there are none. */
  | { kind: 'run'; command: string; body: Uint8Array<ArrayBuffer>; version: string | null }

/** What the thread answers. `rules wanted` has the body of a run by rules in force that it has not got, back. */
export type FromDryRunWorker =
  | { kind: 'ready' }
  | { kind: 'rules wanted'; body: Uint8Array<ArrayBuffer> }
  | { kind: 'answer'; answer: DryRunAnswer }

const { maxHeapMb } = workerData as DryRunWorkerData
const heedMemory = heapLimit(maxHeapMb)

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

/** What is thrown here, memory that runs out included, ends the thread, and reaches who waits for its answer. */
async function run({ command, body, version }: ToDryRunWorker & { kind: 'run' }): Promise<void> {
  const wanted = readDryRun(body)
  if (!wanted.ok) return send({ kind: 'answer', answer: { status: 400, problem: wanted.problem } })
  const isHere = version === null || version === inForce?.version
  if (wanted.files === undefined && !isHere) return send({ kind: 'rules wanted', body }, body)
  const answer = await answerDryRun(findCallback(command) as Callback, wanted, {
    current: () => (version === null ? null : (inForce?.ruleSet ?? null)),
    compile,
    report: (ruleSet, call, at, options) => report(ruleSet, call, at, { ...options, pause }),
    show,
  })
  send({ kind: 'answer', answer }, 'body' in answer ? answer.body : undefined)
}

/** Nobody waits behind this thread, so a pause is a look at the memory only. */
function pause(): undefined {
  heedMemory()
}

function compile(sources: readonly SourceFile[], options: CompileOptions = {}): Compiled {
  const steps = compileInSteps(sources, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    heedMemory()
  }
}

/** A text is handed over, not copied: it is the other side that must not wait. */
function send(message: FromDryRunWorker, text?: Uint8Array<ArrayBuffer>): void {
  parentPort?.postMessage(message, text === undefined ? [] : [text.buffer])
}
