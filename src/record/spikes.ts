import type { RecordedDecision } from './record-line.ts'

/** A time in which far more happened than before it, or nothing at all. Instants in ms since 1970. */
export type Spike = {
  kind: 'spike' | 'silence'
  /** What was counted: all calls, or the matches of a rule. */
  rule?: string
  from: number
  until: number
  count: number
  /** How many are usual in the same time, by what came before. */
  usual: number
  /** Who was named most, and how often. */
  user?: { id: string; count: number }
}

/** Fewer than this are never a spike, nor their absence a silence. */
const least = 20

/** So many times what is usual is a spike. */
const factor = 5

/** How many steps before a step say what is usual. */
const stepsBefore = 12

/** Of so many users of a rule it is known how often each was named. */
const mostUsers = 200

/** Counts calls and matches by steps of time, and finds what stands out. Memory grows with rules and steps. */
export class Spikes {
  readonly #from: number
  readonly #stepMs: number
  readonly #steps: number
  readonly #calls: number[]
  readonly #rules = new Map<string, { counts: number[]; users: Map<string, number>[] }>()

  /** Time before `from` belongs to the first steps: it says what is usual at the start. */
  constructor({ from, until, stepMs }: { from: number; until: number; stepMs: number }) {
    this.#from = from
    this.#stepMs = stepMs
    this.#steps = Math.max(1, Math.ceil((until + 1 - from) / stepMs))
    this.#calls = this.#none()
  }

  /** A call that no rule matched. */
  addPlain(at: number): void {
    count(this.#calls, this.#stepOf(at))
  }

  add({ at, matches, users }: RecordedDecision): void {
    const step = this.#stepOf(at)
    count(this.#calls, step)
    for (const { rule, exempted } of matches) {
      if (exempted) continue
      const known = this.#rules.get(rule) ?? { counts: this.#none(), users: [] }
      this.#rules.set(rule, known)
      count(known.counts, step)
      known.users[step] ??= new Map()
      countUser(known.users[step], users[0])
    }
  }

  /** What stands out from `since` on, in order; elsewhere than on record, silence says nothing. */
  found(since: number, isOnRecord: (at: number) => boolean): readonly Spike[] {
    const known = this.#calls.map((_, step) => isOnRecord(this.#from + step * this.#stepMs))
    const [silences, busy] = [isSilence, isSpike].map(isMeant =>
      this.#runs({ counts: this.#calls, known }, since, isMeant).map(run => this.#spikeOf(run, this.#calls)),
    ) as [Spike[], Spike[]]
    const ofRules = [...this.#rules].flatMap(([rule, { counts, users }]) =>
      this.#runs({ counts, known }, since, isSpike).map(run => {
        const user = mostNamed(users.slice(run.first, run.last + 1))
        return { ...this.#spikeOf(run, counts), rule, ...(user && { user }) }
      }),
    )
    return [...silences, ...busy, ...ofRules].sort((a, b) => a.from - b.from)
  }

  /** Steps in a row that are meant, the first of which decides what was usual. */
  #runs(counted: Counted, since: number, isMeant: (counted: Counted, step: number) => boolean): Run[] {
    const runs: Run[] = []
    let run: Run | undefined
    for (let step = 1; step < this.#steps; step++) {
      if (run !== undefined && goesOn(counted, step, run)) run.last = step
      else if (this.#from + (step + 1) * this.#stepMs > since && isMeant(counted, step)) {
        run = { first: step, last: step, usual: usualAt(counted, step), isSilence: counted.counts[step] === 0 }
        runs.push(run)
      } else run = undefined
    }
    return runs
  }

  #spikeOf({ first, last, usual, isSilence }: Run, counts: readonly number[]): Spike {
    return {
      kind: isSilence ? 'silence' : 'spike',
      from: this.#from + first * this.#stepMs,
      until: this.#from + (last + 1) * this.#stepMs,
      count: counts.slice(first, last + 1).reduce((sum, each) => sum + each, 0),
      usual: Math.round(usual * (last - first + 1)),
    }
  }

  #stepOf(at: number): number {
    return Math.floor((at - this.#from) / this.#stepMs)
  }

  #none(): number[] {
    return new Array<number>(this.#steps).fill(0)
  }
}

/** Steps in a row. */
type Run = { first: number; last: number; usual: number; isSilence: boolean }

/** What was counted in each step, and which steps are on record. */
type Counted = { counts: readonly number[]; known: readonly boolean[] }

function goesOn({ counts, known }: Counted, step: number, { usual, isSilence }: Run): boolean {
  const here = counts[step] as number
  return isSilence ? here === 0 && known[step] === true : here >= least && here >= factor * usual
}

function isSpike(counted: Counted, step: number): boolean {
  const here = counted.counts[step] as number
  return here >= least && here >= factor * usualAt(counted, step)
}

function isSilence(counted: Counted, step: number): boolean {
  const usual = usualAt(counted, step)
  return (
    counted.counts[step] === 0 && counted.known[step] === true && usual >= least && usual < Number.POSITIVE_INFINITY
  )
}

/** So many steps before must be on record to know what is usual. */
const leastKnown = 3

/** The mean of the steps before; infinite if that is not known. */
function usualAt({ counts, known }: Counted, step: number): number {
  const start = Math.max(0, step - stepsBefore)
  const before = counts.slice(start, step).filter((_, at) => known[start + at])
  return before.length < leastKnown
    ? Number.POSITIVE_INFINITY
    : before.reduce((sum, each) => sum + each, 0) / before.length
}

function count(counts: number[], step: number): void {
  if (step >= 0 && step < counts.length) counts[step] = (counts[step] as number) + 1
}

/** Who comes often is known, whoever else comes: when there is no more room, all lose one. */
function countUser(users: Map<string, number>, user: string | undefined): void {
  if (user === undefined) return
  const known = users.get(user)
  if (known !== undefined || users.size < mostUsers) {
    users.set(user, (known ?? 0) + 1)
    return
  }
  for (const [each, times] of users) {
    if (times === 1) users.delete(each)
    else users.set(each, times - 1)
  }
}

function mostNamed(steps: readonly (Map<string, number> | undefined)[]): Spike['user'] {
  const users = new Map<string, number>()
  for (const step of steps) for (const [id, times] of step ?? []) users.set(id, (users.get(id) ?? 0) + times)
  const [first] = [...users].sort(([, a], [, b]) => b - a)
  return first === undefined ? undefined : { id: first[0], count: first[1] }
}
