import { type Described, describeChanges } from '../../../changes/describe-changes.ts'
import type { RuleSet } from '../../../compile/ruleset.ts'
import { type Between, inSteps } from '../rule-sets.ts'

/** Enough for a reader. */
const limits = { rules: 500, pairs: 20_000 }

/** What differs between two rule sets, in sentences: what may reject calls that passed before comes first. */
export function changesBetween(old: RuleSet, now: RuleSet, between: Between): Record<string, unknown> {
  const { stricter, others } = inSteps(describeChanges(old, now, limits), between)
  const lines = (all: readonly Described[]) => all.map(each => each.lines)
  return { stricter: lines(stricter), others: lines(others) }
}
