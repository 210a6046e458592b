import { hasInvisible, removeInvisible } from './invisible.ts'
import { normalForm } from './normal.ts'
import { collapseSpaces } from './spaces.ts'

/**
 * The fold of a text whose characters depend on those beside them. Pure, linear.
 *
 * Compatibility forms go first: what they leave of an emoji (™ becomes TM) no longer carries its selector. Folding and
 * dropping can leave a letter beside an accent that composes with it, hence NFKC again; and that can put an accent
 * between a virama and its joiner, which then shows no more. A text that never comes to rest keeps no joiner at all.
 */
export function foldAsWhole(text: string): string {
  let visible = removeInvisible(normalForm(text, 'NFKC'))
  for (let round = 0; round < 8; round++) {
    const folded = normalForm(foldCase(visible), 'NFKC')
    if (folded === visible) return collapseSpaces(folded)
    visible = removeInvisible(folded)
    if (visible === folded) return collapseSpaces(folded)
  }
  return collapseSpaces(normalForm(foldCase(visible.replace(everyInvisible, '')), 'NFKC'))
}

const everyInvisible = new RegExp(hasInvisible, 'gu')

/**
 * Full case folding: status C and F of Unicode's CaseFolding.txt.
 *
 * Upper case and then lower case gives its equivalence classes but for three letters: ẞ (to be ss, as ß is),
 * ς (to be σ; lower-casing makes it at the end of a word) and ı, which is not i. Pure, linear.
 */
export function foldCase(text: string): string {
  if (text.includes('ı')) return text.split('ı').map(foldCase).join('ı')
  return text.replaceAll('ẞ', 'ß').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
