import { daysNamed } from '../language/advice/meant-day.ts'
import {
  instantOf,
  oneDayMs,
  readInstant,
  readLocal,
  readZone,
  wallClock,
  weekdayOf,
  type Zone,
} from '../language/clock.ts'
import { readDurationText } from '../language/duration.ts'
import { type Io, UsageError } from './io.ts'

/** Where and when somebody asks: what "yesterday" and "10:00" are to them. */
export type Asker = { now: number; zone: Zone }

/** What a time without a clock means: the start of a day, or its end; and whether a length is before now or after. */
export type SpokenOptions = Asker & { option: string; isEnd?: boolean; isFuture?: boolean }

/** The zone of `--zone`, or else that of this machine. Throws UsageError. */
export function askerOf(zoneName: string | undefined, io: Io): Asker {
  const name = zoneName ?? io.env.TZ ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
  const zone = readZone(name) ?? (zoneName === undefined ? readZone('UTC') : undefined)
  if (zone === undefined) throw new UsageError(`There is no time zone "${name}". Write it like Asia/Shanghai`)
  return { now: io.now().getTime(), zone }
}

/**
 * A time as people write it, in ms since 1970: `2026-12-01 10:00`, `2026-12-01`, `yesterday 10:00`, `monday`, `10:00`,
 * `2 hours ago`, or with an offset. Throws UsageError that says what to type.
 */
export function readSpokenTime(text: string, options: SpokenOptions): number {
  const said = text.trim().replaceAll(/\s+/g, ' ')
  const at = instant(said) ?? length(said.toLowerCase(), options) ?? clock(said.toLowerCase(), options)
  if (at !== undefined) return at
  throw new UsageError(`${options.option} must be a time, not "${text}". ${meant(said, options)}`)
}

function instant(said: string): number | undefined {
  return readInstant(said.replace(/ (?=[+-]\d\d|Z$)/i, ''))
}

/** `2 hours ago`; `2 hours` is the same, or in the future where that is asked for. */
function length(said: string, { now, isFuture = false }: SpokenOptions): number | undefined {
  if (said === 'now') return now
  const [, after, bare = '', ago] = /^(in )?(.*?)( ago)?$/.exec(said) ?? []
  if (after !== undefined && ago !== undefined) return undefined
  const ms = readDurationText(bare.replace(/^an? /, '1 '))
  if (ms === undefined) return undefined
  return after !== undefined || (isFuture && ago === undefined) ? now + ms : now - ms
}

const daysBack = new Map([
  ['today', 0],
  ['yesterday', 1],
  ['the day before yesterday', 2],
])

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** A day, a time of day, or both. */
function clock(said: string, options: SpokenOptions): number | undefined {
  const { zone, isEnd = false } = options
  const [, day = '', hours, minutes = '00', seconds] =
    /^(.*?)(?:(?:^|[ t])(?:at )?(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?)?$/.exec(said) ?? []
  // `2026-12-01` has no hour, though it ends in two digits: the sign before them is no blank.
  const date = dateOf(day.trim(), options)
  if (date === undefined || Number(hours ?? 0) > 23 || Number(minutes) > 59) return undefined
  // A bare number is an hour only behind a day.
  if (day === '' && !said.includes(':')) return undefined
  if (hours === undefined) {
    const next = instantOf(zone, (date + (isEnd ? 1 : 0)) * oneDayMs)
    return isEnd ? next - 1 : next
  }
  const local = date * oneDayMs + (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds ?? 0) * 1000
  return instantOf(zone, local)
}

/** The day that is named, in days since 1970; today if none is. */
function dateOf(day: string, { now, zone, isFuture = false }: SpokenOptions): number | undefined {
  const today = wallClock(zone, now).date
  if (day === '') return today
  if (day === 'tomorrow') return today + 1
  const back = daysBack.get(day)
  if (back !== undefined) return today - back
  const weekday = weekdays.indexOf(day.replace(/^last /, ''))
  if (weekday !== -1) {
    const gone = (weekdayOf(today) - weekday + 7) % 7
    return isFuture ? today + ((7 - gone) % 7) : today - (gone === 0 && day.startsWith('last ') ? 7 : gone)
  }
  const local = readLocal(day)
  return local?.isDay ? local.local / oneDayMs : undefined
}

function meant(said: string, { isFuture = false }: SpokenOptions): string {
  const example = isFuture
    ? 'Write it like "2027-01-31" or "30 days"'
    : 'Write it like "2026-12-01 10:00", "yesterday 10:00" or "2 hours ago"'
  const units = { s: 'second', m: 'minute', h: 'hour', d: 'day' }
  const [, count = '', unit] = /^(\d+) ?(s|m|h|d|sec|min|hr)[a-z]*(?: ago)?$/i.exec(said) ?? []
  if (unit !== undefined) {
    const name = units[unit.charAt(0).toLowerCase() as keyof typeof units]
    return `Write "${count} ${name}${count === '1' ? '' : 's'}${isFuture ? '' : ' ago'}"`
  }
  const [, date = '', time] = /^(.*?)(?:[ ,T]+(\d{1,2}:\d{2}))?$/.exec(said) ?? []
  const [day, another] = daysNamed(date)
  return day === undefined || another !== undefined ? example : `Write "${day}${time === undefined ? '' : ` ${time}`}"`
}
