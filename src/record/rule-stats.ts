import type { RecordedDecision } from './record-line.ts'

/** What a rule did in some hours: matches, and what became of them. */
export type RuleHours = {
  rule: string
  stage: string
  /** Of its last match. */
  mode: string
  /** How many of its matches were in force and how many in shadow: both, where it has a share or changed. */
  modes: { enforce: number; shadow: number }
  /** By hour, from the first one: matched without an exemption; settled the reply, changed or exempted something. */
  fired: number[]
  decided: number[]
  /** In shadow: would have refused a call that was let through, or changed or exempted something. */
  wouldDecide: number[]
  exempted: number[]
}

export const statsHourMs = 3_600_000

/** Counts decisions by rule and hour. Memory grows with rules and hours, never with calls. */
export class RuleStats {
  readonly calls: number[]
  readonly refused: number[]
  readonly rewritten: number[]
  readonly #rules = new Map<string, RuleHours>()
  readonly #from: number

  /** `from` is the start of the first hour. */
  constructor(from: number, hours: number) {
    this.#from = from
    const none = () => new Array<number>(hours).fill(0)
    this.calls = none()
    this.refused = none()
    this.rewritten = none()
  }

  get rules(): readonly RuleHours[] {
    return [...this.#rules.values()]
  }

  /** A call that no rule matched. */
  addPlain(at: number): void {
    this.#count(this.calls, at)
  }

  add(decision: RecordedDecision): void {
    const { at, matches, changes } = decision
    this.#count(this.calls, at)
    if (decision.decision === 'reject') this.#count(this.refused, at)
    else if (changes.length > 0) this.#count(this.rewritten, at)
    for (const match of matches) {
      const rule = this.#rule(match)
      this.#count(match.exempted ? rule.exempted : rule.fired, at)
      if (isDecisive(decision, match)) this.#count(rule.decided, at)
      if (wouldBeDecisive(decision, match)) this.#count(rule.wouldDecide, at)
    }
  }

  #rule({ rule, stage, mode }: RecordedDecision['matches'][number]): RuleHours {
    let known = this.#rules.get(rule)
    if (known === undefined) {
      const none = () => new Array<number>(this.calls.length).fill(0)
      const hours = { fired: none(), decided: none(), wouldDecide: none(), exempted: none() }
      known = { rule, stage, mode, modes: { enforce: 0, shadow: 0 }, ...hours }
      this.#rules.set(rule, known)
    }
    known.mode = mode
    known.modes[mode] += 1
    return known
  }

  #count(hours: number[], at: number): void {
    const hour = Math.floor((at - this.#from) / statsHourMs)
    if (hour >= 0 && hour < hours.length) hours[hour] = (hours[hour] as number) + 1
  }
}

type Match = RecordedDecision['matches'][number]

function isDecisive({ rule, changes, matches }: RecordedDecision, match: Match): boolean {
  if (match.mode === 'shadow' || match.exempted) return false
  switch (match.stage) {
    case 'reject':
      return rule === match.rule
    case 'rewrite':
      return changes.some(change => change.rule === match.rule)
    case 'exempt':
      return matches.some(({ exempted, mode }) => exempted && mode === 'enforce')
  }
}

function wouldBeDecisive({ decision }: RecordedDecision, { mode, exempted, stage }: Match): boolean {
  return mode === 'shadow' && !exempted && (stage !== 'reject' || decision === 'allow')
}

/** The rules that a line of the envelope says have matched. Much faster than parsing it. */
export function rulesMatchedIn(text: string): readonly string[] {
  return [...text.matchAll(/"rule":("(?:[^"\\]|\\.)*"),"stage"/g)].map(([, name = '']) => JSON.parse(name) as string)
}

/** What all lines without a match have in them, and those with one. */
export const noMatch = '"matches":[]'
export const someMatch = '"matches":[{'
