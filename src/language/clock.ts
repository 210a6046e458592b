/** A time zone by its IANA name, with the formatter that converts instants to its local time. */
export type Zone = { name: string; format: Intl.DateTimeFormat }

/** Local time: minutes since midnight, and the date, in days since 1970-01-01. */
export type WallClock = { minutes: number; date: number }

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Zones by name: each is slow to create, and there are few. */
const zones = new Map<string, Zone>()

/** The zone with an IANA name such as Asia/Shanghai, or undefined if there is none. */
export function readZone(name: string): Zone | undefined {
  const zone = zones.get(name) ?? makeZone(name)
  if (zone !== undefined) zones.set(name, zone)
  return zone
}

function makeZone(name: string): Zone | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    return { name, format }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The local time of a zone at an instant, given in ms since 1970. */
export function wallClock(zone: Zone, at: number): WallClock {
  const local = at + offsetMs(zone, at)
  const date = Math.floor(local / dayMs)
  return { minutes: Math.floor((local - date * dayMs) / minuteMs), date }
}

/** The day of the week of a date, 0 (Sunday) to 6. Pure. */
export function weekdayOf(date: number): number {
  // 1970-01-01 was a Thursday.
  return (((date + 4) % 7) + 7) % 7
}

/** The local time of a zone at an instant, as text: `Sun 23:00 Asia/Shanghai`. */
export function clockText(name: string, at: number): string {
  const zone = readZone(name)
  if (zone === undefined) throw new RangeError(`No time zone ${name}`)
  const { minutes, date } = wallClock(zone, at)
  const two = (value: number) => String(value).padStart(2, '0')
  const dayName = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][weekdayOf(date)]
  return `${dayName} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ${name}`
}

/** The same with the date in front: `2027-10-03 Sun 23:00 Asia/Shanghai`. Pure. */
export function dateText(name: string, at: number): string {
  const zone = readZone(name)
  return `${zone === undefined ? '' : localText(zone, at).slice(0, 10)} ${clockText(name, at)}`.trim()
}

/**
 * The instant, in ms since 1970, of a local date and time in a zone.
 *
 * `local` is that date and time as if it were UTC. If the local time occurs twice, this is the first; if it is skipped,
 * this is the instant of the change.
 */
export function instantOf(zone: Zone, local: number): number {
  const before = offsetMs(zone, local - dayMs)
  const after = offsetMs(zone, local + dayMs)
  const candidates = [local - before, local - after].sort((a, b) => a - b)
  return candidates.find(at => at + offsetMs(zone, at) === local) ?? local - before
}

/**
 * Parses a date (`2026-03-01`) or a date and time (`2026-03-01T22:30`, seconds optional) as ms since 1970 as if it were
 * UTC, and tells whether it is a whole day; undefined if there is no such date.
 */
export function readLocal(text: string): { local: number; isDay: boolean } | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?)?$/.exec(text)
  if (found === null) return undefined
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(part => Number(part ?? 0)) as Six
  const millisecond = Number((found[7] ?? '').padEnd(3, '0'))
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const local = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const date = new Date(local)
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? { local, isDay: found[4] === undefined } : undefined
}

/** Parses an ISO date and time with an offset (`…Z`, `…+08:00`) as ms since 1970; undefined for anything else. */
export function readInstant(text: string): number | undefined {
  const found = /^(.{16,23}?)(Z|[+-]\d{2}:?\d{2})$/i.exec(text)
  const read = found?.[1] === undefined ? undefined : readLocal(found[1])
  if (read === undefined || read.isDay) return undefined
  const offset = found?.[2] as string
  if (offset.toUpperCase() === 'Z') return read.local
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))]
  if (hours > 14 || minutes > 59) return undefined
  const ahead = (hours * 60 + minutes) * minuteMs
  return offset.startsWith('-') ? read.local + ahead : read.local - ahead
}

/**
 * The local time of a zone at an instant, as written after `at` in a test: `2026-03-01 23:00`, with seconds if there
 * are any.
 */
export function localText(zone: Zone, at: number): string {
  const [date = '', time = ''] = new Date(at + offsetMs(zone, at)).toISOString().split('T')
  return `${date} ${time.replace(/(?::00)?\.\d+Z$/, '')}`
}

/** The offset of a zone from UTC at an instant, in ISO 8601: `+08:00`. */
export function offsetText(zone: Zone, at: number): string {
  const minutes = Math.round(offsetMs(zone, at) / minuteMs)
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}

/** A day in ms: the length of a whole day, except when clocks change. */
export const oneDayMs = dayMs

type Six = [number, number, number, number, number, number]

/** The offset of a zone from UTC at an instant. */
function offsetMs(zone: Zone, at: number): number {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
  for (const { type, value } of zone.format.formatToParts(at)) {
    if (type in parts) parts[type as keyof typeof parts] = Number(value)
  }
  const { year, month, day, hour, minute, second } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}
