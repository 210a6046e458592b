import type { AskedKey, Counted, Counter, CountPlace, CountQuestion } from '../../src/compile/counter.ts'
import type { CountedCall, CountStore, Settled } from '../../src/count/count-store.ts'

type Entry = { at: number; what: string; isValue: boolean }
type UnderWay = Entry & { ref: number; place: string }

/** A call under way counts for so long. */
const placeMs = 60_000

/** Counts as documented, in full logs: the plainest way that there is. */
export class PlainCounts implements CountStore {
  readonly #time: () => number
  readonly #counters = new Map<string, Counter & { since: number }>()
  readonly #logs = new Map<string, Entry[]>()
  readonly #silences = new Map<string, number>()
  readonly #judged = new Map<number, number>()
  #underWay: UnderWay[] = []

  constructor(time: () => number = Date.now) {
    this.#time = time
  }

  use(counters: readonly Counter[]): void {
    for (const counter of counters) {
      const since = this.#counters.get(counter.id)?.since ?? this.#time()
      this.#counters.set(counter.id, { ...counter, since })
    }
  }

  take(call: CountedCall, places: readonly CountPlace[]): void {
    const at = this.#judgedAt(call)
    for (const { counter, key, values } of places) {
      const place = placeOf(counter, key)
      for (const what of whatsOf(call, values)) {
        if (this.#underWay.some(each => each.ref === call.ref && each.place === place && each.what === what)) continue
        this.#underWay.push({ at: this.#time(), what, isValue: values !== undefined, ref: call.ref, place })
      }
    }
    this.#judged.set(call.ref, at)
  }

  async ask(call: CountedCall, questions: readonly CountQuestion[]) {
    this.#judged.set(call.ref, this.#judgedAt(call))
    const answers = await this.peek(call, questions)
    for (const { counter, keys, takes } of questions) {
      if (takes)
        this.take(
          call,
          keys.filter(({ isOwn }) => isOwn).map(({ key, values }) => placed(counter, key, values)),
        )
    }
    return answers
  }

  async peek(call: CountedCall, questions: readonly CountQuestion[]) {
    return new Map(
      questions.map(
        question => [question.id, question.keys.map(asked => this.#counted(call, question, asked))] as const,
      ),
    )
  }

  settle(call: CountedCall, { kept, holds }: Settled): void {
    const judgedAt = this.#judgedAt(call)
    const own = this.#underWay.filter(({ ref }) => ref === call.ref)
    this.#underWay = this.#underWay.filter(({ ref }) => ref !== call.ref)
    this.#judged.delete(call.ref)
    for (const { counter, key, values } of kept) {
      const place = placeOf(counter, key)
      for (const what of whatsOf(call, values)) {
        const at = own.find(each => each.place === place && each.what === what)?.at ?? judgedAt
        this.#log(place, { at, what, isValue: values !== undefined }, this.#counters.get(counter)?.most ?? 0)
      }
    }
    for (const { counter, key, forMs } of holds) {
      const place = placeOf(counter, key)
      const before = this.#silences.get(place) ?? -Infinity
      if (before <= judgedAt - forMs) this.#silences.set(place, judgedAt)
    }
  }

  /** How many different calls or values a key ever had. */
  size(counter: string, key: string): number {
    return this.#logs.get(placeOf(counter, key))?.length ?? 0
  }

  #judgedAt({ ref }: CountedCall): number {
    return this.#judged.get(ref) ?? this.#time()
  }

  #log(place: string, entry: Entry, most: number): void {
    const log = this.#logs.get(place) ?? []
    const known = log.find(({ what }) => what === entry.what)
    // A call that is sent again after many others is a new one.
    const isRecent = known !== undefined && log.filter(({ at }) => at > known.at).length < most
    const at = !isRecent ? entry.at : entry.isValue ? Math.max(known.at, entry.at) : Math.min(known.at, entry.at)
    this.#logs.set(place, [...log.filter(each => each !== known), { ...entry, at }])
  }

  #counted(call: CountedCall, question: CountQuestion, { key, isOwn, values }: AskedKey): Counted {
    const counter = this.#counters.get(question.counter)
    if (counter === undefined) throw new Error('not in use')
    const now = this.#time()
    const isRefused = counter.counting === 'refused'
    const place = placeOf(question.counter, key)
    const underWay = this.#underWay.filter(
      each => each.place === place && each.ref !== call.ref && each.at > now - placeMs,
    )
    const [self = ''] = whatsOf(call, undefined)
    const others = merged([...(this.#logs.get(place) ?? []), ...(isRefused ? [] : underWay)])
    const within = others.filter(({ at }) => at > now - question.withinMs)
    const own = isOwn && !isRefused ? new Set(whatsOf(call, values)) : new Set<string>()
    const apart = within.filter(({ what }) => !own.has(what) && !(isRefused && what === self))
    const before = others.filter(({ what, at }) => what !== self && at > now - counter.keepMs)
    const agoMs = Math.min(...before.map(({ at }) => now - at))
    const held =
      question.hold && (this.#silences.get(placeOf(question.hold.counter, key)) ?? -Infinity) + question.hold.forMs
    return {
      count: apart.length + own.size,
      isWhole: counter.since <= now - question.withinMs,
      ...(held !== undefined && held > now && { heldForMs: held - now }),
      ...(question.kind === 'since' && agoMs !== Infinity && { agoMs }),
      ...(question.tellsOthers && { others: apart.map(({ at }) => now - at).sort((a, b) => b - a) }),
    }
  }
}

/** Each what once: a value when it was last there, a call when it was first. */
function merged(entries: readonly Entry[]): Entry[] {
  const all = new Map<string, Entry>()
  for (const entry of entries) {
    const known = all.get(entry.what)
    const at =
      known === undefined ? entry.at : entry.isValue ? Math.max(known.at, entry.at) : Math.min(known.at, entry.at)
    all.set(entry.what, { ...entry, at })
  }
  return [...all.values()]
}

function placeOf(counter: string, key: string): string {
  return `${counter} ${key}`
}

function placed(counter: string, key: string, values: readonly string[] | undefined): CountPlace {
  return { counter, key, ...(values !== undefined && { values }) }
}

function whatsOf({ ref, id }: CountedCall, values: readonly string[] | undefined): string[] {
  return values === undefined ? [id === undefined ? `ref ${ref}` : `id ${id}`] : values.map(value => `value ${value}`)
}
