import type { Difference } from '../decide/difference.ts'
import type { RecordedVerdict, ShedReason } from '../record/draft-line.ts'
import type { Config } from './config.ts'
import type { RulesInForce } from './observer.ts'
import type { RecordOpened } from './recording.ts'
import type { ReloadStatus } from './reload-status.ts'

/** What the thread of the draft is started with. */
export type DraftingData = Pick<
  Config,
  'allowEmpty' | 'countsKeys' | 'countsMb' | 'deadlineMs' | 'draft' | 'maxTextBytes' | 'onFailure' | 'settleMs'
> & { maxHeapMb: number; paused: readonly string[]; record: RecordOpened | null }

/** Messages to the thread. */
export type ToDrafting =
  /** Two lines for each call, see `callLines`. */
  | { kind: 'calls'; lines: Uint8Array<ArrayBuffer> }
  /** The rules that operators have paused, also in the draft. */
  | { kind: 'paused'; rules: readonly string[] }
  | { kind: 'record'; record: RecordOpened }
  | { kind: 'reload' }

/** An attempt to load the draft. */
export type DraftLoaded = ReloadStatus & {
  /** What is in use now, and since when; absent while there is nothing. */
  inUse?: RulesInForce & { since: string; isCounting: boolean }
  isNew: boolean
  /** How many errors there are, and how many diagnostics are left out, the last ones: all of them could be megabytes. */
  errors: number
  others: number
}

/** A call that the draft decides otherwise. `line` is for the record. */
export type DraftDifference = {
  id: string
  at: number
  callback: string
  difference: Difference
  answered: RecordedVerdict
  draft: RecordedVerdict
  line?: string
}

/** What became of some calls: as many were handed over. `version`: of the draft that decided them; null for none. */
export type DraftReport = {
  version: string | null
  decided: number
  shed: { [reason in ShedReason]?: number }
  differences: readonly DraftDifference[]
}

/** Messages from the thread. */
export type FromDrafting =
  | { kind: 'loaded'; loaded: DraftLoaded }
  | { kind: 'report'; report: DraftReport }
  /** It is at work on something long. */
  | { kind: 'alive' }
  /** A batch of calls is done, after its reports. */
  | { kind: 'done' }
  /** The files of the draft cannot be kept, or some calls cannot be decided. */
  | { kind: 'problem'; message: string }
