import { closeSegmentFile } from './close-segment.ts'
import { lengthOfBatch, type RecordBatch, type RecordReport } from './record-batch.ts'
import { type KeepLimits, removeOld } from './retention.ts'
import { fileNameOf, hourMs, recordFolder } from './segment-names.ts'
import { type SegmentHandle, SegmentWriter } from './segment-writer.ts'
import { allSegments } from './segments.ts'
import { codeIn, reasonIn } from './state-errors.ts'

export type RecordWriterDeps = {
  /** The state folder, which this process has locked. */
  state: string
  instance: string
  keep: KeepLimits
  /** The secret of masked ids, which a hold may be about. */
  secret: string
  /** In ms since 1970. */
  now: () => number
  report: (report: RecordReport) => void
  mostSegmentBytes?: number
  /** For tests. */
  openNew?: (path: string) => Promise<SegmentHandle>
  waitsMs?: { least: number; most: number }
}

const usualSegmentBytes = 67_108_864

/** The waits after a failure: a disk that was full has room again at any moment, but mostly not soon. */
const usualWaitsMs = { least: 100, most: 10_000 }

/** How often to look for hours that are over and for what is too old. */
const sweepMs = 60_000

/** How late a line may be: its call was judged in the hour before. */
const lateMs = 120_000

/**
 * Writes batches in order, however long that takes, and looks after what is written: closes segments, removes old ones.
 *
 * A failure is told once, and writing is tried again until it works. What waits is bounded by whoever hands it in.
 */
export class RecordWriter {
  readonly #deps: RecordWriterDeps
  readonly #record: string
  readonly #segments: SegmentWriter
  readonly #waiting: RecordBatch[] = []
  readonly #toClose = new Set<string>()
  #running: Promise<void> | undefined
  #sweeping: Promise<void> | undefined
  #sweepTimer: NodeJS.Timeout | undefined
  #trouble = ''
  #problem = ''
  #wake = () => {}

  constructor(deps: RecordWriterDeps) {
    const { state, instance, keep, mostSegmentBytes = usualSegmentBytes, openNew } = deps
    this.#deps = deps
    this.#record = recordFolder(state)
    this.#segments = new SegmentWriter({
      record: this.#record,
      name: fileNameOf(instance),
      // What is kept has several segments, of which the oldest can go.
      mostBytes: Math.min(mostSegmentBytes, keep.mostBytes / 8),
      onClosed: paths => {
        for (const path of paths) this.#toClose.add(path)
        void this.sweep()
      },
      ...(openNew !== undefined && { openNew }),
    })
  }

  /** Closes what an earlier process left open, and looks after the folder from then on. */
  async start(): Promise<void> {
    await this.sweep({ findsLeft: true })
    this.#sweepTimer = setInterval(() => void this.#onTime(), sweepMs)
    this.#sweepTimer.unref()
  }

  write(batch: RecordBatch): void {
    this.#waiting.push(batch)
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
  }

  /** Closes the segment that is being written; resolves once it, and all before it, are compressed. */
  async rotate(): Promise<void> {
    await this.#running
    await this.#segments.close()
    // A sweep that began before may have looked already.
    await this.#sweeping
    await this.sweep()
  }

  /** Resolves when everything is written and closed, which may be never. */
  async end(): Promise<void> {
    clearInterval(this.#sweepTimer)
    this.#wake()
    await this.#running
    await this.#segments.close().catch((error: unknown) => this.#tellProblem(error))
    await this.#sweeping
    await this.#closeAll()
  }

  /** Compresses what is no longer written, and removes what is too old. One sweep at a time. */
  sweep({ findsLeft = false } = {}): Promise<void> {
    this.#sweeping ??= this.#sweepOnce(findsLeft).finally(() => {
      this.#sweeping = undefined
    })
    return this.#sweeping
  }

  async #run(): Promise<void> {
    const { least, most } = this.#deps.waitsMs ?? usualWaitsMs
    for (let waitMs = least; this.#waiting.length > 0; ) {
      const [batch] = this.#waiting as [RecordBatch]
      try {
        await this.#segments.write(batch)
        this.#waiting.shift()
        waitMs = least
        if (this.#trouble !== '') this.#deps.report({ kind: 'well' })
        this.#trouble = ''
        this.#deps.report({
          kind: 'written',
          batch: { decisions: batch.decisions, length: lengthOfBatch(batch) },
        })
      } catch (error) {
        this.#tellTrouble(error)
        await this.#wait(waitMs)
        waitMs = Math.min(waitMs * 2, most)
      }
    }
  }

  /** The end of the service does not wait. */
  #wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #onTime(): Promise<void> {
    const hourAt = Math.floor((this.#deps.now() - lateMs) / hourMs) * hourMs
    if (this.#running === undefined) {
      await this.#segments.closeBefore(hourAt).catch((error: unknown) => this.#tellProblem(error))
    }
    await this.sweep()
  }

  async #sweepOnce(findsLeft: boolean): Promise<void> {
    try {
      if (findsLeft) await this.#findLeft()
      await this.#closeAll()
      const { keep, now, secret, state } = this.#deps
      await removeOld({ state, keep, at: now(), secret, isOpen: path => this.#segments.openPaths.includes(path) })
    } catch (error) {
      this.#tellProblem(error)
    }
  }

  async #findLeft(): Promise<void> {
    const open = (await allSegments(this.#deps.state)).filter(({ isOpen }) => isOpen)
    for (const { path } of open) if (!this.#segments.openPaths.includes(path)) this.#toClose.add(path)
  }

  async #closeAll(): Promise<void> {
    for (const path of this.#toClose) {
      try {
        const bytes = await closeSegmentFile(path)
        if (bytes > 0) this.#deps.report({ kind: 'cut', file: path.slice(this.#record.length + 1), bytes })
      } catch (error) {
        // A file that is gone needs no closing; all others are tried again with the next sweep.
        if (codeIn(error) !== 'ENOENT') {
          this.#tellProblem(error)
          continue
        }
      }
      this.#toClose.delete(path)
    }
  }

  #tellTrouble(error: unknown): void {
    const reason = ['ENOSPC', 'EDQUOT'].includes(codeIn(error)) ? 'disk full' : 'failed'
    const message = reasonIn(error)
    if (message === this.#trouble) return
    this.#trouble = message
    this.#deps.report({ kind: 'trouble', reason, message })
  }

  #tellProblem(error: unknown): void {
    const message = reasonIn(error)
    if (message === this.#problem) return
    this.#problem = message
    this.#deps.report({ kind: 'problem', message })
  }
}
