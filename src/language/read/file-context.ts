import type { Callback } from '../../callbacks/callback.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { Condition } from '../condition.ts'
import type { StatedLanguage } from '../language-number.ts'
import type { ListRef } from '../rule.ts'
import type { Entries } from './mapping.ts'
import type { Scope } from './scope.ts'

/** What a file defines for all of its rules. */
export type FileContext = {
  scope: Omit<Scope, 'callbacks'>
  /** Undefined if the file names none; empty if it names an invalid or unknown one. */
  callbacks: readonly Callback[] | undefined
  /** True if keys of a rule are at the top of the file: keys that rules seem to lack may be there. */
  isUnclear: boolean
  /** The condition of the file for a rule; undefined if the file has none, null if it is invalid. */
  when(scope: Scope): Condition | undefined | null
  /** Reads that condition in steps, so that `when` is fast; undefined if the file has none. */
  readyWhen?(scope: Scope): Steps<unknown>
}
/** One rule file, its top level read. */
export type RuleFile = {
  context: FileContext
  entries: Entries
  language?: StatedLanguage
  protects: readonly ListRef[]
}
