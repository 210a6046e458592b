import type { ShowPlace } from '../../yaml/places.ts'
import type { Span } from '../../yaml/source.ts'
import type { Case, Rule, RuleRef } from '../rule.ts'
import type { FolderFindings } from './findings.ts'
import type { FolderNames } from './names.ts'

/** A folder as it is checked: the rules that could be read, and the ids of all. */
export type Readable = {
  rules: readonly Rule[]
  /** False when there are rules that could not be read: one of them may be what is missing. */
  isWhole: boolean
  cases: readonly Case[]
  ids: readonly { id: string; span: Span }[]
  names: FolderNames
  place: ShowPlace
}

/** What a check of the whole folder needs: the rules by their ids, and where to say what is wrong. */
export type Check = Readable & {
  reporter: FolderFindings
  /** The rule that a reference names; an unknown id is reported. Undefined also for a rule with mistakes. */
  find(reference: RuleRef, wanted: 'any' | 'reject'): Rule | undefined
}
