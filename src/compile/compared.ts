import type { Pattern } from '../language/pattern.ts'
import type { ReadAs } from '../text/lookalike/explain.ts'
import type { ManySearch } from '../text/words/many-words.ts'
import type { unsure } from './question.ts'

import type { Form } from './view.ts'

/**
 * Whether a value passes a test; null is unknown, and unsure what others may know. It is only given present values,
 * never null.
 */
export type Predicate = (value: unknown) => boolean | null | typeof unsure

/**
 * What a test looks at and how it decides.
 *
 * `isPositive` is false for negative words such as `is not`: the predicate is then that of the positive word. `needs`
 * is what a value must have to pass the predicate, if an index can check it; other values never pass. `ahead` does slow
 * work in small steps, so that the predicate is then fast. `find` says which list entry the predicate found in the
 * value that it judged and in the value of the field. `lacks` names
 * the missing word, for a word that needs all of them.
 */
export type Compared = {
  form: Form
  predicate: Predicate
  isPositive: boolean
  needs?: Needs
  ahead?: (value: unknown) => Iterable<undefined>
  find?: (judged: unknown, written: unknown) => Finding | undefined
  lacks?: (judged: unknown) => string | undefined
}

/**
 * What a value needs: to equal one of some values; to be one of some hosts or under one; to start with (apart from a
 * space), or contain, one of some texts; to have one of some words; to match.
 */
export type Needs =
  | { kind: 'equals' | 'hosts'; values: ReadonlySet<unknown> }
  | { kind: 'starts' | 'contains'; texts: readonly string[] }
  | { kind: 'words'; texts: readonly string[]; search: ManySearch }
  | { kind: 'matches'; pattern: Pattern }
/** A pattern match and its groups; a group that took no part is ''. */
export type FoundMatch = { text: string; groups: readonly string[] }

/**
 * What a test found. An entry, by its index in the list; for a text also where, and which characters were read as
 * which; for a pattern, its match. `by` is the exception that covers the entry.
 */
export type Finding = {
  number?: number
  start?: number
  end?: number
  read?: readonly ReadAs[]
  match?: FoundMatch
  by?: Finding
}
