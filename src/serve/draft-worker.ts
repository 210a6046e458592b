/** The script of the thread that decides calls a second time, by a draft. It loads the draft itself. */
import { setPriority } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { RuleSet } from '../compile/ruleset.ts'
import { MemoryCounts } from '../count/memory-counts.ts'
import { Masks } from '../record/masks.ts'
import { readMasks } from '../record/read-masks.ts'
import { keepRules } from '../state/kept-rules.ts'
import { newSecret } from '../state/state.ts'
import { reasonIn } from '../state/state-errors.ts'
import { watchRules } from '../store/watch.ts'
import { decode } from '../yaml/decode.ts'
import type { SourceFile } from '../yaml/source.ts'
import { readCallLines } from './draft-call.ts'
import { draftJudge } from './draft-judge.ts'
import type { DraftingData, FromDrafting, ToDrafting } from './draft-messages.ts'
import { type DraftRecorder, DraftReports } from './draft-reports.ts'
import { DraftRules } from './draft-rules.ts'
import { HeapLimitExceeded, heapLimit } from './heap-limit.ts'
import { steadyNow } from './judge-call.ts'
import type { RecordOpened } from './recording.ts'

const data = workerData as DraftingData
const { countsKeys, countsMb, maxHeapMb } = data
const counts = new MemoryCounts({ secret: newSecret(), mostKeys: countsKeys, mostBytes: countsMb * 1024 * 1024 })
const limit = heapLimit(maxHeapMb)
const rules = new DraftRules({
  ...data,
  checkMemory: stillWorking,
  onNew: use,
  onLoaded: loaded => tell({ kind: 'loaded', loaded }),
})
const { store } = rules
const judge = draftJudge({
  ...data,
  counts,
  current: () => store.current,
  now: () => performance.now(),
  checkMemory: stillWorking,
})
const reports = new DraftReports(report => tell({ kind: 'report', report }))
const lowestPriority = 19
/** A call that waited for longer says nothing about now. */
const mostWaitMs = 60_000
let record: RecordOpened | null = null
let recorder: DraftRecorder | null = null
let work: Promise<unknown> = store.reload()
let lastAliveMs = performance.now()
let problem = ''

leaveTimeToOthers()
if (data.record !== null) recordTo(data.record)
void work.then(() => watchRules(store, error => tellProblem(error)))

parentPort?.on('message', (message: ToDrafting) => {
  switch (message.kind) {
    case 'calls':
      work = work.then(() => decideAll(message.lines))
      return
    case 'paused':
      rules.pause(message.rules).catch(tellProblem)
      return
    case 'record':
      return recordTo(message.record)
    case 'reload':
      store.reload().catch(tellProblem)
  }
})

/** On Linux this is about this thread alone; elsewhere it would be about the whole process. */
function leaveTimeToOthers(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(lowestPriority)
  } catch (error) {
    tellProblem(error)
  }
}

/** Decide a batch, one call after another. */
async function decideAll(lines: Uint8Array): Promise<void> {
  const texts = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength).toString().split('\n')
  for (let at = 0; at + 1 < texts.length; at += 2) await decideOne(texts[at] as string, texts[at + 1] as string)
  reports.flush()
  tell({ kind: 'done' })
  // Other messages, and the look at the folder.
  await nextTurn()
}

async function decideOne(head: string, text: string): Promise<void> {
  stillWorking()
  const version = store.current?.version ?? null
  try {
    const answered = readCallLines(head, text)
    if (steadyNow() - answered.countedAt > mostWaitMs) return reports.shed('late', version)
    const judged = await judge(answered)
    if (judged.kind === 'decided') reports.decided(answered, judged, recorder)
    else reports.shed(judged.reason, version)
  } catch (error) {
    // What fills the memory may do so again: the thread ends, and another one starts.
    if (error instanceof HeapLimitExceeded) throw error
    reports.shed('failed', version)
    tellProblem(error)
  }
}

/** What a draft counts, and where it is kept, before any call is decided by it. */
function use({ version, counters }: RuleSet, files: readonly SourceFile[]): void {
  counts.use([...counters.values()], steadyNow())
  keep(version, files)
}

function keep(version: string, files: readonly SourceFile[]): void {
  if (record !== null) keepRules(record.dir, version, files).catch(tellProblem)
}

function recordTo(to: RecordOpened): void {
  record = to
  recorder = { instance: to.instance, masks: masksOf(to) }
  if (store.current !== null) keep(store.current.version, store.files)
}

/** The service has read the same file before. */
function masksOf({ masks }: RecordOpened): Masks | undefined {
  if (masks === undefined) return undefined
  const read = readMasks(decode(masks.source).source)
  if (!read.ok) throw new Error('The masks cannot be read')
  return new Masks(read.of, masks.secret)
}

/** Between pieces of long work: not too much memory, and a sign of life. */
function stillWorking(): void {
  limit()
  if (performance.now() - lastAliveMs < aliveEveryMs) return
  lastAliveMs = performance.now()
  tell({ kind: 'alive' })
}

const aliveEveryMs = 1000

function tellProblem(error: unknown): void {
  const message = reasonIn(error)
  // The same one again says nothing.
  if (message !== problem) tell({ kind: 'problem', message })
  problem = message
}

function tell(message: FromDrafting): void {
  parentPort?.postMessage(message)
}
