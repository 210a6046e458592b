import { type Advice, replacing, write } from '../../yaml/fix.ts'
import type { Entry } from '../../yaml/node.ts'
import type { Span } from '../../yaml/source.ts'
import { dayInWords, dayProblem, daysNamed } from '../advice/meant-day.ts'
import { instantOf, oneDayMs, readInstant, readLocal } from '../clock.ts'
import { type Scope, zoneOf } from './scope.ts'
import { asWritten } from './shape.ts'

/** Whether a date is used as a start or as an end. */
type Edge = 'start' | 'end'

/** The instant when a date starts, or has ended, in ms since 1970; undefined if invalid (reported). */
export function readDate(entry: Entry | undefined, edge: Edge, scope: Scope): number | undefined | 'wrong' {
  if (entry === undefined) return undefined
  const text = asWritten(entry.value, 'a date', scope.reporter, 'Write a date, as in 2026-03-01')
  if (text === undefined) return 'wrong'
  const instant = readInstant(text)
  // The end is included, and instants are whole milliseconds.
  if (instant !== undefined) return edge === 'start' ? instant : instant + 1
  const date = readLocal(text)
  if (date === undefined || !date.isDay) {
    refuseDate(text, entry.value.span, edge, scope)
    return 'wrong'
  }
  const hint = 'Write zone: Asia/Shanghai (or yours) at the top of the file'
  const zone = zoneOf(scope, entry.keySpan, 'This date has no time zone', hint)
  return zone === undefined ? 'wrong' : instantOf(zone, edge === 'start' ? date.local : date.local + oneDayMs)
}

function refuseDate(text: string, span: Span, edge: Edge, { reporter }: Scope): void {
  const wrong = dayProblem(text)
  if (wrong !== undefined) {
    const message = `"${text}" is not a date: ${wrong.problem}`
    const hint = wrong.days.length === 0 ? howTo : `Write ${wrong.days.join(' or ')}`
    reporter.error('bad-date', span, message, { hint, fixes: wrong.days.map(day => replacing(span, day)) })
    return
  }
  const [day, other] = daysNamed(text)
  if (day === undefined || other === undefined) {
    reporter.error(
      'bad-date',
      span,
      `"${text}" is not a date`,
      day === undefined ? dateAdvice(text, span, edge) : write(span, day),
    )
    return
  }
  const fixes = [day, other].map(each => replacing(span, each, `Write ${each} for ${dayInWords(each)}`))
  const hint = `Write ${day} for ${dayInWords(day)}, or ${other} for ${dayInWords(other)}`
  reporter.error('bad-date', span, `"${text}" is ambiguous: the day or the month could come first`, { hint, fixes })
}

const howTo = 'Write a date, as in 2026-03-01, or a date and time with an offset, as in 2026-03-01T08:00:00+08:00'

function dateAdvice(text: string, span: Span, edge: Edge): Advice {
  const [, before, after] = /^(\d{4}-\d{2}-\d{2})[T ]24:00(?::00)?(.*)$/.exec(text.trim()) ?? []
  const midnight = before === undefined ? undefined : readLocal(before)
  if (midnight !== undefined) {
    const next = new Date(midnight.local + oneDayMs).toISOString().slice(0, 10)
    if (after !== '') return write(span, `${next}T00:00${after}`)
    return write(span, edge === 'end' ? (before as string) : next, ' for the whole day')
  }
  const time = readLocal(text.trim())
  return { hint: time === undefined ? howTo : `Add the offset, as in ${text.trim().replace(' ', 'T')}+08:00` }
}

/** The time of a case, in ms since 1970; a date alone means its start. Undefined if invalid (reported). */
export function readMoment(entry: Entry | undefined, scope: Scope): number | undefined | 'wrong' {
  if (entry === undefined) return undefined
  const hint = 'Write a date and a time, as in "2026-03-01 23:30"'
  const text = asWritten(entry.value, 'a time', scope.reporter, hint)
  if (text === undefined) return 'wrong'
  const instant = readInstant(text)
  if (instant !== undefined) return instant
  const date = readLocal(text)
  if (date === undefined) {
    scope.reporter.error('bad-time', entry.value.span, `"${text}" is not a date and time`, hint)
    return 'wrong'
  }
  const offset = `${text.replace(' ', 'T')}${date.isDay ? 'T00:00' : ''}+08:00`
  const how = `Write zone: Asia/Shanghai (or yours) at the top of the file, or add the offset: ${offset}`
  const zone = zoneOf(scope, entry.keySpan, 'This time has no time zone', how)
  return zone === undefined ? 'wrong' : instantOf(zone, date.local)
}
