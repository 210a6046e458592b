import type { Condition } from '../condition.ts'

/** How many tests a condition has, and how many levels, once every `use` in it is written out. */
export type Size = { tests: number; levels: number }

/** What is too much about a condition, in an author's words. */
export type Excess = { code: 'too-large' | 'too-deep'; message: string; hint: string }

/** More tests than a person writes in one rule. Each `use` counts in full: what walks a condition walks them all. */
const maxTests = 2_000

/** More levels than a person keeps in mind. What walks a condition calls itself once a level. */
const maxLevels = 64

/** The sizes of conditions that are shared, each worked out once. */
export class Sizes {
  readonly #known = new Map<Condition, Size>()

  /** What is too much about a condition, if anything is. */
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

/** What stands inside a condition; a test of the items of a list has what an item must be. */
function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case 'time':
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
