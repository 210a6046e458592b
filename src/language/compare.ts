import type { Test } from './condition.ts'
import type { WordName } from './vocabulary.ts'

/** Words that search a value. The others, such as `is`, compare the whole value. */
const searching: ReadonlySet<Test['word']> = new Set<WordName>([
  'contains',
  'contains any',
  'starts with',
  'ends with',
  'matches',
  'starts with any',
  'ends with any',
  'has word',
  'has word in',
  'has all words in',
  'only words in',
  'looks like',
  'looks like a word in',
  'sounds like a word in',
])

/**
 * How a test compares texts: folded on both sides, or exactly.
 *
 * Texts are folded, and so is a value inside JSON when a word searches it: a file name is read by people. Ids, urls and
 * whole JSON are compared exactly, and so is everything inside `exactly`.
 */
export function compareOf({ field, word, isExact }: Pick<Test, 'field' | 'word' | 'isExact'>): 'folded' | 'exact' {
  if (isExact) return 'exact'
  return field.kind === 'text' || (field.kind === 'part' && searching.has(word)) ? 'folded' : 'exact'
}
