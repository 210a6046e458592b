import type { Judged } from '../compile/judged.ts'
import type { CompiledRule } from '../compile/ruleset.ts'
import type { Test } from '../language/condition.ts'

/** A test made ready. */
export type JudgedTest = Judged & { condition: Test }

/** All tests of a rule: of `when` and `unless`, of the items of lists there, and of the items that it rewrites. Pure. */
export function testsOf({ when, unless, ofItems }: CompiledRule): JudgedTest[] {
  return [when, ...(unless === undefined ? [] : [unless]), ...ofItems.values()].flatMap(testsIn)
}

function testsIn(judged: Judged): JudgedTest[] {
  const { condition, parts, leaf } = judged
  if (leaf?.item !== undefined) return testsIn(leaf.item)
  return condition.kind === 'test' ? [judged as JudgedTest] : parts.flatMap(testsIn)
}
