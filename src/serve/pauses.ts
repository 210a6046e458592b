import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { withPaused } from '../compile/paused.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { hasFormat } from '../state/format.ts'
import { isOver, pausesIn, pausesText, type RulePause, withoutPause, withPause, writePauses } from '../state/pauses.ts'
import { StateInUse, StateUnusable } from '../state/state-errors.ts'
import type { RuleStore } from '../store/store.ts'
import type { KeptState } from './kept-state.ts'
import type { Observer, PauseRecord } from './observer.ts'
import { inSlices } from './turn.ts'

/** What pauses need of the service. `now` is in ms since 1970. */
export type PausesDeps = {
  state: Pick<KeptState, 'dir' | 'open'>
  rules: () => Pick<RuleStore<RuleSet>, 'current' | 'vary'>
  log: Logger
  observer: Pick<Observer, 'paused'>
  now: () => number
  /** How often the file is looked at. */
  everyMs?: number
}

const usualEveryMs = 500

/** Why an end of pauses came, for the record. */
type Because = (PauseRecord & { kind: 'resumed' })['because']

/**
 * The rules that operators have put into shadow.
 *
 * They are in `pauses.json` of the state folder, which is read again whenever it changes, so that a rule can be paused
 * without this process, too. A pause that cannot be written there holds until this process ends.
 */
export class ServedPauses {
  readonly #deps: PausesDeps
  readonly #stopping = new AbortController()
  #all: readonly RulePause[] = []
  /** The file as last read or written. */
  #text = ''
  #problem = ''
  #queue: Promise<unknown> = Promise.resolve()
  #watch: Promise<void> = Promise.resolve()

  constructor(deps: PausesDeps) {
    this.#deps = deps
  }

  /** The pauses that hold. */
  get all(): readonly RulePause[] {
    return this.#all
  }

  /** Read the file, before the first rules come into force. */
  load(): Promise<void> {
    return this.#inTurn(() => this.#readAgain()).catch(isLogged)
  }

  /** Keep up with the file and the clock until stopped. */
  start(): void {
    const { everyMs = usualEveryMs } = this.#deps
    const { signal } = this.#stopping
    const watch = async () => {
      while (!signal.aborted) {
        await this.#inTurn(() => this.#keepUp()).catch(isLogged)
        await delay(everyMs, undefined, { signal, ref: false }).catch(() => undefined)
      }
    }
    this.#watch = watch()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#watch
    await this.#queue
  }

  /** A rule set with the paused rules in shadow, by all pauses that hold when it is done. */
  async applied(ruleSet: RuleSet): Promise<RuleSet> {
    for (;;) {
      const pauses = this.#all
      const applied = await inSlices(withPaused(ruleSet, idsOf(pauses)))
      if (pauses === this.#all) return applied
    }
  }

  /** Pause a rule. Resolves once it is in shadow; with why the pause is lost with this process, if so. */
  pause(pause: RulePause): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const problem = await this.#put(withPause(this.#all, pause))
      const { since = pause.since } = this.#all.find(({ rule }) => rule === pause.rule) ?? {}
      this.#tell(pausedRecord({ ...pause, since }, pause.since))
      return problem
    })
  }

  /** Resume a rule. Resolves once it is enforced; with why it is paused again in another process, if so. */
  resume(rule: string, who: string): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const problem = await this.#put(withoutPause(this.#all, rule))
      this.#tellEnd(rule, 'asked', who)
      return problem
    })
  }

  /** After new rules came into force: drops the pauses with which their files agree. */
  agree(ruleSet: RuleSet): Promise<void> {
    return this.#inTurn(async () => {
      await this.#apply()
      // An empty folder is rather lost than meant.
      if (ruleSet.compiled.size === 0) return
      const enforced = new Set(Array.from(ruleSet.compiled.values(), ({ id, mode }) => (mode === 'enforce' ? id : '')))
      await this.#drop(({ rule }) => !enforced.has(rule), 'rules')
    }).catch(isLogged)
  }

  async #keepUp(): Promise<void> {
    await this.#readAgain()
    await this.#drop(pause => isOver(pause, this.#deps.now()), 'over')
  }

  /** What was added or removed in the file since it was last read. */
  async #readAgain(): Promise<void> {
    const { dir } = this.#deps.state
    try {
      await hasFormat(dir)
      const text = await pausesText(dir)
      if (text === this.#text) return
      const read = pausesIn(text, dir)
      this.#text = text
      await this.#adopt(read)
      this.#problem = ''
    } catch (error) {
      this.#failed(error)
    }
  }

  async #adopt(read: readonly RulePause[]): Promise<void> {
    const before = this.#all
    this.#all = read
    await this.#apply()
    const at = new Date(this.#deps.now()).toISOString()
    for (const pause of read) {
      if (before.some(({ rule, since }) => rule === pause.rule && since === pause.since)) continue
      this.#tell(pausedRecord(pause, at))
    }
    for (const { rule } of before) if (!idsOf(read).has(rule)) this.#tellEnd(rule, 'removed')
  }

  async #drop(isToDrop: (pause: RulePause) => boolean, because: Because): Promise<void> {
    const dropped = this.#all.filter(isToDrop)
    if (dropped.length === 0) return
    await this.#put(this.#all.filter(each => !dropped.includes(each)))
    for (const { rule } of dropped) this.#tellEnd(rule, because)
  }

  /** Puts pauses in force, then on the disk. Resolves with why that is impossible. */
  async #put(pauses: readonly RulePause[]): Promise<string | undefined> {
    this.#all = pauses
    await this.#apply()
    try {
      const { dir } = await this.#deps.state.open()
      this.#text = await writePauses(dir, pauses)
      return undefined
    } catch (error) {
      return this.#failed(error)
    }
  }

  /** The rules in force follow the pauses. Rules that come into force meanwhile have them already. */
  async #apply(): Promise<void> {
    const rules = this.#deps.rules()
    for (let from = rules.current; from !== null; from = rules.current) {
      const to = await this.applied(from)
      if (to === from || rules.vary(from, to)) return
    }
  }

  #tell(record: PauseRecord): void {
    const { kind, ...line } = record
    if (kind === 'paused') this.#deps.log.warn(line, 'rule paused')
    else this.#deps.log.info(line, 'rule resumed')
    this.#deps.observer.paused(record)
  }

  #tellEnd(rule: string, because: Because, who?: string): void {
    const at = new Date(this.#deps.now()).toISOString()
    this.#tell({ kind: 'resumed', at, rule, because, ...(who !== undefined && { who }) })
  }

  #failed(error: unknown): string {
    if (!(error instanceof StateUnusable || error instanceof StateInUse)) throw error
    const { message } = error
    if (message !== this.#problem) this.#deps.log.warn({ reason: message }, 'pauses are not kept')
    this.#problem = message
    return message
  }

  /** One change after another. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work)
    this.#queue = next.catch(error => this.#deps.log.error({ err: error }, 'pauses are not kept'))
    return next
  }
}

/** Nobody waits for the result; the queue has logged it. */
function isLogged(): void {}

function pausedRecord({ rule, since, until, why, who }: RulePause, at: string): PauseRecord {
  return { kind: 'paused', at, rule, since, ...(until !== undefined && { until }), who, why }
}

function idsOf(pauses: readonly RulePause[]): ReadonlySet<string> {
  return new Set(pauses.map(({ rule }) => rule))
}
