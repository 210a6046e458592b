import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { withPaused } from '../compile/paused.ts'
import type { RuleSet } from '../compile/ruleset.ts'
import { hasFormat } from '../state/format.ts'
import { isOver, pausesIn, pausesText, type RulePause, withoutPause, withPause, writePauses } from '../state/pauses.ts'
import type { Exchanged } from '../state/shared-pauses.ts'
import { StateInUse, StateUnusable } from '../state/state-errors.ts'
import type { RuleStore } from '../store/store.ts'
import type { KeptState } from './kept-state.ts'
import type { Observer, PauseRecord } from './observer.ts'
import type { PausesTogether } from './pauses-together.ts'
import { inSlices } from './turn.ts'

/** What pauses need of the service. `now` is in ms since 1970. */
export type PausesDeps = {
  state: Pick<KeptState, 'dir' | 'open'>
  together: PausesTogether
  rules: () => Pick<RuleStore<RuleSet>, 'current' | 'vary'>
  log: Logger
  observer: Pick<Observer, 'paused'>
  now: () => number
  /** How often the file is looked at. */
  everyMs?: number
}

const usualEveryMs = 500

/** Why a change is lost with this process, and why others do not know of it; absent where it is not so. */
export type PauseProblems = { notKept?: string; notShared?: string }

/** Why an end of pauses came, for the record. */
type Because = (PauseRecord & { kind: 'resumed' })['because']

/**
 * The rules that operators have put into shadow.
 *
 * They are in `pauses.json` of the state folder, which is read again whenever it changes, so that a rule can be paused
 * without this process, too. A pause that cannot be written there holds until this process ends.
 *
 * Processes that count together share their pauses as well.
 */
export class ServedPauses {
  readonly #deps: PausesDeps
  readonly #stopping = new AbortController()
  #all: readonly RulePause[] = []
  /** The file as last read or written. */
  #text = ''
  #problem = ''
  /** The paused rules with which the files agree, as far as it was logged. */
  #agreed: ReadonlySet<string> = new Set()
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

  /** Takes over the pauses of others, if there are any to ask: before calls are decided. */
  meet(): Promise<void> {
    return this.#inTurn(() => this.#meet()).catch(isLogged)
  }

  /** Since when pauses of others cannot be seen, in ms since 1970; null while they can, or if there are no others. */
  get aloneSince(): number | null {
    return this.#deps.together.aloneSince
  }

  /** Keep up with the file, the clock and others until stopped. */
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

  /** Pause a rule. Resolves once it is in shadow, and others know it if they can. */
  pause(pause: RulePause): Promise<PauseProblems> {
    return this.#inTurn(async () => {
      await this.#meet()
      const problem = await this.#put(withPause(this.#all, pause))
      const { since = pause.since } = this.#all.find(({ rule }) => rule === pause.rule) ?? {}
      this.#tell(pausedRecord({ ...pause, since }, pause.since))
      return this.#share(pause.rule, pause.who, problem)
    })
  }

  /** Resume a rule. Resolves once it is enforced, and others know it if they can. */
  resume(rule: string, who: string): Promise<PauseProblems> {
    return this.#inTurn(async () => {
      await this.#meet()
      const problem = await this.#put(withoutPause(this.#all, rule))
      this.#tellEnd(rule, { because: 'asked', who })
      return this.#share(rule, who, problem)
    })
  }

  async #share(rule: string, who: string, notKept: string | undefined): Promise<PauseProblems> {
    const { together } = this.#deps
    together.note(this.#all, who)
    await this.#meet()
    const notShared = together.whyNotShared(rule)
    return { ...(notKept !== undefined && { notKept }), ...(notShared !== undefined && { notShared }) }
  }

  /**
   * After new rules came into force: drops the pauses with which their files agree.
   *
   * Not those that are shared: others may have the files from before.
   */
  agree(ruleSet: RuleSet): Promise<void> {
    return this.#inTurn(async () => {
      await this.#apply()
      // An empty folder is rather lost than meant.
      if (ruleSet.compiled.size === 0) return
      const enforced = new Set(Array.from(ruleSet.compiled.values(), ({ id, mode }) => (mode === 'enforce' ? id : '')))
      if (!this.#deps.together.isOn) return this.#drop(({ rule }) => !enforced.has(rule), 'rules')
      const agreed = this.#all.map(({ rule }) => rule).filter(rule => !enforced.has(rule))
      for (const rule of agreed.filter(each => !this.#agreed.has(each))) {
        this.#deps.log.info({ rule }, 'rule is still paused for instances that share the store')
      }
      this.#agreed = new Set(agreed)
    }).catch(isLogged)
  }

  async #keepUp(): Promise<void> {
    await this.#readAgain()
    await this.#drop(pause => isOver(pause, this.#deps.now()), 'over')
    await this.#meet()
  }

  async #meet(): Promise<void> {
    const { together, state } = this.#deps
    try {
      await together.begin(state.dir, this.#all)
      const met = await together.exchange(this.#all)
      if (met !== undefined && met.pauses !== this.#all) await this.#takeOver(met)
      await together.save(state)
    } catch (error) {
      this.#failed(error)
    }
  }

  /** What others have changed. */
  async #takeOver({ pauses, changes }: Exchanged): Promise<void> {
    const before = idsOf(this.#all)
    await this.#put(pauses)
    const now = new Date(this.#deps.now()).toISOString()
    for (const [rule, { from, who, pause }] of changes) {
      if (pause !== null && idsOf(pauses).has(rule)) this.#tell(pausedRecord({ ...pause, from }, now))
      else if (before.has(rule)) this.#tellEnd(rule, { because: 'asked', ...(who !== '' && { who }), from })
    }
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
      this.#deps.together.note(read)
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
    for (const { rule } of before) if (!idsOf(read).has(rule)) this.#tellEnd(rule, { because: 'removed' })
  }

  async #drop(isToDrop: (pause: RulePause) => boolean, because: Because): Promise<void> {
    const dropped = this.#all.filter(isToDrop)
    if (dropped.length === 0) return
    await this.#put(this.#all.filter(each => !dropped.includes(each)))
    for (const { rule } of dropped) this.#tellEnd(rule, { because })
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

  #tellEnd(rule: string, end: { because: Because; who?: string; from?: string }): void {
    this.#tell({ kind: 'resumed', at: new Date(this.#deps.now()).toISOString(), rule, ...end })
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

function pausedRecord(pause: RulePause, at: string): PauseRecord {
  return { kind: 'paused', at, ...pause }
}

function idsOf(pauses: readonly RulePause[]): ReadonlySet<string> {
  return new Set(pauses.map(({ rule }) => rule))
}
