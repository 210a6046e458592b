import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createColors } from 'picocolors'
import type { Logger } from 'pino'
import type { Callback } from '../callbacks/callback.ts'
import { renderPretty } from '../language/show/render.ts'
import type { RecordedDraftSum } from '../record/draft-line.ts'
import { type FieldMasks, Masks } from '../record/masks.ts'
import { readMasks } from '../record/read-masks.ts'
import { decisionLines, type Recorder } from '../record/record-decision.ts'
import { RecordIds } from '../record/record-ids.ts'
import { envelopeLine, recordFormat } from '../record/record-line.ts'
import { dropReasons } from '../state/record-batch.ts'
import type { RecordStatus } from '../state/record-queue.ts'
import { RecordThread } from '../state/record-thread.ts'
import { reasonIn, StateUnusable } from '../state/state-errors.ts'
import { decode } from '../yaml/decode.ts'
import type { SourceFile } from '../yaml/source.ts'
import type { Config } from './config.ts'
import type { KeptState } from './kept-state.ts'
import type { Observer } from './observer.ts'
import { recordEvents } from './record-events.ts'

/** The settings of the record. */
export type RecordConfig = Pick<
  Config,
  'record' | 'recordDays' | 'contentDays' | 'recordMb' | 'recordMasks' | 'instance' | 'secretFile'
>

/** What recording needs. `script` is `record-script` of the room `state`, `app` the version of the program. */
export type RecordingDeps = {
  log: Logger
  state: Pick<KeptState, 'open'>
  script: URL
  app: string
  /** Is told when decisions can be recorded: where, and the file of the masks with its secret. */
  onOpen?(opened: RecordOpened): void
}

/** A record that is written, for others who write lines for it. */
export type RecordOpened = { dir: string; instance: string; masks?: { source: SourceFile; secret: string } }

/** A setting of the record that cannot be used. The message is for operators. */
export class RecordUnusable extends Error {
  override name = 'RecordUnusable'
}

/** The record of decisions, if the settings ask for one: an observer that hands lines to a thread. */
export class ServedRecord {
  readonly #config: RecordConfig
  readonly #deps: RecordingDeps
  readonly #ids = new RecordIds(randomBytes(5))
  #thread: RecordThread | undefined
  #recorder: Recorder
  /** Decisions before there was a folder to keep them in, and why. */
  #unrecorded = 0
  #problem = ''
  readonly observer: Partial<Observer>

  constructor(config: RecordConfig, deps: RecordingDeps) {
    this.#config = config
    this.#deps = deps
    this.#recorder = { instance: config.instance, app: deps.app, masks: undefined }
    this.observer = config.record
      ? {
          decided: record => {
            if (this.#thread === undefined) {
              this.#unrecorded += 1
              return
            }
            const { envelope, content } = decisionLines(record, this.#recorder)
            this.#thread.decision(record.at, envelope, content)
          },
          ...recordEvents((event, data) => this.event(event, data)),
        }
      : {}
  }

  /**
   * Opens the record, if the settings ask for one: before any call is decided.
   *
   * A folder where nothing can be kept is logged and tried again. Throws StateInUse, and RecordUnusable for a file of
   * the settings that cannot be used.
   */
  async open(): Promise<void> {
    if (!this.#config.record) return
    const sharedSecret = await this.#sharedSecret()
    const masks = await this.#readMasks()
    try {
      const { dir, secret: ownSecret } = await this.#deps.state.open()
      const secret = sharedSecret ?? ownSecret
      this.#recorder = { ...this.#recorder, masks: masks && new Masks(masks.of, secret) }
      this.#start(dir, secret)
      const { instance } = this.#config
      this.#deps.onOpen?.({ dir, instance, ...(masks && { masks: { source: masks.source, secret } }) })
    } catch (error) {
      if (!(error instanceof StateUnusable)) throw error
      if (error.message !== this.#problem) this.#deps.log.warn({ reason: error.message }, 'cannot write the record')
      this.#problem = error.message
      setTimeout(() => this.#openLate(), againMs).unref()
    }
  }

  /** What it leaves of calls; undefined if everything. */
  get masks(): Masks | undefined {
    return this.#recorder.masks
  }

  /** What `GET /status` says; null without a record. */
  get status(): RecordStatus | null {
    if (this.#thread === undefined && !this.#config.record) return null
    const { dropped, ...rest } = this.#thread?.status ?? nothingWritten
    const lastError = rest.lastError ?? (this.#problem === '' ? null : this.#problem)
    return { ...rest, dropped: { ...dropped, failed: dropped.failed + this.#unrecorded }, lastError }
  }

  /** Put something on record that is no decision. */
  event(event: string, data: { readonly [key: string]: unknown }): void {
    this.#thread?.event(Date.now(), this.#eventLine(event, data))
  }

  /** Put a line of the envelope on record that is about a call of a time, in ms since 1970. */
  line(at: number, line: string): void {
    this.#thread?.event(at, line)
  }

  /** Put on record what a draft did since the last time. */
  draftSum(sum: Pick<RecordedDraftSum, 'rules' | 'counting' | 'decided' | 'shed' | 'differences'>): void {
    const at = Date.now()
    const { instance } = this.#config
    this.line(at, envelopeLine({ v: recordFormat, id: this.#ids.next(at), at, instance, kind: 'draft sum', ...sum }))
  }

  /** Closes the segment that is being written; resolves once it is compressed. */
  async rotate(): Promise<void> {
    await this.#thread?.rotate()
  }

  /** Write what waits, until a time by `performance.now()`. True if a device blocks, so that the process cannot exit. */
  async end(untilMs: number): Promise<boolean> {
    if (this.#thread === undefined) return false
    this.event('stopped', {})
    const before = this.#thread.status.dropped
    const { lost, isStuck } = await this.#thread.end(untilMs)
    const after = this.#thread.status.dropped
    const dropped = Object.fromEntries(dropReasons.map(reason => [reason, after[reason] - before[reason]]))
    if (lost > 0) this.#deps.log.warn({ dropped }, 'decisions not recorded')
    return isStuck
  }

  #eventLine(event: string, data: { readonly [key: string]: unknown }): string {
    const at = Date.now()
    const { instance } = this.#config
    return envelopeLine({ v: recordFormat, id: this.#ids.next(at), at, instance, kind: 'event', event, ...data })
  }

  #openLate(): void {
    this.open().catch((error: unknown) => {
      this.#problem = String(error)
      this.#deps.log.error({ err: error }, 'cannot write the record')
    })
  }

  #start(dir: string, secret: string): void {
    const { instance, recordDays, contentDays, recordMb } = this.#config
    const { log, script, app } = this.#deps
    this.#thread = new RecordThread({
      script,
      data: { state: dir, instance, keep: { recordDays, contentDays, mostBytes: recordMb * 1024 * 1024 }, secret },
      droppedLine: dropped => {
        log.warn({ dropped }, 'decisions not recorded')
        return this.#eventLine('dropped', { dropped })
      },
      onTrouble: reason => log.warn({ reason }, 'cannot write the record'),
      onProblem: reason => log.warn({ reason }, 'cannot look after the record'),
      onWell: () => log.info('writing the record again'),
      onCut: cut => this.event('cut', cut),
    })
    this.event('started', { app })
    if (this.#unrecorded > 0) this.event('dropped', { dropped: { failed: this.#unrecorded } })
  }

  async #sharedSecret(): Promise<string | undefined> {
    const { secretFile: file } = this.#config
    if (file === '') return undefined
    // A file mostly ends with a line break that is not part of the secret.
    const secret = (await readSetting('--secret-file', file)).toString('latin1').trim()
    if (secret.length >= leastSecretBytes) return secret
    throw new RecordUnusable(`The secret in ${file} has ${secret.length} bytes; write at least ${leastSecretBytes}`)
  }

  async #readMasks(): Promise<{ of: (callback: Callback) => FieldMasks; source: SourceFile } | undefined> {
    const { recordMasks: file } = this.#config
    if (file === '') return undefined
    const written = { file, content: await readSetting('--record-masks', file) }
    const { source, diagnostics } = decode(written)
    const read = readMasks(source)
    if (read.ok && diagnostics.length === 0) return { of: read.of, source: written }
    const all = diagnostics.length > 0 || read.ok ? diagnostics : read.diagnostics
    const sources = new Map([[file, source.text]])
    throw new RecordUnusable(renderPretty(all, sources, { colors: createColors(false) }))
  }
}

/** How often to try a folder again where nothing could be kept. */
const againMs = 60_000

const nothingWritten: RecordStatus = {
  written: 0,
  dropped: { 'queue full': 0, 'disk full': 0, failed: 0 },
  queued: 0,
  lastError: null,
}

/** Shorter ones can be guessed. */
const leastSecretBytes = 16

async function readSetting(flag: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new RecordUnusable(`Cannot read the file of ${flag}: ${reasonIn(error)}`, { cause: error })
  }
}
