import type { Condition } from '../language/condition.ts'
import type { Compared, Needs, Predicate } from './compared.ts'
import type { Slot, View } from './view.ts'

/** What a condition says about a call. `null` is unknown: it tests something that the call leaves absent. */
export type Truth = boolean | null

/** A compiled condition: the condition as written, with what each of its tests looks at. */
export type Judged = {
  condition: Condition
  /** Three-valued, as the language defines. Pure. */
  judge(view: View): Truth
  parts: readonly Judged[]
  /** For tests: what it looks at, and whether a present value passes. */
  leaf?: Leaf
}

/** One compiled test. `presence` is set for `present` and `absent`, which are never unknown. */
export type Leaf = {
  slot: Slot | 'time'
  predicate: Predicate
  isPositive: boolean
  needs?: Needs
  /** Set for tests that may take long: computes in small steps what the predicate then returns at once. */
  ahead?: Compared['ahead']
  find?: Compared['find']
  lacks?: Compared['lacks']
  presence?: 'present' | 'absent'
  /** For tests of the items of a list: the condition on an item, judged in the view of that item. */
  item?: Judged
}
