import { type Pattern, type PatternSet, patternSet } from '../language/pattern.ts'
import { asShown } from '../text/as-shown.ts'
import { ManyWords } from '../text/words/many-words.ts'
import { Substrings } from '../text/words/substrings.ts'
import type { Atom } from './atom.ts'
import { domainsOf } from './list-words.ts'
import { SearchedText } from './searched-text.ts'

/** A long list is asked itself: rules that share it would each fill the index with all of its values. */
export function isLongList(values: ReadonlySet<unknown>): boolean {
  return values.size > mostValues
}

const mostValues = 1000

/** What the patterns of one set may come to: more in one would take longer to make than a decision may wait. */
const mostOfSet = 200

/** Patterns in sets, each at most as much as is made in one go. What is large alone has a set of its own. Pure. */
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

/** Long patterns take longer to make, and so do classes of Unicode, as measured. */
function effortOf({ re2, size }: Pattern): number {
  return Math.max(1, size / 50) + (/\\p/i.test(re2) ? 3 : 0)
}

/** Which rules can be true, by the value of one slot. Rules are numbers: their places in the stage. */
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

  /** What can only be made once all rules are in. */
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

  /** Add the rules that can be true of a value, null being absent; to `slow` what finds the rest of them. */
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
      // A folded text has one space at its start at most, which "starts with" ignores.
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

/** Adds rules to those that can be true, in small steps. */
export type Slow = (places: Set<number>) => Generator<undefined, void>

/** Patterns, and the places of the rules that ask for them. */
type PlacedSet = { set: PatternSet; places: readonly number[] }

/** Most texts are so short that a set is done with at once. */
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
