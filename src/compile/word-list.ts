import { buildWordIndex, type WordIndex, type WordSearch } from '../text/word-index.ts'
import { onceFor } from './once-for.ts'

/** The texts of a list made ready for looking up, once for each way of looking. Pure; the texts are never changed. */
export function wordList(texts: readonly string[], search: WordSearch): WordIndex {
  return onceFor(texts, `index ${search.by} ${search.at}`, () => {
    const entries = texts.map((text, at) => ({ text, line: at + 1 }))
    return buildWordIndex(entries, search)
  })
}
