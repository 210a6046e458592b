import test from 'ava'
import fc from 'fast-check'
import type { Counted, Counter, CountPlace, CountQuestion } from '../../src/compile/counter.ts'
import type { CountedCall, Settled } from '../../src/count/count-store.ts'
import { MemoryCounts } from '../../src/count/memory-counts.ts'
import { runs } from '../_runs.ts'
import { FullLog, type Truth } from './_full-log.ts'
import { saved } from './_saved.ts'

const forMs = 15

/** The counters of every case: with `different` or without, of each word for `counting`. */
const kinds = [
  { id: 'calls', counting: 'let through', isDifferent: false },
  { id: 'refused calls', counting: 'refused', isDifferent: false },
  { id: 'all calls', counting: 'all', isDifferent: false },
  { id: 'values', counting: 'let through', isDifferent: true },
  { id: 'refused values', counting: 'refused', isDifferent: true },
] as const

/** Kept longer than it lasts, since a call may be settled long after it was judged. */
const silence: Counter = { id: 'silence', counting: 'let through', keepMs: 10_000, most: 1 }

const someKey = fc.constantFrom('a', 'b', 'c')
const someValues = fc.subarray(['x', 'y', 'z', 'w', 'v'], { minLength: 0, maxLength: 3 })
const someSpan = fc.constantFrom(1, 5, 10, 20, 50, 100)
const someId = fc.option(fc.constantFrom('m1', 'm2', 'm3', 'm4'), { nil: undefined, freq: 2 })
const someKind = fc.constantFrom(...kinds)
const waited = fc.oneof(
  { weight: 6, arbitrary: fc.nat(4) },
  { weight: 1, arbitrary: fc.nat(60) },
  fc.integer({ min: -9, max: -1 }),
)

const counters = fc.record({
  keepMs: fc.array(fc.constantFrom(5, 20, 50, 100), { minLength: kinds.length, maxLength: kinds.length }),
  most: fc.array(fc.constantFrom(1, 2, 3, 5, 50), { minLength: kinds.length, maxLength: kinds.length }),
  isUsed: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: kinds.length + 1, maxLength: kinds.length + 1 }),
})

const question = fc.record({
  of: someKind,
  keys: fc.uniqueArray(fc.record({ key: someKey, isOwn: fc.boolean(), values: someValues }), {
    minLength: 1,
    maxLength: 2,
    selector: ({ key }) => key,
  }),
  kind: fc.constantFrom('count' as const, 'since' as const),
  withinMs: someSpan,
  takes: fc.boolean(),
  tellsOthers: fc.boolean(),
  hasHold: fc.boolean(),
})

const place = fc.record({ of: someKind, key: someKey, values: someValues })

const event = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('ask' as const),
      waited,
      id: someId,
      questions: fc.array(question, { minLength: 1, maxLength: 2 }),
      /** What becomes of it at once; most calls in a service are settled before the next one comes. */
      settled: fc.option(fc.constantFrom('kept' as const, 'given back' as const, 'partly' as const), { freq: 2 }),
      hold: fc.option(someKey, { freq: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('take' as const),
      waited,
      id: someId,
      places: fc.array(place, { maxLength: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('settle' as const),
      which: fc.nat(9),
      outcome: fc.constantFrom('kept' as const, 'given back' as const, 'partly' as const),
      hold: fc.option(someKey, { freq: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('found' as const),
      waited,
      id: someId,
      places: fc.array(place, { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('use' as const), waited, counters }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('save' as const), waited }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom('crash' as const, 'end' as const),
      waited,
      counters: fc.option(counters),
    }),
  },
)

type Event = typeof event extends fc.Arbitrary<infer E> ? E : never
type Used = typeof counters extends fc.Arbitrary<infer E> ? E : never
type Outcome = 'kept' | 'given back' | 'partly'

/** A store and a full log that see the same. */
class Both {
  readonly log: FullLog
  store: MemoryCounts
  readonly #isForgetful: boolean
  readonly #limits: { mostKeys?: number }
  #used!: Used
  #saved: Uint8Array | undefined
  readonly #open: { call: CountedCall; places: CountPlace[] }[] = []
  #at = 1_000_000
  #refs = 0

  constructor({ since, mostKeys }: { since?: number | undefined; mostKeys?: number | undefined }) {
    this.log = new FullLog(since, mostKeys !== undefined)
    this.#limits = mostKeys === undefined ? {} : { mostKeys }
    this.store = new MemoryCounts({ secret: 'secret', ...(since === undefined ? {} : { since }), ...this.#limits })
    this.#isForgetful = mostKeys !== undefined
  }

  use(used: Used): void {
    const all = [...kinds, silence].flatMap(({ id, counting }, at) =>
      used.isUsed[at] === 0
        ? []
        : [{ id, counting, keepMs: used.keepMs[at] ?? silence.keepMs, most: used.most[at] ?? 1 }],
    )
    this.#used = used
    this.store.use(all, this.#at)
    this.log.use(all, this.#at)
  }

  async see(event: Event): Promise<void> {
    if ('waited' in event) this.#at += event.waited
    if (event.type === 'use') this.#reload(event.counters)
    if (event.type === 'save') this.#save()
    if (event.type === 'crash') this.#crash(event.counters)
    if (event.type === 'end') this.#end(event.counters)
    if (event.type === 'take') this.#take(this.#newCall(event.id), event.places.map(placeOf))
    if (event.type === 'ask') await this.#ask(event)
    if (event.type === 'found') this.#settle(this.#newCall(event.id), { kept: event.places.map(placeOf), holds: [] })
    if (event.type === 'settle') this.#settleOpen(event)
  }

  /** A service saves after a reload, as it does now and then. */
  #reload(counters: Used): void {
    this.use(counters)
    this.#save()
  }

  #save(): void {
    this.#saved = saved(this.store).bytes
    this.log.save()
  }

  #crash(counters: Used | null): void {
    this.#restart(this.#saved, true)
    this.log.crash()
    this.use(counters ?? this.#used)
    this.#save()
  }

  #end(counters: Used | null): void {
    for (const { call } of this.#open) this.#settle(call, { kept: [], holds: [] })
    const { bytes, isAll } = saved(this.store)
    if (!isAll) throw new Error('nothing was under way')
    this.#restart(bytes, false)
    this.use(counters ?? this.#used)
    this.#save()
  }

  #restart(bytes: Uint8Array | undefined, hasGap: boolean): void {
    this.#at = Math.max(this.#at, this.log.now)
    this.log.advance(this.#at)
    this.#open.length = 0
    this.store = new MemoryCounts({ secret: 'secret', ...this.#limits })
    if (bytes !== undefined) this.store.load(bytes, { at: this.#at, hasGap })
  }

  #newCall(id: string | undefined): CountedCall {
    this.#refs += 1
    return { ref: this.#refs, at: this.#at, ...(id === undefined ? {} : { id }) }
  }

  #take(call: CountedCall, places: CountPlace[]): void {
    this.store.take(call, places)
    this.log.take(call, places)
    this.#open.push({ call, places })
  }

  async #ask(event: Extract<Event, { type: 'ask' }>): Promise<void> {
    const call = this.#newCall(event.id)
    const questions = event.questions.map(questionOf)
    const peeked = await this.store.peek(call, questions)
    const answers = await this.store.ask(call, questions)
    this.log.advance(call.at)
    const places: CountPlace[] = []
    // The places that a question takes count for the call itself only, so the order of questions is of no matter.
    for (const question of questions) {
      for (const [at, counted] of (answers.get(question.id) ?? []).entries()) {
        agree(counted, this.log.ask(call, question, at), question, this.#isForgetful)
      }
      if (question.takes)
        places.push(...question.keys.filter(({ isOwn }) => isOwn).map(key => ({ counter: question.counter, ...key })))
    }
    if (JSON.stringify([...peeked]) !== JSON.stringify([...answers])) throw new Error('peek answers otherwise')
    const taken = places.map(({ counter, key, values }) =>
      values === undefined ? { counter, key } : { counter, key, values },
    )
    this.log.take(call, taken)
    if (event.settled === null) this.#open.push({ call, places: taken })
    else this.#settle(call, settledOf(taken, event.settled, event.hold))
  }

  #settleOpen({ which, outcome, hold }: Extract<Event, { type: 'settle' }>): void {
    const [open] = this.#open.splice(which % Math.max(1, this.#open.length), 1)
    if (open !== undefined) this.#settle(open.call, settledOf(open.places, outcome, hold))
  }

  #settle(call: CountedCall, settled: Settled): void {
    this.store.settle(call, settled)
    this.log.settle(call, settled)
  }
}

function settledOf(places: readonly CountPlace[], outcome: Outcome, hold: string | null): Settled {
  const kept = places.filter((_, at) => outcome === 'kept' || (outcome === 'partly' && at % 2 === 1))
  return { kept, holds: hold === null ? [] : [{ counter: silence.id, key: hold, forMs }] }
}

function placeOf({ of, key, values }: { of: (typeof kinds)[number]; key: string; values: string[] }): CountPlace {
  return of.isDifferent ? { counter: of.id, key, values } : { counter: of.id, key }
}

function questionOf(asked: typeof question extends fc.Arbitrary<infer Q> ? Q : never, at: number): CountQuestion {
  const { of, keys, kind, withinMs, takes, tellsOthers, hasHold } = asked
  return {
    ...{ id: String(at), round: 'count', kind, counter: of.id, withinMs, takes, tellsOthers },
    keys: keys.map(({ key, isOwn, values }) => (of.isDifferent && isOwn ? { key, isOwn, values } : { key, isOwn })),
    ...(hasHold ? { hold: { counter: silence.id, forMs } } : {}),
  }
}

/** Throws unless an answer is as the full log has it. */
function agree(counted: Counted, truth: Truth | undefined, { kind, tellsOthers }: CountQuestion, isForgetful: boolean) {
  const fail = (why: string) => {
    throw new Error(`${why}: ${JSON.stringify({ counted, truth })}`)
  }
  if (truth === undefined) {
    if (counted.isWhole) fail('nothing is whole of a counter that is not used')
    return
  }
  const { count, isWhole } = counted
  if (count > truth.most) fail('counts too many')
  if (isWhole && count < truth.least) fail('is not whole')
  if (isWhole && !truth.mayBeWhole) fail('cannot be whole')
  if (tellsOthers && counted.others === undefined) fail('tells no others')
  if (isWhole && tellsOthers && truth.least === truth.most) {
    if (JSON.stringify(counted.others) !== JSON.stringify(truth.others)) fail('tells other others')
  }
  if (isForgetful) return
  if (truth.mustBeWhole && !isWhole) fail('must be whole')
  if (count < truth.known) fail('counts too few')
  if (kind === 'count' && counted.agoMs !== undefined) fail('tells when the last one was')
  if (kind === 'since' && truth.agoMs !== null && counted.agoMs !== truth.agoMs) fail('knows another last one')
  if (truth.heldForMs !== null && counted.heldForMs !== truth.heldForMs) fail('is held otherwise')
}

const cases = {
  since: fc.constantFrom(undefined, -Infinity),
  first: counters,
  events: fc.array(event, { minLength: 1, maxLength: 60, size: 'max' }),
}

test('counts as a full log does', async t => {
  await t.notThrowsAsync(
    fc.assert(
      fc.asyncProperty(fc.record(cases), async ({ since, first, events }) => {
        const both = new Both({ since })
        both.use(first)
        for (const event of events) await both.see(event)
      }),
      { numRuns: runs(20_000), includeErrorInReport: true },
    ),
  )
})

test('never counts too many or calls whole what is not when it forgets', async t => {
  await t.notThrowsAsync(
    fc.assert(
      fc.asyncProperty(
        fc.record({ ...cases, mostKeys: fc.integer({ min: 1, max: 5 }) }),
        async ({ since, mostKeys, first, events }) => {
          const both = new Both({ since, mostKeys })
          both.use(first)
          for (const event of events) {
            await both.see(event)
            if (both.store.size.keys > mostKeys) throw new Error('knows too many keys')
          }
        },
      ),
      { numRuns: runs(20_000), includeErrorInReport: true },
    ),
  )
})
