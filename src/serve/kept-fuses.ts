import type { RuleSet } from '../compile/ruleset.ts'
import { type FuseEntry, readFuses, writeFuses } from '../state/fuses.ts'
import { lastOfHistory } from '../state/history.ts'
import { type FusedRule, fusedRules, nextEntries, trialsAt, type WantedTrials } from './fused-rules.ts'
import type { KeptState } from './kept-state.ts'
import { inSlices } from './turn.ts'

/** Since when rules are in force, and which refused too many people: kept over restarts. */
export class KeptFuses {
  readonly #state: Pick<KeptState, 'open'>
  #entries: ReadonlyMap<string, FuseEntry> | undefined

  constructor(state: Pick<KeptState, 'open'>) {
    this.#state = state
  }

  /** What is kept, by rule. */
  get entries(): ReadonlyMap<string, FuseEntry> {
    return this.#entries ?? new Map()
  }

  /** Takes note of rules in force. Returns those that are to be watched. Throws StateInUse and StateUnusable. */
  async follow(current: RuleSet, now: number): Promise<{ dir: string; trials: WantedTrials }> {
    const { dir } = await this.#state.open()
    const fused = await inSlices(fusedRules(current))
    const kept = this.#entries ?? (await readFuses(dir).then(entries => entries && byRule(entries)))
    const before = kept ?? (await entriesByHistory(dir, fused.inForce, current.version))
    const { entries, isSame } = await inSlices(nextEntries(before, fused, { paused: current.paused, now }))
    this.#entries = this.#withBlown(entries)
    const trials = await inSlices(trialsAt(this.#entries, fused.inForce, now))
    if (!isSame || kept === undefined) await this.keep()
    return { dir, trials }
  }

  /** A rule refused too many people. To be kept. */
  blow(rule: string, blown: NonNullable<FuseEntry['blown']>): void {
    const entry = this.entries.get(rule)
    if (entry !== undefined) this.#entries = new Map(this.entries).set(rule, { ...entry, blown })
  }

  /** Writes what is kept. Throws StateInUse and StateUnusable. */
  async keep(): Promise<void> {
    const { dir } = await this.#state.open()
    await writeFuses(dir, [...this.entries.values()])
  }

  /** A fuse may have blown while the rules were looked at. */
  #withBlown(entries: ReadonlyMap<string, FuseEntry>): ReadonlyMap<string, FuseEntry> {
    const late = [...this.entries.values()].flatMap(({ rule, since, blown }) => {
      const entry = entries.get(rule)
      if (blown === undefined || entry?.since !== since || entry.blown !== undefined) return []
      return [[rule, { ...entry, blown }] as const]
    })
    return late.length === 0 ? entries : new Map([...entries, ...late])
  }
}

function byRule(entries: readonly FuseEntry[]): ReadonlyMap<string, FuseEntry> {
  return new Map(entries.map(entry => [entry.rule, entry]))
}

/** Before anything was kept, the rules in force count as come with the version that is the last of the history. */
async function entriesByHistory(
  dir: string,
  inForce: readonly FusedRule[],
  version: string,
): Promise<ReadonlyMap<string, FuseEntry>> {
  const last = await lastOfHistory(dir)
  return last?.version === version
    ? byRule(inForce.map(({ from, ...rule }) => ({ ...rule, since: last.at })))
    : new Map()
}
