import type { Callback } from '../callbacks/callback.ts'
import type { Span } from '../yaml/source.ts'
import type { Condition, GivenValue, List, Operand, Scalar } from './condition.ts'
import type { FieldRef } from './field.ts'
import type { modes, StepName } from './vocabulary.ts'

/** A rule as its author wrote it, checked: every name resolved, every value typed. */
export type Rule = {
  id: string
  /** Where its id stands. */
  span: Span
  why?: string
  /** The callbacks that it decides. Never empty. */
  callbacks: readonly Callback[]
  /** The zone of its file, where that has one: the clock by which its tests say when they are. */
  zone?: string
  /** What must hold, the condition of its file included. */
  when: Condition
  unless?: Condition
  outcome: Outcome
  mode: (typeof modes)[number]
  /** Lower goes first. */
  order: number
  /** In force from this instant on, in ms since 1970. */
  from?: number
  /** In force before this instant, in ms since 1970. */
  until?: number
  cases: readonly Case[]
}

/** What a rule does when it fires. */
export type Outcome =
  | { kind: 'reject'; code: number; message?: Template; detail?: Template }
  | { kind: 'rewrite'; fields: readonly FieldRewrite[] }
  | { kind: 'allow'; rules: 'everything' | readonly RuleRef[] }

/** The steps that one field goes through, in order. */
export type FieldRewrite = { field: FieldRef; steps: readonly RewriteStep[]; span: Span }

/** Steps on the words of a list. */
type WordStepName = 'mask words in' | 'replace words in'

/** One rewrite step. */
export type RewriteStep =
  | { kind: Exclude<StepName, 'cut to' | 'replace' | 'set' | WordStepName | 'each item'> }
  | { kind: 'cut to'; count: number }
  | { kind: 'replace'; text: string; with: string }
  | { kind: 'mask words in'; words: Operand & { kind: 'values' }; with: string }
  /** `replacements` are those of the words, in their order. */
  | { kind: 'replace words in'; words: Operand & { kind: 'values' }; replacements: readonly string[] }
  | { kind: 'set'; value: SetValue }
  | { kind: 'set items'; values: readonly SetValue[] }
  | EachItem

/** A value to set: a text may have fields in it. */
export type SetValue = Exclude<Scalar, string> | Template

/** What happens to each item of a list for which a condition holds. Its fields are those of the item. */
export type EachItem = { kind: 'each item'; when?: Condition; fields: readonly FieldRewrite[] }

/** A text with fields in it: pieces of text, and the fields between them. */
export type Template = readonly (string | FieldRef)[]

/** Another rule, by its id. */
export type RuleRef = { id: string; span: Span }

/** One case of `tests`: what is given, and what must come out. */
export type Case = {
  name?: string
  span: Span
  callback: Callback
  /** Only what is given; every other field is absent. */
  given: ReadonlyMap<string, GivenValue>
  /** In ms since 1970. */
  at?: number
  expect: Expectation
}

/** What a case expects. `by` is the rule that must have done it. */
export type Expectation = { span: Span; by?: RuleRef } & (
  | { kind: 'allow' }
  | { kind: 'reject'; code: number; message?: ExpectedMessage }
  /** `places` says where each field is named. */
  | { kind: 'rewrite'; fields: ReadonlyMap<string, GivenValue>; places: ReadonlyMap<string, Span> }
)

/** What a refused user must be told, every field in it filled in. */
export type ExpectedMessage = { text: string; span: Span }

/** Everything that a rules folder says. Cases here are those of files, for the whole set. */
export type Folder = {
  rules: readonly Rule[]
  cases: readonly Case[]
  lists: ReadonlyMap<string, List>
}
