import type { Range } from '../sources.ts'
import { type Chain, chainsIn, countDigits, digitsOf, isLoose, rangeOf, sizesOf, windowsOf } from './chains.ts'
import { isOfThing } from './labels.ts'

/** Card numbers of the large networks, with the digit that checks them. Undefined is a pause. Pure, linear. */
export function* cardsIn(text: string): Generator<Range | undefined> {
  for (const chain of chainsIn(text)) {
    if (countDigits(chain) < 15) continue
    for (const window of windowsOf(chain)) {
      if (window.first % 256 === 255) yield undefined
      const { first, last } = withoutDate(text, chain, window)
      if (last - first > 5) continue
      const digits = digitsOf(chain, { first, last })
      const isOne = isLoose(chain.seps[last]) || last < window.last
      if (!isOne || !sizes.has(sizesOf(chain, { first, last })) || !isCard(digits)) continue
      const range = rangeOf(chain, { first, last })
      if (!isPartOfMore(text, range)) yield range
    }
    yield undefined
  }
}

/** How cards are printed and typed. */
const sizes = new Set(['15', '16', '17', '19', '4-4-4-4', '4-4-4-4-1', '4-4-4-4-3', '6-13', '4-6-5', '4-4-4-3', '8-8'])

/** Behind a card number, with a space as all through it, the month may follow until which it is good. */
function withoutDate(text: string, { groups }: Chain, { first, last }: { first: number; last: number }) {
  const group = groups[last]
  const isDate = last > first && group !== undefined && group.digits.length === 2 && text[group.end] === '/'
  return { first, last: isDate ? last - 1 : last }
}

/** Letters, and signs of addresses and of names, make a number part of something else. */
function isPartOfMore(text: string, { start, end }: Range): boolean {
  if (isOfThing(text, start)) return true
  return /[A-Za-z=/#_&?%$@-]/.test(text[start - 1] ?? '') || /[A-Za-z=_%@-]/.test(text[end] ?? '')
}

/**
 * Prefixes and lengths of the networks, without those that ids of other kinds share: 18 digits are an identity card
 * number in China, 13 a barcode. ISO/IEC 7812, and what the networks publish of their ranges.
 */
const networks =
  /^(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14}|62\d{15}|62\d{17}|220[0-4]\d{12})$/

function isCard(digits: string): boolean {
  return networks.test(digits) && isChecked(digits) && !/^(\d)\1+$/.test(digits)
}

/** The Luhn algorithm, ISO/IEC 7812-1, annex B. */
function isChecked(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    sum += at % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit
  }
  return sum % 10 === 0
}
