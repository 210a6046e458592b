import { type DifferenceKind, differenceKinds } from '../decide/difference.ts'
import { Distinct, type DistinctData } from './distinct.ts'
import { type Example, type ExampleOf, exampleOf } from './example.ts'
import { LowestPlaces } from './sample.ts'

/** The calls of one kind that one rule makes the difference for, as plain data. */
export type GroupData = {
  kind: DifferenceKind
  rule: string
  calls: number
  people: DistinctData
  /** Those of the people who had been refused in the 30 days before one of the calls. */
  refusedBefore: DistinctData
  groups: DistinctData
  /** Calls by the start of the hour in ms since 1970, by callback, and by what the condition found. */
  hours: readonly (readonly [hour: number, calls: number])[]
  callbacks: readonly (readonly [callback: string, calls: number])[]
  found: readonly (readonly [text: string, calls: number, example: Example])[]
  examples: readonly Example[]
}

/** Of so many different things that were found it is known how often each was. */
const mostFound = 200

/** So many examples are kept of each group. */
export const mostExamples = 24

const hourMs = 3_600_000

/** One call that is told of otherwise. */
export type ToldOtherwise = ExampleOf & { wasRefused: boolean }

/** Counts the calls of one kind and rule. */
export class GroupTally {
  readonly kind: DifferenceKind
  readonly rule: string
  #calls = 0
  readonly people = new Distinct()
  readonly refusedBefore = new Distinct()
  readonly groups = new Distinct()
  readonly #hours = new Map<number, number>()
  readonly #callbacks = new Map<string, number>()
  readonly #found = new Map<string, { calls: number; example: LowestPlaces<Example> }>()
  readonly #examples = new LowestPlaces<Example>(mostExamples)

  constructor(kind: DifferenceKind, rule: string) {
    this.kind = kind
    this.rule = rule
  }

  get calls(): number {
    return this.#calls
  }

  add(told: ToldOtherwise): void {
    const { record, found, wasRefused } = told
    const [person] = record.users
    const [group] = record.groups
    this.#calls += 1
    if (person !== undefined) this.people.add(person)
    if (person !== undefined && wasRefused) this.refusedBefore.add(person)
    if (group !== undefined) this.groups.add(group)
    addTo(this.#hours, Math.floor(record.at / hourMs) * hourMs, 1)
    addTo(this.#callbacks, record.callback, 1)
    this.#examples.add(record.id, () => exampleOf(told))
    if (found !== undefined) this.#find(found, 1, kept => kept.add(record.id, () => exampleOf(told)))
  }

  join(data: GroupData): void {
    this.#calls += data.calls
    this.people.join(Distinct.of(data.people))
    this.refusedBefore.join(Distinct.of(data.refusedBefore))
    this.groups.join(Distinct.of(data.groups))
    for (const [hour, calls] of data.hours) addTo(this.#hours, hour, calls)
    for (const [callback, calls] of data.callbacks) addTo(this.#callbacks, callback, calls)
    for (const [text, calls, example] of data.found) this.#find(text, calls, kept => kept.join([example]))
    this.#examples.join(data.examples)
  }

  get data(): GroupData {
    return {
      ...{ kind: this.kind, rule: this.rule, calls: this.#calls },
      ...{ people: this.people.data, refusedBefore: this.refusedBefore.data, groups: this.groups.data },
      hours: [...this.#hours].sort(([a], [b]) => a - b),
      callbacks: [...this.#callbacks].sort(mostFirst),
      found: [...this.#found]
        .map(([text, { calls, example }]) => [text, calls, example.items[0] as Example] as const)
        .sort(mostFirst),
      examples: this.#examples.items,
    }
  }

  #find(text: string, calls: number, keep: (example: LowestPlaces<Example>) => void): void {
    const known = this.#found.get(text)
    if (known === undefined && this.#found.size >= mostFound) return
    const found = known ?? { calls: 0, example: new LowestPlaces<Example>(1) }
    this.#found.set(text, found)
    found.calls += calls
    keep(found.example)
  }
}

function addTo<K>(counts: Map<K, number>, key: K, calls: number): void {
  counts.set(key, (counts.get(key) ?? 0) + calls)
}

function mostFirst(
  [a, calls]: readonly [string, number, ...unknown[]],
  [b, others]: readonly [string, number, ...unknown[]],
): number {
  return others - calls || (a < b ? -1 : 1)
}

/** The order of groups: by what happens to the call, then most calls first. */
export function inOrderOfHarm(a: Pick<GroupData, 'kind' | 'calls' | 'rule'>, b: typeof a): number {
  const kinds = differenceKinds.indexOf(a.kind) - differenceKinds.indexOf(b.kind)
  return kinds || b.calls - a.calls || (a.rule < b.rule ? -1 : 1)
}
