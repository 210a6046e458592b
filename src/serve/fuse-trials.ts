import type { Logger } from 'pino'
import { FuseTrial, type TooMany } from '../record/fuse-trial.ts'
import { PeopleSet } from '../record/people-set.ts'
import type { PeopleAsked, PeopleFound } from '../state/known-people.ts'
import type { Trial } from './fuse-status.ts'
import type { WantedTrials } from './fused-rules.ts'
import { inSlices } from './turn.ts'

/** Reads who is on record, aside; given up when aborted. */
export type ReadPeople = (asked: PeopleAsked, signal: AbortSignal) => Promise<PeopleFound>

/** What trials need. `seed` is that of people's numbers; `found` is told of rules that refuse too many. */
export type TrialsDeps = {
  read: ReadPeople
  log: Pick<Logger, 'warn'>
  seed: number
  found: (trial: FuseTrial, found: TooMany) => void
}

/** How long reading the record may take: a fuse blows within a minute. */
const readMs = 20_000

/** Of the reloads within an hour the latest ones are watched: each takes up to 32 MB. */
const mostTrials = 4

/** The rules in their first hour, by when they came into force. */
export class FuseTrials {
  readonly #deps: TrialsDeps
  #all: readonly Trial[] = []

  constructor(deps: TrialsDeps) {
    this.#deps = deps
  }

  /** The oldest first. */
  get all(): readonly Trial[] {
    return this.#all
  }

  /** Watch these rules and no others. What was seen of those that are watched already is kept. */
  watch(wanted: WantedTrials, now: { dir: string; now: number }): void {
    const latest = new Map([...wanted].sort(([a], [b]) => a - b).slice(-mostTrials))
    for (const { trial } of this.#all) {
      for (const rule of trial.rules) if (!latest.get(trial.since)?.has(rule)) trial.leave(rule)
      if (trial.rules.size === 0) this.drop(trial)
    }
    const watched = new Set(this.#all.flatMap(({ trial }) => [...trial.rules]))
    for (const [since, rules] of latest) {
      const others = [...rules].filter(rule => !watched.has(rule))
      if (others.length > 0) this.#begin(new FuseTrial(since, others), now)
    }
  }

  drop(trial: FuseTrial): void {
    this.#all.find(each => each.trial === trial)?.stop.abort()
    this.#all = this.#all.filter(each => each.trial !== trial)
  }

  end(): void {
    for (const { trial } of this.#all) this.drop(trial)
  }

  #begin(trial: FuseTrial, { dir, now }: { dir: string; now: number }): void {
    const made: Trial = { trial, stop: new AbortController() }
    this.#all = [...this.#all, made]
    const { since } = trial
    const asked = { dir, since, until: Math.max(now, since), rules: [...trial.rules] }
    void this.#know(made, { ...asked, seed: this.#deps.seed, forMs: readMs })
  }

  async #know(made: Trial, asked: PeopleAsked): Promise<void> {
    const { trial, stop } = made
    const { read, found, log } = this.#deps
    try {
      const { people, seen, refused, ...rest } = await read(asked, stop.signal)
      if (stop.signal.aborted) return
      made.read = rest
      const known = {
        people: PeopleSet.from(people),
        seen: PeopleSet.from(seen),
        refused: new Map(refused.map(([rule, all]) => [rule, PeopleSet.from(all)])),
      }
      for (const each of await inSlices(trial.know(known))) found(trial, each)
    } catch (error) {
      if (stop.signal.aborted) return
      made.problem = error instanceof Error ? error.message : String(error)
      log.warn({ reason: made.problem }, 'cannot read who is on record, so new rules are not watched')
    }
  }
}
