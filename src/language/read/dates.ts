import { type Advice, replacing, write } from '../../yaml/fix.ts'
import { limits, shownCount } from '../../yaml/limits.ts'
import type { Entry, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import type { Span } from '../../yaml/source.ts'
import { dayInWords, dayProblem, daysNamed } from '../advice/meant-day.ts'
import { oneDayMs, readLocal } from '../clock.ts'
import { type Dates, type DayRange, inOrder } from '../dates.ts'
import { days as daysOfWeek } from './days.ts'
import { lookUp, type Scope } from './scope.ts'
import { asList, asWritten } from './shape.ts'

/** Days under a name of `dates:`; what is wrong with them is reported, and the result is undefined. */
export function readNamedDates({ key, value }: Entry, reporter: Reporter): Dates | undefined {
  const alone = value.kind === 'scalar' && value.value !== null ? write(value.span, `[${value.raw}]`) : example
  const items = asList(value, `the dates "${key}"`, reporter, alone)
  if (items === undefined) return undefined
  if (items.length === 0) {
    reporter.error('empty', value.span, `There is no day in "${key}"`, example)
    return undefined
  }
  if (items.length > limits.dates) {
    const message = `"${key}" has more than ${shownCount(limits.dates)} days and ranges of days`
    reporter.error('too-large', value.span, message, 'Write days that follow each other as one range')
    return undefined
  }
  const ranges = items.map(item => readRange(item, reporter))
  return ranges.some(range => range === undefined) ? undefined : { name: key, ranges: inOrder(ranges as DayRange[]) }
}

/** What stands after `on` and `not on`: names of dates, days, or a list of them; undefined when wrong (reported). */
export function readOn(node: Node, scope: Scope): readonly Dates[] | undefined {
  if (node.kind === 'list' && node.items.length === 0) {
    scope.reporter.error('empty', node.span, 'No day is named here', 'Write a name from "dates", or [2027-12-25]')
    return undefined
  }
  const items = node.kind === 'list' ? node.items : [node]
  const read = items.map(item => readOneOf(item, scope))
  return read.some(dates => dates === undefined) ? undefined : (read as Dates[])
}

function readOneOf(node: Node, scope: Scope): Dates | undefined {
  const text = asWritten(node, 'a name of dates', scope.reporter, 'Write a name from "dates", or [2027-12-25]')
  if (text === undefined) return undefined
  const { dates, lists } = scope.names
  if (!dates.has(text) && /^\d/.test(text)) {
    const range = readRange(node, scope.reporter)
    return range && { ranges: [range] }
  }
  const isDays = daysOfWeek(text) !== undefined
  const ofList = lists.has(text) ? `"${text}" is a list: write its days under "dates"` : undefined
  const ofNone =
    dates.size === 0 ? 'Name days at the top of the file, as in dates: { holidays: [2027-12-25] }' : undefined
  const advice = isDays ? `For days of the week, write days: ${text}` : (ofList ?? ofNone)
  const unknown = { code: 'unknown-dates', noun: 'date', called: 'list of dates', title: 'Dates' } as const
  return lookUp(dates, text, node.span, scope, { ...unknown, ...(advice !== undefined && { advice }) })
}

const example = 'Write days in a list, as in [2027-10-01 to 2027-10-07, 2027-12-25]'

/** A day, or a first and a last one. */
function readRange(node: Node, reporter: Reporter): DayRange | undefined {
  const text = asWritten(node, 'a day', reporter, example)?.trim()
  if (text === undefined) return undefined
  const { span } = node
  const [from = '', to = from] = text.split(/\s+to\s+/)
  const [first, last] = [dayNumber(from), dayNumber(to)]
  if (first === undefined || last === undefined || text.split(/\s+to\s+/).length > 2)
    return refuse(text, span, reporter)
  if (first <= last) return { first, last }
  reporter.error('until-before-from', span, `"${text}" ends before it begins`, write(span, `${to} to ${from}`))
  return undefined
}

function dayNumber(text: string): number | undefined {
  const date = readLocal(text)
  return date?.isDay ? date.local / oneDayMs : undefined
}

function refuse(text: string, span: Span, reporter: Reporter): undefined {
  // Of two days, the one that is wrong is told.
  const wrong = text.split(/\s+to\s+/).find(day => dayNumber(day) === undefined) ?? text
  const problem = dayProblem(wrong)
  const message = `"${wrong}" is not a date${problem === undefined ? '' : `: ${problem.problem}`}`
  reporter.error('bad-date', span, message, adviceFor(text, wrong, span))
  return undefined
}

function adviceFor(text: string, wrong: string, span: Span): Advice {
  const spread = rangeMeant(text)
  if (spread !== undefined) return write(span, spread)
  const days = dayProblem(wrong)?.days ?? daysNamed(wrong)
  if (days.length === 0) return { hint: 'Write a day, as in 2027-10-01, or several, as in 2027-10-01 to 2027-10-07' }
  const fixes = days.map(day => replacing(span, text.replace(wrong, day), `Write ${day} for ${dayInWords(day)}`))
  return { hint: `Write ${days.join(' or ')}`, fixes }
}

/** `2027-10-01..2027-10-07` and its like, as we write it. */
function rangeMeant(text: string): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})\s*(?:\.{2,3}|[-–—~/～至到]|until|till|through)\s*(\d{4}-\d{2}-\d{2})$/.exec(text)
  const [, from = '', to = ''] = found ?? []
  return dayNumber(from) === undefined || dayNumber(to) === undefined ? undefined : `${from} to ${to}`
}
