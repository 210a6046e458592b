import type { RuleProperties } from 'json-rules-engine'
import type { Condition, List } from '../language/condition.ts'
import type { Kept } from '../language/folder/kept-file.ts'
import type { Case, Outcome, Rule } from '../language/rule.ts'
import type { Judged } from './judged.ts'
import type { LongTest } from './long-tests.ts'
import type { Pause } from './pause.ts'
import type { Slots } from './slots.ts'
import type { Slot, View } from './view.ts'

/** What a rule does, in the order in which that is done. */
export type Stage = 'rewrite' | 'exempt' | 'reject'

/** A rule ready to run. Frozen, and the same for every decision. */
export type CompiledRule = {
  id: string
  stage: Stage
  /** Its place among all rules: the total order. */
  place: number
  mode: Rule['mode']
  /** In force from this instant on, and before that one, in ms since 1970. */
  from?: number
  until?: number
  when: Judged
  unless?: Judged
  outcome: Outcome
  /** For rewrites of each item of a list: which items are meant, ready to be judged in the view of one. */
  ofItems: ReadonlyMap<Condition, Judged>
  /** Every fact that its conditions look at; the time is not among them. */
  slots: readonly Slot[]
  /** Those of its tests that may take long. */
  longTests: readonly LongTest[]
  /** True when it looks at facts that no call carries. */
  asks: boolean
  /** The rule as json-rules-engine is given it, anew for each run: its own objects remember the last engine. */
  definition: RuleProperties
  /** As its author wrote it. */
  rule: Rule
}

/** The rules of one stage in their total order, disabled ones among them, and which of them may fire for a call. */
export type StageRules = { rules: readonly CompiledRule[]; mayFire: Sieve }

/** The rules for one callback. */
export type Stages = Readonly<Record<Stage, StageRules>>

/** How many rules there are, and in which mode. */
export type Counts = { total: number; enforce: number; shadow: number; disabled: number }

/** All rules of a folder, ready to run. Frozen: a reload makes another one. */
export type RuleSet = {
  /** A hash of the files it was made of: the same rules have the same version. */
  version: string
  counts: Counts
  /** By the callback's command on the wire. */
  stages: ReadonlyMap<string, Stages>
  slots: Slots
  /** The cases of files, for the whole set; those of a rule are with it. */
  cases: readonly Case[]
  /** By name. */
  lists: ReadonlyMap<string, List>
  /** The texts of its files, to show where a condition stands. */
  sources: ReadonlyMap<string, string>
  /** What its files came to, and each of its rules, for the next rule set. */
  kept: Kept
  compiled: ReadonlyMap<Rule, CompiledRule>
}
/** The rules of a stage that may fire for a call, in their order. Where there is much to ask, it asks for pauses. */
export type Sieve = (view: View, pause: Pause) => readonly CompiledRule[] | Promise<readonly CompiledRule[]>
