import { type Pattern, type PatternSet, patternSet } from '../language/pattern.ts'
import { asShown } from '../text/as-shown.ts'
import { ManyWords } from '../text/words/many-words.ts'
import { Substrings } from '../text/words/substrings.ts'
import type { Atom } from './atom.ts'
import { domainsOf } from './list-words.ts'
import { SearchedText } from './searched-text.ts'

/** A long list is tested directly: each rule that shares it would fill the index with all of its values. */
export function isLongList(values: ReadonlySet<unknown>): boolean {
  return values.size > mostValues
}

const mostValues = 1000

/**
 * The most that the patterns of one set may add up to: a larger set would take longer to build than a decision may
 * wait.
 */
const mostOfSet = 200

/** Groups patterns into sets, each small enough to build in one go. A large pattern gets its own set. */
export function setsOf<T extends { pattern: Pattern }>(patterns: readonly T[]): T[][] {
  const sets: T[][] = []
  let sum = Number.POSITIVE_INFINITY
  for (const each of patterns) {
    sum += effortOf(each.pattern)
    if (sum > mostOfSet) {
      sets.push([])
      sum = effortOf(each.pattern)
    }
    sets.at(-1)?.push(each)
  }
  return sets
}

/** Long patterns take longer to build, and so do Unicode classes, as measured. */
function effortOf({ re2, size }: Pattern): number {
  return Math.max(1, size / 50) + (/\\p/i.test(re2) ? 3 : 0)
}

/** The rules that can be true, by the value of one slot. Rules are numbers: their indexes in the stage. */
export class SlotIndex {
  readonly #present: number[] = []
  readonly #equals = new Map<unknown, number[]>()
  readonly #hosts = new Map<unknown, number[]>()
  readonly #long = {
    equals: new Map<ReadonlySet<unknown>, number[]>(),
    hosts: new Map<ReadonlySet<unknown>, number[]>(),
  }
  readonly #starts = new Map<number, Map<string, number[]>>()
  readonly #texts = new Map<string, number[]>()
  readonly #words = new Map<string, ManyWords>()
  readonly #patterns: { pattern: Pattern; at: number }[] = []
  readonly #sets: PlacedSet[] = []
  readonly #substrings = new Substrings()
  readonly #placesOfText: (readonly number[])[] = [];

  *add(needs: Atom['needs'], at: number): Generator<undefined> {
    switch (needs.kind) {
      case 'present':
        this.#present.push(at)
        return
      case 'equals':
      case 'hosts':
        if (isLongList(needs.values)) file(this.#long[needs.kind], needs.values, at)
        else for (const value of needs.values) file(needs.kind === 'equals' ? this.#equals : this.#hosts, value, at)
        return
      case 'starts':
        for (const text of needs.texts) {
          const byText = this.#starts.get(text.length) ?? new Map<string, number[]>()
          this.#starts.set(text.length, byText)
          file(byText, text, at)
        }
        return
      case 'contains':
        for (const text of needs.texts) file(this.#texts, text, at)
        return
      case 'words': {
        const kind = `${needs.search.by} ${needs.search.at}`
        const words = this.#words.get(kind) ?? new ManyWords(needs.search)
        this.#words.set(kind, words)
        yield* words.add(needs.texts, at)
        return
      }
      case 'matches':
        this.#patterns.push({ pattern: needs.pattern, at })
    }
  }

  /** Builds what needs all rules to be added first. */
  *finish(): Generator<undefined> {
    for (const [text, places] of this.#texts) {
      this.#placesOfText[this.#substrings.add(text)] = places
      if (this.#placesOfText.length % 1_000 === 0) yield
    }
    for (const some of setsOf(this.#patterns)) {
      this.#sets.push({ set: patternSet(some.map(({ pattern }) => pattern)), places: some.map(({ at }) => at) })
      yield
    }
  }

  /** Adds the rules that can be true for a value, null being absent; adds to `slow` what finds the rest. */
  find(value: unknown, places: Set<number>, slow: Slow[]): void {
    if (value === null) return
    addAll(places, this.#present)
    addAll(places, this.#equals.get(value))
    for (const [values, found] of this.#long.equals) if (values.has(value)) addAll(places, found)
    if (typeof value === 'string') this.#findText(value, places)
    if (value instanceof SearchedText) for (const each of this.#sets) findPatterns(each, value, places, slow)
  }

  #findText(text: string, places: Set<number>): void {
    const hasSpace = text.startsWith(' ')
    for (const [length, byText] of this.#starts) {
      addAll(places, byText.get(text.slice(0, length)))
      // A folded text starts with at most one space, which "starts with" ignores.
      if (hasSpace) addAll(places, byText.get(text.slice(1, length + 1)))
    }
    if (this.#hosts.size + this.#long.hosts.size > 0) this.#findHosts(text, places)
    if (this.#words.size > 0) this.#findWords(text, places)
    if (this.#texts.size > 0) {
      this.#substrings.find(text, id => {
        addAll(places, this.#placesOfText[id])
        return false
      })
    }
  }

  /** In the text as it was typed and, where it is another, as it is shown. */
  #findWords(text: string, places: Set<number>): void {
    const shown = asShown(text)
    for (const words of this.#words.values()) {
      words.find(text, found => addAll(places, found))
      if (shown !== text) words.find(shown, found => addAll(places, found))
    }
  }

  #findHosts(host: string, places: Set<number>): void {
    for (const domain of domainsOf(host)) {
      addAll(places, this.#hosts.get(domain))
      for (const [hosts, found] of this.#long.hosts) if (hosts.has(domain)) addAll(places, found)
    }
  }
}

/** Adds rules that can be true, in small steps. */
export type Slow = (places: Set<number>) => Generator<undefined, void>

/** Patterns, and the indexes of the rules that use them. */
type PlacedSet = { set: PatternSet; places: readonly number[] }

/** Most texts are so short that a set is finished at once. */
function findPatterns({ set, places: wanted }: PlacedSet, text: SearchedText, places: Set<number>, slow: Slow[]): void {
  const found = text.lookForAll(set)
  if (!('next' in found)) {
    addWanted(found, wanted, places)
    return
  }
  slow.push(function* (all) {
    addWanted(yield* found, wanted, all)
  })
}

function addWanted(found: ReadonlySet<number>, wanted: readonly number[], places: Set<number>): void {
  for (const which of found) places.add(wanted[which] as number)
}

function file<K>(filed: Map<K, number[]>, key: K, at: number): void {
  const places = filed.get(key)
  if (places === undefined) filed.set(key, [at])
  else places.push(at)
}

function addAll(places: Set<number>, found: readonly number[] | undefined): void {
  if (found !== undefined) for (const at of found) places.add(at)
}
