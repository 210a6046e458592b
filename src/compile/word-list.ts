import { buildWordIndex, type WordIndex, type WordSearch } from '../text/word-index.ts'

/** Made once for each list and way of looking: rules that name the same list share its texts. */
const made = new WeakMap<readonly unknown[], Map<string, WordIndex>>()

/** The texts of a list made ready for looking up. Pure; the texts are never changed. */
export function wordList(texts: readonly string[], search: WordSearch): WordIndex {
  const known = made.get(texts) ?? new Map<string, WordIndex>()
  made.set(texts, known)
  const key = `${search.by} ${search.at}`
  const index =
    known.get(key) ??
    buildWordIndex(
      texts.map((text, at) => ({ text, line: at + 1 })),
      search,
    )
  known.set(key, index)
  return index
}
