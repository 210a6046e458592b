import { type Pattern, type PatternSet, patternSet } from '../language/pattern.ts'
import { ManyWords } from '../text/many-words.ts'
import { Substrings } from '../text/substrings.ts'
import { type Atom, coverOf } from './atom.ts'
import type { Judged } from './evaluate.ts'
import { domainsOf } from './list-words.ts'
import { inGroups, judgedAtOnce, type Pause } from './pause.ts'
import type { CompiledRule } from './ruleset.ts'
import type { Slot } from './slot.ts'
import type { View } from './view.ts'

/** The rules of a stage that may fire for a call, in their order. Where there is much to ask, it asks for pauses. */
export type Sieve = (view: View, pause: Pause) => readonly CompiledRule[] | Promise<readonly CompiledRule[]>

/**
 * Make the sieve of a stage: an index says which rules can be true at all, the evaluator which of those are.
 *
 * It may let a rule pass that does not fire, and never drops one that does: json-rules-engine decides. Where a
 * value has yet to be looked up, what depends on it passes. `rules` are in their order. Pauses after each piece of
 * work, so that its caller can let others run.
 */
export function* makeSieve(rules: readonly CompiledRule[]): Generator<undefined, Sieve> {
  if (rules.length === 0) return () => none
  const cost = yield* costOf(rules)
  yield
  const indexes = new Map<Slot, SlotIndex>()
  const always: number[] = []
  for (const [at, rule] of rules.entries()) {
    if (rule.mode === 'disabled') continue
    const cover = coverOf(rule.when, cost)
    if (cover === undefined) always.push(at)
    for (const { slot, needs } of cover ?? []) {
      const index = indexes.get(slot) ?? new SlotIndex()
      indexes.set(slot, index)
      yield* index.add(needs, at)
    }
    if (at % 50 === 0 || (cover?.length ?? 0) > 50) yield
  }
  for (const index of indexes.values()) yield* index.finish()
  const filed = [...indexes]
  return (view, pause) => {
    if (view.hasPending) return rules.filter(rule => mayFire(rule, view))
    const places = new Set(always)
    const slow: (() => void)[] = []
    for (const [slot, index] of filed) index.find(view.value(slot), places, slow)
    if (slow.length === 0 && places.size === 0) return none
    if (slow.length === 0 && places.size <= judgedAtOnce)
      return inOrder(rules, places).filter(rule => mayFire(rule, view))
    return withPauses(rules, places, slow, view, pause)
  }
}

const none: readonly CompiledRule[] = []

function inOrder(rules: readonly CompiledRule[], places: ReadonlySet<number>): CompiledRule[] {
  return [...places].sort((a, b) => a - b).map(at => rules[at] as CompiledRule)
}

/** The rules that may fire, first adding to their places by what is slow to ask. */
async function withPauses(
  rules: readonly CompiledRule[],
  places: ReadonlySet<number>,
  slow: readonly (() => void)[],
  view: View,
  pause: Pause,
): Promise<readonly CompiledRule[]> {
  for (const ask of slow) {
    await pause()
    ask()
  }
  const firing: CompiledRule[] = []
  for await (const some of inGroups(inOrder(rules, places), pause)) {
    for (const rule of some) if (mayFire(rule, view)) firing.push(rule)
  }
  return firing
}

/** False only when the engine would say no: what is not known yet may be anything. */
function mayFire({ when, unless, slots }: CompiledRule, view: View): boolean {
  if (view.hasPending && slots.some(slot => view.isPending(slot))) return true
  return when.judge(view) === true && unless?.judge(view) !== true
}

/** How many rules share what an atom asks for: the fewer, the more seldom it holds. Texts and patterns are guessed. */
function* costOf(rules: readonly CompiledRule[]): Generator<undefined, (atom: Atom) => number> {
  const shared = new Map<Slot, Map<unknown, number>>()
  for (const [at, { when }] of rules.entries()) {
    if (at % 500 === 0) yield
    for (const [slot, value] of valuesIn(when)) {
      const counts = shared.get(slot) ?? new Map<unknown, number>()
      shared.set(slot, counts.set(value, (counts.get(value) ?? 0) + 1))
    }
  }
  return ({ slot, needs }) => {
    switch (needs.kind) {
      case 'equals':
      case 'hosts': {
        if (isLong(needs.values)) return 5
        let sum = 0
        for (const value of needs.values) sum += shared.get(slot)?.get(value) ?? 1
        return sum
      }
      case 'starts':
        return 2 * needs.texts.length
      case 'contains':
      case 'words':
        return 3 * needs.texts.length
      case 'matches':
        return 10
      case 'present':
        return rules.length
    }
  }
}

function* valuesIn({ leaf, parts }: Judged): Generator<[Slot, unknown]> {
  for (const part of parts) yield* valuesIn(part)
  if (leaf === undefined || leaf.slot === 'time' || leaf.needs === undefined || !('values' in leaf.needs)) return
  if (isLong(leaf.needs.values)) return
  for (const value of leaf.needs.values) yield [leaf.slot, value]
}

/** A long list is asked itself: rules that share it would each fill the index with all of its values. */
function isLong(values: ReadonlySet<unknown>): boolean {
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
class SlotIndex {
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
        if (isLong(needs.values)) file(this.#long[needs.kind], needs.values, at)
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
      this.#sets.push({ find: patternSet(some.map(({ pattern }) => pattern)), places: some.map(({ at }) => at) })
      yield
    }
  }

  /** Add the rules that can be true of a value, null being absent; to `slow` what is left to do for the rest of them. */
  find(value: unknown, places: Set<number>, slow: (() => void)[]): void {
    if (value === null) return
    addAll(places, this.#present)
    addAll(places, this.#equals.get(value))
    for (const [values, found] of this.#long.equals) if (values.has(value)) addAll(places, found)
    if (typeof value === 'string') this.#findText(value, places, slow)
  }

  #findText(text: string, places: Set<number>, slow: (() => void)[]): void {
    for (const [length, byText] of this.#starts) addAll(places, byText.get(text.slice(0, length)))
    if (this.#hosts.size + this.#long.hosts.size > 0) this.#findHosts(text, places)
    for (const words of this.#words.values()) words.find(text, found => addAll(places, found))
    if (this.#texts.size > 0) {
      this.#substrings.find(text, id => {
        addAll(places, this.#placesOfText[id])
        return false
      })
    }
    for (const set of this.#sets) {
      if (text.length > longText) slow.push(() => findPatterns(set, text, places))
      else findPatterns(set, text, places)
    }
  }

  #findHosts(host: string, places: Set<number>): void {
    for (const domain of domainsOf(host)) {
      addAll(places, this.#hosts.get(domain))
      for (const [hosts, found] of this.#long.hosts) if (hosts.has(domain)) addAll(places, found)
    }
  }
}

/** Patterns, and the places of the rules that ask for them. */
type PlacedSet = { find: PatternSet; places: readonly number[] }

/** In UTF-16 code units: to look for a set of patterns in more can take many milliseconds. */
const longText = 4096

function findPatterns(set: PlacedSet, text: string, places: Set<number>): void {
  for (const which of set.find(text)) places.add(set.places[which] as number)
}

function file<K>(filed: Map<K, number[]>, key: K, at: number): void {
  const places = filed.get(key)
  if (places === undefined) filed.set(key, [at])
  else places.push(at)
}

function addAll(places: Set<number>, found: readonly number[] | undefined): void {
  if (found !== undefined) for (const at of found) places.add(at)
}
