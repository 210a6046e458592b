import type { HowMany } from '../impact/report.ts'

/** `1 call`, `1,000 calls`. */
export function callsOf(calls: number): string {
  return `${calls.toLocaleString('en-US')} ${calls === 1 ? 'call' : 'calls'}`
}

/** A number of people; about that many if it is an estimate. */
export function peopleText({ count, isExact }: HowMany, one = '', many = one): string {
  const noun = count === 1 ? one : many
  return `${isExact ? '' : 'about '}${count.toLocaleString('en-US')}${noun === '' ? '' : ` ${noun}`}`
}
