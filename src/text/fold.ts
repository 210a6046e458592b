import { isAscii } from './code-units.ts'
import { hasInvisible, removeInvisible } from './invisible.ts'
import { rememberingLong } from './memo.ts'
import { normalForm } from './normal.ts'
import { collapseSpaces, trimBlanks } from './spaces.ts'

/**
 * The form in which texts are compared: NFKC, full case folding, invisible characters dropped, each run of white
 * space as one space; the ends are not trimmed.
 *
 * Two texts are the same to a rule author exactly when their folds are equal. Pure, linear, idempotent.
 */
export const fold: (text: string) => string = rememberingLong(text =>
  collapseSpaces(isAscii(text) ? text.toLowerCase() : foldCharacters(text)),
)

/** `fold` with the spaces at both ends dropped: for comparing a whole value (`is`, `one of`, `in list`). Pure. */
export function foldWhole(text: string): string {
  return trimBlanks(fold(text))
}

/**
 * Compatibility forms go first: what they leave of an emoji (™ becomes TM) no longer carries its selector. Folding and
 * dropping can leave a letter beside an accent that composes with it, hence NFKC again; and that can put an accent
 * between a virama and its joiner, which then shows no more. A text that never comes to rest keeps no joiner at all.
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
  return text
    .replaceAll('ẞ', 'ß')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll(/i\u0307+/g, 'i')
}
