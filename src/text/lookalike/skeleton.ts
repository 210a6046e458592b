import { confusables } from '../data/confusables.ts'
import { forms } from '../data/forms.ts'
import { foldCase } from '../fold.ts'
import { hanForms } from '../han-forms.ts'
import { isCaseless, isLetterOrNumber, isMark, setOf, withAll } from '../properties.ts'
import { isSpace } from '../spaces.ts'

/** The skeleton of a character, based on its looks in its current case. */
export function skeletonOf(text: string): string {
  const own = close(text)
  const folded = hasCase(own) ? foldCase(own) : own
  const last = folded === own ? own : close(folded)
  let skeleton = ''
  for (const char of last) skeleton += swaps.get(char) ?? char
  return skeleton
}

/** False for texts that folding does not change: most characters have no case, and folding takes longer than looking. */
function hasCase(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const point = text.codePointAt(at) as number
    if (!isCaseless(point)) return true
    if (point > 0xffff) at++
  }
  return false
}

/** The text with each character replaced by its prototype. */
function close(text: string): string {
  let closest = ''
  for (const char of text.normalize('NFKD')) closest += closed.get(char) ?? closeOne(char)
  return closest
}

/** A cache for the parts of decomposed characters, which are few. */
const closed = new Map<string, string>()

/** The prototype of a character that is decomposed, applied until nothing changes. */
function closeOne(char: string): string {
  let now = prototype(char)
  for (let round = 1; now !== char && round < 8; round++) {
    const next = Array.from(now.normalize('NFKD'), prototype).join('')
    if (next === now) break
    now = next
  }
  closed.set(char, now)
  return now
}

function prototype(char: string): string {
  const point = char.codePointAt(0) as number
  if ((isInvisible(point) && !isSpace(point)) || (isMark(point) && isAccent(char))) return ''
  const kana = hiraganaOf(point)
  if (kana !== undefined) return kana
  const mapped = hanForms.get(char) ?? prototypes.get(char)
  if (mapped === undefined) return char
  if (!isLetterOrNumber(point) || isLetterOrNumber(mapped.charCodeAt(0)) || hasWord.test(mapped)) return mapped
  // A few letters have a sign as prototype (yod has an apostrophe) and stay letters; modifiers become nothing.
  return isModifier.test(char) ? '' : char
}

/** The hiragana of a katakana, which is written for it at will; undefined of others. Pure. */
export function hiraganaOf(point: number): string | undefined {
  return point >= firstKatakana && point <= lastKatakana ? String.fromCodePoint(point - 0x60) : undefined
}

/** The katakana that are also hiragana. */
export const firstKatakana = 0x30a1
export const lastKatakana = 0x30f6

/** The letters that digits are typed for, i and l as one (I, 1 and | are either), and w as the vv that it looks like. */
export const swaps = new Map(
  Object.entries({ '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', i: 'l', w: 'vv', ς: 'o' }),
)

export const prototypes = new Map<string, string>()
for (const table of [forms, confusables]) readGroups(table)

/** Includes tatweel (U+0640), which only stretches a word. */
export const isInvisible = setOf(withAll(/[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u0640]+/gu))

export const isModifier = /^\p{Lm}$/u
const hasWord = /[\p{L}\p{N}]/u

/**
 * True for marks that only decorate a letter. Marks of Indic and South-East Asian scripts are vowels, and those of kana
 * distinguish two letters.
 */
export function isAccent(mark: string): boolean {
  return isAdornment.test(mark) && mark !== '\u3099' && mark !== '\u309a'
}

const isAdornment =
  /^[\p{Me}\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]$/u

/** Groups of characters with the same prototype, each a step from the one before. */
function readGroups(table: string): void {
  for (const group of table.replaceAll('\n', '').split(';')) {
    const [to = '', members = ''] = group.split(':')
    const base = String.fromCodePoint(...to.split('+').map(point => Number.parseInt(point, 36)))
    let point = 0
    for (const step of members.split(',')) {
      point += Number.parseInt(step, 36)
      prototypes.set(String.fromCodePoint(point), base)
    }
  }
}
