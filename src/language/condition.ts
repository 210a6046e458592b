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
