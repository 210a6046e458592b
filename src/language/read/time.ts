import { replacing, write } from '../../yaml/fix.ts'
import { areTogether } from '../../yaml/layout.ts'
import type { Entry, MapNode, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { meantSpan } from '../advice/meant-day.ts'
import type { TimeTest } from '../condition.ts'
import { keys } from '../vocabulary.ts'
import { readOn } from './dates.ts'
import { days as dayGroup, readDays } from './days.ts'
import { type MappingForm, type Misplaced, readMapping } from './mapping.ts'
import { type Scope, zoneOf } from './scope.ts'
import { asWritten, cover } from './shape.ts'
import { readZoneName } from './zone.ts'

const form: MappingForm = {
  place: '"time"',
  keys: keys.time,
  example: '{ within: "22:00-07:00" } or { days: weekends }',
  misplaced: ({ key }) => negated(key),
}

/** Advice for a key that asks for all other hours or days. */
function negated(key: string): Misplaced | undefined {
  const found = /^(?:outside|except|not)(?:[ _-](?:of|in|on))?(?:[ _-](within|days|hours))?$/i.exec(key)
  if (found === null) return undefined
  const test = found[1]?.toLowerCase() === 'days' ? 'days: weekdays' : 'within: "09:00-17:00"'
  return { hint: `Write not: { time: { ${test} } } for all other times`, isUnclear: true }
}

/** A `time` condition; undefined if invalid (reported). */
export function readTime({ keySpan, value: node }: Entry, scope: Scope): TimeTest | undefined {
  const { reporter } = scope
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    const hours = meantSpan(node.value)
    const days = dayGroup(node.value) === undefined ? undefined : `{ days: ${node.raw} }`
    const test = days ?? (hours === undefined ? undefined : `{ within: ${hours} }`)
    const advice = test === undefined ? `Write ${form.example}` : write(node.span, test)
    reporter.error('wrong-shape', node.span, '"time" must be "key: value" lines', advice)
    return undefined
  }
  if (node.kind === 'map' && refuseEnds(node, reporter)) return undefined
  const entries = readMapping(node, form, reporter)
  if (entries === undefined) return undefined
  const [within, days, on, notOn, zone] = keys.time.map(key => entries.get(key)?.value)
  if ([within, days, on, notOn].every(each => each === undefined)) {
    if (!entries.isUnclear)
      reporter.error('empty', node.span, '"time" needs "within", "days", "on" or "not on"', `Write ${form.example}`)
    return undefined
  }
  const span = within && readWithin(within, reporter)
  const weekdays = days && readDays(days, reporter)
  const [dates, others] = [on, notOn].map(each => each && readOn(each, scope))
  const clock = zone === undefined ? fileZone(keySpan, scope) : readZoneName(zone, reporter)
  if ((within && !span) || (days && !weekdays) || clock === undefined) return undefined
  if ((on && !dates) || (notOn && !others)) return undefined
  return {
    kind: 'time',
    ...(span && { within: span }),
    ...(weekdays && { days: weekdays }),
    ...(dates && { on: dates }),
    ...(others && { notOn: others }),
    zone: clock.name,
    text: `time${textOf({ within, days, on, notOn })}`,
    span: cover(keySpan, node.span),
  }
}

/** What a time test says, as reports show it. */
function textOf(parts: Record<'within' | 'days' | 'on' | 'notOn', Node | undefined>): string {
  const { within, days, on, notOn } = parts
  const hours = within ? ` within ${rawOf(within)}` : ''
  const which = [days && `on ${rawOf(days)}`, on && `on ${rawOf(on)}`, notOn && `not on ${rawOf(notOn)}`]
  const told = which.filter(each => each !== undefined).join(' and ')
  return `${hours}${told === '' ? '' : ` ${told}`}`
}

/** Reports start and end in separate keys as one mistake. */
function refuseEnds({ entries }: MapNode, reporter: Reporter): boolean {
  const [first, second] = entries.filter(({ key }) => /^(?:from|to|until|till|start|end|after|before)$/i.test(key))
  if (first === undefined) return false
  const hours = second && meantSpan(bare(`${rawOf(first.value)} - ${rawOf(second.value)}`))
  const message = `There is no key "${first.key}" in "time"`
  const hint = `Write within: ${hours ?? '"22:00-07:00", both ends in one text'}`
  const areNext = second !== undefined && areTogether([first, second], entries)
  const span = second && { ...first.keySpan, end: second.value.span.end }
  const fixes = span !== undefined && hours !== undefined && areNext ? [replacing(span, `within: ${hours}`)] : []
  reporter.error('unknown-key', first.keySpan, message, { hint, fixes })
  return true
}

function fileZone(span: TimeTest['span'], scope: Scope): ReturnType<typeof zoneOf> {
  const message = 'This time has no time zone'
  return zoneOf(scope, span, message, 'Write zone: Asia/Shanghai (or yours) here or at the top of the file')
}

/** A time span: minutes since midnight, 1440 at most for its end. */
function readWithin(node: Node, reporter: Reporter): { start: number; end: number } | undefined {
  const listed = node.kind === 'list' ? meantSpan(bare(node.items.map(rawOf).join(' - '))) : undefined
  const example =
    node.kind === 'list' && node.items.length > 1
      ? 'Write one span here. For several, write any: [{ time: { within: "09:00-12:00" } }, { time: … }]'
      : 'Write two times, as in "22:00-07:00"'
  const text = asWritten(node, 'a time span', reporter, listed === undefined ? example : write(node.span, listed))
  if (text === undefined) return undefined
  const found = /^(\d{2}):(\d{2})\s*-\s*(\d{2}):(\d{2})$/.exec(text.trim())
  const start = found === null ? undefined : minutesOf(found[1], found[2])
  const end = found === null ? undefined : minutesOf(found[3], found[4])
  if (start === undefined || end === undefined || start === 24 * 60) {
    const isBare = /^\s*\d{1,2}\s*-\s*\d{1,2}\s*$/.test(text)
    const meant = meantSpan(isBare ? text.replaceAll(/\d+/g, '$&:00') : text)
    const hint = 'Write two times from 00:00 to 24:00, as in "22:00-07:00"'
    const advice = meant === undefined ? hint : write(node.span, meant)
    reporter.error('bad-time', node.span, `"${text}" is not a time span`, advice)
    return undefined
  }
  if (start !== end) return { start, end }
  const hint = 'Remove "within" for the whole day'
  reporter.error('bad-time', node.span, `"${text}" ends where it starts`, hint)
  return undefined
}

function minutesOf(hours = '', minutes = ''): number | undefined {
  const total = Number(hours) * 60 + Number(minutes)
  return Number(minutes) < 60 && total <= 24 * 60 ? total : undefined
}

function rawOf(node: Node): string {
  if (node.kind === 'list') return `[${node.items.map(rawOf).join(', ')}]`
  return node.kind === 'scalar' ? node.raw : ''
}

/** A text without its quotes. */
function bare(text: string): string {
  return text.replaceAll(/["']/g, '')
}
