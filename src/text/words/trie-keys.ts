/**
 * The keys of a word entry in a tree; empty if there is nothing to search for.
 *
 * A space matches anything that separates two words. Any other sign matches itself: at the ends as written, between two
 * words with or without spaces around it (`rock & roll`, `AT&T`).
 */
export function trieKeys(text: string): string[] {
  const [before = '', ...rest] = text.split(word)
  if (rest.length === 0) return [spaced(before).trim()].filter(key => key !== '')
  const first = spaced(before).trimStart()
  const last = spaced(rest.pop() ?? '').trimEnd()
  const keys = spacings.flatMap(spacing => {
    const words = rest.map((part, at) => (at % 2 === 0 ? part : between(part, isBesideHan(rest, at), spacing))).join('')
    return [first + words + last, tight(first) + words + tight(last)]
  })
  return [...new Set(/['’]/.test(first + last) ? keys.flatMap(withApostrophes) : keys)]
}

/** Keys for both kinds of apostrophe. Between words, an apostrophe only separates them. */
function withApostrophes(key: string): string[] {
  return [key.replaceAll('’', "'"), key.replaceAll("'", '’')]
}

/** A run of letters, digits and joiners. */
const word = /([\p{L}\p{N}][\p{L}\p{M}\p{N}\u200c\u200d]*)/u

/** The possible spacing on both sides of signs between words. */
const spacings: readonly (readonly [string, string])[] = [
  ['', ''],
  [' ', ' '],
  [' ', ''],
  ['', ' '],
]

/** The key for the gap between two words. */
function between(gap: string, isInHan: boolean, [left, right]: readonly [string, string]): string {
  const parts = partsWords.test(gap) || ((isInHan || /\s/u.test(gap)) && partsClauses.test(gap))
  return parts ? ' ' : left + spaced(gap).trim() + right
}

/** True between Han, where clauses have no spaces and full-width commas are folded to ASCII. */
function isBesideHan(parts: readonly string[], at: number): boolean {
  return /\p{Script=Han}$/u.test(parts[at - 1] ?? '') && /^\p{Script=Han}/u.test(parts[at + 1] ?? '')
}

/**
 * Signs that only separate words: spaces, hyphens, underscores, apostrophes, quotation marks and middle dots; next to a
 * space also those that end a clause.
 */
const partsWords = /^[\s\p{M}\p{Cf}\p{Pd}\p{Pc}\p{Pi}\p{Pf}'"`´·‧•・･׳״。、，；：！？]+$/u
const partsClauses = /^[\s\p{M}\p{Cf}\p{Pd}\p{Pc}\p{Pi}\p{Pf}'"`´·‧•・･׳״\p{Terminal_Punctuation}/…]+$/u

/** Signs without those that only separate words and clauses. */
export function withoutParting(signs: string): string {
  return Array.from(signs)
    .filter(sign => !partsClauses.test(sign))
    .join('')
}

/** A text without the selectors that distinguish an emoji from a sign, which keyboards set inconsistently. */
export function withoutSelectors(text: string): string {
  return text.replace(/[\ufe0e\ufe0f]/g, '')
}

/** Signs with each run of spaces replaced by one space. */
function spaced(signs: string): string {
  return withoutSelectors(signs).replace(/\s+/gu, ' ')
}

function tight(signs: string): string {
  return signs.replaceAll(' ', '')
}
