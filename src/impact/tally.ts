import { type Difference, type DifferenceKind, differenceKinds, differenceOf } from '../decide/difference.ts'
import type { Replied } from '../decide/replied.ts'
import type { DividedBy } from './count-groups.ts'
import { Distinct, type DistinctData } from './distinct.ts'
import { type GroupData, GroupTally, inOrderOfHarm, type ToldOtherwise } from './group-tally.ts'

/** People and groups over all rules. */
export type KindData = {
  calls: number
  people: DistinctData
  refusedBefore: DistinctData
  groups: DistinctData
  /** Of a sample: the sum of the squares of the calls of each of those who were chosen. */
  squares?: number
}

/** People of a protected list who would newly be refused. */
export type ProtectedData = {
  list: string
  calls: number
  people: DistinctData
  rules: readonly (readonly [string, number])[]
}

/** What a rule in shadow would have refused, before and after. */
export type ShadowData = { rule: string; before: number; after: number; people: DistinctData }

/** All that was counted, as plain data: what parts of a run are joined by. */
export type TallyData = {
  kinds: Readonly<Record<DifferenceKind, KindData>>
  groups: readonly GroupData[]
  protected: readonly ProtectedData[]
  shadow: readonly ShadowData[]
  /** By the start of an hour: calls, and how many of them were refused before and after. */
  hours: readonly (readonly [hour: number, calls: number, before: number, after: number])[]
}

/** A call that was decided by both. */
export type Both = { at: number; before: Replied; after: Replied; isWhole: boolean }

/** Who is protected: by list, as they are on record. */
export type Protected = ReadonlyMap<string, ReadonlySet<string>>

const hourMs = 3_600_000

/** Of so many people or groups it is known how many calls each has. */
const mostNamed = 100_000

class KindTally {
  calls = 0
  readonly people = new Distinct()
  readonly refusedBefore = new Distinct()
  readonly groups = new Distinct()
  readonly #sampledBy: DividedBy | undefined
  readonly #callsOf = new Map<string, number>()
  #squares = 0
  #isSquared: boolean

  constructor(sampledBy: DividedBy | undefined) {
    this.#sampledBy = sampledBy
    this.#isSquared = sampledBy !== undefined
  }

  get data(): KindData {
    const { calls, people, refusedBefore, groups } = this
    const all = { calls, people: people.data, refusedBefore: refusedBefore.data, groups: groups.data }
    return this.#isSquared ? { ...all, squares: this.#squares } : all
  }

  add({ record: { users, groups }, wasRefused }: ToldOtherwise): void {
    const [person] = users
    const [group] = groups
    this.calls += 1
    if (person !== undefined) this.people.add(person)
    if (person !== undefined && wasRefused) this.refusedBefore.add(person)
    if (group !== undefined) this.groups.add(group)
    if (this.#sampledBy !== undefined) this.#square(this.#sampledBy === 'user' ? person : group)
  }

  /** A call without a name stands for itself. */
  #square(name: string | undefined): void {
    const calls = name === undefined ? 0 : (this.#callsOf.get(name) ?? 0)
    if (name !== undefined && (calls > 0 || this.#callsOf.size < mostNamed)) this.#callsOf.set(name, calls + 1)
    this.#squares += 2 * calls + 1
  }

  join({ calls, people, refusedBefore, groups, squares }: KindData): void {
    this.calls += calls
    // All calls of those who were chosen are in the same part.
    if (squares !== undefined) {
      this.#isSquared = true
      this.#squares += squares
    }
    this.people.join(Distinct.of(people))
    this.refusedBefore.join(Distinct.of(refusedBefore))
    this.groups.join(Distinct.of(groups))
  }
}

/** Counts what differs between two decisions of the same calls. Memory grows with rules and hours, never with calls. */
export class Tally {
  readonly #groups = new Map<string, GroupTally>()
  readonly #kinds: ReadonlyMap<DifferenceKind, KindTally>
  readonly #protected = new Map<string, { calls: number; people: Distinct; rules: Map<string, number> }>()
  readonly #shadow = new Map<string, { before: number; after: number; people: Distinct }>()
  readonly #hours = new Map<number, [calls: number, before: number, after: number]>()
  readonly #whoIs: Protected

  /** `sampledBy` is what a sample is taken of, if this is one. */
  constructor(whoIs: Protected = new Map(), sampledBy?: DividedBy) {
    this.#kinds = new Map(differenceKinds.map(kind => [kind, new KindTally(sampledBy)]))
    this.#whoIs = whoIs
  }

  /** A call of which both tell nothing: nearly every one. */
  addPlain(at: number): void {
    this.#hour(at)[0] += 1
  }

  /** Returns what differs. `told` is asked only then. */
  add({ at, before, after, isWhole }: Both, told: (difference: Difference) => ToldOtherwise): Difference | undefined {
    const hour = this.#hour(at)
    hour[0] += 1
    if (before.kind === 'reject') hour[1] += 1
    if (after.kind === 'reject') hour[2] += 1
    const difference = differenceOf(before, after, { isWhole })
    if (difference !== undefined) this.#differs(difference, told(difference))
    return difference
  }

  /** Who a rule in shadow would have refused. */
  addShadow(before: Replied, after: Replied, person: string | undefined): void {
    for (const rule of before.shadow) this.#shadowOf(rule).before += 1
    for (const rule of after.shadow) {
      const found = this.#shadowOf(rule)
      found.after += 1
      if (person !== undefined) found.people.add(person)
    }
  }

  #differs({ kind, rule }: Difference, told: ToldOtherwise): void {
    const key = `${kind}\n${rule}`
    const group = this.#groups.get(key) ?? new GroupTally(kind, rule)
    this.#groups.set(key, group)
    group.add(told)
    const all = this.#kinds.get(kind) as KindTally
    const [person] = told.record.users
    all.add(told)
    if (kind === 'newly refused' && person !== undefined) this.#protect(person, rule)
  }

  #protect(person: string, rule: string): void {
    for (const [list, people] of this.#whoIs) {
      if (!people.has(person)) continue
      const hit = this.#protectedOf(list)
      hit.calls += 1
      hit.people.add(person)
      hit.rules.set(rule, (hit.rules.get(rule) ?? 0) + 1)
    }
  }

  /** Take in what was counted in another part. */
  join(data: TallyData): void {
    for (const kind of differenceKinds) this.#kinds.get(kind)?.join(data.kinds[kind])
    for (const each of data.groups) {
      const key = `${each.kind}\n${each.rule}`
      const group = this.#groups.get(key) ?? new GroupTally(each.kind, each.rule)
      this.#groups.set(key, group)
      group.join(each)
    }
    for (const { list, calls, people, rules } of data.protected) {
      const hit = this.#protectedOf(list)
      hit.calls += calls
      hit.people.join(Distinct.of(people))
      for (const [rule, count] of rules) hit.rules.set(rule, (hit.rules.get(rule) ?? 0) + count)
    }
    for (const { rule, before, after, people } of data.shadow) {
      const found = this.#shadowOf(rule)
      found.before += before
      found.after += after
      found.people.join(Distinct.of(people))
    }
    for (const [at, ...counts] of data.hours) {
      const hour = this.#hour(at)
      for (const [place, count] of counts.entries()) hour[place] = (hour[place] as number) + count
    }
  }

  get data(): TallyData {
    const kinds = Object.fromEntries([...this.#kinds].map(([kind, each]) => [kind, each.data]))
    return {
      kinds: kinds as TallyData['kinds'],
      groups: [...this.#groups.values()].map(group => group.data).sort(inOrderOfHarm),
      protected: [...this.#protected]
        .map(([list, { calls, people, rules }]) => ({
          list,
          calls,
          people: people.data,
          rules: [...rules].sort(byName),
        }))
        .sort((a, b) => (a.list < b.list ? -1 : 1)),
      shadow: [...this.#shadow]
        .map(([rule, { people, ...counts }]) => ({ rule, ...counts, people: people.data }))
        .sort((a, b) => (a.rule < b.rule ? -1 : 1)),
      hours: [...this.#hours].map(([at, counts]) => [at, ...counts] as const).sort(([a], [b]) => a - b),
    }
  }

  #hour(at: number): [number, number, number] {
    const start = Math.floor(at / hourMs) * hourMs
    const known = this.#hours.get(start)
    if (known !== undefined) return known
    const made: [number, number, number] = [0, 0, 0]
    this.#hours.set(start, made)
    return made
  }

  #protectedOf(list: string) {
    const known = this.#protected.get(list) ?? { calls: 0, people: new Distinct(), rules: new Map<string, number>() }
    this.#protected.set(list, known)
    return known
  }

  #shadowOf(rule: string) {
    const known = this.#shadow.get(rule) ?? { before: 0, after: 0, people: new Distinct() }
    this.#shadow.set(rule, known)
    return known
  }
}

function byName([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1
}
