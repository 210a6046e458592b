import { han } from './data/han.ts'
import { japanese } from './data/japanese.ts'

/** Traditional Han and other forms, each with the simplified character that it is compared as. */
export const hanForms: ReadonlyMap<string, string> = readPairs(han)

/** The forms of Japan, each with the traditional or simplified character that it is a form of. */
export const japaneseForms: ReadonlyMap<string, string> = readPairs(japanese)

/** One character for all forms of a Han: traditional, simplified, Japanese. Pure. */
export function sameHan(char: string): string {
  const form = japaneseForms.get(char) ?? char
  return hanForms.get(form) ?? form
}

/** A text with its traditional Han written as simplified, of the same length in characters. Pure, linear, idempotent. */
export function simplified(text: string): string {
  return anyHan.test(text) ? text.replaceAll(eachHan, char => hanForms.get(char) ?? char) : text
}

const anyHan = /\p{Script=Han}/u
const eachHan = /\p{Script=Han}/gu

/** Pairs of characters, one after the other, as a map. Pure. */
function readPairs(table: string): Map<string, string> {
  const chars = Array.from(table.replaceAll('\n', ''))
  const pairs = new Map<string, string>()
  for (let i = 0; i + 1 < chars.length; i += 2) pairs.set(chars[i] as string, chars[i + 1] as string)
  return pairs
}
