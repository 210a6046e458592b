import type { Steps } from '../yaml/steps.ts'
import { PeopleSet } from './people-set.ts'

/** A rule refuses too many if these people are more than this part of those seen, and at least so many. */
export const tooMany = { people: 50, percent: 1 }

/** How long a rule that came into force is watched, in ms. */
export const trialMs = 3_600_000

/** How long ago somebody may have been refused to count as never refused, in ms. */
export const cleanMs = 30 * 24 * 3_600_000

/** How many people a trial knows; of more, those who were on record last. */
export const mostPeople = 500_000

/** Who was on record before and not refused lately, and of them those who were seen, and refused, since then. */
export type KnownPeople = { people: PeopleSet; seen: PeopleSet; refused: ReadonlyMap<string, PeopleSet> }

/** What made the fuse of a rule blow. */
export type TooMany = { rule: string; refused: number; seen: number }

/**
 * The first hour of rules that came into force together: how many people they refuse of those who were seen.
 *
 * Only people count who were on record before and not refused lately. Until it is known who they are, everybody is
 * noted, and nothing blows.
 */
export class FuseTrial {
  /** In ms since 1970. */
  readonly since: number
  readonly #rules: Set<string>
  #known: PeopleSet | undefined
  #isKnown = false
  #seen = new PeopleSet(mostPeople)
  #refused = new Map<string, PeopleSet>()

  constructor(since: number, rules: Iterable<string>) {
    this.since = since
    this.#rules = new Set(rules)
  }

  get rules(): ReadonlySet<string> {
    return this.#rules
  }

  /** What it has found so far; `people` is null until it is known who counts. */
  get found(): { people: number | null; seen: number; refused: TooMany | null } {
    if (!this.#isKnown) return { people: null, seen: 0, refused: null }
    const counts = [...this.#refused].map(([rule, { size }]) => ({ rule, refused: size, seen: this.#seen.size }))
    const [most = null] = counts.sort((a, b) => b.refused - a.refused)
    return { people: this.#known?.size ?? 0, seen: this.#seen.size, refused: most }
  }

  /** Somebody was seen, and perhaps refused by a rule. Returns that rule's finding if it refuses too many. */
  saw(person: number, refusedBy: string | undefined): TooMany | undefined {
    if (this.#known !== undefined && !this.#known.has(person)) return undefined
    this.#seen.add(person)
    if (refusedBy === undefined || !this.#rules.has(refusedBy)) return undefined
    this.#refusedBy(refusedBy).add(person)
    return this.#isKnown ? this.#tooMany(refusedBy) : undefined
  }

  /** Now it is known who counts. Returns the rules that refuse too many. */
  *know({ people, seen, refused }: KnownPeople): Steps<readonly TooMany[]> {
    const [noted, notedRefused] = [this.#seen, this.#refused]
    this.#known = people
    this.#seen = seen
    this.#refused = new Map(refused)
    yield* addKnown(noted, people, seen)
    for (const [rule, all] of notedRefused) yield* addKnown(all, people, this.#refusedBy(rule))
    this.#isKnown = true
    return [...this.#rules].flatMap(rule => this.#tooMany(rule) ?? [])
  }

  /** A rule is no longer watched. */
  leave(rule: string): void {
    this.#rules.delete(rule)
    this.#refused.delete(rule)
  }

  #refusedBy(rule: string): PeopleSet {
    const known = this.#refused.get(rule) ?? new PeopleSet(mostPeople)
    this.#refused.set(rule, known)
    return known
  }

  #tooMany(rule: string): TooMany | undefined {
    const refused = this.#rules.has(rule) ? (this.#refused.get(rule)?.size ?? 0) : 0
    const seen = this.#seen.size
    const isTooMany = refused >= tooMany.people && refused * 100 > seen * tooMany.percent
    return isTooMany ? { rule, refused, seen } : undefined
  }
}

/** How many people are looked at in a fraction of a millisecond. */
const peopleInPiece = 2_000

function* addKnown(noted: PeopleSet, known: PeopleSet, to: PeopleSet): Steps<void> {
  let looked = 0
  for (const person of noted) {
    if (known.has(person)) to.add(person)
    if (++looked % peopleInPiece === 0) yield
  }
}
