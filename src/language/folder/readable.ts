import type { ShowPlace } from '../../yaml/places.ts'
import type { Span } from '../../yaml/source.ts'
import type { StatedLanguage } from '../language-number.ts'
import type { Case, ListRef, Rule, RuleRef } from '../rule.ts'
import type { FolderFindings } from './findings.ts'
import type { FolderNames } from './names.ts'

/** A folder as it is checked: the rules that could be read, and all ids. */
export type Readable = {
  rules: readonly Rule[]
  /** False when some rules could not be read: one of them may be the missing one. */
  isWhole: boolean
  cases: readonly Case[]
  ids: readonly { id: string; span: Span }[]
  /** The languages that files state. */
  languages: readonly StatedLanguage[]
  /** The lists of people that files protect. */
  protects: readonly ListRef[]
  names: FolderNames
  place: ShowPlace
}

/** What a check of the whole folder needs: the rules by id, and the reporter. */
export type Check = Readable & {
  reporter: FolderFindings
  /** The rule that a reference names; reports an unknown id. Also undefined for a rule with errors. */
  find(reference: RuleRef, wanted: 'any' | 'reject'): Rule | undefined
}
