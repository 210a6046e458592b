import type { Callback } from '../callbacks/callback.ts'
import type { Kind } from '../text/kinds/find.ts'
import type { Span } from '../yaml/source.ts'
import type { Condition, GivenValue, List, NamedCounter, Operand, Scalar } from './condition.ts'
import type { FieldRef } from './field.ts'
import type { Pattern } from './pattern.ts'
import type { modes, StepName } from './vocabulary.ts'

/** A rule as written, checked: every name resolved, every value typed. */
export type Rule = {
  id: string
  /** The place of its id. */
  span: Span
  why?: string
  /** The callbacks that it decides. Never empty. */
  callbacks: readonly Callback[]
  /** The zone of its file, if any: the zone for the times in its tests. */
  zone?: string
  /** Its condition, including that of its file. */
  when: Condition
  unless?: Condition
  /** What it does while a fact cannot be had: `fire` takes a test of such a fact for one that holds. */
  ifUnsure: 'skip' | 'fire'
  outcome: Outcome
  mode: (typeof modes)[number]
  /** Lower runs first. */
  order: number
  /** In force from this instant on, in ms since 1970. */
  from?: number
  /** In force before this instant, in ms since 1970. */
  until?: number
  cases: readonly Case[]
}

/** What a rule does when it fires. */
export type Outcome =
  | { kind: 'reject'; code: number; message?: MessageText; detail?: MessageText }
  | { kind: 'rewrite'; fields: readonly FieldRewrite[] }
  | { kind: 'allow'; rules: 'everything' | readonly RuleRef[] }

/** The steps that one field goes through, in order. */
export type FieldRewrite = { field: FieldRef; steps: readonly RewriteStep[]; span: Span }

/** One rewrite step. */
export type RewriteStep =
  | {
      kind: Exclude<
        StepName,
        'cut to' | 'replace' | 'replace pattern' | 'replace words in' | 'set' | `mask ${string}` | 'each item'
      >
    }
  | { kind: 'cut to'; count: number }
  | { kind: 'replace'; text: string; with: string }
  | { kind: 'mask words in'; words: Operand & { kind: 'values' }; with: string }
  /** `replacements` are those of the words, in their order. */
  | { kind: 'replace words in'; words: Operand & { kind: 'values' }; replacements: readonly string[] }
  | { kind: 'mask links'; with: string }
  | { kind: 'mask kind'; of: Kind; with: string }
  | ({ kind: 'mask pattern'; with: string } & FoundPattern)
  | ({ kind: 'replace pattern'; with: MatchText } & FoundPattern)
  | { kind: 'set'; value: SetValue }
  | { kind: 'set items'; values: readonly SetValue[] }
  | EachItem

/** A pattern, and whether it is looked for as `matches` does, or in the text as received only: ids, urls and JSON. */
export type FoundPattern = { pattern: Pattern; isExact: boolean }

/** A text for each match: pieces of text, and between them groups of the match; 0 is all of it. */
export type MatchText = readonly (string | number)[]

/** A value to set: texts may contain fields. */
export type SetValue = Exclude<Scalar, string> | Template

/** Changes to each item of a list that matches a condition. Its fields are those of the item. */
export type EachItem = { kind: 'each item'; when?: Condition; fields: readonly FieldRewrite[] }

/** A text with fields in it: pieces of text, and the fields between them. */
export type Template = readonly (string | FieldRef)[]

/** What a refusal says: a text with fields in it, and with what the conditions found. */
export type MessageText = readonly (string | FieldRef | MatchRef | WaitRef)[]

/** `{wait}`: in how many seconds the rule's own `how often` would no longer hold. */
export type WaitRef = { wait: 'seconds'; span: Span }

/** `{match}`: what the first test that finds something found; from 1 up, a group of its pattern. */
export type MatchRef = { group: number; span: Span }

/** Another rule, by its id. */
export type RuleRef = { id: string; span: Span }

/** A list, by its name. */
export type ListRef = { name: string; span: Span }

/** One case of `tests`: given values and the expected outcome. */
export type Case = {
  name?: string
  span: Span
  callback: Callback
  /** Only given fields; every other field is absent. */
  given: ReadonlyMap<string, GivenValue>
  /** In ms since 1970. */
  at?: number
  /** Earlier calls, as written. */
  after?: readonly EarlierCall[]
  expect: Expectation
}

/** An earlier call of a case, or several alike: `ago` is in ms before the call of the case. */
export type EarlierCall = {
  ago: number
  /** At least 1. */
  times: number
  callback: Callback
  /** With the values of the case, over which its own are laid. */
  given: ReadonlyMap<string, GivenValue>
  span: Span
}

/** The expected outcome of a case. `by` is the rule that must have decided. */
export type Expectation = { span: Span; by?: RuleRef } & (
  | { kind: 'allow' }
  | { kind: 'reject'; code: number; message?: ExpectedMessage }
  /** `places` has the place of each field name. */
  | { kind: 'rewrite'; fields: ReadonlyMap<string, GivenValue>; places: ReadonlyMap<string, Span> }
)

/** The exact message for a rejected user, with every field filled in. */
export type ExpectedMessage = { text: string; span: Span }

/** Everything in a rules folder. Cases here are those of files, for the whole rule set. */
export type Folder = {
  rules: readonly Rule[]
  cases: readonly Case[]
  lists: ReadonlyMap<string, List>
  counters: readonly NamedCounter[]
  /** The names of the lists of people that it protects, each once. */
  protects: readonly string[]
  /** The number of the language that it was written for: the newest one if it states none. */
  language: number
}
