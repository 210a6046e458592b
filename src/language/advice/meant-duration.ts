import { durationText, readDurationText, shortestMs, units } from '../duration.ts'

/** A length of time in any spelling, as in `10s`, `1h 30m`, `PT10S`, `a minute` or `10 秒`, in ms; undefined if it is none. Pure. */
export function durationMeant(text: string): number | undefined {
  const said = text.trim().toLowerCase()
  if (said.length > 60) return undefined
  const whole = ofIso(said) ?? ofClock(said) ?? ofParts(said)
  // A second is the smallest unit that a rule can write.
  return whole !== undefined && Number.isSafeInteger(whole) && (whole % units.second === 0 || whole < units.second)
    ? whole
    : undefined
}

/** A length of time in whatever spelling, as rules write it; undefined if it is none, or too short. Pure. */
export function lengthMeant(text: string): string | undefined {
  const ms = readDurationText(text) ?? durationMeant(text)
  return ms === undefined || ms < shortestMs ? undefined : durationText(ms)
}

/** The unit that a word names, in ms. Pure. */
export function unitMeant(word: string): number | undefined {
  return named.get(word.toLowerCase().replace(/\.$/, ''))
}

const week = 7 * units.day

/** What people call the units: symbols, short forms, other languages. */
const named: ReadonlyMap<string, number> = new Map(
  (
    [
      [1, ['ms', 'msec', 'millisecond', 'milliseconds', 'millis', '毫秒']],
      [units.second, ['s', 'sec', 'secs', 'second', 'seconds', 'sekunde', 'sekunden', 'seconde', 'secondes', '秒']],
      [units.second, ['秒钟', '秒鐘', 'sek']],
      [units.minute, ['m', 'min', 'mins', 'minute', 'minutes', 'minuten', '分', '分钟', '分鐘']],
      [units.hour, ['h', 'hr', 'hrs', 'hour', 'hours', 'hourly', 'stunde', 'stunden', 'std', 'heure', 'heures']],
      [units.hour, ['小时', '小時', '时', '時']],
      [units.day, ['d', 'day', 'days', 'daily', 'tag', 'tage', 'tagen', 'jour', 'jours', '天', '日']],
      [week, ['w', 'wk', 'wks', 'week', 'weeks', 'weekly', 'woche', 'wochen', 'semaine', 'semaines', '周', '週']],
      [week, ['星期']],
      [30 * units.day, ['mo', 'month', 'months', 'monthly', 'monat', 'monate', 'mois', '个月', '個月', '月']],
    ] as const
  ).flatMap(([ms, words]) => words.map(word => [word, ms] as const)),
)

const numbers: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['sixty', 60],
  ['half', 0.5],
])

/** Words around a length of time that change nothing. */
const aside = /\b(?:in|within|for|per|every|each|the|last|past|ago|of|and|about)\b|[,+]/g

function ofParts(said: string): number | undefined {
  const bare = said
    .replaceAll(/\bhalf an? /g, 'half ')
    .replaceAll(aside, ' ')
    .trim()
  const parts = [...bare.matchAll(/(\d+(?:[.,]\d+)?|[a-z]+(?= ))?[ _-]*(\p{L}+)\.?\s*/giuy)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== bare) return undefined
  let sum = 0
  for (const [, count, word = ''] of parts) {
    const unit = unitMeant(word)
    const number = count === undefined ? 1 : (numbers.get(count) ?? Number(count.replace(',', '.')))
    // A letter alone is no length of time.
    const isLetter = count === undefined && /^[a-z]{1,2}$/.test(word)
    if (unit === undefined || Number.isNaN(number) || isLetter) return undefined
    sum += number * unit
  }
  return sum
}

/** ISO 8601, as in `PT1H30M`. */
function ofIso(said: string): number | undefined {
  const found = /^p(?:(\d+)w)?(?:(\d+)d)?(?:t(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?)?$/.exec(said)
  if (found === null || said.length < 3) return undefined
  const each = [week, units.day, units.hour, units.minute, units.second]
  return each.reduce((sum, unit, at) => sum + Number(found[at + 1] ?? 0) * unit, 0)
}

/** Hours, minutes and seconds, as in `00:00:10`. */
function ofClock(said: string): number | undefined {
  const [, hours, minutes, seconds] = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(said) ?? []
  if (hours === undefined) return undefined
  return Number(hours) * units.hour + Number(minutes) * units.minute + Number(seconds) * units.second
}
