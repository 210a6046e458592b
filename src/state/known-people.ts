import { setTimeout as delay } from 'node:timers/promises'
import { affectedOnRecord } from '../record/affected.ts'
import { cleanMs, mostPeople } from '../record/fuse-trial.ts'
import { PeopleSet, type PeopleTable, personNumber } from '../record/people-set.ts'
import { readLine } from '../record/record-line.ts'
import { piecesOf } from './segment-lines.ts'
import { type Segment, segmentsWithin } from './segments.ts'

/**
 * What to read: who was on record before `since` and not refused in the 30 days before it, and of them who was seen and
 * refused by some rules until `until`. Times are in ms since 1970; `forMs` is how long reading may take.
 */
export type PeopleAsked = {
  dir: string
  since: number
  until: number
  rules: readonly string[]
  seed: number
  forMs: number
  most?: number
}

/** What was found, to be moved between threads. `from` is the start of the oldest hour that was read to its end. */
export type PeopleFound = {
  people: PeopleTable
  seen: PeopleTable
  refused: readonly (readonly [rule: string, people: PeopleTable])[]
  from: number | null
  /** Why older hours were not read, if so. */
  leftOut?: 'time' | 'people'
}

/**
 * Reads the record backwards, hour by hour, so that of too much the oldest is left out. Half of the time is left to
 * others. Damaged segments are read as far as they go. Throws StateUnusable.
 */
export async function readKnownPeople(asked: PeopleAsked): Promise<PeopleFound> {
  const { dir, since, until, forMs } = asked
  const segments = (await segmentsWithin(dir, { since: 0, until }, 'envelope')).reverse()
  const found = new Found(asked)
  const endMs = performance.now() + forMs
  let from: number | null = null
  for (const segment of segments) {
    if (performance.now() > endMs) return { ...found.result, from, leftOut: 'time' }
    // All that is left is who else was on record, and they do not fit.
    if (found.isFull && segment.hour + hourMs < since - cleanMs) return { ...found.result, from, leftOut: 'people' }
    if (!(await readSegment(segment, found, endMs))) return { ...found.result, from, leftOut: 'time' }
    from = segment.hour
  }
  return { ...found.result, from, ...(found.isFull && { leftOut: 'people' as const }) }
}

const hourMs = 3_600_000

/** False if there was no time for all of it. */
async function readSegment(segment: Segment, found: Found, endMs: number): Promise<boolean> {
  const pieces = piecesOf(segment)
  try {
    for (;;) {
      const startedMs = performance.now()
      const { value, done } = await pieces.next()
      if (done) return true
      for (const line of value.toString('utf8').split('\n')) found.look(line)
      if (performance.now() > endMs) return false
      await delay(performance.now() - startedMs)
    }
  } finally {
    await pieces.return({ isCut: false })
  }
}

/** Who was found so far. */
class Found {
  readonly #asked: PeopleAsked
  readonly #most: number
  readonly #known: PeopleSet
  readonly #unclean: PeopleSet
  readonly #seen: PeopleSet
  readonly #rules: ReadonlySet<string>
  readonly #refused = new Map<string, PeopleSet>()

  constructor(asked: PeopleAsked) {
    this.#asked = asked
    this.#most = asked.most ?? mostPeople
    this.#known = new PeopleSet(this.#most)
    this.#unclean = new PeopleSet(this.#most)
    this.#seen = new PeopleSet(this.#most)
    this.#rules = new Set(asked.rules)
  }

  get isFull(): boolean {
    return this.#known.isFull
  }

  look(line: string): void {
    const decision = readShort(line)
    if (decision === undefined) return
    const { at, callback, users, rule } = decision
    const { since, until, seed } = this.#asked
    if (at > until) return
    for (const user of affectedOnRecord(callback, users)) {
      const person = personNumber(user, seed)
      if (at < since) {
        this.#known.add(person)
        if (rule !== undefined && at >= since - cleanMs) this.#unclean.add(person)
      } else {
        this.#seen.add(person)
        if (rule !== undefined && this.#rules.has(rule)) this.#refusedBy(rule).add(person)
      }
    }
  }

  #refusedBy(rule: string): PeopleSet {
    const known = this.#refused.get(rule) ?? new PeopleSet(this.#most)
    this.#refused.set(rule, known)
    return known
  }

  get result(): Pick<PeopleFound, 'people' | 'seen' | 'refused'> {
    const people = new PeopleSet(this.#most)
    for (const person of this.#known) if (!this.#unclean.has(person)) people.add(person)
    const among = (all: PeopleSet) => {
      const some = new PeopleSet(this.#most)
      for (const person of all) if (people.has(person)) some.add(person)
      return some.moved
    }
    const refused = [...this.#refused].map(([rule, all]) => [rule, among(all)] as const)
    return { seen: among(this.#seen), refused, people: people.moved }
  }
}

type Short = { at: number; callback: string; users: readonly string[]; rule?: string }

/** The beginning of a line as this program writes it. A quoted text cannot have an unescaped quote in it. */
const begins =
  /^\{"v":1,"id":"[^"]*","at":(\d+),"instance":"(?:[^"\\]|\\.)*","kind":"decision",[^{}[\]]*?"callback":"(\w+)","operationID":"(?:[^"\\]|\\.)*","users":(\[(?:"(?:[^"\\]|\\.)*",?)*\]),/

/** What counts of a decision that let a call pass is at its beginning, which is read much faster than all of it. */
function readShort(line: string): Short | undefined {
  const start = line.includes(',"decision":"reject",') ? null : begins.exec(line)
  if (start !== null) {
    const [, at, callback = '', users = '[]'] = start
    return { at: Number(at), callback, users: JSON.parse(users) }
  }
  const record = readLine(line)
  if (record?.kind !== 'decision') return undefined
  const { at, callback, users, decision, rule = '' } = record
  return { at, callback, users, ...(decision === 'reject' && { rule }) }
}
