import type { Condition } from '../condition.ts'

/** The number of tests and levels of a condition when every `use` in it is expanded. */
export type Size = { tests: number; levels: number }

/** Why a condition is too large, for its author. */
export type Excess = { code: 'too-large' | 'too-deep'; message: string; hint: string }

/**
 * More tests than a person writes in one rule. Each `use` counts in full, since code that walks a condition visits them
 * all.
 */
const maxTests = 2_000

/** More levels than a person can follow. Code that walks a condition recurses once per level. */
const maxLevels = 64

/** The sizes of shared conditions, each computed once. */
export class Sizes {
  readonly #known = new Map<Condition, Size>()

  /** Why a condition is too large, if it is. */
  excess(condition: Condition): Excess | undefined {
    const { tests, levels } = this.of(condition)
    const once = 'when every "use" in it is expanded'
    const hint = 'Use fewer conditions here, or split the rule'
    if (levels > maxLevels) {
      return { code: 'too-deep', message: `This is nested more than ${maxLevels} levels deep ${once}`, hint }
    }
    if (tests > maxTests) return { code: 'too-large', message: `This has more than ${maxTests} tests ${once}`, hint }
    return undefined
  }

  /** Its parts have been measured before, or are no deeper than a file may be. */
  of(condition: Condition): Size {
    const known = this.#known.get(condition)
    if (known !== undefined) return known
    const size = this.#measure(condition)
    this.#known.set(condition, size)
    return size
  }

  #measure(condition: Condition): Size {
    const parts = partsOf(condition)
    if (parts.length === 0) return { tests: 1, levels: 1 }
    const sizes = parts.map(part => this.of(part))
    return {
      tests: sizes.reduce((sum, { tests }) => sum + tests, 0),
      levels: 1 + Math.max(...sizes.map(({ levels }) => levels)),
    }
  }
}

/** The parts of a condition; for a test of list items, the condition on an item. */
function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case 'time':
    case 'often':
    case 'since':
      return []
    case 'test':
      return condition.operand.kind === 'item' ? [condition.operand.item] : []
    case 'not':
    case 'use':
      return [condition.part]
    case 'all':
    case 'any':
    case 'none':
      return condition.parts
  }
}
