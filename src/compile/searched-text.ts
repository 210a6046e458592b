import type { Pattern, PatternSet } from '../language/pattern.ts'
import type { Search } from '../text/pattern/search.ts'

/** How many steps are taken without a pause: some tenths of a millisecond. */
const stepsAtOnce = 20_000

/**
 * A text with what is known about patterns in it: the fact that `matches` looks at.
 *
 * It lives as long as its call. Each pattern is searched once, however many rules need it. Long texts can take many
 * milliseconds, so they are searched ahead of the rules, with pauses.
 */
export class SearchedText {
  readonly text: string
  readonly #known = new Map<Pattern, boolean>()
  #stepsLeft = stepsAtOnce
  /** Results of whole sets: recording each pattern would take longer than searching. */
  readonly #sets: { set: PatternSet; found: ReadonlySet<number> }[] = []

  constructor(text: string) {
    this.text = text
  }

  /** Whether a pattern is in the text; searches now if that was not done ahead. */
  has(pattern: Pattern): boolean {
    const known = this.#isFound(pattern)
    if (known !== undefined) return known
    const work = this.lookFor(pattern)
    while (!work.next().done);
    return this.#known.get(pattern) as boolean
  }

  /** Searches for a pattern, pausing after each small piece of work. */
  *lookFor(pattern: Pattern): Generator<undefined, void> {
    if (this.#isFound(pattern) !== undefined) return
    const { found } = yield* finished(pattern.search(this.text))
    this.#known.set(pattern, found.size > 0)
  }

  /**
   * Searches for all patterns of a set in one pass; returns the indexes of those in the text, or the work that is left
   * to find them.
   */
  lookForAll(set: PatternSet): ReadonlySet<number> | Generator<undefined, ReadonlySet<number>> {
    const search = set.search(this.text)
    const isDone = search.run(this.#stepsLeft)
    // All sets share the budget of steps without a pause.
    this.#stepsLeft = Math.max(1, this.#stepsLeft - search.steps)
    return isDone ? this.#note(set, search.found) : this.#lookOn(set, search)
  }

  *#lookOn(set: PatternSet, search: Search): Generator<undefined, ReadonlySet<number>> {
    yield
    return this.#note(set, (yield* finished(search)).found)
  }

  #note(set: PatternSet, found: ReadonlySet<number>): ReadonlySet<number> {
    this.#sets.push({ set, found })
    return found
  }

  #isFound(pattern: Pattern): boolean | undefined {
    const known = this.#known.get(pattern)
    if (known !== undefined) return known
    for (const { set, found } of this.#sets) {
      const place = set.placeOf.get(pattern)
      if (place !== undefined) return found.has(place)
    }
    return undefined
  }
}

function* finished(search: Search): Generator<undefined, Search> {
  while (!search.run(stepsAtOnce)) yield
  return search
}
