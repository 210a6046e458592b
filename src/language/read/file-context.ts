import type { Callback } from '../../callbacks/callback.ts'
import type { Steps } from '../../yaml/steps.ts'
import type { Condition } from '../condition.ts'
import type { Entries } from './mapping.ts'
import type { Scope } from './scope.ts'

/** What a file says for all of its rules. */
export type FileContext = {
  scope: Omit<Scope, 'callbacks'>
  /** Undefined when the file names none; empty when what it names is wrong, or cannot be told. */
  callbacks: readonly Callback[] | undefined
  /** True when keys of a rule stand at the top: what a rule seems to lack may stand there. */
  isUnclear: boolean
  /** The condition of the file as a rule means it; undefined when the file has none, null when it is wrong. */
  when(scope: Scope): Condition | undefined | null
  /** Reads that condition in steps, so that it is known then; undefined when the file has none. */
  readyWhen?(scope: Scope): Steps<unknown>
}
/** One rule file, its top level read. */
export type RuleFile = { context: FileContext; entries: Entries }
