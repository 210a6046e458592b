import { readZone, type Zone } from './clock.ts'
import type { TimeTest } from './condition.ts'
import { asText, readMapping, shapeOf } from './mapping.ts'
import type { Node, ScalarNode } from './node.ts'
import type { Reporter } from './reporter.ts'
import type { Scope } from './scope.ts'
import type { Span } from './source.ts'
import { suggest } from './suggest.ts'
import { keys } from './vocabulary.ts'

/** The days of the week as authors name them, Sunday first. */
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const dayGroups: ReadonlyMap<string, readonly number[]> = new Map([
  ['weekdays', [1, 2, 3, 4, 5]],
  ['weekends', [6, 0]],
])

/** A `time` condition; what is wrong with it is reported, and the result is undefined. */
export function readTime(node: Node, span: Span, keySpan: Span, scope: Scope): TimeTest | undefined {
  const { reporter } = scope
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    reporter.error('wrong-shape', node.span, '"time" must say what the time is within', `Write { within: ${node.raw} }`)
    return undefined
  }
  const entries = readMapping(node, keys.time, '"time"', reporter)
  if (entries === undefined) return undefined
  const withinEntry = entries.get('within')
  const daysEntry = entries.get('days')
  const zoneEntry = entries.get('zone')
  if (withinEntry === undefined && daysEntry === undefined) {
    const hint = 'Write { within: "22:00-07:00" } or { days: weekends }'
    // A misspelt key has been reported, and was meant to be one of the two.
    if (node.kind === 'map' && node.entries.length === entries.size) {
      reporter.error('empty', node.span, '"time" needs "within" or "days"', hint)
    }
    return undefined
  }
  const within = withinEntry && readWithin(withinEntry.value, reporter)
  const days = daysEntry && readDays(daysEntry.value, reporter)
  const zone = zoneEntry === undefined ? scope.zone : readZoneName(zoneEntry.value, reporter)
  if (zone === undefined && zoneEntry === undefined) {
    const hint = 'Write zone: Asia/Shanghai (or yours) here or at the top of the file'
    reporter.error('missing-zone', keySpan, 'Nobody can tell which clock this time is read from', hint)
  }
  const isWhole = (withinEntry === undefined || within) && (daysEntry === undefined || days)
  if (!isWhole || zone === undefined) return undefined
  const text = `time${withinEntry ? ` within ${rawOf(withinEntry.value)}` : ''}${daysEntry ? ` on ${rawOf(daysEntry.value)}` : ''}`
  return { kind: 'time', ...(within && { within }), ...(days && { days }), zone: zone.name, text, span }
}

/** The zone that a text names. */
export function readZoneName(node: Node, reporter: Reporter): Zone | undefined {
  const name = asText(node, 'a zone', reporter)
  if (name === undefined) return undefined
  const zone = readZone(name)
  if (zone !== undefined) return zone
  const hint = suggestZone(name)
  reporter.error('bad-zone', node.span, `There is no time zone "${name}"`, hint)
  return undefined
}

function suggestZone(name: string): string {
  const known = [...Intl.supportedValuesOf('timeZone'), 'UTC']
  const hint = suggest(name, known, '')
  const near = /^Did you mean "[^"]+"\?/.exec(hint)?.[0]
  return near ?? 'Name it by continent and city, as in Asia/Shanghai, or write UTC'
}

function readWithin(node: Node, reporter: Reporter): { start: number; end: number } | undefined {
  const text = asText(node, 'a time span', reporter)
  if (text === undefined) return undefined
  const found = /^(\d{2}):(\d{2})\s*-\s*(\d{2}):(\d{2})$/.exec(text.trim())
  const start = found === null ? undefined : minutesOf(found[1], found[2])
  const end = found === null ? undefined : minutesOf(found[3], found[4])
  if (start === undefined || end === undefined || start === 24 * 60) {
    const message = `"${text}" is no time span`
    reporter.error('bad-time', node.span, message, 'Write two times from 00:00 to 24:00, as in "22:00-07:00"')
    return undefined
  }
  if (start !== end) return { start, end }
  const hint = 'Leave "within" out for the whole day'
  reporter.error('bad-time', node.span, `"${text}" ends where it begins`, hint)
  return undefined
}

function minutesOf(hours = '', minutes = ''): number | undefined {
  const total = Number(hours) * 60 + Number(minutes)
  return Number(minutes) < 60 && total <= 24 * 60 ? total : undefined
}

function readDays(node: Node, reporter: Reporter): ReadonlySet<number> | undefined {
  if (node.kind === 'broken') return undefined
  if (node.kind === 'map') {
    reporter.error('wrong-shape', node.span, `Days must be a list, and this is ${shapeOf(node)}`, 'Write [mon, tue]')
    return undefined
  }
  const items = node.kind === 'list' ? node.items : [node]
  if (items.length === 0) {
    reporter.error('empty', node.span, 'There is no day in this list', 'Write [mon, tue]')
    return undefined
  }
  const days = items.map(item => readDay(item, reporter))
  return days.some(day => day === undefined) ? undefined : new Set((days as number[][]).flat())
}

/** One entry of `days`: a day, a run of days, or a group of them. */
function readDay(node: Node, reporter: Reporter): readonly number[] | undefined {
  const text = asText(node, 'a day', reporter)
  if (text === undefined) return undefined
  const group = dayGroups.get(text)
  if (group !== undefined) return group
  const ends = text.split('-').map(name => dayNames.indexOf(name.trim()))
  const [first = -1, last = first] = ends
  if (ends.length <= 2 && first !== -1 && last !== -1) return run(first, last)
  const hint = suggest(text, [...dayNames, 'mon-fri', ...dayGroups.keys()], 'Days')
  reporter.error('bad-time', node.span, `There is no day "${text}"`, hint)
  return undefined
}

/** The days from one to another, over the end of the week where needed. */
function run(first: number, last: number): number[] {
  const length = ((last - first + 7) % 7) + 1
  return Array.from({ length }, (_, at) => (first + at) % 7)
}

function rawOf(node: Node): string {
  if (node.kind === 'list') return `[${node.items.map(item => (item as ScalarNode).raw).join(', ')}]`
  return (node as ScalarNode).raw
}
