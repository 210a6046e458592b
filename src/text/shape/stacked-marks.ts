import { isAscii } from '../code-units.ts'
import { removeInvisible } from '../invisible.ts'

/**
 * The most combining marks that stand on one letter beyond what its language needs: 0 of Việt, पिंकी, שִׁ֖ and لِلَّٰهِ,
 * 3 of H̴̙̚.
 *
 * Accents that any script may have count from two on that no composed letter holds. Vowels, tones and points of a
 * script count where one is repeated, or where there are more different ones than the script ever has. Linear.
 */
export function stackedMarks(text: string): number {
  if (isAscii(text)) return 0
  let most = 0
  const seen = new Set<string>()
  for (const [stack, base = '', marks = ''] of removeInvisible(text).matchAll(stacks)) {
    if (seen.has(stack)) continue
    seen.add(stack)
    const [accents, own] = parted(marks)
    const all = accents.length + accentsOf(base)
    const beyond = ownBeyond(own)
    if (all + beyond > most) most = Math.max(most, beyond + (isWritten(base, accents) ? 0 : all))
  }
  return most
}

/** A character and the marks behind it: one alone is never too many. */
const stacks = /(\P{M}?)(\p{M}{2,})/gu

/**
 * The blocks of marks that go with any letter, and the signs of Church Slavonic. The keycap is part of an emoji.
 *
 * Blocks.txt: Combining Diacritical Marks, its extensions, for symbols, and half marks.
 */
const accent =
  /[\u0300-\u036f]|[\u0483-\u0489]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20e2\u20e4-\u20ff]|[\u2de0-\u2dff]|[\ufe20-\ufe2f]/

function parted(marks: string): [accents: string, own: readonly string[]] {
  let accents = ''
  const own: string[] = []
  for (const mark of marks) {
    if (accent.test(mark)) accents += mark
    else if (mark !== '\u20e3') own.push(mark)
  }
  return [accents, own]
}

/** How many accents a composed letter has in it. */
function accentsOf(base: string): number {
  return isAscii(base) ? 0 : Array.from(base.normalize('NFD')).filter(char => accent.test(char)).length
}

/** More accents than this compose with nothing, and to put many in order takes time in the square of their count. */
const mostOrdered = 8

/** Whether a letter and its accents may be of some language: composed, at most one of them is left. */
function isWritten(base: string, accents: string): boolean {
  if (accents.length > mostOrdered) return false
  return Array.from(`${base}${accents}`.normalize('NFC')).length <= (base === '' ? 1 : 2)
}

/** Hebrew of the Bible has five: a dot, a dagesh, a vowel, a metheg and an accent. Thai and Lao have a vowel and a tone. */
function ownBeyond(own: readonly string[]): number {
  const needed = Math.min(new Set(own).size, isThaiOrLao.test(own[0] ?? '') ? 3 : 5)
  return own.length - needed
}

const isThaiOrLao = /^[\u0e31-\u0eff]/
