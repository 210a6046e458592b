import { codeUnitsOf } from '../code-units.ts'
import { wordClass, wordClassAt } from './boundaries.ts'
import { coveredInRead } from './find-words.ts'
import type { WordIndex } from './word-index.ts'

/**
 * Whether all words of a text are found; null where it has none. Signs and spaces do not count. For indexes that find
 * words letter by letter. Pure, linear.
 */
export function hasOnlyWords(index: WordIndex, text: string): boolean | null {
  const { firstOther, hasWords } = look(index, text)
  return firstOther === -1 ? hasWords || null : false
}

/** The first word of a text that is not found, folded as texts are searched; undefined where all are. Pure, linear. */
export function firstOtherWord(index: WordIndex, text: string): string | undefined {
  const { read, firstOther } = look(index, text)
  return firstOther === -1 ? undefined : /^[\p{L}\p{M}\p{N}]*/u.exec(read.slice(firstOther))?.[0]
}

/** Where the first letter stands that nothing found covers, -1 where there is none, and whether there are words at all. */
function look(index: WordIndex, text: string): { read: string; firstOther: number; hasWords: boolean } {
  const { read, units: found } = coveredInRead(index, text)
  const units = codeUnitsOf(read)
  const { other } = wordClass
  let hasWords = false
  for (let at = 0; at < units.length; at++) {
    // Marks and joiners are of the letter before them.
    if (wordClassAt(units, at, other) === other) continue
    hasWords = true
    if (found?.[at] !== 1) return { read, firstOther: at, hasWords }
  }
  return { read, firstOther: -1, hasWords }
}
