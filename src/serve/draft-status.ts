import type { DraftLoaded } from './draft-messages.ts'
import { type DraftRuleTally, type DraftTallies, type DraftTally, shedIn } from './draft-tallies.ts'
import type { RulesInForce } from './observer.ts'
import type { ReloadStatus } from './reload-status.ts'

/** What `GET /status` says of the draft. Times are ISO 8601. */
export type DraftStatus = DraftTally & {
  dir: string
  /** What is in use, and since when: what is counted here counts from then on. */
  version: string | null
  since: string | null
  rules: RulesInForce['counts'] | null
  /** Calls that it is still to decide. */
  waiting: number
  /** The rules with the most differences, and how many differences others made. */
  byRule: readonly DraftRuleTally[]
  others: number
  /** Present if what the draft counts is too low, and by how much. */
  note?: string
  /** With the first 50 diagnostics, and the number of the others. */
  lastReload: (ReloadStatus & { others: number }) | null
  /** How often its thread failed, and why it did last. */
  failures: number
  lastError: string | null
}

/** What the status is built from. */
type DraftSeen = Pick<DraftStatus, 'dir' | 'waiting' | 'failures' | 'lastError'> & {
  loaded: DraftLoaded | null
  tallies: Pick<DraftTallies, 'rules' | 'tally'>
}

const mostRulesShown = 50

/** The status of a draft, for `GET /status`. */
export function draftStatus({ dir, loaded, tallies, waiting, failures, lastError }: DraftSeen): DraftStatus {
  const { inUse, isNew: _, errors: __, ...lastReload } = loaded ?? noLoad
  const { rules: byRule, others } = tallies.rules(mostRulesShown)
  const { tally } = tallies
  const shed = shedIn(tally.shed)
  const isLow = inUse?.isCounting === true && shed > 0
  return {
    dir,
    version: inUse?.version ?? null,
    since: inUse?.since ?? null,
    rules: inUse?.counts ?? null,
    ...{ ...tally, waiting, byRule, others },
    ...(isLow && { note: lowCountsNote(shed) }),
    lastReload: loaded === null ? null : lastReload,
    ...{ failures, lastError },
  }
}

/** What is known of the draft before it was loaded for the first time. */
const noLoad: DraftLoaded = { ok: false, at: '', diagnostics: [], isNew: false, errors: 0, others: 0 }

/** What is wrong with the counts of a draft where calls were shed. */
export function lowCountsNote(shed: number): string {
  return `Counts of the draft are lower bounds: ${shed} ${shed === 1 ? 'call' : 'calls'} shed`
}
