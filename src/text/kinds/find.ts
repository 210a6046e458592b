import { countGraphemes } from '../graphemes.ts'
import { maskRanges } from '../mask.ts'
import type { Range } from '../sources.ts'
import { cardsIn } from './card.ts'
import type { Country } from './country.ts'
import { addressesIn } from './crypto.ts'
import { emailsIn } from './email.ts'
import { ipsIn } from './ip.ts'
import { phonesIn } from './phone.ts'
import { hanReadingOf, type KindReading, readingOf } from './reading.ts'

/** What people know by sight, whatever it says. */
export const kindNames = ['phone number', 'email', 'card number', 'ip address', 'crypto address'] as const

export type KindName = (typeof kindNames)[number]

/** What is looked for: a kind, and of telephone numbers those of which countries; without them, of any. */
export type Kind = { name: KindName; countries?: readonly Country[] }

/**
 * Where things of a kind are in a text as it was given, in order within a reading. Undefined is a pause: it comes after
 * each small piece of work. Pure, linear.
 */
export function* findKind(kind: Kind, text: string): Generator<Range | undefined> {
  if (!mayHave(kind.name, text)) return
  const reading = readingOf(text)
  yield* inReading(kind, reading)
  if (kind.name !== 'phone number' && kind.name !== 'card number') return
  const han = hanReadingOf(text)
  if (han !== undefined) yield* inReading(kind, han)
}

/** The text with every grapheme of what is of a kind replaced by `mask`, until nothing is left of it. Linear. */
export function* maskKind(kind: Kind, text: string, mask: string): Generator<undefined, string> {
  let now = text
  for (let round = 0; round < 8; round++) {
    const next = yield* maskedOnce(kind, now, mask)
    if (next === now) return now
    now = next
  }
  return mask.repeat(countGraphemes(now))
}

function* maskedOnce(kind: Kind, text: string, mask: string): Generator<undefined, string> {
  const ranges: Range[] = []
  for (const range of findKind(kind, text)) {
    if (range === undefined) yield
    else ranges.push(range)
  }
  return maskRanges(text, ranges, mask)
}

function* inReading(kind: Kind, { text, sourceOf }: KindReading): Generator<Range | undefined> {
  for (const range of rangesOf(kind, text)) yield range && sourceOf(range)
}

function rangesOf({ name, countries }: Kind, text: string): Generator<Range | undefined> {
  switch (name) {
    case 'phone number':
      return phonesIn(text, countries)
    case 'email':
      return emailsIn(text)
    case 'card number':
      return cardsIn(text)
    case 'ip address':
      return ipsIn(text)
    case 'crypto address':
      return addressesIn(text)
  }
}

/** Most texts of people are ASCII letters or another script, without what any kind has: they are done with at a glance. */
function mayHave(name: KindName, text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
  if (/[^\x00-\x7f]/.test(text)) return true
  return name === 'email' ? /@|at/i.test(text) : /[0-9:]/.test(text)
}
