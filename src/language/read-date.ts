import { instantOf, oneDayMs, readInstant, readLocal } from './clock.ts'
import { meantDay } from './meant-time.ts'
import type { Entry } from './node.ts'
import { type Scope, zoneOf } from './scope.ts'
import { asWritten } from './shape.ts'

/** An instant: where a date begins, or where it has ended, in ms since 1970; what is wrong with it is reported. */
export function readDate(entry: Entry | undefined, edge: 'start' | 'end', scope: Scope): number | undefined | 'wrong' {
  if (entry === undefined) return undefined
  const text = asWritten(entry.value, 'a date', scope.reporter, 'Write a day, as in 2026-03-01')
  if (text === undefined) return 'wrong'
  const instant = readInstant(text)
  // The end belongs to it, and instants are whole milliseconds.
  if (instant !== undefined) return edge === 'start' ? instant : instant + 1
  const date = readLocal(text)
  if (date === undefined || !date.isDay) {
    scope.reporter.error('bad-date', entry.value.span, `"${text}" is no date`, dateHint(text))
    return 'wrong'
  }
  const hint = 'Write zone: Asia/Shanghai (or yours) at the top of the file'
  const zone = zoneOf(scope, entry.keySpan, 'Nobody can tell where this day begins', hint)
  return zone === undefined ? 'wrong' : instantOf(zone, edge === 'start' ? date.local : date.local + oneDayMs)
}

function dateHint(text: string): string {
  const day = meantDay(text.trim())
  if (day !== undefined) return `Write ${day}`
  const time = readLocal(text.trim())
  return time === undefined
    ? 'Write a day, as in 2026-03-01, or a time with its offset, as in 2026-03-01T08:00:00+08:00'
    : `Write its offset, too, as in ${text.trim().replace(' ', 'T')}+08:00`
}

/** The time of a case, in ms since 1970; a day alone is its beginning. What is wrong with it is reported. */
export function readMoment(entry: Entry | undefined, scope: Scope): number | undefined | 'wrong' {
  if (entry === undefined) return undefined
  const hint = 'Write a day and a time, as in "2026-03-01 23:30"'
  const text = asWritten(entry.value, 'a time', scope.reporter, hint)
  if (text === undefined) return 'wrong'
  const instant = readInstant(text)
  if (instant !== undefined) return instant
  const date = readLocal(text)
  if (date === undefined) {
    scope.reporter.error('bad-time', entry.value.span, `"${text}" is no day and time`, hint)
    return 'wrong'
  }
  const offset = `${text.replace(' ', 'T')}${date.isDay ? 'T00:00' : ''}+08:00`
  const how = `Write zone: Asia/Shanghai (or yours) at the top of the file, or the offset with it: ${offset}`
  const zone = zoneOf(scope, entry.keySpan, 'Nobody can tell which clock this time is read from', how)
  return zone === undefined ? 'wrong' : instantOf(zone, date.local)
}
