/**
 * Make a function remember its result for the last long text: many rules use the same text, and folding or scanning it
 * takes far longer than looking up a word in it.
 *
 * Only the last result is kept. It must never be modified.
 */
export function rememberingLong<T>(make: (text: string) => T): (text: string) => T {
  let last: { text: string; made: T } | undefined
  return text => {
    if (text.length <= longestShort) return make(text)
    if (last?.text !== text) last = { text, made: make(text) }
    return last.made
  }
}

/** In UTF-16 code units: results for texts up to this length are quick to compute again. */
export const longestShort = 1000

/** Make a value on first use and keep it: most runs of a command need few of the tables. */
export function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
