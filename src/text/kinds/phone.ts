import type { Range } from '../sources.ts'
import {
  type Chain,
  chainsIn,
  countDigits,
  digitsOf,
  isLoose,
  rangeOf,
  sizesOf,
  type Window,
  windowsOf,
} from './chains.ts'
import type { Country } from './country.ts'
import { isOfThing } from './labels.ts'
import { plans } from './plans.ts'

/**
 * Telephone numbers as people write them, of some countries or of any. Undefined is a pause. Pure, linear.
 *
 * Of any country a number is read in its international form, and where its own form can hardly be anything else: mobile
 * numbers, landlines with their area and 400 numbers of China, and 415-555-2671 in North America. What only a country
 * that is named can make a number of, such as 06 12 34 56 78, is read for that.
 */
export function* phonesIn(text: string, countries?: readonly Country[]): Generator<Range | undefined> {
  const wanted = countries && new Set<string>(countries)
  for (const chain of chainsIn(text)) {
    if (countDigits(chain) < lengths.least) continue
    let end = -1
    for (const { country, range } of numbersIn(text, chain, countries)) {
      const isWanted = country !== undefined && (wanted === undefined || wanted.has(country.toLowerCase()))
      if (isWanted && range.start >= end && !isPartOfMore(text, range)) {
        yield range
        end = range.end
      } else yield undefined
    }
    yield undefined
  }
}

/** What may be a number, with the country of which it is one; undefined when it is none. */
type Found = { country: string | undefined; range: Range }

function* numbersIn(text: string, chain: Chain, countries: readonly Country[] = []): Generator<Found> {
  const { groups } = chain
  const place = groups[0]?.start as number
  const plus = plusBefore(text, place)
  // A plus begins a chain: no chain has one in it. Zeros within one are of amounts and codes.
  if (plus !== undefined) yield* international(chain, '', plus)
  else if (/^00[1-9]/.test(groups[0]?.digits ?? '')) yield* international(chain, '00', place)
  for (let first = 0; first < groups.length; first++) {
    if (isLoose(chain.seps[first - 1])) yield* chineseBetweenSpaces(chain, first)
  }
  const whole = { first: 0, last: groups.length - 1 }
  if (groups.length > 1 && groups.length < 14 && isChinese(sizesOf(chain, whole), digitsOf(chain, whole))) {
    yield { country: nationalOf(text, chain, whole), range: rangeOf(chain, whole) }
  }
  for (const window of windowsOf(chain)) {
    if (window.last - window.first > 15) continue
    const range = withBracket(text, rangeOf(chain, window))
    yield { country: nationalOf(text, chain, window), range }
    for (const country of countries) yield { country: inCountry(text, chain, window, country), range }
  }
}

/** Where the plus before a number stands; one behind a letter or digit is of a sum. */
function plusBefore(text: string, place: number): number | undefined {
  const before = text.slice(Math.max(0, place - 24), place)
  if (/(?:^|[/.\s])(?:wa\.me\/|api\.whatsapp\.com\/send\?phone=)$/.test(before)) return place
  const [found] = /\+[ (]{0,2}$/.exec(before) ?? []
  if (found === undefined) return undefined
  const plus = place - found.length
  return /[0-9)%]$/.test(text.slice(0, plus).slice(-1)) ? undefined : plus
}

/** The digits of a number with its country are at least and at most so many (ITU-T E.164). */
const lengths = { least: 8, most: 15 }

/** The longest number that begins with its country's code. */
function* international(chain: Chain, prefix: string, start: number): Generator<Found> {
  const { groups, seps } = chain
  const first = 0
  const windows: Window[] = []
  let size = -prefix.length
  for (let last = first; last < groups.length && size <= lengths.most; last++) {
    size += groups[last]?.digits.length as number
    if (size >= lengths.least && size <= lengths.most) windows.push({ first, last })
    if (seps[last]?.includes(',')) break
  }
  for (const window of windows.reverse()) {
    const digits = digitsOf(chain, window).slice(prefix.length)
    // Zeros in front are usual in numbers of other kinds.
    if (prefix !== '' && window.last === window.first && !chineseMobile.test(digits)) continue
    const country = countryOf(`+${digits}`)
    yield { country, range: { start, end: rangeOf(chain, window).end } }
    if (country !== undefined) return
  }
}

/** The mobile numbers of China by themselves or with their country; no other numbers of eleven digits are as common. */
const chineseMobile = /^(?:(?:00)?86)?1[3-9]\d{9}$/

/** `138 1234 5678` in a row of numbers, all with spaces between them. */
function* chineseBetweenSpaces(chain: Chain, first: number): Generator<Found> {
  const window = { first, last: first + 2 }
  if (sizesOf(chain, window) !== '3-4-4' || !isLoose(chain.seps[first + 2])) return
  const isSame = chain.seps[first] === chain.seps[first + 1]
  const country = isSame && chineseMobile.test(digitsOf(chain, window)) ? 'CN' : undefined
  yield { country, range: rangeOf(chain, window) }
}

/** Own forms that can hardly be anything else. */
function nationalOf(text: string, chain: Chain, window: Window): string | undefined {
  const sizes = sizesOf(chain, window)
  const digits = digitsOf(chain, window)
  const isDecimal = window.last === window.first + 1 && /^[.,]$/.test(chain.seps[window.first] as string)
  if (chineseMobile.test(digits) && isChinese(sizes, digits)) return isDecimal ? undefined : 'CN'
  const start = chain.groups[window.first]?.start as number
  const isInBrackets = text[start - 1] === '(' && chain.seps[window.first]?.startsWith(')')
  const sep = chain.seps[window.first] ?? ''
  const isJoined = /^ ?[-–—] ?$/.test(sep) || isInBrackets
  if (isJoined && /^0\d{9,11}$/.test(digits) && /^[34]-(?:[78]|3-4|4-4)$/.test(sizes)) return countryOf(digits, 'CN')
  if (/^[48]00\d{7}$/.test(digits) && /^(?:3-3-4|3-4-3|4-3-3|10)$/.test(sizes)) {
    return isJoined || asked.test(text.slice(Math.max(0, start - 8), start)) ? 'CN' : undefined
  }
  const isAmerican =
    /^(?:1-)?3-3-4$/.test(sizes) &&
    (isJoined || sep === '.' || /[()]/.test(chain.seps.slice(window.first, window.last).join('')))
  return isAmerican ? countryOf(digits, 'US') : undefined
}

/** The bracket before the area code goes with the one behind it. */
function withBracket(text: string, { start, end }: Range): Range {
  return text[start - 1] === '(' && text.slice(start, end).includes(')') ? { start: start - 1, end } : { start, end }
}

/** All digits alone, in pairs, or as people group them. */
function isChinese(sizes: string, digits: string): boolean {
  const own = digits.length === 11 ? sizes : sizes.replace(/^(?:2|4|2-2)-/, '')
  return /^(?:1[135]|3-4-4|3-8|7-4|3-2-2-2-2|3-2-3-3|(?:2-){5}1|1-(?:2-){4}2|1(?:-1){10})$/.test(own)
}

/** Words before which a number is one to be called. */
const asked = /(?:咨询|热线|电话|客服|拨打|致电|tel|call|phone|hotline)[.:： ]{0,2}$/i

/** A number in the own form of a country, with what is dialled before it, or of a mobile telephone. */
function inCountry(text: string, chain: Chain, window: Window, country: Country): string | undefined {
  const digits = digitsOf(chain, window)
  const sizes = sizesOf(chain, window)
  if (digits.length < 8 || digits.length > 12 || window.last - window.first > 5) return undefined
  // Dates, and numbers of thousands.
  if (/^(?:4-[12]-[12]|[12]-[12]-4|2-2-2)$/.test(sizes) || /^\d(?:-3){2,}$/.test(sizes)) return undefined
  if (/^\./.test(text.slice(rangeOf(chain, window).end)) && sizes.length < 3) return undefined
  const number = plans().parsePhoneNumberFromString(digits, capitals(country))
  if (!number?.isValid() || number.country !== capitals(country)) return undefined
  const hasTrunk = number.nationalNumber.length < digits.length
  return hasTrunk || /MOBILE/.test(number.getType() ?? '') ? number.country : undefined
}

function countryOf(text: string, country?: 'CN' | 'US'): string | undefined {
  const number = plans().parsePhoneNumberFromString(text, country)
  // Some numbers are of no one country, such as 800 numbers.
  return number?.isValid() ? (number.country ?? country ?? 'none') : undefined
}

function capitals(country: Country): Uppercase<Country> {
  return country.toUpperCase() as Uppercase<Country>
}

/** Letters but for what announces a number, and signs of sums, addresses and amounts, make it part of something else. */
function isPartOfMore(text: string, { start, end }: Range): boolean {
  if (isOfThing(text, start)) return true
  const before = text.slice(Math.max(0, start - 12), start)
  const [word] = /[A-Za-z]+$/.exec(before) ?? []
  if (word !== undefined && !announces.test(word)) return true
  if (/[=/#_&?%$￥¥€£₹@\\.-]$/.test(before) && !/wa\.me\/$|phone=$/.test(before)) return true
  const after = text.slice(end, end + 12)
  const [next] = /^[A-Za-z]+/.exec(after) ?? []
  return (next !== undefined && !announces.test(next)) || /^(?:[%$¥€£₹@_=]|[元円块分]|[.,][0-9])/.test(after)
}

const announces = /^(?:tel|t|phone|ph|mobile|mob|m|cell|call|sms|wx|vx|v|w|weixin|wechat|whatsapp|wa|qq|or|ext|x)$/i
