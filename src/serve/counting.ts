import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { FolderCounter } from '../compile/counter.ts'
import type { CountStore } from '../count/count-store.ts'
import { MemoryCounts } from '../count/memory-counts.ts'
import type { CountsForgotten } from '../state/forget-in.ts'
import { type KeptCounts, keepCounts } from '../state/keep-counts.ts'
import { openSharedCounts } from '../state/open-counts.ts'
import { type RedisLink, reasonOf } from '../state/redis-link.ts'
import type { SharedCounts } from '../state/shared-counts.ts'
import { newSecret } from '../state/state.ts'
import { StateInUse, StateUnusable } from '../state/state-errors.ts'
import type { Config } from './config.ts'
import { countsLog } from './counts-log.ts'
import type { KeptState } from './kept-state.ts'
import type { TellRecord } from './record-events.ts'

/** The settings of counting. */
export type CountingConfig = Pick<
  Config,
  'counts' | 'countsMs' | 'countsPasswordFile' | 'countsCaFile' | 'countsKeys' | 'countsMb'
>

/** What counting needs of the service. */
export type CountingDeps = {
  log: Logger
  now: () => number
  state: Pick<KeptState, 'open'>
  /** Is told as well when this process counts alone, and when it counts with others again. */
  told?: TellRecord
}

/** What `GET /status` says of counts. Times are ISO 8601. */
export type CountingStatus = {
  /** How many keys this process counts by, over all counters, and the memory of their tables. */
  keys: number
  bytes: number
  /** The counters of the rules in force: everything since then was counted; null before the first rules. */
  counters: readonly { name: string; since: string | null }[]
  /** When counts were last saved in the state folder; null if not yet, or not there. */
  savedAt: string | null
  /** Since when this process counts alone, though it should count with others; null while it does. */
  aloneSince: string | null
}

/**
 * Where the calls of this process are counted, and what is kept of that over a restart.
 *
 * Nothing is opened, locked or written before rules count something.
 */
export class ServedCounts {
  readonly #config: CountingConfig
  readonly #log: Logger
  readonly #now: () => number
  readonly #state: Pick<KeptState, 'open'>
  readonly #told: TellRecord | undefined
  #local: MemoryCounts
  #shared: SharedCounts | undefined
  #kept: KeptCounts | undefined
  #isOpen = false
  #counters: readonly FolderCounter[] = []

  /** `now` is in ms since 1970. */
  constructor(config: CountingConfig, { log, now, state, told }: CountingDeps) {
    this.#told = told
    this.#config = config
    this.#state = state
    this.#log = log
    this.#now = now
    this.#local = this.#newLocal(newSecret())
  }

  /** Where to count. */
  get store(): CountStore {
    return this.#shared ?? this.#local
  }

  /**
   * Goes on with the counts that are kept, or counts together with others: once, before the first rules that count.
   *
   * Throws StateInUse, and CountsUnusable when the settings of the shared store cannot be used. A folder where nothing
   * can be kept is only logged: counts are then lost with this process.
   */
  async open(): Promise<void> {
    if (this.#isOpen) return
    this.#isOpen = true
    if (this.#config.counts === '') return this.#openState()
    const log = countsLog(this.#log)
    const voice = {
      alone: (reason: string) => {
        log.alone(reason)
        this.#told?.('alone', { reason })
      },
      together: (aloneMs: number) => {
        log.together(aloneMs)
        this.#told?.('together', { aloneMs })
      },
    }
    this.#shared = await openSharedCounts(this.#config, { local: this.#local, voice })
    await Promise.race([this.#shared.whenKnown, delay(mostWaitMs)])
  }

  /** The same while calls are served: any failure is only logged. */
  async openLate(): Promise<void> {
    try {
      await this.open()
    } catch (error) {
      this.#log.error({ err: error }, 'counts are not kept over a restart')
    }
  }

  /** What the rules in force count; before any call is decided by them. */
  use(counters: readonly FolderCounter[]): void {
    this.#counters = counters
    this.store.use(counters, this.#now())
  }

  /** Forgets what is counted by a value alone, in this process and in the store that it shares. */
  async forget(value: string): Promise<CountsForgotten> {
    const keys = this.#local.forget(value)
    if (this.#shared === undefined) return { keys }
    try {
      return { keys, shared: await this.#shared.forget(value) }
    } catch (error) {
      return { keys, notShared: reasonOf(error) }
    }
  }

  /** The connection to the store that is shared; undefined if there is none. */
  get link(): RedisLink | undefined {
    return this.#shared?.link
  }

  get status(): CountingStatus {
    const { keys, bytes } = this.#local.size
    const aloneSince = this.#shared?.aloneSince ?? null
    return {
      keys,
      bytes,
      counters: this.#counters.map(({ name, id }) => ({ name, since: timeText(this.#local.sinceOf(id)) })),
      savedAt: timeText(this.#kept?.savedAt ?? null),
      aloneSince: timeText(aloneSince),
    }
  }

  /** Keeps the counts for the next start. Afterwards nothing may be counted. */
  async end(): Promise<void> {
    await this.#kept?.end()
    await this.#shared?.close()
  }

  async #openState(): Promise<void> {
    try {
      const state = await this.#state.open()
      this.#local = this.#newLocal(state.secret)
      this.#kept = await keepCounts(this.#local, state, { now: this.#now, onProblem: error => this.#lost(error) })
    } catch (error) {
      if (error instanceof StateInUse || !(error instanceof StateUnusable)) throw error
      this.#lost(error)
    }
  }

  #lost(error: StateUnusable): void {
    this.#log.warn({ reason: error.message }, 'counts are not kept over a restart')
  }

  #newLocal(secret: string): MemoryCounts {
    const { countsKeys, countsMb } = this.#config
    return new MemoryCounts({ secret, mostKeys: countsKeys, mostBytes: countsMb * 1024 * 1024 })
  }
}

/** How long the start waits for the shared store: a name may take long to resolve. */
const mostWaitMs = 1000

function timeText(ms: number | null): string | null {
  return ms === null || !Number.isFinite(ms) ? null : new Date(ms).toISOString()
}
