import type { RuleSet } from '../compile/ruleset.ts'
import { type CallSegments, listCalls } from '../state/read-calls.ts'
import type { TimeSpan } from '../state/segments.ts'

/** What of the record is read: the calls that are compared, and before them those that only fill the counts. */
export type ReplayPlan = { dirs: readonly string[]; span: TimeSpan; warmFrom: number; segments: CallSegments }

/** Plans a run over the record of some state folders. Throws StateUnusable. */
export async function planReplay(
  dirs: readonly string[],
  span: TimeSpan,
  ruleSets: readonly RuleSet[],
): Promise<ReplayPlan> {
  const { until } = span
  const counts = ruleSets.flatMap(({ counters }) => [...counters.values()])
  const longestMs = Math.max(0, ...counts.map(({ keepMs }) => keepMs))
  const all = await listCalls(dirs, { since: span.since - longestMs, until: span.until })
  // Counts begin with the first call: before it nothing is known, and where no call has a content, nothing is counted.
  const [first, firstCall] = [all.envelopes, all.contents].map(each => Math.min(until, ...each.map(({ hour }) => hour)))
  const since = Math.max(span.since, first as number)
  const warmFrom = Math.min(since, Math.max(since - longestMs, firstCall as number))
  const isRead = ({ hour }: { hour: number }) => hour + hourMs + lateMs > warmFrom
  const segments = { envelopes: all.envelopes.filter(isRead), contents: all.contents.filter(isRead) }
  return { dirs, span: { since, until }, warmFrom, segments }
}

const hourMs = 3_600_000

/** A line may be so late that it is in the next hour. */
const lateMs = 120_000
