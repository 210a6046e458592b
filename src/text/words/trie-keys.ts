import { fold } from '../fold.ts'
import { simplified } from '../han-forms.ts'

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

/**
 * The form in which texts are searched for words: folded, traditional Han as simplified, and without what is written or
 * left out at will in Arabic (vowels, stretching, hamza, Persian letters and non-joiners) and Devanagari (nukta). Pure, linear.
 */
export function wordForm(text: string): string {
  const folded = simplified(fold(text))
  if (!optional.test(folded)) return folded
  return folded.replaceAll(eachOptional, char => sameLetters.get(char) ?? '')
}

const sameLetters: ReadonlyMap<string, string> = new Map(
  ['أا', 'إا', 'آا', 'ٱا', 'یي', 'ىي', 'کك', 'ڪك', 'ँं'].map(pair => [pair.slice(0, 1), pair.slice(1)]),
)
const optional = /[\u200c\u0640\u064b-\u0652\u0670\u093c\u0901أإآٱیىکڪ]/
const eachOptional = new RegExp(optional, 'g')

/**
 * The ways in which a folded entry is spelt, its own first: without the accents and umlauts that keyboards lack, in
 * longer words of Western European languages; Han and kana with something between every two letters. Pure.
 */
export function spellingsOf(folded: string): readonly string[] {
  const own = wordForm(folded)
  const all = [own]
  if (umlauts.test(own)) all.push(own.replaceAll(eachUmlaut, letter => transcribed[letter] ?? letter))
  if (accents.test(own) && !foreignAccents.test(own) && /\p{L}{5}/u.test(own)) {
    all.push(own.replaceAll(eachAccent, letter => letter.normalize('NFD').charAt(0)))
  }
  if (spelt.test(own)) all.push(Array.from(own).join(' '))
  return all
}

const transcribed: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' }
const umlauts = /[äöü]/
const eachUmlaut = /[äöü]/g
/** Of French, Portuguese, Italian and Spanish; ñ and the vowels of other languages are letters of their own. */
const accents = /[àâáãçèêéëìîíïòôóõùûú]/
const eachAccent = new RegExp(accents, 'g')
const foreignAccents = /[^\p{ASCII}àâáãçèêéëìîíïòôóõùûú\p{P}]/u
/** Two letters with a comma between them may be of two clauses. */
const spelt = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]{3,}$/u
