import type { Colors } from 'picocolors/types.js'
import type { CheckReason } from '../impact/record-check.ts'
import type { ImpactReport } from '../impact/report.ts'
import type { Zone } from '../language/clock.ts'
import { durationText } from '../language/duration.ts'
import { visible } from '../language/show/visible.ts'
import { secondText } from './covered.ts'
import { callsOf } from './impact-words.ts'

/** Whether deciding recorded calls again gives what is on record; if not, that comes first, and why. */
export function impactExactness({ exactness, coverage }: ImpactReport, colors: Colors): readonly string[] {
  const { isExact, checked, same } = exactness
  if (isExact) return []
  const lost = sumOf(coverage.dropped)
  const reasons = exactness.otherwise.map(
    ({ reason, calls, example }) => `${whyText[reason]} (${callsOf(calls)}, such as ${example})`,
  )
  const paused = Object.keys(exactness.paused).map(visible)
  const lines = [
    ...(checked > same
      ? [
          `${(checked - same).toLocaleString('en-US')} of ${callsOf(checked)} come out otherwise than on record: ${reasons.join('; ')}`,
        ]
      : []),
    ...(checked === 0 ? ['no call could be compared with what is on record'] : []),
    ...(lost > 0
      ? [`${lost.toLocaleString('en-US')} decisions are not on record (${Object.keys(coverage.dropped).join(', ')})`]
      : []),
    ...(checked > same && paused.length > 0 ? [`paused at the time: ${paused.join(', ')}`] : []),
    ...notKept(exactness.notKept),
  ]
  return [`${colors.bold(colors.yellow('Not exact'))}: ${lines.join('. ')}`]
}

const whyText: Readonly<Record<CheckReason, string>> = {
  early: 'counts that reach back before the record begins',
  counts: 'other counts, as where several processes count together, or calls are not on record',
  unsure: 'not everything was known then',
  program: 'another version of hookwarden decided',
  unknown: 'no reason that is on record',
}

function notKept(versions: Readonly<Record<string, number>>): readonly string[] {
  const names = Object.keys(versions)
  return names.length === 0 ? [] : [`the rules of that time are not kept: ${names.map(visible).join(', ')}`]
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** How much of the record could be decided again. */
export function impactCoverage(report: ImpactReport, named: string, zone: Zone): readonly string[] {
  const { coverage, exactness } = report
  const { calls, judged, gone, unreadable, unsure, failed, warmUp } = coverage
  const missing = [
    gone > 0 && `${callsOf(gone)} without content`,
    unreadable > 0 && `${callsOf(unreadable)} that cannot be read`,
    failed > 0 && `${callsOf(failed)} that failed`,
  ].filter(each => each !== false)
  const masked = coverage.masked.length === 0 ? [] : [`Masked: ${maskedText(coverage)}`]
  const doubts = [
    unsure > 0 && `of ${callsOf(unsure)} not everything was known at the time`,
    warmUp.gone > 0 && `${callsOf(warmUp.gone)} before it have no content any more, and are not counted`,
  ].filter(each => each !== false)
  const exact = exactness.isExact && exactness.checked > 0
  return [
    `Compared with ${named}, on ${judged.toLocaleString('en-US')} of ${callsOf(calls)} on record`,
    ...(exact
      ? [`Exact: ${callsOf(exactness.checked)}, decided again by the rules of their time, came out as recorded`]
      : []),
    ...(missing.length === 0 ? [] : [`Not covered: ${missing.join(', ')}`]),
    ...masked,
    ...(doubts.length === 0 ? [] : [`Unsure: ${doubts.join('; ')}`]),
    ...shortCountsText(report, zone),
  ]
}

/** Which rules may count too little, and how long. */
function shortCountsText({ shortCounts, until }: ImpactReport, zone: Zone): readonly string[] {
  const [longest] = shortCounts
  if (longest === undefined) return []
  const shown = shortCounts.slice(0, 3).map(({ rule, looksBackMs, wholeFrom }) => {
    const when =
      Date.parse(wholeFrom) > Date.parse(until) ? 'in all of it' : `before ${secondText(Date.parse(wholeFrom), zone)}`
    return `${visible(rule)} looks back ${durationText(looksBackMs)}, and may count too little ${when}`
  })
  const more = shortCounts.length > 3 ? [`and so do ${shortCounts.length - 3} more rules`] : []
  const from = Date.parse(longest.wholeFrom) - longest.looksBackMs
  return [`Counts begin with the record, ${secondText(from, zone)}: ${[...shown, ...more].join('; ')}`]
}

function maskedText({ masked }: ImpactReport['coverage']): string {
  const shown = masked
    .slice(0, 3)
    .map(({ rule, calls, fields }) => `${visible(rule)} on ${callsOf(calls)} (${fields.join(', ')})`)
  return [...shown, ...(masked.length > 3 ? [`${masked.length - 3} more rules`] : [])].join('; ')
}
