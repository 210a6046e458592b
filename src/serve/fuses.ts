import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { RuleSet } from '../compile/ruleset.ts'
import type { DecisionRecord } from '../decide/decision.ts'
import { affectedBy } from '../record/affected.ts'
import { type FuseTrial, type TooMany, trialMs } from '../record/fuse-trial.ts'
import type { Masks } from '../record/masks.ts'
import { personNumber } from '../record/people-set.ts'
import type { RulePause } from '../state/pauses.ts'
import { StateInUse, StateUnusable } from '../state/state-errors.ts'
import type { RuleStore } from '../store/store.ts'
import { blownEntries, type FuseStatus, trialStatus } from './fuse-status.ts'
import { FuseTrials, type ReadPeople } from './fuse-trials.ts'
import { KeptFuses } from './kept-fuses.ts'
import type { KeptState } from './kept-state.ts'
import type { Observer } from './observer.ts'

/** What fuses need of the service. `now` is in ms since 1970. */
export type FusesDeps = {
  /** Whether decisions are recorded: without that, nobody is known. */
  isRecorded: boolean
  state: Pick<KeptState, 'open'>
  rules: () => Pick<RuleStore<RuleSet>, 'current'>
  pauses: () => { pause(pause: RulePause): Promise<unknown> }
  masks: () => Masks | undefined
  log: Logger
  observer: () => Pick<Observer, 'fuseBlew'>
  now: () => number
  read: ReadPeople
}

/**
 * Puts a rule into shadow that refuses too many people in its first hour in force.
 *
 * Nothing here delays a call: decisions are noted after their answers, and who is known is read in a thread.
 */
export class ServedFuses {
  readonly #deps: FusesDeps
  readonly #kept: KeptFuses
  readonly #trials: FuseTrials
  readonly #seed = randomBytes(4).readInt32BE()
  #isEnding = false
  #queue: Promise<void> = Promise.resolve()
  #problem = ''
  readonly observer: Partial<Observer>

  constructor(deps: FusesDeps) {
    const { isRecorded, state, read, log } = deps
    this.#deps = deps
    this.#kept = new KeptFuses(state)
    this.#trials = new FuseTrials({ read, log, seed: this.#seed, found: (trial, rule) => this.#blow(trial, rule) })
    this.observer = isRecorded ? { decided: record => this.#decided(record), paused: () => void this.follow() } : {}
  }

  /** Follow the rules in force: to be called after they changed. Resolves once they are watched. */
  follow(): Promise<void> {
    if (!this.#deps.isRecorded || this.#isEnding) return Promise.resolve()
    return this.#inTurn(async () => {
      const { current } = this.#deps.rules()
      if (current === null) return
      const now = this.#deps.now()
      const { dir, trials } = await this.#kept.follow(current, now)
      this.#trials.watch(trials, { dir, now })
      this.#problem = ''
    })
  }

  get status(): FuseStatus {
    const { isRecorded, now } = this.#deps
    const why = isRecorded ? this.#problem : 'decisions are not recorded: serve with --record'
    const trials = this.#trials.all.filter(({ trial }) => now() < trial.since + trialMs && trial.rules.size > 0)
    return {
      isArmed: why === '',
      why: why === '' ? null : why,
      trials: trials.map(trialStatus),
      blown: blownEntries(this.#kept.entries.values()),
    }
  }

  async end(): Promise<void> {
    this.#isEnding = true
    this.#trials.end()
    await this.#queue
  }

  #decided({ call, decision, at }: DecisionRecord): void {
    if (this.#trials.all.length === 0) return
    const rule = decision.kind === 'reject' ? decision.rule : undefined
    for (const id of affectedBy(call, this.#deps.masks()?.for(call.callback))) {
      const person = personNumber(id, this.#seed)
      for (const { trial } of this.#trials.all) {
        if (at >= trial.since + trialMs) this.#trials.drop(trial)
        else if (at >= trial.since) this.#blow(trial, trial.saw(person, rule))
      }
    }
  }

  #blow(trial: FuseTrial, found: TooMany | undefined): void {
    if (found === undefined || !trial.rules.has(found.rule) || this.#isEnding) return
    const { rule, refused, seen } = found
    trial.leave(rule)
    const { now, log, observer, pauses } = this.#deps
    const ms = now()
    const [at, since] = [new Date(ms).toISOString(), new Date(trial.since).toISOString()]
    log.error({ rule, refused, seen, since }, 'fuse blown')
    observer().fuseBlew({ at, rule, refused, seen, since })
    this.#kept.blow(rule, { at, refused, seen })
    void pauses().pause({ rule, since: at, why: whyOf(found, ms - trial.since), who: 'hookwarden' })
    void this.#inTurn(() => this.#kept.keep())
  }

  /** One change after another. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch(error => this.#failed(error))
    return this.#queue
  }

  #failed(error: unknown): void {
    if (!(error instanceof StateUnusable || error instanceof StateInUse)) {
      this.#deps.log.error({ err: error }, 'new rules are not watched')
      return
    }
    if (error.message !== this.#problem) this.#deps.log.warn({ reason: error.message }, 'new rules are not watched')
    this.#problem = error.message
  }
}

function whyOf({ refused, seen }: TooMany, ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  const time = minutes === 1 ? 'a minute' : `${minutes} minutes`
  return `fuse: refused ${refused} of ${seen} people within ${time}, none of whom was new or refused for 30 days`
}
