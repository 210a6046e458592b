import { LineBytes } from './line-bytes.ts'
import { type DropReason, dropReasons, lengthOfBatch, type RecordBatch, type RecordReport } from './record-batch.ts'
import { hourMs } from './segment-names.ts'

/** What `GET /status` says of the record. */
export type RecordStatus = {
  /** Decisions on record since the start, and decisions that are not, by reason. */
  written: number
  dropped: { readonly [reason in DropReason]: number }
  /** Decisions that wait to be written. */
  queued: number
  /** The last failure; null if there was none. */
  lastError: string | null
}

export type RecordQueueDeps = {
  /** Hands a batch to the writer. */
  send: (batch: RecordBatch) => void
  /** The line of the event that tells of dropped decisions, by reason. */
  droppedLine: (dropped: RecordStatus['dropped']) => string
  /** Called once for each failure of writing, until it works again. */
  onTrouble: (message: string) => void
  onProblem: (message: string) => void
  /** Called when it works again. */
  onWell: () => void
  /** Called for a file of which a torn line was cut. */
  onCut: (cut: { file: string; bytes: number }) => void
  mostQueued?: number
  collectMs?: number
}

/** The most that waits, in bytes: some 15,000 calls. */
const usualMostQueued = 16_777_216

/** Lines are collected up to this length or time, since handing them over one by one costs as much as a decision. */
const collectLength = 65_536
const usualCollectMs = 500

/** A line that is at most this much late goes with those of the next hour; an hour has few segments. */
const lateMs = 120_000

/**
 * Collects the lines of decisions into batches, bounded: what does not fit is dropped and counted, never waited for.
 *
 * Every decision is counted once: as written, as dropped, or as queued.
 */
export class RecordQueue {
  readonly #deps: RecordQueueDeps
  readonly #mostQueued: number
  #envelope = newLines()
  #content = newLines()
  #decisions = 0
  #hourAt = 0
  #timer: NodeJS.Timeout | undefined
  #sentLength = 0
  #sentDecisions = 0
  #written = 0
  #dropped = noneDropped()
  #toldDropped = noneDropped()
  #hasUntold = false
  #isFull = false
  #trouble: Exclude<DropReason, 'queue full'> | undefined
  #lastError: string | null = null

  constructor(deps: RecordQueueDeps) {
    this.#deps = deps
    this.#mostQueued = deps.mostQueued ?? usualMostQueued
  }

  get status(): RecordStatus {
    return {
      written: this.#written,
      dropped: { ...this.#dropped },
      queued: this.#sentDecisions + this.#decisions,
      lastError: this.#lastError,
    }
  }

  /** Add a decision: its lines, without line breaks, and its time in ms since 1970. */
  decision(at: number, envelope: string, content: string): void {
    if (!this.#hasRoom()) {
      this.#drop(this.#trouble ?? 'queue full', 1)
      return
    }
    this.#startHour(at)
    this.#decisions += 1
    this.#envelope.add(envelope)
    this.#content.add(content)
    this.#collected()
  }

  /** Add an event. While the queue is full, events are dropped, and not counted. */
  event(at: number, line: string): void {
    if (!this.#hasRoom()) return
    this.#startHour(at)
    this.#envelope.add(line)
    this.#collected()
  }

  /** What the writer reports. */
  reported(report: RecordReport): void {
    switch (report.kind) {
      case 'written':
        this.#sentLength -= report.batch.length
        this.#sentDecisions -= report.batch.decisions
        this.#written += report.batch.decisions
        this.#goOn()
        return
      case 'trouble':
        this.#trouble = report.reason
        this.#lastError = report.message
        this.#deps.onTrouble(report.message)
        return
      case 'well':
        this.#trouble = undefined
        this.#deps.onWell()
        return
      case 'problem':
        this.#lastError = report.message
        this.#deps.onProblem(report.message)
        return
      case 'cut':
        this.#deps.onCut(report)
    }
  }

  /** Hand over what is collected. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#envelope.length === 0) return
    const batch = {
      envelope: this.#envelope.taken(),
      content: this.#content.taken(),
      decisions: this.#decisions,
      hourAt: this.#hourAt,
    }
    this.#sentLength += lengthOfBatch(batch)
    this.#sentDecisions += batch.decisions
    ;[this.#envelope, this.#content, this.#decisions] = [newLines(), newLines(), 0]
    this.#deps.send(batch)
  }

  /** What was handed over is lost: the writer ended. Returns how many decisions that were. */
  lose(message: string): number {
    const lost = this.#sentDecisions
    this.#lastError = message
    this.#drop(this.#trouble ?? 'failed', lost)
    ;[this.#sentDecisions, this.#sentLength] = [0, 0]
    this.#trouble = undefined
    return lost
  }

  #drop(reason: DropReason, decisions: number): void {
    this.#dropped[reason] += decisions
    this.#hasUntold ||= decisions > 0
  }

  /** Once the writer works and half of the queue is free: take lines again, and tell what was dropped. */
  #goOn(): void {
    if (this.#trouble !== undefined || this.#sentLength >= this.#mostQueued / 2) return
    this.#isFull = false
    if (!this.#hasUntold) return
    const dropped = noneDropped()
    for (const reason of dropReasons) dropped[reason] = this.#dropped[reason] - this.#toldDropped[reason]
    ;[this.#hasUntold, this.#toldDropped] = [false, { ...this.#dropped }]
    this.#envelope.add(this.#deps.droppedLine(dropped))
    this.#collected()
  }

  #hasRoom(): boolean {
    if (this.#isFull) this.#goOn()
    this.#isFull ||= this.#sentLength + this.#envelope.length + this.#content.length >= this.#mostQueued
    return !this.#isFull
  }

  #collected(): void {
    if (this.#envelope.length + this.#content.length >= collectLength) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), this.#deps.collectMs ?? usualCollectMs).unref()
  }

  /** A batch is of one hour. */
  #startHour(at: number): void {
    const isEarlier = at < this.#hourAt && at >= this.#hourAt - lateMs
    if (isEarlier || (at >= this.#hourAt && at < this.#hourAt + hourMs)) return
    this.flush()
    this.#hourAt = Math.floor(at / hourMs) * hourMs
  }
}

/** Room for all that is collected, whichever of the two it is in. */
function newLines(): LineBytes {
  return new LineBytes(collectLength)
}

function noneDropped(): { [reason in DropReason]: number } {
  return { 'queue full': 0, 'disk full': 0, failed: 0 }
}
