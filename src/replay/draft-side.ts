import type { RuleSet } from '../compile/ruleset.ts'
import type { ByDraft } from '../impact/impact-run.ts'
import { MaskedRules } from '../impact/masked-rules.ts'
import { plainOutcome, type Replied } from '../impact/outcome.ts'
import { type CallOnRecord, readRecorded, type SeeCall } from '../impact/recorded.ts'
import { Side } from '../impact/side.ts'
import { nothingCovered, readCalls } from '../state/read-calls.ts'
import type { ReplayPlan } from './plan.ts'

/** What the draft made of some calls, in their order: of nearly all of them nothing is to tell. */
export type DraftBatch = {
  /** How many calls were decided, and which was the last one. */
  calls: number
  lastId: string
  /** Of each call: 0 nothing, 1 a count reaches back too far, 2 an outcome, 3 both. */
  flags: Uint8Array<ArrayBuffer>
  /** The outcomes, in order. */
  outcomes: readonly Replied[]
}

/** What deciding by a draft needs, besides the record. */
export type DraftOptions = {
  draft: RuleSet
  see: SeeCall
  areNamesKnown: boolean
  /** Whether a call is decided in this part of the run. */
  isMine(read: CallOnRecord): boolean
}

/** Reads the record, and decides its calls by a draft. */
export async function* decideByDraft(plan: ReplayPlan, options: DraftOptions): AsyncGenerator<DraftBatch> {
  const { draft, see, isMine } = options
  const side = new Side(draft, plan.warmFrom)
  const masked = new MaskedRules(draft, options)
  for await (const batch of readCalls(
    plan.segments,
    nothingCovered({ since: plan.warmFrom, until: plan.span.until }),
  )) {
    const flags = new Uint8Array(batch.length)
    const outcomes: Replied[] = []
    let [calls, lastId] = [0, '']
    for (const lines of batch) {
      const read = readRecorded(lines, see)
      if (read.kind !== 'decision' || typeof read.call === 'string' || !isMine(read)) continue
      const without = new Set(masked.of(read.call, read.masked).keys())
      const { outcome, isEarly } = await side.decide(read.call, read.at, without)
      const isPlain = outcome === plainOutcome
      if (!isPlain) outcomes.push(outcome)
      flags[calls] = (isEarly ? 1 : 0) + (isPlain ? 0 : 2)
      calls += 1
      lastId = read.id
    }
    if (calls > 0) yield { calls, lastId, flags, outcomes }
  }
}

/** The record is not the same for both sides: a file of it was removed while it was read. */
export class RecordChanged extends Error {
  override name = 'RecordChanged'
  override message = 'The record changed while it was read: a file of it was removed. Try again'
}

/** Hands out, call by call, what the draft made of them. */
export function inOrderOf(batches: AsyncIterator<DraftBatch>): ByDraft {
  let batch: DraftBatch | undefined
  let [at, next] = [0, 0]
  const take = (id: string) => {
    if (batch === undefined) throw new RecordChanged()
    const flag = batch.flags[at] as number
    at += 1
    if (at === batch.calls && id !== batch.lastId) throw new RecordChanged()
    const outcome = flag >= 2 ? (batch.outcomes[next++] as Replied) : plainOutcome
    return { outcome, isEarly: flag % 2 === 1 }
  }
  return ({ id }) => {
    if (batch !== undefined && at < batch.calls) return take(id)
    return batches.next().then(({ value, done }) => {
      batch = done ? undefined : value
      ;[at, next] = [0, 0]
      return take(id)
    })
  }
}
