/**
 * The same function, which remembers what it made of the last long text: many rules ask about one, and to fold it or
 * to look at each of its characters takes far longer than to look a word up in it.
 *
 * Only the last is kept alive. What is made must never be changed.
 */
export function rememberingLong<T>(make: (text: string) => T): (text: string) => T {
  let last: { text: string; made: T } | undefined
  return text => {
    if (text.length <= longestShort) return make(text)
    if (last?.text !== text) last = { text, made: make(text) }
    return last.made
  }
}

/** In UTF-16 code units: what is made of so much is soon made again. */
export const longestShort = 1000
