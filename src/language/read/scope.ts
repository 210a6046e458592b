import type { Callback, ItemKind } from '../../callbacks/callback.ts'
import type { DiagnosticCode, Fix } from '../../yaml/diagnostic.ts'
import type { Entry } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { suggestAt } from '../advice/suggested.ts'
import type { Zone } from '../clock.ts'
import type { Condition, List, NamedCounter } from '../condition.ts'
import type { Dates } from '../dates.ts'
import type { FieldRef } from '../field.ts'
import type { ListReadings } from './list-readings.ts'
import type { Excess } from './measure.ts'
import type { Patterns } from './ready-patterns.ts'

/** What a rule, or a part of one, is read against. */
export type Scope = {
  /** The callbacks that the rule decides: every field it names is in each. Never empty. */
  callbacks: readonly Callback[]
  clock: FileClock
  names: Names
  reporter: Reporter
  /** The text of the file being read, for fixes that move parts of it. */
  text: string
  /** Set inside the items of a list, whose fields are then those of `callbacks`. */
  item?: ItemScope
  /**
   * What `how often` can count here: unset, only what a named counter counts. Directly under `when` of a rule also the
   * own calls; `own calls beside` is a group there. Nothing in what is counted itself.
   */
  counts?: 'own calls' | 'own calls beside' | 'nothing'
}

/** The list whose items a condition or rewrite is about, its surrounding scope, and the kind of its items. */
export type ItemScope = { list: FieldRef; outer: Scope; holds: ItemHolds }

/** The kind of items: values of a kind, links, objects with fields, or anything inside JSON. */
export type ItemHolds = ItemKind | 'url' | 'objects' | 'json'

/** The zone that a file defines for its times. A missing or wrong one is reported only once. */
export type FileClock = { readonly zone: Zone | undefined; isReported: boolean }

/** The kinds of named things in a folder. */
export type Noun = 'code' | 'list' | 'date' | 'condition' | 'counter' | 'rule'

/** What each is called: days have one name together. */
export const nounNames: Record<Noun, string> = {
  code: 'code',
  list: 'list',
  date: 'list of dates',
  condition: 'condition',
  counter: 'counter',
  rule: 'rule',
}

/**
 * A reject code with its texts, as defined under `codes:`. Which fields the texts may name depends on the rule that
 * uses it.
 */
export type NamedCode = { code: number; message?: Draft; detail?: Draft }

/**
 * The names of a folder.
 *
 * A name with an invalid definition maps to `undefined`: it exists, and its problem has been reported.
 */
export type Names = {
  lists: ReadonlyMap<string, List | undefined>
  dates: ReadonlyMap<string, Dates | undefined>
  codes: ReadonlyMap<string, NamedCode | undefined>
  counters: ReadonlyMap<string, NamedCounter | undefined>
  /** The named condition for a rule with this scope; undefined if it cannot be used. */
  condition(name: string, span: Span, scope: Scope): Steps<Condition | undefined>
  /** True when a condition has this name. */
  hasCondition(name: string): boolean
  /** Records that a name is used: unused names are reported. */
  use(noun: Noun, name: string): void
  /** True if an unreadable part may define the name: it must not be reported as unknown then. */
  isUncertain(noun: Noun, name: string): boolean
  /** Why a condition is too large when every `use` in it is expanded, if it is. */
  excess(condition: Condition): Excess | undefined
  /** How many tests it then has. */
  testsIn(condition: Condition): number
  patterns: Patterns
  readings: ListReadings
}

/** The zone of the file; a missing one is reported once per file. */
export function zoneOf({ clock, reporter }: Scope, span: Span, message: string, hint: string): Zone | undefined {
  if (clock.zone !== undefined || clock.isReported) return clock.zone
  clock.isReported = true
  reporter.error('missing-zone', span, message, hint)
  return undefined
}

/** The value of a name in one of the tables; an unknown name is reported at `span`. */
export function lookUp<T>(
  table: ReadonlyMap<string, T | undefined>,
  name: string,
  span: Span,
  scope: Scope,
  unknown: {
    code: DiagnosticCode
    noun: Noun
    called?: string
    title: string
    advice?: string
    /** Alternatives to a similar name. */
    fixes?: readonly Fix[]
  },
): T | undefined {
  scope.names.use(unknown.noun, name)
  if (table.has(name) || scope.names.isUncertain(unknown.noun, name)) return table.get(name)
  const { hint, fixes = [] } = suggestAt(span, name, [...table.keys()], unknown.title)
  const advice = {
    hint: unknown.advice === undefined ? hint : `${hint}. ${unknown.advice}`,
    fixes: [...fixes, ...(unknown.fixes ?? [])],
  }
  scope.reporter.error(unknown.code, span, `There is no ${unknown.called ?? unknown.noun} "${name}"`, advice)
  return undefined
}
/** A text whose braces have been read: pieces of text, and field names still to be looked up. */
export type Draft = readonly (string | { name: string; span: Span })[]
/** What a test is about: a field, the place of the test, whether comparison is exact, and the scope. */
export type Subject = {
  field: FieldRef
  span: Span
  isExact: boolean
  scope: Scope
  /** The entry of the condition that names the field and contains the test; unset if there is none. */
  place?: TestPlace
}

/** An entry of a condition, and whether it is in braces. */
export type TestPlace = { entry: Entry; inBraces: boolean }
