import type { Condition } from '../language/condition.ts'
import type { Compared, Needs, Predicate } from './compared.ts'
import type { Slot, View } from './view.ts'

/** What a condition says of a call. `null` is unknown: it tests what the call leaves absent. */
export type Truth = boolean | null

/** A condition ready to be judged: the condition as written, with what each of its tests looks at. */
export type Judged = {
  condition: Condition
  /** Three-valued, by the rules of the language. Pure. */
  judge(view: View): Truth
  parts: readonly Judged[]
  /** For tests: what it looks at, and whether a value that is there passes. */
  leaf?: Leaf
}

/** One test made ready. `presence` is set for `present` and `absent`, which are never unknown. */
export type Leaf = {
  slot: Slot | 'time'
  predicate: Predicate
  isPositive: boolean
  needs?: Needs
  /** There for tests that may take long: works out in small steps what the predicate then has at once. */
  ahead?: Compared['ahead']
  find?: Compared['find']
  lacks?: Compared['lacks']
  presence?: 'present' | 'absent'
  /** For tests of the items of a list: what an item must be, to be judged in the view of one. */
  item?: Judged
}
