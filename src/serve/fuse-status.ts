import { type FuseTrial, type TooMany, trialMs } from '../record/fuse-trial.ts'
import type { FuseEntry } from '../state/fuses.ts'
import type { PeopleFound } from '../state/known-people.ts'

/** Rules that are watched together, what was read for them, and what ends the reading. */
export type Trial = {
  trial: FuseTrial
  stop: AbortController
  read?: Pick<PeopleFound, 'from' | 'leftOut'>
  problem?: string
}

/** What `GET /status` says of fuses. Times are ISO 8601. */
export type FuseStatus = {
  isArmed: boolean
  /** Why they are not armed. */
  why: string | null
  /** The rules in their first hour. */
  trials: readonly TrialStatus[]
  /** The rules that refused too many people, as long as they are the same. */
  blown: readonly { rule: string; at: string; refused: number; seen: number }[]
}

/**
 * Rules that came into force together. `people` are those on record who count, null while the record is read; `readFrom`
 * is the oldest hour of it, `leftOut` why older ones were not read. `most` is the rule that refused most of them.
 */
type TrialStatus = {
  since: string
  until: string
  rules: readonly string[]
  moreRules: number
  people: number | null
  readFrom: string | null
  leftOut: PeopleFound['leftOut'] | null
  seen: number
  most: TooMany | null
  problem: string | null
}

/** Enough to know which ones. */
const mostShown = 20

export function trialStatus({ trial, read, problem }: Trial): TrialStatus {
  const rules = [...trial.rules]
  const { people, seen, refused } = trial.found
  const from = read?.from ?? null
  return {
    since: isoOf(trial.since),
    until: isoOf(trial.since + trialMs),
    rules: rules.slice(0, mostShown),
    moreRules: Math.max(0, rules.length - mostShown),
    people,
    readFrom: from === null ? null : isoOf(from),
    leftOut: read?.leftOut ?? null,
    seen,
    most: refused,
    problem: problem ?? null,
  }
}

/** The rules that refused too many people. */
export function blownEntries(entries: Iterable<FuseEntry>): FuseStatus['blown'] {
  return [...entries].flatMap(({ rule, blown }) => (blown === undefined ? [] : [{ rule, ...blown }]))
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
