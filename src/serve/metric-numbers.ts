import type { DecisionRecord } from '../decide/decision.ts'

/** What became of a decided call. */
export const outcomes = ['allow', 'rewrite', 'reject'] as const

/** How a rule that matched took part in a decision. */
export const matchModes = ['enforce', 'shadow', 'exempted'] as const

/** The upper bounds of the latency histogram, in seconds. The last one is the deadline that is set by default. */
export const latencyBounds = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
] as const

/** So many rules have numbers of their own: twice as many as a folder may have. */
const mostRules = 40_000

/**
 * Counts decisions. It runs for every call, so that it only adds to arrays of numbers; names are looked at when somebody
 * asks.
 */
export class DecisionNumbers {
  readonly #callbacks = new Rows(outcomes.length, 200)
  readonly #rules = new Rows(matchModes.length, mostRules)
  readonly #latency = new Float64Array(latencyBounds.length + 1)
  #seconds = 0

  add({ call, decision, tookMs }: DecisionRecord): void {
    const isAllowed = decision.kind === 'allow'
    this.#callbacks.add(call.callback.name, isAllowed ? (decision.rewrites.size === 0 ? 0 : 1) : 2)
    for (const { rule, mode, exempted } of decision.matches) {
      this.#rules.add(rule, exempted ? 2 : mode === 'enforce' ? 0 : 1)
    }
    const seconds = tookMs / 1000
    let bucket = 0
    while (bucket < latencyBounds.length && seconds > (latencyBounds[bucket] as number)) bucket += 1
    this.#latency[bucket] = (this.#latency[bucket] ?? 0) + 1
    this.#seconds += seconds
  }

  /** Rules that are gone lose their numbers once there is no room for others. */
  keepRules(inForce: () => ReadonlySet<string>): void {
    if (!this.#rules.isNearlyFull) return
    const rules = inForce()
    this.#rules.keep(rule => rules.has(rule))
  }

  /** Decisions by callback, in the order of `outcomes`. */
  get byCallback(): Iterable<readonly [string, ArrayLike<number>]> {
    return this.#callbacks.all()
  }

  /** Matches by rule, in the order of `matchModes`. */
  get byRule(): Iterable<readonly [string, ArrayLike<number>]> {
    return this.#rules.all()
  }

  /** How many decisions took at most each bound, then all of them; and their seconds together. */
  get latency(): { cumulative: readonly number[]; seconds: number } {
    let sum = 0
    return { cumulative: [...this.#latency].map(count => (sum += count)), seconds: this.#seconds }
  }
}

/** Rows of numbers by name, as many columns each, and at most `most` of them. */
class Rows {
  readonly #columns: number
  readonly #most: number
  #places = new Map<string, number>()
  #numbers: Float64Array

  constructor(columns: number, most: number) {
    this.#columns = columns
    this.#most = most
    this.#numbers = new Float64Array(columns * 64)
  }

  add(name: string, column: number): void {
    const at = (this.#places.get(name) ?? this.#placeFor(name)) * this.#columns + column
    this.#numbers[at] = (this.#numbers[at] ?? 0) + 1
  }

  get isNearlyFull(): boolean {
    return this.#places.size * 2 > this.#most
  }

  *all(): Iterable<readonly [string, ArrayLike<number>]> {
    for (const [name, place] of this.#places) {
      yield [name, this.#numbers.subarray(place * this.#columns, (place + 1) * this.#columns)]
    }
  }

  keep(isKept: (name: string) => boolean): void {
    const kept = [...this.all()]
      .filter(([name]) => isKept(name))
      .map(([name, row]) => [name, [...asArray(row)]] as const)
    this.#places = new Map()
    this.#numbers = new Float64Array(this.#columns * Math.max(64, kept.length))
    for (const [name, row] of kept) this.#numbers.set(row, this.#placeFor(name) * this.#columns)
  }

  /** Names beyond the most share one row. */
  #placeFor(name: string): number {
    const own = this.#places.size < this.#most - 1 ? name : others
    const known = this.#places.get(own)
    if (known !== undefined) return known
    const place = this.#places.size
    this.#places.set(own, place)
    if ((place + 1) * this.#columns > this.#numbers.length) {
      const larger = new Float64Array(this.#numbers.length * 2)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    return place
  }
}

function asArray(row: ArrayLike<number>): readonly number[] {
  return Array.from(row)
}

/** No rule has this name: names of rules have no brackets. */
const others = '(others)'
