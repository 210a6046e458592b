import { randomUUID } from 'node:crypto'
import { changesTo, changeText, goneAt, type PauseChange, type PauseChanges, readChange } from './pause-changes.ts'
import { pauseScript } from './pause-script.ts'
import { isOver, type RulePause } from './pauses.ts'
import type { RedisLink } from './redis-link.ts'

type SharedOptions = {
  link: Pick<RedisLink, 'run'>
  instance: string
  /** In ms since 1970. */
  now: () => number
  known: PauseChanges
}

/** What the store has: the pauses that hold by all changes, and the changes that were new to this process. */
export type Exchanged = { pauses: readonly RulePause[]; changes: PauseChanges }

/**
 * The pauses of several processes, in the store in which they count together.
 *
 * Each process holds the last change of every rule, and so does the store. Whoever knows a newer one tells it, so that
 * nothing is lost while the store is away, or when it has lost all it had.
 */
export class SharedPauses {
  readonly #link: SharedOptions['link']
  readonly #instance: string
  readonly #now: () => number
  readonly #known: Map<string, PauseChange>
  readonly #unsaid: Set<string>
  #refused: ReadonlySet<string> = new Set()
  /** What the store had when it was last asked; unlike any if it was not. */
  #revision = 'none'

  constructor({ link, instance, now, known }: SharedOptions) {
    this.#link = link
    this.#instance = instance
    this.#now = now
    this.#known = new Map(known)
    this.#unsaid = new Set(known.keys())
  }

  /** The last change of every rule, as far as this process knows. */
  get known(): PauseChanges {
    return this.#known
  }

  /** True of a rule whose pause is only here: the store has no room for it. */
  isRefused(rule: string): boolean {
    return this.#refused.has(rule)
  }

  /** What was changed here, at a time in ms since 1970. Returns whether anything was. */
  note(pauses: readonly RulePause[], { at, who }: { at: number; who: string }): boolean {
    const changes = changesTo(pauses, this.#known, { at, now: this.#now(), from: this.#instance, who })
    for (const [rule, change] of changes) {
      this.#known.set(rule, change)
      this.#unsaid.add(rule)
    }
    return changes.size > 0
  }

  /** Tells the store what is new, and takes what is new there. Rejects without an answer in time. */
  async exchange(pauses: readonly RulePause[]): Promise<Exchanged> {
    const changes = new Map<string, PauseChange>()
    for (let round = 0; round < mostRounds; round++) {
      for (const [rule, change] of await this.#ask()) changes.set(rule, change)
      if (this.#unsaid.size === 0) break
    }
    this.#forget()
    return { pauses: changes.size === 0 ? pauses : this.#applied(pauses, changes), changes }
  }

  async #ask(): Promise<PauseChanges> {
    const said = [...this.#unsaid].slice(0, mostAtOnce)
    const offers = said.flatMap(rule => {
      const change = this.#known.get(rule)
      return change === undefined ? [] : [[rule, changeText(change)]]
    })
    const args = [this.#revision, randomUUID(), mostRules, keepMs, JSON.stringify(offers)]
    const [answer] = await this.#link.run([{ keys: ['{hw:pauses}'], args }], pauseScript)
    const [revision, refused, all] = answer as [string, string[], string[]?]
    for (const rule of said) this.#unsaid.delete(rule)
    this.#refused = new Set([...this.#refused].filter(rule => !said.includes(rule)).concat(refused))
    this.#revision = revision
    return all === undefined ? new Map() : this.#compare(byRule(all))
  }

  /** What is newer there. What is newer here is to be said. */
  #compare(there: ReadonlyMap<string, string>): PauseChanges {
    const changes = new Map<string, PauseChange>()
    for (const [rule, text] of there) {
      const change = readChange(rule, text)
      const here = this.#known.get(rule)
      if (change === undefined || (here && here.at === change.at)) continue
      if (here && here.at > change.at) this.#unsaid.add(rule)
      else changes.set(rule, change)
    }
    for (const [rule, change] of changes) this.#known.set(rule, change)
    for (const rule of this.#known.keys()) if (!there.has(rule)) this.#unsaid.add(rule)
    return changes
  }

  #applied(pauses: readonly RulePause[], changes: PauseChanges): readonly RulePause[] {
    const kept = pauses.filter(({ rule }) => !changes.has(rule))
    const taken = [...changes.values()].flatMap(({ pause, from }) =>
      pause === null || isOver(pause, this.#now()) ? [] : [{ ...pause, from }],
    )
    return [...kept, ...taken]
  }

  /** What may be forgotten; and if there are too many, the oldest ends of pauses, as the store does. */
  #forget(): void {
    const now = this.#now()
    for (const [rule, change] of this.#known) {
      const gone = goneAt(change)
      if (gone !== 0 && gone < now) this.#drop(rule)
    }
    const ends = [...this.#known].filter(([, { pause }]) => pause === null).sort((a, b) => a[1].at - b[1].at)
    for (const [rule] of ends.slice(0, Math.max(0, this.#known.size - mostRules))) this.#drop(rule)
  }

  #drop(rule: string): void {
    this.#known.delete(rule)
    this.#unsaid.delete(rule)
  }
}

/** More rules than these have no room in the store. */
export const mostRules = 500

/** As many changes are said at once, in so many rounds: the rest the next time. */
const mostAtOnce = 100
const mostRounds = 8

/** How long the store keeps pauses while no process asks for them. */
const keepMs = 32 * 86_400_000

/** The changes in an answer. The fields of rules begin with `r:`. */
function byRule(flat: readonly string[]): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const [field = '', text = ''] = flat.slice(at, at + 2)
    if (field.startsWith('r:')) all.set(field.slice(2), text)
  }
  return all
}
