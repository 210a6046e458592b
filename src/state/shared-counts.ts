import { randomBytes } from 'node:crypto'
import type { Counted, Counter, CountPlace, CountQuestion } from '../compile/counter.ts'
import type { CountedCall, CountStore, Settled } from '../count/count-store.ts'
import { Backlog } from './backlog.ts'
import { CountBatch } from './count-batch.ts'
import { type OpenCall, storeKeys } from './count-steps.ts'
import { OpenCalls } from './open-calls.ts'
import { type CountsVoice, Reach } from './reach.ts'
import { type RedisLink, reasonOf } from './redis-link.ts'

export type SharedOptions = {
  link: RedisLink
  /** Where this process counts all the same, for when the store cannot be asked. */
  local: CountStore
  voice: CountsVoice
  /** For tests: the time of the store and of this process, in ms. */
  time?: () => number
}

type Answers = ReadonlyMap<string, readonly Counted[]>

/**
 * Counts in Redis or Valkey, together with other processes.
 *
 * What is to do for the calls of one turn of the event loop goes there at once. No call waits longer than the link
 * allows: without an answer in time this process counts alone, and what happens meanwhile the store is told later.
 */
export class SharedCounts implements CountStore {
  readonly #link: RedisLink
  readonly #local: CountStore
  readonly #time: (() => number) | undefined
  readonly #reach: Reach
  readonly #calls: OpenCalls
  readonly #backlog = new Backlog()
  readonly #timers: readonly NodeJS.Timeout[]
  readonly #sending = new Set<Promise<void>>()
  #counters: ReadonlyMap<string, Counter> = new Map()
  #batch: CountBatch | undefined
  /** Counters that rules had before, which the store still has until their time is over. */
  #former: readonly string[] = []
  /** A new one, until the store says which one the others have. */
  #secret = randomBytes(32).toString('base64')
  #hasAgreed = false
  #isProbing = false
  #isAgreeing = false
  #isClosing = false

  constructor({ link, local, voice, time }: SharedOptions) {
    this.#link = link
    this.#local = local
    this.#time = time
    this.#reach = new Reach(voice)
    this.#calls = new OpenCalls(() => this.#nowMs())
    link.onChange(() => {
      if (link.isReady) void this.#probe()
      else if (!this.#isClosing) this.#reach.lose(link.whyNot)
    })
    this.#timers = [setInterval(() => void this.#probe(), probeMs), setInterval(() => void this.#agree(), touchMs)]
    for (const timer of this.#timers) timer.unref()
  }

  /** The connection, for what else is shared. */
  get link(): RedisLink {
    return this.#link
  }

  /** Since when this process counts alone, in ms since 1970; null while it counts with the others. */
  get aloneSince(): number | null {
    return this.#reach.lostSince
  }

  /** Resolves once the store answers or is known not to, so that the first calls of a process do not count alone. */
  get whenKnown(): Promise<void> {
    return this.#reach.known
  }

  use(counters: readonly Counter[], at: number): void {
    this.#local.use(counters, at)
    // What waits is of the counters until now.
    this.#flush()
    this.#former = [...new Set([...this.#counters.keys(), ...this.#former])].slice(0, mostFormer)
    this.#counters = new Map(counters.map(counter => [counter.id, counter]))
    this.#touch()
  }

  take(call: CountedCall, places: readonly CountPlace[]): void {
    this.#local.take(call, places)
    const open = this.#calls.open(call)
    for (const { counter, key, values } of places) {
      const countedAs = values ?? 'call'
      this.#calls.note(call, { counter, key, countedAs })
      if (!this.#reach.isLost) this.#next().add({ counter, step: { kind: 'take', call: open, key, countedAs } })
    }
  }

  ask(call: CountedCall, questions: readonly CountQuestion[]): Promise<Answers> {
    const alone = this.#local.ask(call, questions)
    for (const { counter, keys, takes } of questions) {
      for (const { key, isOwn, values } of keys) {
        if (takes && isOwn) this.#calls.note(call, { counter, key, countedAs: values ?? 'call' })
      }
    }
    return this.#answers(this.#calls.open(call), questions, { takes: true, alone })
  }

  peek(call: CountedCall, questions: readonly CountQuestion[]): Promise<Answers> {
    const alone = this.#local.peek(call, questions)
    return this.#answers(this.#calls.peek(call), questions, { takes: false, alone })
  }

  settle(call: CountedCall, settled: Settled): void {
    this.#local.settle(call, settled)
    const jobs = this.#calls.close(call, settled)
    if (this.#reach.isLost) this.#backlog.add(jobs)
    else for (const job of jobs) this.#next().add(job)
  }

  /**
   * Forgets what is counted in the store by a value alone, in the counters of the rules in force and those that they
   * replaced; returns in how many there was something. Rejects if the store cannot be asked.
   */
  async forget(value: string): Promise<number> {
    // What waits may still count by it.
    this.#flush()
    await Promise.all([...this.#sending, this.#catchUp()])
    if (this.#reach.isLost) throw new Error(this.#link.whyNot)
    const counters = new Set([...this.#counters.keys(), ...this.#former])
    const keys = [...counters].map(counter => storeKeys(counter, JSON.stringify(value), this.#secret))
    const removed = await this.#link.remove(keys)
    return removed.filter(count => count > 0).length
  }

  /** Sends what has not been sent yet, and ends the connection. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.#isClosing = true
    this.#flush()
    await Promise.all(this.#sending)
    this.#link.close()
  }

  async #answers(
    call: OpenCall,
    questions: readonly CountQuestion[],
    { takes, alone }: { takes: boolean; alone: Promise<Answers> },
  ): Promise<Answers> {
    if (this.#reach.isLost) return asPartial(await alone)
    // If the store answers, nobody looks at what this process alone would say.
    alone.catch(() => {})
    const answers = await new Promise<Answers | null>(resolve => this.#next().ask(call, questions, takes, resolve))
    return answers ?? asPartial(await alone)
  }

  /** What goes to the store at the end of this turn. */
  #next(): CountBatch {
    if (this.#batch !== undefined) return this.#batch
    setImmediate(() => this.#flush())
    this.#batch = new CountBatch(this.#counters)
    return this.#batch
  }

  #flush(): void {
    const batch = this.#batch
    this.#batch = undefined
    if (batch === undefined) return
    const sent = this.#send(batch).finally(() => this.#sending.delete(sent))
    this.#sending.add(sent)
  }

  async #send(batch: CountBatch): Promise<void> {
    try {
      if (this.#reach.isLost) throw new Error(this.#link.whyNot)
      // A counter that is new to the store was perhaps forgotten there, with all others and with the secret.
      if ((await this.#run(batch)) > 0) void this.#agree()
    } catch (error) {
      this.#backlog.add(batch.settled)
      batch.fail()
      this.#lose(error)
    }
  }

  /** Returns how many counters were new to the store. */
  async #run(batch: CountBatch): Promise<number> {
    const setting = { secret: this.#secret, now: this.#nowMs(), at: String(this.#time?.() ?? '') }
    const { lacking } = this.#backlog
    const said = batch.written.filter(counter => lacking.has(counter))
    const isNew = batch.end(await this.#link.run(batch.calls(setting, lacking)))
    this.#backlog.said(said)
    return isNew.length
  }

  /** Asks whether the store can be asked, with everything that calls need of it. */
  async #probe(): Promise<void> {
    if (this.#isProbing || !this.#link.isReady || !this.#reach.mayTry()) return
    this.#isProbing = true
    try {
      await this.#agreeOnSecret()
      const batch = new CountBatch(this.#counters)
      for (const counter of this.#counters.keys()) batch.touch(counter)
      await this.#run(batch)
      this.#reach.find()
      void this.#catchUp()
    } catch (error) {
      this.#lose(error)
    } finally {
      this.#isProbing = false
    }
  }

  #lose(error: unknown): void {
    const reason = reasonOf(error)
    this.#reach.lose(reason)
    // There may be another server at this address by now.
    if (/^(?:READONLY|MASTERDOWN)\b/.test(reason)) this.#link.reconnect()
  }

  /** Says now and then that this process counts, whether there are calls or not, and by the secret of all. */
  async #agree(): Promise<void> {
    if (this.#isAgreeing || this.#reach.isLost) return
    this.#isAgreeing = true
    try {
      await this.#agreeOnSecret()
      this.#touch()
    } catch (error) {
      this.#lose(error)
    } finally {
      this.#isAgreeing = false
    }
  }

  /** Takes the secret of the others, if the store has one: it may have lost all it had, and be given a new one. */
  async #agreeOnSecret(): Promise<void> {
    const secret = await this.#link.setOnce('hw:secret', this.#secret, secretMs)
    // What was counted with another one nobody will find.
    if (this.#hasAgreed && secret !== this.#secret) this.#backlog.lose(this.#counters.keys())
    this.#hasAgreed = true
    this.#secret = secret
  }

  async #catchUp(): Promise<void> {
    while (!this.#reach.isLost && !this.#backlog.isEmpty) {
      const batch = new CountBatch(this.#counters)
      for (const job of this.#backlog.next(jobsAtOnce)) batch.add(job)
      await this.#send(batch)
    }
  }

  #touch(): void {
    if (this.#reach.isLost) return
    for (const counter of this.#counters.keys()) this.#next().touch(counter)
  }

  #nowMs(): number {
    return this.#time?.() ?? performance.now()
  }
}

/** How often a store that is lost is thought of. */
const probeMs = 250

/** Well below the gap after which a counter starts over. */
const touchMs = 20_000

/** Longer than anything is counted. */
const secretMs = 32 * 86_400_000

const jobsAtOnce = 1000

/** So many former counters are remembered, the last ones. */
const mostFormer = 10_000

function asPartial(answers: Answers): Answers {
  const partial = [...answers].map(
    ([id, all]) => [id, all.map(counted => ({ ...counted, isPartial: true as const }))] as const,
  )
  return new Map(partial)
}
