import type { DraftStats } from '../record/draft-stats.ts'
import type { RuleStats } from '../record/rule-stats.ts'
import type { Covered } from '../state/covered.ts'
import type { RecordsAsked } from './records-asked.ts'

/** What rules did in a time, by rule and hour. */
export type StatsFound = {
  asked: RecordsAsked
  /** The start of the first hour. */
  from: number
  stats: RuleStats
  /** Rules whose matches in the last day are ten times those of the day before, or a tenth. Undefined: not known. */
  tenfold: readonly Tenfold[] | undefined
  idle: Idle | undefined
  drafts: DraftStats
  coverage: Covered
}

export type Tenfold = { rule: string; before: number; now: number }

/** Rules in force that did not fire, in how many days on record; `newer` are those that came since. */
export type Idle = { rules: readonly string[]; newer: readonly string[]; days: number }
