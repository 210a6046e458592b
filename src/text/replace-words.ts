import { findWords } from './words/find-words.ts'
import type { WordIndex } from './words/word-index.ts'

/**
 * The pieces of a text in which every entry that is found has another text in its place; `replacements` are those of the
 * entries, in their order. Of hits that overlap the first is replaced, of those at one place the longest. Undefined
 * where nothing is found. Pure, linear.
 */
export function replaceWords(
  text: string,
  index: WordIndex,
  replacements: readonly string[],
): readonly string[] | undefined {
  const pieces: string[] = []
  let at = 0
  for (const { entry, start, end } of findWords(index, text)) {
    if (start < at) continue
    pieces.push(text.slice(at, start), replacements[entry.line - 1] as string)
    at = end
  }
  return pieces.length === 0 ? undefined : [...pieces, text.slice(at)]
}
