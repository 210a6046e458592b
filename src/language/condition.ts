import type { Callback } from '../callbacks/callback.ts'
import type { Country } from '../text/kinds/country.ts'
import type { Span } from '../yaml/source.ts'
import type { Dates } from './dates.ts'
import type { FieldRef } from './field.ts'
import type { Pattern } from './pattern.ts'
import type { WordName } from './vocabulary.ts'

/**
 * A condition as written, checked: every name resolved, every value typed.
 *
 * `text` is for reports; an implicit `all` group has the place of its mapping.
 */
export type Condition =
  | { kind: 'all' | 'any' | 'none'; parts: readonly Condition[]; text: string; span: Span }
  | { kind: 'not' | 'use'; part: Condition; text: string; span: Span }
  | Test
  | TimeTest
  | Often
  | Since

/** One test word on one field. Unknown if the field is absent, except for `present` and `absent`. */
export type Test = {
  kind: 'test'
  field: FieldRef
  word: WordName | NativeWord
  operand: Operand
  /** True inside `exactly` and in the native spelling: no folding. */
  isExact: boolean
  text: string
  span: Span
}

/**
 * Operators of json-rules-engine without a matching test word: whether a list, or a value that may be one, contains a
 * value.
 */
export type NativeWord = 'has item' | 'has no item'

/** A value that a field can hold, as written in a rule. */
export type Scalar = string | number | boolean

/** The value that a test gives a field, or expects: a value, or a list of values or of objects. */
export type GivenValue = Scalar | readonly GivenValue[] | { readonly [field: string]: GivenValue }

/** What a test compares with. Enum names are already numbers; the values of a named list are shared, never copied. */
export type Operand =
  | { kind: 'none' }
  | { kind: 'value'; value: Scalar }
  /** `except` are values or texts that are no hit, of the list that has them. */
  | { kind: 'values'; values: readonly Scalar[]; except?: readonly Scalar[]; list?: List }
  | { kind: 'number'; value: number }
  | { kind: 'range'; low: number; high: number }
  | { kind: 'pattern'; pattern: Pattern }
  | { kind: 'countries'; countries: readonly Country[] }
  | { kind: 'hosts'; hosts: readonly string[]; except?: readonly string[]; list?: List }
  /** The condition on an item of the list. */
  | { kind: 'item'; item: Condition }

/** Whether the call arrives at a time. Minutes count from midnight; `end` may be 1440; days are 0 (Sunday) to 6. */
export type TimeTest = {
  kind: 'time'
  within?: { start: number; end: number }
  days?: ReadonlySet<number>
  /** Whole days in the zone, one of which it must be. */
  on?: readonly Dates[]
  /** Whole days in the zone, none of which it may be. */
  notOn?: readonly Dates[]
  zone: string
  text: string
  span: Span
}

/** Which calls count: by what became of them. */
export type Counting = 'let through' | 'refused' | 'all'

/**
 * A value by which calls are told apart: of a field, or of each item of a list: the item itself, or a field of it.
 *
 * `text` is as written.
 */
export type CountKey = { text: string; field: FieldRef } | { text: string; list: FieldRef; item?: FieldRef }

/** A counter by name, from `counters:`. A call of one of its callbacks counts when its condition is true. */
export type NamedCounter = {
  name: string
  span: Span
  /** Never empty. */
  callbacks: readonly Callback[]
  when?: Condition
  /** One of them may be of each item of a list. */
  same: readonly CountKey[]
  /** The values that are counted instead of calls. */
  different?: CountKey
  counting: Counting
}

/** How a number of calls must compare. */
export type CountLimit =
  | { word: 'more than' | 'at least' | 'at most' | 'less than' | 'is'; number: number }
  | { word: 'between'; low: number; high: number }

/**
 * How often it came to this: `how often` with the calls that its own rule would fire for but for counts, or with those
 * of a named counter.
 */
export type Often = {
  kind: 'often'
  of: { kind: 'rule'; different?: CountKey; counting: Counting } | { kind: 'named'; counter: NamedCounter }
  /** Of a named counter as many as it has. */
  same: readonly CountKey[]
  /** In ms. */
  within: number
  limit: CountLimit
  /** How long it goes on holding once it holds, in ms; only of the own rule. */
  thenFor?: number
  text: string
  span: Span
}

/** How long ago the last earlier call of a counter was. Unknown when there was none. */
export type Since = {
  kind: 'since'
  counter: NamedCounter
  same: readonly CountKey[]
  /** `ago` is in ms. */
  limit: { word: 'less than' | 'more than'; ago: number }
  text: string
  span: Span
}

/**
 * A list by name: from a file in `lists/` or from `lists:`. An exception is no hit where it covers one. Of a list of pairs
 * each entry has its replacement, in order.
 */
export type List = ListEntries & {
  name: string
  span: Span
  except?: ListEntries
  replacements?: readonly string[]
}

/** Entries; `texts` are their texts, in order. */
export type ListEntries = { entries: readonly ListEntry[]; texts: readonly string[] }

/** One entry of a list, its text trimmed. */
export type ListEntry = { text: string; span: Span }
