import type { Logger } from 'pino'
import { type PauseChanges, pausesWrittenAt, readKnownChanges, writeKnownChanges } from '../state/pause-changes.ts'
import type { RulePause } from '../state/pauses.ts'
import { type RedisLink, reasonOf } from '../state/redis-link.ts'
import { type Exchanged, mostRules, SharedPauses } from '../state/shared-pauses.ts'
import type { KeptState } from './kept-state.ts'

/** What sharing pauses needs of the service. `link` is the store that counts are shared in, once it is known. */
export type TogetherDeps = {
  /** Whether there is to be such a store. */
  isOn: boolean
  link: () => Pick<RedisLink, 'run'> | undefined
  instance: string
  log: Logger
  /** In ms since 1970. */
  now: () => number
}

/** The pauses that this process shares with others, if it counts together with them. */
export class PausesTogether {
  readonly #deps: TogetherDeps
  #shared: SharedPauses | undefined
  #isSaved = true
  #failures = 0
  #problem = ''
  #aloneSince: number | null = null

  constructor(deps: TogetherDeps) {
    this.#deps = deps
  }

  /** Whether pauses are shared, though the store need not be known yet. */
  get isOn(): boolean {
    return this.#deps.isOn
  }

  /** Since when the store cannot be asked, in ms since 1970; null while it can, or if there is none. */
  get aloneSince(): number | null {
    return this.#aloneSince
  }

  /**
   * Begins, once there is a store, with what the state folder knows of changes. Its pauses may have been changed since,
   * at the latest when their file was written. Throws StateUnusable, and begins all the same.
   */
  async begin(dir: string, pauses: readonly RulePause[]): Promise<void> {
    const { link: linkOf, instance, now } = this.#deps
    const link = linkOf()
    if (link === undefined || this.#shared !== undefined) return
    const found = readKnownChanges(dir)
    const [known, at] = await Promise.all([found.catch(noChanges), pausesWrittenAt(dir).catch(now)])
    this.#shared = new SharedPauses({ link, instance, now, known })
    this.#isSaved = !this.#shared.note(pauses, { at: at ?? now(), who: '' })
    await found
  }

  /** What was changed here; `who` asked for it, if that is known. */
  note(pauses: readonly RulePause[], who = ''): void {
    if (this.#shared?.note(pauses, { at: this.#deps.now(), who })) this.#isSaved = false
  }

  /** Exchanges changes with the store; undefined if it cannot be asked. */
  async exchange(pauses: readonly RulePause[]): Promise<Exchanged | undefined> {
    if (this.#shared === undefined) return undefined
    try {
      const exchanged = await this.#shared.exchange(pauses)
      if (exchanged.changes.size > 0) this.#isSaved = false
      this.#found()
      return exchanged
    } catch (error) {
      this.#lost(reasonOf(error))
      return undefined
    }
  }

  /** Why others do not know of the pause of a rule, or of its end, if they do not. */
  whyNotShared(rule: string): string | undefined {
    if (this.#shared === undefined) return undefined
    if (this.#shared.isRefused(rule)) return `the store has room for pauses of ${mostRules} rules`
    return this.#failures > 0 ? `the store cannot be asked (${this.#problem}); they learn of it when it can` : undefined
  }

  /** Keeps what is known for the next start, if it has changed. Throws StateInUse and StateUnusable. */
  async save(state: Pick<KeptState, 'open'>): Promise<void> {
    if (this.#shared === undefined || this.#isSaved) return
    // A failure is told once, and the next change is another try.
    this.#isSaved = true
    const { dir } = await state.open()
    await writeKnownChanges(dir, this.#shared.known)
  }

  #lost(reason: string): void {
    this.#failures += 1
    this.#problem = reason
    if (this.#failures !== failuresTold) return
    this.#aloneSince = this.#deps.now()
    this.#deps.log.warn({ reason }, 'pauses are not shared')
  }

  #found(): void {
    this.#failures = 0
    if (this.#aloneSince === null) return
    const aloneMs = this.#deps.now() - this.#aloneSince
    this.#aloneSince = null
    this.#deps.log.info({ aloneMs }, 'pauses are shared again')
  }
}

function noChanges(): PauseChanges {
  return new Map()
}

/** A single late answer is not worth a line. */
const failuresTold = 4
