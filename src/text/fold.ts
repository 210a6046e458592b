import { isAscii } from './code-units.ts'
import { hasInvisible, removeInvisible } from './invisible.ts'
import { rememberingLong } from './memo.ts'
import { normalForm } from './normal.ts'
import { collapseSpaces, trimBlanks } from './spaces.ts'

/**
 * Fold a text for comparison: NFKC, full case folding, no invisible characters, each run of white space as one space.
 *
 * Two texts are the same to a rule author exactly if their folds are equal. The ends are not trimmed. Linear and
 * idempotent.
 */
export const fold: (text: string) => string = rememberingLong(text =>
  collapseSpaces(isAscii(text) ? text.toLowerCase() : foldCharacters(text)),
)

/** `fold` with the ends trimmed, for comparing a whole value (`is`, `one of`, `in list`). */
export function foldWhole(text: string): string {
  return trimBlanks(fold(text))
}

/**
 * Compatibility forms go first: what they make of an emoji (™ becomes TM) no longer needs its selector. Folding and
 * removing can leave a letter next to an accent that composes with it, hence NFKC again; that can put an accent between
 * a virama and its joiner, which then has no effect. A text that never becomes stable loses all invisible characters.
 */
function foldCharacters(text: string): string {
  let visible = removeInvisible(normalForm(text, 'NFKC'))
  for (let round = 0; round < 8; round++) {
    const folded = normalForm(foldCase(visible), 'NFKC')
    if (folded === visible) return folded
    visible = removeInvisible(folded)
    if (visible === folded) return folded
  }
  return normalForm(foldCase(visible.replace(everyInvisible, '')), 'NFKC')
}

const everyInvisible = new RegExp(hasInvisible, 'gu')

/**
 * Full case folding: status C and F of Unicode's CaseFolding.txt.
 *
 * Upper case and then lower case gives its equivalence classes but for three letters: ẞ (to be ss, as ß is),
 * ς (to be σ; lower-casing makes it at the end of a word) and ı, which is not i. İ is i, as in Turkish, where full
 * folding keeps its dot: İSTANBUL is istanbul. Pure, linear.
 */
export function foldCase(text: string): string {
  if (text.includes('ı')) return text.split('ı').map(foldCase).join('ı')
  const folded = text.replaceAll('ẞ', 'ß').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
  return folded.includes('\u0307') ? folded.replaceAll(/i\u0307+/g, 'i') : folded
}
