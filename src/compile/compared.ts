import type { Pattern } from '../language/pattern.ts'
import type { ReadAs } from '../text/lookalike/explain.ts'
import type { ManySearch } from '../text/words/many-words.ts'

import type { Form } from './view.ts'

/** Whether a value passes a test; null is unknown. It is given values that are there, never null. */
export type Predicate = (value: unknown) => boolean | null

/**
 * What a test looks at and how it judges it.
 *
 * `isPositive` is false for words that say no, as in `is not`: the predicate is then that of the word without it.
 * `needs` is what a value must have to pass the predicate, where an index can tell; other values never pass it.
 * `ahead` works out, in small steps, what may take long, so that the predicate then has it at once.
 * `find` says which entry of a list the predicate found, of the value that it judged and the one that the field has;
 * `lacks` which word of a text or of a list is missing, for a word that needs all of them.
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
 * Be one of some values; be one of some hosts or under one; begin with (but for a space), or have in it, one of some
 * texts; have one of some words; match.
 */
export type Needs =
  | { kind: 'equals' | 'hosts'; values: ReadonlySet<unknown> }
  | { kind: 'starts' | 'contains'; texts: readonly string[] }
  | { kind: 'words'; texts: readonly string[]; search: ManySearch }
  | { kind: 'matches'; pattern: Pattern }
/**
 * An entry that a test found, by its place in the list; in a text also where, and which characters were read as which.
 * `by` is the exception that makes it no hit.
 */
export type Finding = { number: number; start?: number; end?: number; read?: readonly ReadAs[]; by?: Finding }
