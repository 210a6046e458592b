import { codeUnitsOf } from '../code-units.ts'
import { wordClass, wordClassAt } from './boundaries.ts'
import { coveredInRead } from './find-words.ts'
import type { WordIndex } from './word-index.ts'

/**
 * Whether all words of a text are found; null where it has none. Signs and spaces do not count. For indexes that find
 * words letter by letter. Pure, linear.
 */
export function hasOnlyWords(index: WordIndex, text: string): boolean | null {
  const { read, units: found } = coveredInRead(index, text)
  const units = codeUnitsOf(read)
  const { other } = wordClass
  let hasWords = false
  for (let at = 0; at < units.length; at++) {
    // Marks and joiners are of the letter before them.
    if (wordClassAt(units, at, other) === other) continue
    if (found?.[at] !== 1) return false
    hasWords = true
  }
  return hasWords ? true : null
}
