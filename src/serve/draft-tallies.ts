import { type DifferenceKind, differenceKinds } from '../decide/difference.ts'
import { type ShedReason, shedReasons } from '../record/draft-line.ts'
import type { DraftReport } from './draft-messages.ts'

/** What a draft did. Every call that was answered is decided, shed, or still waits. */
export type DraftTally = {
  decided: number
  shed: { [reason in ShedReason]: number }
  differences: { [kind in DifferenceKind]: number }
}

/** The differences that a rule made. */
export type DraftRuleTally = { rule: string } & { [kind in DifferenceKind]?: number }

/** What a draft did since the last time that this was asked. `version` is null while there was none. */
export type DraftSum = { version: string | null } & DraftTally

/** So many rules are counted apart; more are named only while there is room. */
const mostRules = 1000

/** All that is counted of drafts, in one place: since the one in use came into use, and since it was last summed up. */
export class DraftTallies {
  #version: string | null = null
  #now = noTally()
  #rules = new Map<string, DraftRuleTally>()
  #otherRules = 0
  /** By version, in the order in which they came. */
  #unsummed = new Map<string | null, DraftTally>()

  /** A draft came into use, or none is left, and what is counted starts over. */
  use(version: string | null): void {
    this.#version = version
    this.#now = noTally()
    this.#rules = new Map()
    this.#otherRules = 0
  }

  /** Calls that are not decided, while the version in use was in use. */
  shed(reason: ShedReason, calls: number): void {
    this.#now.shed[reason] += calls
    this.#unsummedOf(this.#version).shed[reason] += calls
  }

  add({ version, decided, shed, differences }: DraftReport): void {
    // The calls of a draft that was replaced meanwhile are only summed up.
    const tallies = version === this.#version ? [this.#now, this.#unsummedOf(version)] : [this.#unsummedOf(version)]
    for (const tally of tallies) {
      tally.decided += decided
      for (const reason of shedReasons) tally.shed[reason] += shed[reason] ?? 0
      for (const { difference } of differences) tally.differences[difference.kind] += 1
    }
    if (version === this.#version) for (const { difference } of differences) this.#addRule(difference)
  }

  get tally(): DraftTally {
    const { decided, shed, differences } = this.#now
    return { decided, shed: { ...shed }, differences: { ...differences } }
  }

  /** The rules with the most differences, and how many differences others made. */
  rules(most: number): { rules: readonly DraftRuleTally[]; others: number } {
    const sorted = [...this.#rules.values()].sort((a, b) => sumOf(b) - sumOf(a))
    const rest = sorted.slice(most).reduce((sum, rule) => sum + sumOf(rule), 0)
    return { rules: sorted.slice(0, most).map(rule => ({ ...rule })), others: this.#otherRules + rest }
  }

  /** What happened since the last call of this, by version; nothing if nothing did. */
  summed(): readonly DraftSum[] {
    const sums = [...this.#unsummed].map(([version, tally]) => ({ version, ...tally }))
    this.#unsummed = new Map()
    return sums
  }

  #addRule({ kind, rule }: { kind: DifferenceKind; rule: string }): void {
    const known = this.#rules.get(rule) ?? { rule }
    if (!this.#rules.has(rule) && this.#rules.size >= mostRules) {
      this.#otherRules += 1
      return
    }
    known[kind] = (known[kind] ?? 0) + 1
    this.#rules.set(rule, known)
  }

  #unsummedOf(version: string | null): DraftTally {
    const known = this.#unsummed.get(version) ?? noTally()
    this.#unsummed.set(version, known)
    return known
  }
}

function sumOf(rule: DraftRuleTally): number {
  return differenceKinds.reduce((sum, kind) => sum + (rule[kind] ?? 0), 0)
}

/** How many calls were shed, whatever the reason. */
export function shedIn(shed: { readonly [reason in ShedReason]?: number }): number {
  return shedReasons.reduce((sum, reason) => sum + (shed[reason] ?? 0), 0)
}

function noTally(): DraftTally {
  const none = <K extends string>(keys: readonly K[]) =>
    Object.fromEntries(keys.map(key => [key, 0])) as { [key in K]: number }
  return { decided: 0, shed: none(shedReasons), differences: none(differenceKinds) }
}
