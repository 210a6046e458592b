import type { RuleSet } from '../compile/ruleset.ts'
import { refusalMs } from '../impact/refusals.ts'
import { type CallSegments, listCalls } from '../state/read-calls.ts'
import { segmentsWithin, type TimeSpan } from '../state/segments.ts'

/** What of the record is read: the calls that are compared, and before them those that only fill the counts. */
export type ReplayPlan = {
  dirs: readonly string[]
  /** The time of this part, and of the whole run. */
  span: TimeSpan
  whole: TimeSpan
  warmFrom: number
  /** Since when it is known who was refused. */
  refusalsSince: number
  segments: CallSegments
}

/** One of several parts of about as many hours. */
export type Slice = { number: number; of: number }

/** Plans a run over the record of some state folders. Throws StateUnusable. */
export async function planReplay(
  dirs: readonly string[],
  asked: TimeSpan,
  ruleSets: readonly RuleSet[],
  slice?: Slice,
): Promise<ReplayPlan> {
  const { until } = asked
  const counts = ruleSets.flatMap(({ counters }) => [...counters.values()])
  const longestMs = Math.max(0, ...counts.map(({ keepMs }) => keepMs))
  const all = await listCalls(dirs, { since: asked.since - longestMs, until })
  // Counts begin with the first call: before it nothing is known, and where no call has a content, nothing is counted.
  const [first, firstCall] = [all.envelopes, all.contents].map(each => Math.min(until, ...each.map(({ hour }) => hour)))
  const since = Math.max(asked.since, first as number)
  const span = { since, until }
  const plan = { dirs, span, whole: span, refusalsSince: Math.max(since - refusalMs, await firstHour(dirs, since)) }
  if (slice !== undefined) return sliceOf({ ...plan, warmFrom: since, segments: all }, slice)
  const warmFrom = Math.min(since, Math.max(since - longestMs, firstCall as number))
  const isRead = ({ hour }: { hour: number }) => hour + hourMs + lateMs > warmFrom
  const segments = { envelopes: all.envelopes.filter(isRead), contents: all.contents.filter(isRead) }
  return { ...plan, warmFrom, segments }
}

/** When the record begins. */
async function firstHour(dirs: readonly string[], until: number): Promise<number> {
  const found = await Promise.all(dirs.map(dir => segmentsWithin(dir, { since: 0, until }, 'envelope')))
  return Math.min(until, ...found.flatMap(([first]) => first?.hour ?? []))
}

const hourMs = 3_600_000

/** A line may be so late that it is in the next hour. */
const lateMs = 120_000

/** The hours of one part of a run that counts nothing. The parts are one after another, and together the whole. */
function sliceOf(plan: ReplayPlan, { number, of }: Slice): ReplayPlan {
  const { since, until } = plan.span
  const hours = [...new Set(plan.segments.envelopes.map(({ hour }) => hour))].sort((a, b) => a - b)
  const startOf = (part: number) => {
    if (part === 1) return since
    return part > of ? until + 1 : (hours[Math.floor(((part - 1) * hours.length) / of)] ?? until + 1)
  }
  const span = { since: Math.max(since, startOf(number)), until: Math.min(until, startOf(number + 1) - 1) }
  const isRead = ({ hour }: { hour: number }) => hour + hourMs + lateMs > span.since && hour - lateMs <= span.until
  const { envelopes, contents } = plan.segments
  const segments = { envelopes: envelopes.filter(isRead), contents: contents.filter(isRead) }
  return { ...plan, span, warmFrom: span.since, segments }
}
