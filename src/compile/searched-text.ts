import type { Pattern, PatternSet } from '../language/pattern.ts'
import { findKind, type Kind } from '../text/kinds/find.ts'
import { visiblePlain } from '../text/kinds/reading.ts'
import { matchesIn } from '../text/pattern/matches.ts'
import type { Search } from '../text/pattern/search.ts'
import { type Range, sourcesOf } from '../text/sources.ts'
import type { Finding } from './compared.ts'

/** How many steps are taken without a pause: some tenths of a millisecond. */
const stepsAtOnce = 20_000

/**
 * A text with what is known about patterns and kinds in it: the fact that `matches` and `has email` look at.
 *
 * A pattern matches if it is in the text as received or in the text without wide, styled and invisible characters,
 * unless only the text as received counts.
 *
 * It lives as long as its call. Each pattern is searched once, however many rules need it. Long texts can take many
 * milliseconds, so they are searched ahead of the rules, with pauses.
 */
export class SearchedText {
  readonly text: string
  readonly #known = new Map<Pattern, boolean>()
  readonly #matches = new Map<Pattern, Finding | undefined>()
  readonly #kinds = new Map<string, Range | undefined>()
  /** The text without disguises, where that is another. */
  readonly #plain: string | undefined
  #stepsLeft = stepsAtOnce
  /** Results of whole sets: recording each pattern would take longer than searching. */
  readonly #sets: { set: PatternSet; found: ReadonlySet<number> }[] = []

  constructor(text: string, how: 'plain, too' | 'as received' = 'plain, too') {
    this.text = text
    const plain = how === 'as received' ? text : visiblePlain(text)
    if (plain !== text) this.#plain = plain
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
    let { found } = yield* finished(pattern.search(this.text))
    if (found.size === 0 && this.#plain !== undefined) found = (yield* finished(pattern.search(this.#plain))).found
    this.#known.set(pattern, found.size > 0)
  }

  /** The first match of a pattern, by its place in the text; undefined when there is none. */
  match(pattern: Pattern): Finding | undefined {
    for (const _ of this.lookForMatch(pattern));
    return this.#matches.get(pattern)
  }

  /** Look for the first match of a pattern, with pauses. */
  *lookForMatch(pattern: Pattern): Generator<undefined, void> {
    if (this.#matches.has(pattern)) return
    yield* this.lookFor(pattern)
    let found: Finding | undefined
    if (this.has(pattern)) {
      found = yield* firstMatch(pattern, this.text)
      if (found === undefined && this.#plain !== undefined) {
        const inPlain = yield* firstMatch(pattern, this.#plain)
        const { start = 0, end = 0 } = inPlain ?? {}
        found = inPlain && { ...inPlain, ...sourcesOf(this.text, visiblePlain)({ start, end }) }
      }
    }
    this.#matches.set(pattern, found)
  }

  /** Where the first thing of a kind is; what has not been looked for ahead is looked for now. */
  placeOf(kind: Kind): Range | undefined {
    for (const _ of this.lookForKind(kind));
    return this.#kinds.get(keyOf(kind))
  }

  /** Look for a kind, pausing after each small piece of work. */
  *lookForKind(kind: Kind): Generator<undefined, void> {
    const key = keyOf(kind)
    if (this.#kinds.has(key)) return
    let found: Range | undefined
    for (const range of findKind(kind, this.text)) {
      if (range === undefined) yield
      else {
        found = range
        break
      }
    }
    this.#kinds.set(key, found)
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
    if (!isDone) return this.#lookOn(set, search)
    return this.#plain === undefined ? this.#note(set, search.found) : this.#lookInPlain(set, search, this.#plain)
  }

  #lookInPlain(set: PatternSet, first: Search, plain: string) {
    const search = set.search(plain)
    const isDone = search.run(this.#stepsLeft)
    this.#stepsLeft = Math.max(1, this.#stepsLeft - search.steps)
    return isDone ? this.#note(set, bothOf(first, search)) : this.#lookOn(set, first, search)
  }

  *#lookOn(set: PatternSet, ...searches: Search[]): Generator<undefined, ReadonlySet<number>> {
    yield
    const [first, second] = searches as [Search, Search?]
    yield* finished(first)
    if (this.#plain === undefined) return this.#note(set, first.found)
    return this.#note(set, bothOf(first, yield* finished(second ?? set.search(this.#plain))))
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

function* firstMatch({ program }: Pattern, text: string): Generator<undefined, Finding | undefined> {
  for (const match of matchesIn(program, text)) {
    if (match === undefined) {
      yield
      continue
    }
    const { start, end, groups } = match
    const cut = (range: Range | undefined) => (range === undefined ? '' : text.slice(range.start, range.end))
    return { start, end, match: { text: cut(match), groups: groups.map(cut) } }
  }
  return undefined
}

function bothOf(one: Search, other: Search): ReadonlySet<number> {
  return other.found.size === 0 ? one.found : new Set([...one.found, ...other.found])
}

/** What is looked for, as a text. */
function keyOf({ name, countries }: Kind): string {
  return countries === undefined ? name : `${name} ${countries.join(' ')}`
}

function* finished(search: Search): Generator<undefined, Search> {
  while (!search.run(stepsAtOnce)) yield
  return search
}
