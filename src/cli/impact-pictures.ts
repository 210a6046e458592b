import type { ImpactReport, RuleImpact } from '../impact/report.ts'
import type { Zone } from '../language/clock.ts'
import { minuteText } from './covered.ts'
import { type Html, html } from './html.ts'
import { callsOf } from './impact-words.ts'

/** The most bars side by side: a week by the hour; longer times have longer steps. */
const mostBars = 168

const hourMs = 3_600_000

/** The hours of a report in steps of equal length, without gaps; `step` is in hours. */
type Steps = { from: number; to: number; step: number; count: number; zone: Zone }

/** Calls refused by hour, before and after, on one scale; and all calls on their own. */
export function hoursPicture({ hours }: ImpactReport, zone: Zone): Html {
  const steps = stepsOf(hours, zone)
  if (steps === undefined) return html``
  const [all, before, after] = (['calls', 'refusedBefore', 'refusedAfter'] as const).map(key =>
    sumsIn(hours, steps, each => each[key]),
  ) as [number[], number[], number[]]
  const most = Math.max(...before, ...after)
  return html`<figure>
${panel('Refused before', before, { most, name: 'before', steps })}
${panel('Refused after', after, { most, name: 'after', steps })}
${panel('All calls', all, { most: Math.max(...all), name: 'all', steps })}
${endsOf(steps)}
<figcaption>Each bar is ${steps.step === 1 ? 'an hour' : `${steps.step} hours`}. Refused before and after have the same scale</figcaption>
</figure>`
}

/** When the calls of one rule were, on the hours of the report. */
export function ruleHoursPicture({ hours }: RuleImpact, report: ImpactReport, zone: Zone): Html {
  const steps = stepsOf(report.hours, zone)
  if (steps === undefined) return html``
  const sums = sumsIn(hours, steps, each => each.calls)
  return html`<figure class="small">${panel(`By hour`, sums, { most: Math.max(...sums), name: 'after', steps })}${endsOf(steps)}</figure>`
}

function stepsOf(hours: ImpactReport['hours'], zone: Zone): Steps | undefined {
  const [first, last] = [hours[0], hours.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const [from, end] = [Date.parse(first.hour), Date.parse(last.hour) + hourMs]
  const step = Math.ceil((end - from) / hourMs / mostBars)
  const count = Math.ceil((end - from) / hourMs / step)
  return { from, to: end, step, count, zone }
}

function sumsIn<T extends { hour: string }>(hours: readonly T[], steps: Steps, of: (each: T) => number): number[] {
  const sums = Array.from({ length: steps.count }, () => 0)
  for (const each of hours) {
    const at = Math.floor((Date.parse(each.hour) - steps.from) / hourMs / steps.step)
    if (at >= 0 && at < steps.count) sums[at] = (sums[at] as number) + of(each)
  }
  return sums
}

type Panel = { most: number; name: 'before' | 'after' | 'all'; steps: Steps }

function panel(title: string, sums: readonly number[], { most, name, steps }: Panel): Html {
  const total = sums.reduce((sum, each) => sum + each, 0)
  const highest = Math.max(...sums)
  const told = `${title}: ${callsOf(total)}, at most ${highest.toLocaleString('en-US')} ${stepText(steps)}`
  const bars = sums.map((sum, at) => (sum === 0 ? '' : bar(sum, { at, most, name, steps })))
  return html`<div class="panel"><div class="panel-title"><span>${title}: ${callsOf(total)}</span><span class="soft">most ${stepText(steps)}: ${highest.toLocaleString('en-US')}</span></div>
<svg viewBox="0 0 ${steps.count} 100" preserveAspectRatio="none" role="img" aria-label="${told}">${bars}</svg></div>`
}

/** The smallest bar is still seen. Pointing at a bar tells its hour and number. */
function bar(sum: number, { at, most, name, steps }: Panel & { at: number }): Html {
  const height = Math.max(3, Math.round((sum / most) * 1000) / 10)
  const when = minuteText(steps.from + at * steps.step * hourMs, steps.zone)
  return html`<rect class="${name}" x="${at}" y="${100 - height}" width="0.85" height="${height}"><title>${when}: ${callsOf(sum)}</title></rect>`
}

function stepText({ step }: Steps): string {
  return step === 1 ? 'in an hour' : `in ${step} hours`
}

function endsOf({ from, to, zone }: Steps): Html {
  return html`<div class="ends"><span>${minuteText(from, zone)}</span><span>${minuteText(to, zone)} (${zone.name})</span></div>`
}

/** A bar as long as its share of the most calls. */
export function shareBar(calls: number, most: number): Html {
  const width = Math.max(0.5, Math.round((calls / Math.max(most, 1)) * 1000) / 10)
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="after" width="${width}" height="10"/></svg>`
}
