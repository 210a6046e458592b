import { isAscii } from '../code-units.ts'
import { rememberingLong } from '../memo.ts'
import { normalForm } from '../normal.ts'
import { type Range, sourcesOf } from '../sources.ts'

/** A text as numbers and addresses are read in it, and the way back from a range of it to the text as given. */
export type KindReading = { text: string; sourceOf: (range: Range) => Range }

/**
 * The text with wide and styled characters made plain (NFKC), without what is invisible, and with the digits of every
 * script as 0 to 9. Case and spaces stay. Pure, linear.
 */
export function readingOf(text: string): KindReading {
  return by(text, plain)
}

/** The same with Chinese digits read, too; undefined for a text that has few of them. Pure, linear. */
export function hanReadingOf(text: string): KindReading | undefined {
  return severalHan.test(text) ? by(text, each => plain(each).replace(hanDigit, hanValue)) : undefined
}

/** The text with wide and styled characters made plain (NFKC), and without what is invisible. Pure, linear. */
export function visiblePlain(text: string): string {
  return isAscii(text) ? text : normalForm(text, 'NFKC').replace(unseen, '')
}

const unseen = /\p{Default_Ignorable_Code_Point}+/gu

function by(text: string, read: (text: string) => string): KindReading {
  if (isAscii(text)) return { text, sourceOf: range => range }
  let sourceOf: KindReading['sourceOf'] | undefined
  return {
    text: read(text),
    // Most texts have nothing to go back to.
    sourceOf: range => {
      sourceOf ??= sourcesOf(text, read)
      return sourceOf(range)
    },
  }
}

/** Each kind that is looked for in a text asks for this. */
const plain: (text: string) => string = rememberingLong(text =>
  visiblePlain(text).replace(otherDigit, digitValue).replace(keycap, ''),
)

/** The square around a digit in an emoji. */
const keycap = /\u20e3/g
const otherDigit = /(?![0-9])\p{Nd}/gu

/** Digits of a script stand in a row of ten, and rows begin where no digit stands before. */
function digitValue(digit: string): string {
  const point = digit.codePointAt(0) as number
  let value = 0
  while (value < 9 && isDigit.test(String.fromCodePoint(point - value - 1))) value++
  return String(value)
}

const isDigit = /^\p{Nd}$/u

/** Digits as they are written in numbers, in amounts and, 幺, on the telephone. */
const hanDigits = ['零〇', '一壹幺', '二贰貳', '三叁參', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖']
const hanDigit = new RegExp(`[${hanDigits.join('')}]`, 'g')
const severalHan = new RegExp(`(?:[${hanDigits.join('')}][^${hanDigits.join('')}]?){3}`)

function hanValue(digit: string): string {
  return String(hanDigits.findIndex(each => each.includes(digit)))
}
