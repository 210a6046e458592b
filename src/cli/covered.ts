import { localText, type Zone } from '../language/clock.ts'
import { visible } from '../language/show/visible.ts'
import type { Covered, MissingPlace } from '../state/covered.ts'

const hourMs = 3_600_000

/** How many gaps of an instance are listed. */
const mostListed = 3

type Range = { from: number; to: number }

/** Which instances and hours an answer covers, and what could not be read, on a line each. */
export function coverageLines(coverage: Covered, { zone, now }: { zone: Zone; now: number }): readonly string[] {
  const byRanges = new Map<string, string[]>()
  for (const { instance, hours } of coverage.instances) {
    const text = rangesText(rangesOf(hours, coverage, now), zone)
    byRanges.set(text, [...(byRanges.get(text) ?? []), visible(instance)])
  }
  const names = [...byRanges].map(([text, instances]) => `${instances.sort().join(', ')}: ${text}`)
  const covers =
    names.length === 0 ? ['Nothing is on record for this time'] : [`Covers ${names.join('; ')} (${zone.name})`]
  return [...covers, ...lacks(coverage)]
}

/** The same as data, times in ISO 8601. */
export function coverageJson(coverage: Covered, now: number): object {
  const { instances, foreign, newer, cut, unreadable, missing, since, until } = coverage
  const iso = (at: number) => new Date(at).toISOString()
  return {
    since: since === 0 ? null : iso(since),
    until: iso(until),
    instances: instances.map(({ dir, instance, hours }) => ({
      instance,
      state: dir,
      hours: rangesOf(hours, coverage, now).map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
    })),
    ...{ foreign, newer, cut, unreadable, missing },
  }
}

/** Hours that follow each other as one, within what was asked and has happened. */
function rangesOf(hours: readonly number[], { since, until }: Covered, now: number): Range[] {
  const ranges: Range[] = []
  for (const hour of hours) {
    const last = ranges.at(-1)
    if (last !== undefined && last.to === hour) last.to = hour + hourMs
    else ranges.push({ from: hour, to: hour + hourMs })
  }
  return ranges
    .map(({ from, to }) => ({ from: Math.max(from, since), to: Math.min(to, until, now) }))
    .filter(({ from, to }) => from < to)
}

function rangesText(ranges: readonly Range[], zone: Zone): string {
  if (ranges.length === 0) return 'nothing'
  const shown = ranges.slice(0, mostListed).map(range => rangeText(range, zone))
  const more = ranges.length - shown.length
  const [last] = ranges.slice(-1)
  return [...shown, ...(more > 0 && last ? [`${more} more until ${minuteText(last.to, zone)}`] : [])].join(', ')
}

function rangeText({ from, to }: Range, zone: Zone): string {
  const [first, last] = [minuteText(from, zone), minuteText(to, zone)]
  return first.slice(0, 10) === last.slice(0, 10) ? `${first}–${last.slice(11)}` : `${first} – ${last}`
}

/** An instant to the minute: `2026-12-01 10:00`. */
export function minuteText(at: number, zone: Zone): string {
  return localText(zone, at - (((at % 60_000) + 60_000) % 60_000))
}

/** An instant to the second: `2026-12-01 10:00:03`. */
export function secondText(at: number, zone: Zone): string {
  const text = localText(zone, at)
  return text.length === 16 ? `${text}:00` : text
}

function lacks({ foreign, newer, cut, unreadable, missing }: Covered): readonly string[] {
  const lines = (count: number) => `${count} ${count === 1 ? 'line' : 'lines'}`
  const found = [
    foreign > 0 && `${lines(foreign)} not written by hookwarden`,
    newer > 0 && `${lines(newer)} of a newer version`,
    cut > 0 && `${lines(cut)} without an end`,
  ].filter(Boolean)
  return [
    ...(found.length === 0 ? [] : [`Left out: ${found.join(', ')}`]),
    ...unreadable.map(({ path, reason }) => `Not all of ${visible(path)} could be read: ${visible(reason)}`),
    ...missingLines(missing),
  ]
}

/** The services that an answer lacks, a line each. */
export function missingLines(missing: readonly MissingPlace[]): readonly string[] {
  return missing.map(({ place, reason }) => `Without ${visible(place)}: ${visible(reason)}`)
}
