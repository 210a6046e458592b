import { readdir } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { DecisionRecord } from '../decide/decision.ts'
import type { ShedReason } from '../record/draft-line.ts'
import { FolderUnreadable, reading } from '../store/folder-unreadable.ts'
import { Busyness, busyLookMs } from './busyness.ts'
import type { Config } from './config.ts'
import { callLines } from './draft-call.ts'
import { draftLog } from './draft-log.ts'
import type { DraftLoaded, DraftReport } from './draft-messages.ts'
import { type DraftStatus, draftStatus, lowCountsNote } from './draft-status.ts'
import { DraftTallies, shedIn } from './draft-tallies.ts'
import { DraftThread } from './draft-thread.ts'
import { steadyNow } from './judge-call.ts'
import type { Observer } from './observer.ts'
import type { RecordOpened, ServedRecord } from './recording.ts'

/** What deciding by a draft needs of the service. */
export type DraftingDeps = {
  log: Logger
  /** The script of the thread: `draft-worker` beside this file. */
  script: URL
  /** The rules that operators have paused. */
  paused(): readonly string[]
  /** Puts an event, or a line about a call of a time, on record. */
  record: Pick<ServedRecord, 'event' | 'line' | 'draftSum'>
  busyness?: Busyness
  thread?: Pick<ConstructorParameters<typeof DraftThread>[0], 'queue' | 'waits'>
}

const sumEveryMs = 60_000

/** What ten thousand rules take, and those of a change, without what the draft counts. */
const maxHeapMb = 384

/** For so long a stop waits for calls that the draft is still to decide. */
const patienceMs = 1000

/**
 * Decides every call a second time, by a draft, if the settings name one: after the answer, in a thread that only gets
 * the time that others leave, and not at all while the service is busy or there is no room.
 */
export class Drafting {
  readonly #config: Config
  readonly #deps: DraftingDeps
  readonly #log: ReturnType<typeof draftLog>
  readonly #tallies = new DraftTallies()
  #thread: DraftThread | undefined
  #record: RecordOpened | null = null
  #loaded: DraftLoaded | null = null
  #version: string | null = null
  readonly #busyness: Busyness
  #timers: NodeJS.Timeout[] = []
  #isEnding = false
  #failures = 0
  #lastError: string | null = null
  readonly observer: Partial<Observer>

  constructor(config: Config, deps: DraftingDeps) {
    this.#config = config
    this.#deps = deps
    this.#log = draftLog(deps.log)
    this.#busyness = deps.busyness ?? new Busyness()
    this.observer =
      config.draft === ''
        ? {}
        : {
            decided: record => this.#decided(record),
            paused: () => this.#thread?.tell({ kind: 'paused', rules: deps.paused() }),
          }
  }

  /** Why the settings cannot be used: there is no such folder. */
  async problem(): Promise<string | undefined> {
    const { draft } = this.#config
    if (draft === '') return undefined
    try {
      await reading(draft, readdir(draft))
      return undefined
    } catch (error) {
      if (!(error instanceof FolderUnreadable)) throw error
      return `--draft must be a rules folder. ${error.message}`
    }
  }

  /** Start, before any call is decided. */
  start(): void {
    if (this.#config.draft === '') return
    this.#thread = new DraftThread({
      ...this.#deps.thread,
      script: this.#deps.script,
      data: () => this.#data(),
      onLoaded: loaded => this.#onLoaded(loaded),
      onReport: report => this.#onReport(report),
      onProblem: message => this.#log.problem(message),
      onFailed: (message, againInMs) => this.#onFailed(message, againInMs),
      onLost: calls => this.#tallies.shed(this.#isEnding ? 'stopping' : 'failed', calls),
    })
    this.#timers = [
      setInterval(() => this.#sumUp(), sumEveryMs).unref(),
      setInterval(() => this.#busyness.look(), busyLookMs).unref(),
    ]
  }

  /** The record can be written from now on. */
  recordTo(record: RecordOpened): void {
    this.#record = record
    this.#thread?.tell({ kind: 'record', record })
  }

  /** Load what is on the disk now. */
  reload(): void {
    this.#thread?.tell({ kind: 'reload' })
  }

  /** What `GET /status` says; null without a draft. */
  get status(): DraftStatus | null {
    const { draft: dir } = this.#config
    if (dir === '') return null
    const waiting = this.#thread?.queue.waiting ?? 0
    const [failures, lastError] = [this.#failures, this.#lastError]
    return draftStatus({ dir, loaded: this.#loaded, tallies: this.#tallies, waiting, failures, lastError })
  }

  /** Let the draft decide what waits, for a moment, but at most until a time by `performance.now()`. */
  async end(untilMs: number): Promise<void> {
    this.#isEnding = true
    for (const timer of this.#timers) clearInterval(timer)
    await this.#thread?.end(Math.min(untilMs, performance.now() + patienceMs))
    this.#sumUp()
  }

  #decided(record: DecisionRecord): void {
    const thread = this.#thread
    if (thread === undefined) return
    this.#busyness.count()
    const reason = this.#whyNot(thread)
    if (reason !== undefined) this.#tallies.shed(reason, 1)
    else thread.queue.add(...callLines(record, steadyNow()))
  }

  #whyNot(thread: DraftThread): ShedReason | undefined {
    if (this.#isEnding) return 'stopping'
    if (!thread.isRunning) return 'failed'
    if (this.#busyness.isBusy) return 'busy'
    return thread.queue.hasRoom ? undefined : 'queue full'
  }

  #data() {
    const { allowEmpty, countsKeys, countsMb, deadlineMs, draft, maxTextBytes, onFailure, settleMs } = this.#config
    const settings = { allowEmpty, countsKeys, countsMb, deadlineMs, draft, maxTextBytes, onFailure, settleMs }
    return { ...settings, maxHeapMb: maxHeapMb + countsMb, paused: this.#deps.paused(), record: this.#record }
  }

  #onLoaded(loaded: DraftLoaded): void {
    const before = this.#version
    const version = loaded.inUse?.version ?? null
    this.#loaded = loaded
    // A thread that starts again loads the same draft.
    if (version !== before) this.#tallies.use(version)
    this.#version = version
    this.#log.loaded(loaded)
    const { record } = this.#deps
    if (!loaded.ok) {
      const { errors } = loaded
      record.event('draft not loaded', { errors, ...(loaded.error !== undefined && { reason: loaded.error }) })
    } else if (version !== before) record.event('draft loaded', { rules: version, before })
  }

  #onReport(report: DraftReport): void {
    this.#tallies.add(report)
    for (const difference of report.differences) {
      this.#log.differs(difference, report.version)
      if (difference.line !== undefined) this.#deps.record.line(difference.at, difference.line)
    }
  }

  #onFailed(message: string, againInMs: number): void {
    this.#failures += 1
    this.#lastError = message
    this.#log.failed(message, againInMs)
    this.#deps.record.event('draft failed', { reason: message })
  }

  /** Puts on record what was decided and shed since the last time, and logs the latter. */
  #sumUp(): void {
    for (const { version, decided, shed, differences } of this.#tallies.summed()) {
      const isCounting = this.#loaded?.inUse?.version === version && this.#loaded?.inUse?.isCounting === true
      const sum = { decided, shed: withoutZeros(shed), differences: withoutZeros(differences) }
      this.#deps.record.draftSum({ rules: version, ...(isCounting && { counting: true }), ...sum })
      if (shedIn(shed) === 0) continue
      this.#log.shed(sum.shed, isCounting ? lowCountsNote(shedIn(shed)) : undefined)
      this.#deps.record.event('draft shed', { rules: version, shed: sum.shed })
    }
  }
}

function withoutZeros<K extends string>(counts: { readonly [key in K]: number }): { [key in K]?: number } {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)) as { [key in K]?: number }
}
