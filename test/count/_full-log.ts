import type { Counter, CountPlace, CountQuestion, Hold } from '../../src/compile/counter.ts'
import type { CountedCall, Settled } from '../../src/count/count-store.ts'

/** Something that counted, and all instants at which it may count by what a store may still know; mostly one. */
type Counted = { what: string; instants: number[]; isValue: boolean; isRemembered: boolean; isKnown: boolean }

type Key = {
  counted: Counted[]
  /** True when the instant of a call moved to an earlier one, which may have been pushed out before it. */
  hasMoved: boolean
}

type KnownCounter = Counter & {
  keys: Map<string, Key>
  since: number
  /** The smallest `most` that it ever had. */
  least: number
  /** When silences began, with no end: `forMs` is asked with the question. */
  silences: Map<string, { at: number }[]>
}

type Call = { ref: number; at: number; what: string; places: readonly CountPlace[] }

/** What may be answered for a key. */
export type Truth = {
  /** What surely counts, and what may count. */
  least: number
  most: number
  /** What a store must at least count, if it counts no more than it is told to keep. */
  known: number
  /** Whether everything in the window could be known, and whether it must be. */
  mayBeWhole: boolean
  mustBeWhole: boolean
  /** How long ago the last other one was; null when that cannot be said. */
  agoMs: number | undefined | null
  heldForMs: number | undefined
  others: readonly number[]
}

/**
 * Counts by the sentences of the design, from a plain list of everything that ever counted.
 *
 * Nothing is ever dropped here. What a store may have lost by then is marked, since it answers with a lower bound then.
 */
export class FullLog {
  now = -Infinity
  #counters = new Map<string, KnownCounter>()
  #calls: Call[] = []
  #unnamed = 0
  #saved = new Map<Counted, string>()
  #savedSilences = new Set<{ at: number }>()
  #firstSince: number | undefined

  readonly #isForgetful: boolean

  /** A store that forgets keys for room may take a call that is repeated for a new one. */
  constructor(since: number | undefined, isForgetful: boolean) {
    this.#firstSince = since
    this.#isForgetful = isForgetful
  }

  get underWay(): number {
    return this.#calls.length
  }

  use(counters: readonly Counter[], at: number): void {
    this.advance(at)
    const before = this.#counters
    this.#counters = new Map()
    for (const counter of counters) {
      const known = before.get(counter.id)
      const since = this.#firstSince ?? this.now
      if (known === undefined) {
        this.#counters.set(counter.id, { ...counter, keys: new Map(), since, least: counter.most, silences: new Map() })
        continue
      }
      if (counter.keepMs > known.keepMs) known.since = Math.max(known.since, this.now - known.keepMs)
      Object.assign(known, counter, { least: Math.min(known.least, counter.most) })
      this.#counters.set(counter.id, known)
    }
    this.#firstSince = undefined
    this.advance(at)
  }

  /** What a store knows now is saved; with nothing saved, a crash loses everything. */
  save(): void {
    const all = [...this.#counters.values()].flatMap(({ keys }) => [...keys.values()])
    this.#saved = new Map(all.flatMap(({ counted }) => counted.map(each => [each, String(each.instants)])))
    this.#savedSilences = new Set([...this.#counters.values()].flatMap(({ silences }) => [...silences.values()].flat()))
  }

  saveNothing(): void {
    this.#saved = new Map()
    this.#savedSilences = new Set()
  }

  /** A store knows only what was saved, and that there may be more. Calls under way are never settled. */
  crash(): void {
    this.#calls = []
    for (const counter of this.#counters.values()) {
      counter.since = this.now
      for (const { counted } of counter.keys.values()) for (const each of counted) this.#lose(each)
      for (const [key, silences] of counter.silences) {
        counter.silences.set(
          key,
          silences.filter(silence => this.#savedSilences.has(silence)),
        )
      }
    }
  }

  #lose(each: Counted): void {
    if (this.#saved.get(each) === String(each.instants)) return
    each.isKnown = false
    each.isRemembered = false
  }

  /** Time goes on; what is too old or has been pushed out may be gone. */
  advance(at: number): void {
    this.now = Math.max(this.now, at)
    for (const { keepMs, least, keys } of this.#counters.values()) {
      for (const { counted } of keys.values()) {
        const newestFirst = counted.toReversed().toSorted((a, b) => instant(b) - instant(a))
        for (const [rank, each] of newestFirst.entries()) {
          if (instant(each) <= this.now - keepMs || rank >= least || this.#isForgetful) each.isRemembered = false
          if (instant(each) <= this.now - keepMs) each.isKnown = false
        }
      }
    }
  }

  take(call: CountedCall, places: readonly CountPlace[]): void {
    this.advance(call.at)
    const known = this.#calls.find(({ ref }) => ref === call.ref)
    if (known !== undefined) known.places = [...known.places, ...places]
    else if (places.length > 0) this.#calls.push({ ref: call.ref, at: this.now, what: this.#whatOf(call), places })
  }

  settle(call: CountedCall, { kept, holds }: Settled): void {
    this.advance(call.at)
    const { at, what } = this.#calls.find(({ ref }) => ref === call.ref) ?? { at: this.now, what: this.#whatOf(call) }
    this.#calls = this.#calls.filter(({ ref }) => ref !== call.ref)
    for (const place of kept) {
      const counter = this.#counters.get(place.counter)
      if (counter === undefined) continue
      for (const each of place.values ?? [what]) this.#keep(counter, place, each, at)
    }
    for (const hold of holds) this.#hold(hold, at)
    this.advance(call.at)
  }

  #keep(counter: KnownCounter, { key, values }: CountPlace, what: string, at: number): void {
    if (at <= this.now - counter.keepMs) return
    const known = counter.keys.get(key) ?? { counted: [], hasMoved: false }
    counter.keys.set(key, known)
    const same = known.counted.find(each => each.what === what)
    const isValue = values !== undefined
    if (same === undefined) {
      known.counted.push({ what, instants: [at], isValue, isRemembered: true, isKnown: true })
      return
    }
    // Of a value the newest instant counts, of a call the first one, as long as that is remembered.
    // Of two at the same instant, the one put there last is the newer one.
    const isMoved = isValue ? at > instant(same) : at < instant(same)
    if (isMoved) known.counted = [...known.counted.filter(each => each !== same), same]
    if (isValue) same.instants = [Math.max(at, ...same.instants)]
    else if (same.isRemembered) {
      if (at < instant(same)) known.hasMoved = true
      same.instants = same.instants.map(first => Math.min(first, at))
    } else same.instants.push(at)
    same.isKnown = true
  }

  #hold({ counter, key, forMs }: Hold, at: number): void {
    const known = this.#counters.get(counter)
    if (known === undefined) return
    const silences = known.silences.get(key) ?? []
    known.silences.set(key, silences)
    if (!silences.some(silence => silence.at > at - forMs && silence.at <= at)) silences.push({ at })
  }

  /** What may be answered; undefined for a counter that is not used. */
  ask(call: CountedCall, question: CountQuestion, index: number): Truth | undefined {
    const counter = this.#counters.get(question.counter)
    const asked = question.keys[index]
    if (counter === undefined || asked === undefined) return undefined
    const now = Math.max(this.now, call.at)
    const from = now - question.withinMs
    const isRefused = counter.counting === 'refused'
    const judged = this.#calls.find(({ ref }) => ref === call.ref)
    const self = judged?.what ?? this.#whatOf(call)
    const own = new Set(asked.isOwn && !isRefused ? (asked.values ?? [self]) : [])
    const logged = counter.keys.get(asked.key)
    const counting = isRefused ? [] : this.#calls.filter(({ ref }) => ref !== call.ref)
    const place = { counter: counter.id, key: asked.key }
    const all = this.#withOthers(logged, counting, place)
    const others = all.filter(({ what }) => !own.has(what))
    const earlier = this.#withOthers(
      logged,
      counting.filter(({ what }) => what !== self),
      place,
    ).filter(({ what }) => what !== self)
    const isIn = (at: number) => at > from
    const surely = others.filter(({ instants }) => instants.every(isIn))
    const maybe = others.filter(({ instants }) => instants.some(isIn))
    const isClear = !all.some(({ instants }) => instants.length > 1) && !logged?.hasMoved
    const mayBeWhole = counter.since <= from && question.withinMs <= counter.keepMs
    const loggedInWindow = (logged?.counted ?? []).filter(({ instants }) => instants.some(isIn))
    return {
      least: surely.length + own.size,
      most: maybe.length + own.size,
      known: isClear ? Math.min(surely.filter(({ isKnown }) => isKnown).length + own.size, counter.least) : 0,
      mayBeWhole,
      mustBeWhole: mayBeWhole && loggedInWindow.length <= counter.least && isClear,
      agoMs: isClear ? agoMs(earlier, now, counter.keepMs) : null,
      heldForMs: this.#heldForMs(question, asked.key, now),
      others: surely.map(each => now - instant(each)).sort((a, b) => b - a),
    }
  }

  #withOthers(logged: Key | undefined, calls: readonly Call[], { counter, key }: CountPlace): Counted[] {
    const all = (logged?.counted ?? []).map(each => ({ ...each }))
    for (const { at, what, places } of calls) {
      for (const { values } of places.filter(place => place.counter === counter && place.key === key)) {
        for (const each of values ?? [what]) addUnderWay(all, each, at, values !== undefined)
      }
    }
    return all
  }

  #heldForMs({ hold }: CountQuestion, key: string, now: number): number | undefined {
    if (hold === undefined) return undefined
    const silences = (this.#counters.get(hold.counter)?.silences.get(key) ?? []).filter(
      ({ at }) => at > now - hold.forMs,
    )
    return silences.length === 0 ? undefined : Math.max(...silences.map(({ at }) => at)) + hold.forMs - now
  }

  #whatOf({ id }: CountedCall): string {
    this.#unnamed += 1
    return id === undefined ? `unnamed ${this.#unnamed}` : `id ${id}`
  }
}

function addUnderWay(all: Counted[], what: string, at: number, isValue: boolean): void {
  const same = all.find(each => each.what === what)
  if (same === undefined) all.push({ what, instants: [at], isValue, isRemembered: true, isKnown: true })
  else if (isValue) {
    const last = instant(same)
    Object.assign(same, { instants: [Math.max(at, last)], isKnown: same.isKnown || at >= last })
  } else if (same.isRemembered) same.instants = same.instants.map(first => Math.min(first, at))
  else same.instants = [...same.instants, at]
}

/** How long ago the last one was; null when a store may have lost it. */
function agoMs(others: readonly Counted[], now: number, keepMs: number): number | undefined | null {
  const kept = others.filter(each => instant(each) > now - keepMs)
  if (kept.length === 0) return undefined
  const last = Math.max(...kept.map(instant))
  return kept.some(each => instant(each) === last && each.isKnown) ? now - last : null
}

function instant({ instants }: Counted): number {
  return Math.max(...instants)
}
