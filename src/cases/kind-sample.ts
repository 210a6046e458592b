import type { Test } from '../language/condition.ts'
import type { Country } from '../text/kinds/country.ts'
import type { KindName } from '../text/kinds/find.ts'
import { exampleNumbers, plans } from '../text/kinds/plans.ts'

/** Something of each kind that is nobody's: of documentation, of tests of payments, of the first block of Bitcoin. */
const samples: Record<KindName, string> = {
  'phone number': '+1 202-555-0143',
  email: 'ann@example.com',
  'card number': '4111 1111 1111 1111',
  'ip address': '203.0.113.7',
  'crypto address': '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
}

/** Texts of the kind that a test looks for, such as an email address; none for a test of another word. Pure. */
export function kindSamples({ word, operand }: Pick<Test, 'word' | 'operand'>): readonly string[] {
  const kind = word.replace(/^has /, '') as KindName
  if (!Object.hasOwn(samples, kind)) return []
  return operand.kind === 'countries' ? operand.countries.flatMap(phoneNumber) : [samples[kind]]
}

/** A telephone number of each of some kinds of things that a step masks. Pure. */
export function kindSample(name: KindName, [country]: readonly Country[] = []): string {
  return (country && phoneNumber(country)[0]) ?? samples[name]
}

function phoneNumber(country: Country): readonly string[] {
  const number = plans().getExampleNumber(country.toUpperCase() as Uppercase<Country>, exampleNumbers())
  return number === undefined ? [] : [number.formatInternational()]
}
