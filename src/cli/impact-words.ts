import type { HowMany, ImpactReport } from '../impact/report.ts'

/** `1 call`, `1,000 calls`. */
export function callsOf(calls: number): string {
  return `${calls.toLocaleString('en-US')} ${calls === 1 ? 'call' : 'calls'}`
}

/** A number of people; about that many if it is an estimate. */
export function peopleText({ count, isExact }: HowMany, one = '', many = one): string {
  const noun = count === 1 ? one : many
  return `${isExact ? '' : 'about '}${count.toLocaleString('en-US')}${noun === '' ? '' : ` ${noun}`}`
}

const dayMs = 24 * 3600 * 1000

/** Up to when a person is known not to have been refused: 30 days, or as long as there is a record. */
export function beforeText({ since, refusalsSince }: Pick<ImpactReport, 'since' | 'refusalsSince'>): string {
  const days = (Date.parse(since) - Date.parse(refusalsSince)) / dayMs
  if (days >= 29.9) return 'in the 30 days before'
  const more = days < 1 ? '' : `, ${Math.floor(days)} ${Math.floor(days) === 1 ? 'day' : 'days'} more than this`
  return `before, as far back as the record goes${more}`
}

/** How many of some people were not refused before, as the start of a clause that ends in "refused …". */
export function neverText(neverRefused: HowMany, people: HowMany): string {
  if (neverRefused.count === 0) return 'all of whom were also'
  return neverRefused.count === people.count ? 'none of whom was' : `${peopleText(neverRefused)} of whom were not`
}
