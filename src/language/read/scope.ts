import type { Callback, ItemKind } from '../../callbacks/callback.ts'
import type { DiagnosticCode, Fix } from '../../yaml/diagnostic.ts'
import type { Entry } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { suggestAt } from '../advice/suggested.ts'
import type { Zone } from '../clock.ts'
import type { Condition, List } from '../condition.ts'
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
  /** The text of the file that is read, for fixes that move what stands there. */
  text: string
  /** Set inside the items of a list, whose fields are then those of `callbacks`. */
  item?: ItemScope
}

/** The list whose items a condition or rewrite is about, where it stands, and what the items are. */
export type ItemScope = { list: FieldRef; outer: Scope; holds: ItemHolds }

/** What items are: values of a kind, objects with fields, or whatever a list inside JSON has. */
export type ItemHolds = ItemKind | 'objects' | 'json'

/** The zone that a file gives for its times. Who was told that it is missing or wrong is not told again. */
export type FileClock = { readonly zone: Zone | undefined; isReported: boolean }

/** What has a name in a folder. */
export type Noun = 'code' | 'list' | 'date' | 'condition' | 'rule'

/** What each is called: days have one name together. */
export const nounNames: Record<Noun, string> = {
  code: 'code',
  list: 'list',
  date: 'list of dates',
  condition: 'condition',
  rule: 'rule',
}

/** A reject code with its texts, as `codes:` defines it. Which fields the texts may name depends on who uses it. */
export type NamedCode = { code: number; message?: Draft; detail?: Draft }

/**
 * The names of a folder.
 *
 * A name whose definition is wrong maps to `undefined`: it exists, and what is wrong has been said.
 */
export type Names = {
  lists: ReadonlyMap<string, List | undefined>
  dates: ReadonlyMap<string, Dates | undefined>
  codes: ReadonlyMap<string, NamedCode | undefined>
  /** The condition of a name as a rule with this scope means it; undefined when it cannot be used. */
  condition(name: string, span: Span, scope: Scope): Steps<Condition | undefined>
  /** True when a condition has this name. */
  hasCondition(name: string): boolean
  /** Remember that something names it: what nothing names is told to its author. */
  use(noun: Noun, name: string): void
  /** True when what could not be read may define the name: then nobody can say that it is unknown. */
  isUncertain(noun: Noun, name: string): boolean
  /** What is too much about a condition once every `use` in it is written out. */
  excess(condition: Condition): Excess | undefined
  /** How many tests it has then. */
  testsIn(condition: Condition): number
  patterns: Patterns
  readings: ListReadings
}

/** The zone of the file; when there is none, that is reported once a file. */
export function zoneOf({ clock, reporter }: Scope, span: Span, message: string, hint: string): Zone | undefined {
  if (clock.zone !== undefined || clock.isReported) return clock.zone
  clock.isReported = true
  reporter.error('missing-zone', span, message, hint)
  return undefined
}

/** What a name stands for in one of the tables; an unknown name is reported at `span`. */
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
    /** What can be written beside a name that is near. */
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
/** A text whose braces have been read: pieces of text, and names of fields that are yet to be looked up. */
export type Draft = readonly (string | { name: string; span: Span })[]
/** What a test is about: a field, where the test stands, whether letters count exactly, what it is read against. */
export type Subject = {
  field: FieldRef
  span: Span
  isExact: boolean
  scope: Scope
  /** The line of the condition that names the field and holds the test; unset where the field has no such line. */
  place?: TestPlace
}

/** An entry of a condition, and whether that stands in braces. */
export type TestPlace = { entry: Entry; inBraces: boolean }
