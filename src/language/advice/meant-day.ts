/** The days that a text may mean, as `YYYY-MM-DD`: one, two if day and month are ambiguous, or none. */
export function daysNamed(text: string): readonly string[] {
  const said = text.trim().toLowerCase()
  if (said.length > 40) return []
  const named = byMonthName(said)
  if (named !== undefined) return only(named)
  const big = /^(\d{4})[-/.年 ](\d{1,2})[-/.月 ](\d{1,2})日?$/.exec(said) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(said)
  if (big !== null) return only(day(big[1], big[2], big[3]) ?? day(big[1], big[3], big[2]))
  const [, first, sign, second, year] = /^(\d{1,2})([-/. ])(\d{1,2})\2 ?(\d{4}|\d{2})$/.exec(said) ?? []
  if (year === undefined) return []
  // With dots the day always comes first; with slashes, some write the month first.
  const [dayFirst, monthFirst] = [day(year, second, first), day(year, first, second)]
  if (sign === '.' || monthFirst === undefined || monthFirst === dayFirst) return only(dayFirst ?? monthFirst)
  return dayFirst === undefined ? [monthFirst] : [dayFirst, monthFirst]
}

function only(found: string | undefined): readonly string[] {
  return found === undefined ? [] : [found]
}

/** `1 March 2027`, `March 1st, 2027`, `1. März 2027`, `1er mars 2027`. */
function byMonthName(said: string): string | undefined {
  const [, date, month, year] =
    /^(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]*(?:of |de )?([\p{L}]+)\.?,?[\s-]+(\d{4})$/u.exec(said) ?? []
  if (date !== undefined) return day(year, monthOf(month), date)
  const [, before, at, of] = /^([\p{L}]+)\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})$/u.exec(said) ?? []
  if (before !== undefined) return day(of, monthOf(before), at)
  const [, big, name, last] = /^(\d{4})[\s-]+([\p{L}]+)[\s-]+(\d{1,2})$/u.exec(said) ?? []
  return name === undefined ? undefined : day(big, monthOf(name), last)
}

/** How the names of months start in English, German, French and Spanish. */
const months = [
  /^(?:jan|jän|ene)/,
  /^(?:feb|fév|fev)/,
  /^(?:mar|mär|mrz|maer)/,
  /^(?:apr|avr|abr)/,
  /^(?:may|mai)/,
  /^(?:jun|juin)/,
  /^(?:jul|juil)/,
  /^(?:aug|aoû|aou|ago)/,
  /^sep/,
  /^(?:oct|okt)/,
  /^nov/,
  /^(?:dec|dez|déc|dic)/,
]

function monthOf(name = ''): string {
  return String(months.findIndex(month => month.test(name)) + 1)
}

function day(year = '', month = '', date = ''): string | undefined {
  const whole = year.length === 2 ? `20${year}` : year
  const text = `${whole}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined
}

/** Why a text in date format is not a date, and the days around it; undefined for other texts. */
export function dayProblem(text: string): { problem: string; days: readonly string[] } | undefined {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? []
  if (year === '' || day(year, month, date) !== undefined) return undefined
  if (Number(month) < 1 || Number(month) > 12) {
    return { problem: 'there are 12 months', days: only(day(year, date, month)) }
  }
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  const name = monthNames[Number(month) - 1]
  const next = new Date(Date.UTC(Number(year), Number(month), 1)).toISOString().slice(0, 10)
  const around = Number(date) > last ? [`${year}-${month}-${last}`, next] : [`${year}-${month}-01`]
  return { problem: `${name} ${year} has ${last} days`, days: around }
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A day in words, as in `3 April 2027`. */
export function dayInWords(text: string): string {
  const [year, month, date] = text.split('-')
  return `${Number(date)} ${monthNames[Number(month) - 1]} ${year}`
}
/** The YAML for a time span written in another way; undefined if it is unclear. */
export function meantSpan(text: string): string | undefined {
  if (text.length > 40) return undefined
  const found = /^\s*(\S+?)\s*(?:[-–—~～至到]|\s(?:to|until|bis)\s)+\s*(\S+)\s*$/i.exec(
    text.replaceAll(/\s+([ap]m)\b/gi, '$1'),
  )
  const [start, end] = [found?.[1], found?.[2]].map(time => (time === undefined ? undefined : hoursMeant(time)))
  return start === undefined || end === undefined || start === '24:00' ? undefined : `"${start}-${end}"`
}

/** Converts `9:00`, `9am`, `10.30pm` to `HH:MM`. */
function hoursMeant(text: string): string | undefined {
  const [, hours = '', minutes = '00', half = ''] = /^(\d{1,2})(?:[:.：](\d{2}))?([ap]m)?$/i.exec(text) ?? []
  if (hours === '' || (half === '' && !/\d\D\d/.test(text))) return undefined
  if (half !== '' && (Number(hours) < 1 || Number(hours) > 12)) return undefined
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  const isTime = Number(minutes) < 60 && hour * 60 + Number(minutes) <= 24 * 60
  return isTime ? `${String(hour).padStart(2, '0')}:${minutes}` : undefined
}
