/** The units in which a length of time is written, each in ms. */
export const units = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1_000 } as const

/** The shortest and the longest length of time that a rule can name, in ms. */
export const shortestMs = units.second
export const longestMs = 30 * units.day

/** A length of time as rules write it, `10 seconds` or `1 minute`, in ms; undefined for any other text. Pure. */
export function readDurationText(text: string): number | undefined {
  const [, count = '', unit = '', plural] = /^([1-9][0-9]{0,9}) (second|minute|hour|day)(s)?$/.exec(text) ?? []
  if (unit === '' || (count === '1') === (plural !== undefined)) return undefined
  return Number(count) * units[unit as keyof typeof units]
}

/** A length of time as rules write it, in the largest unit that divides it. Pure. */
export function durationText(ms: number): string {
  const [unit, one] = Object.entries(units).find(([, each]) => ms % each === 0) ?? ['second', units.second]
  const count = Math.round(ms / one)
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
