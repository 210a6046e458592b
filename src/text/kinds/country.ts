import type { CountryCode } from 'libphonenumber-js/max'
import { plans } from './plans.ts'

/** A country or territory as rules name it: its two letters (ISO 3166-1), in small letters. */
export type Country = Lowercase<CountryCode>

/** Whether a text is the code of a country that has telephone numbers. Pure. */
export function isCountry(text: string): text is Country {
  return /^[a-z]{2}$/.test(text) && plans().isSupportedCountry(text.toUpperCase())
}

/** The country that a text in English, or a code that is no longer the one, means. */
export function countryNamed(text: string): Country | undefined {
  const name = text.toLowerCase()
  if (name === 'uk') return 'gb'
  if (name === 'usa') return 'us'
  const names = new Intl.DisplayNames('en', { type: 'region' })
  return plans()
    .getCountries()
    .find(code => names.of(code)?.toLowerCase() === name)
    ?.toLowerCase() as Country | undefined
}
