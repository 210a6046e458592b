import type { RuleProperties } from 'json-rules-engine'
import type { Condition, List } from '../language/condition.ts'
import type { Kept } from '../language/folder/kept-file.ts'
import type { Case, Outcome, Rule } from '../language/rule.ts'
import type { FolderCounter } from './counter.ts'
import type { OwnCounter } from './counting.ts'
import type { Judged } from './judged.ts'
import type { LongTest } from './long-tests.ts'
import type { CountsNamed } from './named-counters.ts'
import type { Pause } from './pause.ts'
import type { Slots } from './slots.ts'
import type { Slot, View } from './view.ts'
import type { OwnOften } from './without-counts.ts'

/** What a rule does, in execution order. */
export type Stage = 'rewrite' | 'exempt' | 'reject'

/** A compiled rule. Frozen, and the same for every decision. */
export type CompiledRule = {
  id: string
  stage: Stage
  /** Its place among all rules: the total order. */
  place: number
  mode: Rule['mode']
  /** In force from this instant (inclusive) until that one (exclusive), in ms since 1970. */
  from?: number
  until?: number
  when: Judged
  unless?: Judged
  outcome: Outcome
  /** For rewrites of each item of a list: the compiled condition that selects the items. */
  ofItems: ReadonlyMap<Condition, Judged>
  /** Every fact that its conditions look at, except the time. */
  slots: readonly Slot[]
  /** Its tests that may take long. */
  longTests: readonly LongTest[]
  /** True when it looks at facts that no call carries. */
  asks: boolean
  /** Its own count, if it has one. */
  count?: OwnCount
  /** The rule as passed to json-rules-engine, a new copy for each run: the engine's objects keep a reference to it. */
  definition: RuleProperties
  /** The rule as written. */
  rule: Rule
}

/**
 * What a rule counts of its own calls: the fact that its `how often` tests, the counters behind it, and its condition
 * without counts, unless that is always true.
 */
export type OwnCount = Pick<OwnCounter, 'counter' | 'hold'> & { often: OwnOften; slot: Slot; beside?: Judged }

/**
 * The rules of one stage in their total order, including disabled ones, and the function that finds those that may fire
 * for a call.
 */
export type StageRules = { rules: readonly CompiledRule[]; mayFire: Sieve }

/** The rules for one callback. */
export type Stages = Readonly<Record<Stage, StageRules>>

/** The number of rules, in total and per mode. */
export type Counts = { total: number; enforce: number; shadow: number; disabled: number }

/** All rules of a folder, compiled. Frozen: a reload builds a new one. */
export type RuleSet = {
  /** A hash of its files: the same rules have the same version. */
  version: string
  counts: Counts
  /** The ids of enforced rules that are in shadow here: paused by an operator, not by their files. Sorted. */
  paused: readonly string[]
  /** By the callback's command on the wire. */
  stages: ReadonlyMap<string, Stages>
  slots: Slots
  /** What is counted, by id, and by a callback's command the places that its calls take in named counters. */
  counters: ReadonlyMap<string, FolderCounter>
  named: ReadonlyMap<string, CountsNamed>
  /** The cases of files, for the whole rule set; those of a rule are stored with it. */
  cases: readonly Case[]
  /** The number of the language that its files were written for; they have the newest meaning all the same. */
  language: number
  /** By name. */
  lists: ReadonlyMap<string, List>
  /** The names of the lists of people that it protects. */
  protects: readonly string[]
  /** The texts of its files, to show where a condition is. */
  sources: ReadonlyMap<string, string>
  /** The results of reading its files and compiling its rules, for the next rule set. */
  kept: Kept
  /** All rules, in the modes that their files state. */
  compiled: ReadonlyMap<Rule, CompiledRule>
}
/** Finds the rules of a stage that may fire for a call, in order. Pauses when there is much to check. */
export type Sieve = (view: View, pause: Pause) => readonly CompiledRule[] | Promise<readonly CompiledRule[]>
