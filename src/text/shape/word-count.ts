import { codeUnitsOf } from '../code-units.ts'
import { normalForm } from '../normal.ts'
import { wordClass, wordClassAt } from '../words/boundaries.ts'
import { segmentsIn } from '../words/segments.ts'

/**
 * How many words a text has: runs of letters, marks and digits, as `has word` sees them.
 *
 * Scripts without spaces are parted by the dictionary of the platform; of what a text has beyond its first 4,096 such
 * letters, as many words are taken to be as the first ones had, since that takes long. Linear.
 */
export function countWords(given: string): number {
  // The dictionary has composed letters.
  const text = normalForm(given, 'NFC')
  const units = codeUnitsOf(text)
  let count = 0
  let start = 0
  let before: number = wordClass.other
  const unspaced = { words: 0, read: 0, left: 0 }
  for (let at = 0; at <= units.length; at++) {
    const own = at === units.length ? wordClass.other : wordClassAt(units, at, before)
    if (own === before) continue
    if (before === wordClass.letter) count++
    if (before === wordClass.unspaced) addWords(text.slice(start, at), unspaced)
    start = at
    before = own
  }
  const { words, read, left } = unspaced
  return count + words + Math.round((left * words) / Math.max(1, read))
}

const mostRead = 4096

/** UTF-16 code units that are parted into words at once: the platform takes time in the square of them. */
const pieceLength = 256

/** Counts the words of a run without spaces. The last word of a piece may go on, and is read with the next one. */
function addWords(run: string, counts: { words: number; read: number; left: number }): void {
  let from = 0
  while (from < run.length && counts.read < mostRead) {
    const piece = segmentsIn(run.slice(from, from + pieceLength))
    const isLast = from + pieceLength >= run.length
    const whole = isLast || piece.length === 1 ? piece : piece.slice(0, -1)
    const length = whole.join('').length
    counts.words += whole.length
    counts.read += length
    from += length
  }
  counts.left += run.length - from
}
